<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|AttributeTable" version="3.22.16-Białowieża">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <fieldConfiguration>
  <field configurationFlags="None" name="fid">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statut">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Nouveau" type="QString" value="nouveau" />
       </Option>
       <Option type="Map">
        <Option name="Disparu" type="QString" value="disparu" />
       </Option>
       <Option type="Map">
        <Option name="Modifié" type="QString" value="modifie" />
       </Option>
       <Option type="Map">
        <Option name="Maintenu" type="QString" value="maintenu" />
       </Option>
       <Option type="Map">
        <Option name="Non comparable" type="QString" value="non_comparable" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="prescription">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="intitule">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="volet">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="jalon">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="territoire">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="territoire_nom">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="objet">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="libelle_avant">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="libelle_apres">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="lien">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Objet redessiné" type="QString" value="redessine" />
       </Option>
       <Option type="Map">
        <Option name="Partage d'un objet" type="QString" value="partage" />
       </Option>
       <Option type="Map">
        <Option name="Réunion d'objets" type="QString" value="reunion" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="etat_avant">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Sens contraire à l'objectif" type="QString" value="sens_contraire" />
       </Option>
       <Option type="Map">
        <Option name="Écart marqué" type="QString" value="ecart_marque" />
       </Option>
       <Option type="Map">
        <Option name="Écart faible" type="QString" value="ecart_faible" />
       </Option>
       <Option type="Map">
        <Option name="Erreur interne" type="QString" value="erreur" />
       </Option>
       <Option type="Map">
        <Option name="Non évalué" type="QString" value="non_evalue" />
       </Option>
       <Option type="Map">
        <Option name="À apprécier" type="QString" value="a_apprecier" />
       </Option>
       <Option type="Map">
        <Option name="Sans écart relevé" type="QString" value="sans_ecart" />
       </Option>
       <Option type="Map">
        <Option name="Sans objet" type="QString" value="sans_objet" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="etat_apres">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Sens contraire à l'objectif" type="QString" value="sens_contraire" />
       </Option>
       <Option type="Map">
        <Option name="Écart marqué" type="QString" value="ecart_marque" />
       </Option>
       <Option type="Map">
        <Option name="Écart faible" type="QString" value="ecart_faible" />
       </Option>
       <Option type="Map">
        <Option name="Erreur interne" type="QString" value="erreur" />
       </Option>
       <Option type="Map">
        <Option name="Non évalué" type="QString" value="non_evalue" />
       </Option>
       <Option type="Map">
        <Option name="À apprécier" type="QString" value="a_apprecier" />
       </Option>
       <Option type="Map">
        <Option name="Sans écart relevé" type="QString" value="sans_ecart" />
       </Option>
       <Option type="Map">
        <Option name="Sans objet" type="QString" value="sans_objet" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="mesure_avant">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="2" />
      <Option name="Style" type="QString" value="SpinBox" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="mesure_apres">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="2" />
      <Option name="Style" type="QString" value="SpinBox" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="unite">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="m²" type="QString" value="m2" />
       </Option>
       <Option type="Map">
        <Option name="ha" type="QString" value="ha" />
       </Option>
       <Option type="Map">
        <Option name="km²" type="QString" value="km2" />
       </Option>
       <Option type="Map">
        <Option name="m" type="QString" value="m" />
       </Option>
       <Option type="Map">
        <Option name="km" type="QString" value="km" />
       </Option>
       <Option type="Map">
        <Option name="logements par hectare" type="QString" value="logt/ha" />
       </Option>
       <Option type="Map">
        <Option name="m² par logement" type="QString" value="m2/logt" />
       </Option>
       <Option type="Map">
        <Option name="logements" type="QString" value="logt" />
       </Option>
       <Option type="Map">
        <Option name="logements par an" type="QString" value="logt/an" />
       </Option>
       <Option type="Map">
        <Option name="logements par an pour 1 000 habitants" type="QString" value="logt/an/1000hab" />
       </Option>
       <Option type="Map">
        <Option name="habitants" type="QString" value="hab" />
       </Option>
       <Option type="Map">
        <Option name="%" type="QString" value="%" />
       </Option>
       <Option type="Map">
        <Option name="points" type="QString" value="points" />
       </Option>
       <Option type="Map">
        <Option name="% par an" type="QString" value="%/an" />
       </Option>
       <Option type="Map">
        <Option name="ha par an" type="QString" value="ha/an" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="surface_avant_m2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="2" />
      <Option name="Style" type="QString" value="SpinBox" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="surface_apres_m2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="2" />
      <Option name="Style" type="QString" value="SpinBox" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="longueur_avant_m">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="2" />
      <Option name="Style" type="QString" value="SpinBox" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="longueur_apres_m">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="2" />
      <Option name="Style" type="QString" value="SpinBox" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="differences">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="appreciation">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="En attente" type="QString" value="en_attente" />
       </Option>
       <Option type="Map">
        <Option name="Retenu" type="QString" value="retenu" />
       </Option>
       <Option type="Map">
        <Option name="Nuancé" type="QString" value="nuance" />
       </Option>
       <Option type="Map">
        <Option name="Non retenu" type="QString" value="non_retenu" />
       </Option>
       <Option type="Map">
        <Option name="À compléter" type="QString" value="a_completer" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="motif">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="suite">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Aucune" type="QString" value="aucune" />
       </Option>
       <Option type="Map">
        <Option name="Réserve" type="QString" value="reserve" />
       </Option>
       <Option type="Map">
        <Option name="Recommandation" type="QString" value="recommandation" />
       </Option>
       <Option type="Map">
        <Option name="Question" type="QString" value="question" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="auteur">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="date">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="origine">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="a_revoir">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="message">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="cle_avant">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="cle_apres">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="fid" index="0" name="" />
  <alias field="statut" index="1" name="Statut" />
  <alias field="prescription" index="2" name="Prescription" />
  <alias field="intitule" index="3" name="Intitulé" />
  <alias field="volet" index="4" name="Volet" />
  <alias field="jalon" index="5" name="Jalon" />
  <alias field="territoire" index="6" name="Territoire" />
  <alias field="territoire_nom" index="7" name="Nom du territoire" />
  <alias field="objet" index="8" name="Couche de l'objet" />
  <alias field="libelle_avant" index="9" name="Libellé avant" />
  <alias field="libelle_apres" index="10" name="Libellé après" />
  <alias field="lien" index="11" name="Lien" />
  <alias field="etat_avant" index="12" name="État avant" />
  <alias field="etat_apres" index="13" name="État après" />
  <alias field="mesure_avant" index="14" name="Mesure avant" />
  <alias field="mesure_apres" index="15" name="Mesure après" />
  <alias field="unite" index="16" name="Unité" />
  <alias field="surface_avant_m2" index="17" name="Surface en cause avant (m²)" />
  <alias field="surface_apres_m2" index="18" name="Surface en cause après (m²)" />
  <alias field="longueur_avant_m" index="19" name="Longueur en cause avant (m)" />
  <alias field="longueur_apres_m" index="20" name="Longueur en cause après (m)" />
  <alias field="differences" index="21" name="Ce qui diffère" />
  <alias field="appreciation" index="22" name="Décision" />
  <alias field="motif" index="23" name="Motif" />
  <alias field="suite" index="24" name="Suite" />
  <alias field="auteur" index="25" name="Auteur" />
  <alias field="date" index="26" name="Date" />
  <alias field="origine" index="27" name="Origine" />
  <alias field="a_revoir" index="28" name="À revoir" />
  <alias field="message" index="29" name="Explication" />
  <alias field="cle_avant" index="30" name="Clé avant" />
  <alias field="cle_apres" index="31" name="Clé après" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="statut" />
  <default applyOnUpdate="0" expression="" field="prescription" />
  <default applyOnUpdate="0" expression="" field="intitule" />
  <default applyOnUpdate="0" expression="" field="volet" />
  <default applyOnUpdate="0" expression="" field="jalon" />
  <default applyOnUpdate="0" expression="" field="territoire" />
  <default applyOnUpdate="0" expression="" field="territoire_nom" />
  <default applyOnUpdate="0" expression="" field="objet" />
  <default applyOnUpdate="0" expression="" field="libelle_avant" />
  <default applyOnUpdate="0" expression="" field="libelle_apres" />
  <default applyOnUpdate="0" expression="" field="lien" />
  <default applyOnUpdate="0" expression="" field="etat_avant" />
  <default applyOnUpdate="0" expression="" field="etat_apres" />
  <default applyOnUpdate="0" expression="" field="mesure_avant" />
  <default applyOnUpdate="0" expression="" field="mesure_apres" />
  <default applyOnUpdate="0" expression="" field="unite" />
  <default applyOnUpdate="0" expression="" field="surface_avant_m2" />
  <default applyOnUpdate="0" expression="" field="surface_apres_m2" />
  <default applyOnUpdate="0" expression="" field="longueur_avant_m" />
  <default applyOnUpdate="0" expression="" field="longueur_apres_m" />
  <default applyOnUpdate="0" expression="" field="differences" />
  <default applyOnUpdate="0" expression="" field="appreciation" />
  <default applyOnUpdate="0" expression="" field="motif" />
  <default applyOnUpdate="0" expression="" field="suite" />
  <default applyOnUpdate="0" expression="" field="auteur" />
  <default applyOnUpdate="0" expression="" field="date" />
  <default applyOnUpdate="0" expression="" field="origine" />
  <default applyOnUpdate="0" expression="" field="a_revoir" />
  <default applyOnUpdate="0" expression="" field="message" />
  <default applyOnUpdate="0" expression="" field="cle_avant" />
  <default applyOnUpdate="0" expression="" field="cle_apres" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statut" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="prescription" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="intitule" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="volet" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="jalon" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="territoire" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="territoire_nom" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="objet" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="libelle_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="libelle_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="lien" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="etat_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="etat_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="mesure_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="mesure_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="unite" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="surface_avant_m2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="surface_apres_m2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="longueur_avant_m" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="longueur_apres_m" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="differences" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="appreciation" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="motif" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="suite" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="auteur" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="date" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="origine" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="a_revoir" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="message" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cle_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cle_apres" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="statut" />
  <constraint desc="" exp="" field="prescription" />
  <constraint desc="" exp="" field="intitule" />
  <constraint desc="" exp="" field="volet" />
  <constraint desc="" exp="" field="jalon" />
  <constraint desc="" exp="" field="territoire" />
  <constraint desc="" exp="" field="territoire_nom" />
  <constraint desc="" exp="" field="objet" />
  <constraint desc="" exp="" field="libelle_avant" />
  <constraint desc="" exp="" field="libelle_apres" />
  <constraint desc="" exp="" field="lien" />
  <constraint desc="" exp="" field="etat_avant" />
  <constraint desc="" exp="" field="etat_apres" />
  <constraint desc="" exp="" field="mesure_avant" />
  <constraint desc="" exp="" field="mesure_apres" />
  <constraint desc="" exp="" field="unite" />
  <constraint desc="" exp="" field="surface_avant_m2" />
  <constraint desc="" exp="" field="surface_apres_m2" />
  <constraint desc="" exp="" field="longueur_avant_m" />
  <constraint desc="" exp="" field="longueur_apres_m" />
  <constraint desc="" exp="" field="differences" />
  <constraint desc="" exp="" field="appreciation" />
  <constraint desc="" exp="" field="motif" />
  <constraint desc="" exp="" field="suite" />
  <constraint desc="" exp="" field="auteur" />
  <constraint desc="" exp="" field="date" />
  <constraint desc="" exp="" field="origine" />
  <constraint desc="" exp="" field="a_revoir" />
  <constraint desc="" exp="" field="message" />
  <constraint desc="" exp="" field="cle_avant" />
  <constraint desc="" exp="" field="cle_apres" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="statut" type="field" width="-1" />
   <column hidden="0" name="prescription" type="field" width="-1" />
   <column hidden="0" name="intitule" type="field" width="-1" />
   <column hidden="0" name="volet" type="field" width="-1" />
   <column hidden="0" name="jalon" type="field" width="-1" />
   <column hidden="0" name="territoire" type="field" width="-1" />
   <column hidden="0" name="territoire_nom" type="field" width="-1" />
   <column hidden="0" name="objet" type="field" width="-1" />
   <column hidden="0" name="libelle_avant" type="field" width="-1" />
   <column hidden="0" name="libelle_apres" type="field" width="-1" />
   <column hidden="0" name="lien" type="field" width="-1" />
   <column hidden="0" name="etat_avant" type="field" width="-1" />
   <column hidden="0" name="etat_apres" type="field" width="-1" />
   <column hidden="0" name="mesure_avant" type="field" width="-1" />
   <column hidden="0" name="mesure_apres" type="field" width="-1" />
   <column hidden="0" name="unite" type="field" width="-1" />
   <column hidden="0" name="surface_avant_m2" type="field" width="-1" />
   <column hidden="0" name="surface_apres_m2" type="field" width="-1" />
   <column hidden="0" name="longueur_avant_m" type="field" width="-1" />
   <column hidden="0" name="longueur_apres_m" type="field" width="-1" />
   <column hidden="0" name="differences" type="field" width="-1" />
   <column hidden="0" name="appreciation" type="field" width="-1" />
   <column hidden="0" name="motif" type="field" width="-1" />
   <column hidden="0" name="suite" type="field" width="-1" />
   <column hidden="0" name="auteur" type="field" width="-1" />
   <column hidden="0" name="date" type="field" width="-1" />
   <column hidden="0" name="origine" type="field" width="-1" />
   <column hidden="0" name="a_revoir" type="field" width="-1" />
   <column hidden="0" name="message" type="field" width="-1" />
   <column hidden="1" name="cle_avant" type="field" width="-1" />
   <column hidden="1" name="cle_apres" type="field" width="-1" />
   <column hidden="0" type="actions" width="-1" />
  </columns>
 </attributetableconfig>
 <conditionalstyles>
  <rowstyles />
  <fieldstyles />
 </conditionalstyles>
 <storedexpressions />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="longueur_apres_m" />
  <field editable="0" name="longueur_avant_m" />
  <field editable="0" name="mesure_apres" />
  <field editable="0" name="mesure_avant" />
  <field editable="0" name="surface_apres_m2" />
  <field editable="0" name="surface_avant_m2" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression />
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
