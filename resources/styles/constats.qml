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
  <field configurationFlags="None" name="id">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="cle">
   <editWidget type="">
    <config>
     <Option />
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
  <field configurationFlags="None" name="controle">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="echelle">
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
  <field configurationFlags="None" name="mesure">
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
  <field configurationFlags="None" name="seuil_min">
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
  <field configurationFlags="None" name="seuil_max">
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
  <field configurationFlags="None" name="ecart">
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
  <field configurationFlags="None" name="ecart_relatif">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="4" />
      <Option name="Style" type="QString" value="SpinBox" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="etat">
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
  <field configurationFlags="None" name="message">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_objets">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="limites">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="fid" index="0" name="" />
  <alias field="id" index="1" name="Numéro" />
  <alias field="cle" index="2" name="Clé" />
  <alias field="prescription" index="3" name="Prescription" />
  <alias field="volet" index="4" name="Volet" />
  <alias field="jalon" index="5" name="Jalon" />
  <alias field="controle" index="6" name="Contrôle" />
  <alias field="echelle" index="7" name="Échelle" />
  <alias field="territoire" index="8" name="Territoire" />
  <alias field="territoire_nom" index="9" name="Nom du territoire" />
  <alias field="mesure" index="10" name="Mesure" />
  <alias field="unite" index="11" name="Unité" />
  <alias field="seuil_min" index="12" name="Seuil minimal" />
  <alias field="seuil_max" index="13" name="Seuil maximal" />
  <alias field="ecart" index="14" name="Écart" />
  <alias field="ecart_relatif" index="15" name="Écart relatif" />
  <alias field="etat" index="16" name="État" />
  <alias field="message" index="17" name="Constat" />
  <alias field="nb_objets" index="18" name="Objets mesurés" />
  <alias field="limites" index="19" name="Limites" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="id" />
  <default applyOnUpdate="0" expression="" field="cle" />
  <default applyOnUpdate="0" expression="" field="prescription" />
  <default applyOnUpdate="0" expression="" field="volet" />
  <default applyOnUpdate="0" expression="" field="jalon" />
  <default applyOnUpdate="0" expression="" field="controle" />
  <default applyOnUpdate="0" expression="" field="echelle" />
  <default applyOnUpdate="0" expression="" field="territoire" />
  <default applyOnUpdate="0" expression="" field="territoire_nom" />
  <default applyOnUpdate="0" expression="" field="mesure" />
  <default applyOnUpdate="0" expression="" field="unite" />
  <default applyOnUpdate="0" expression="" field="seuil_min" />
  <default applyOnUpdate="0" expression="" field="seuil_max" />
  <default applyOnUpdate="0" expression="" field="ecart" />
  <default applyOnUpdate="0" expression="" field="ecart_relatif" />
  <default applyOnUpdate="0" expression="" field="etat" />
  <default applyOnUpdate="0" expression="" field="message" />
  <default applyOnUpdate="0" expression="" field="nb_objets" />
  <default applyOnUpdate="0" expression="" field="limites" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cle" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="prescription" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="volet" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="jalon" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="controle" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="echelle" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="territoire" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="territoire_nom" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="mesure" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="unite" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="seuil_min" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="seuil_max" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="ecart" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="ecart_relatif" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="etat" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="message" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_objets" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="limites" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="id" />
  <constraint desc="" exp="" field="cle" />
  <constraint desc="" exp="" field="prescription" />
  <constraint desc="" exp="" field="volet" />
  <constraint desc="" exp="" field="jalon" />
  <constraint desc="" exp="" field="controle" />
  <constraint desc="" exp="" field="echelle" />
  <constraint desc="" exp="" field="territoire" />
  <constraint desc="" exp="" field="territoire_nom" />
  <constraint desc="" exp="" field="mesure" />
  <constraint desc="" exp="" field="unite" />
  <constraint desc="" exp="" field="seuil_min" />
  <constraint desc="" exp="" field="seuil_max" />
  <constraint desc="" exp="" field="ecart" />
  <constraint desc="" exp="" field="ecart_relatif" />
  <constraint desc="" exp="" field="etat" />
  <constraint desc="" exp="" field="message" />
  <constraint desc="" exp="" field="nb_objets" />
  <constraint desc="" exp="" field="limites" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="id" type="field" width="-1" />
   <column hidden="1" name="cle" type="field" width="-1" />
   <column hidden="0" name="prescription" type="field" width="-1" />
   <column hidden="0" name="volet" type="field" width="-1" />
   <column hidden="0" name="jalon" type="field" width="-1" />
   <column hidden="0" name="controle" type="field" width="-1" />
   <column hidden="0" name="echelle" type="field" width="-1" />
   <column hidden="0" name="territoire" type="field" width="-1" />
   <column hidden="0" name="territoire_nom" type="field" width="-1" />
   <column hidden="0" name="mesure" type="field" width="-1" />
   <column hidden="0" name="unite" type="field" width="-1" />
   <column hidden="0" name="seuil_min" type="field" width="-1" />
   <column hidden="0" name="seuil_max" type="field" width="-1" />
   <column hidden="0" name="ecart" type="field" width="-1" />
   <column hidden="0" name="ecart_relatif" type="field" width="-1" />
   <column hidden="0" name="etat" type="field" width="-1" />
   <column hidden="0" name="message" type="field" width="-1" />
   <column hidden="0" name="nb_objets" type="field" width="-1" />
   <column hidden="0" name="limites" type="field" width="-1" />
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
  <field editable="0" name="ecart" />
  <field editable="0" name="ecart_relatif" />
  <field editable="0" name="mesure" />
  <field editable="0" name="seuil_max" />
  <field editable="0" name="seuil_min" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"message"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
