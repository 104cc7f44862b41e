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
  <field configurationFlags="None" name="cle">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="decision">
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
 </fieldConfiguration>
 <aliases>
  <alias field="fid" index="0" name="" />
  <alias field="cle" index="1" name="Clé de l'écart ou du constat" />
  <alias field="decision" index="2" name="Décision" />
  <alias field="motif" index="3" name="Motif" />
  <alias field="suite" index="4" name="Suite" />
  <alias field="auteur" index="5" name="Auteur" />
  <alias field="date" index="6" name="Date" />
  <alias field="origine" index="7" name="Origine" />
  <alias field="etat" index="8" name="État au moment de la décision" />
  <alias field="mesure" index="9" name="Mesure au moment de la décision" />
  <alias field="unite" index="10" name="Unité" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="cle" />
  <default applyOnUpdate="0" expression="" field="decision" />
  <default applyOnUpdate="0" expression="" field="motif" />
  <default applyOnUpdate="0" expression="" field="suite" />
  <default applyOnUpdate="0" expression="" field="auteur" />
  <default applyOnUpdate="0" expression="" field="date" />
  <default applyOnUpdate="0" expression="" field="origine" />
  <default applyOnUpdate="0" expression="" field="etat" />
  <default applyOnUpdate="0" expression="" field="mesure" />
  <default applyOnUpdate="0" expression="" field="unite" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cle" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="decision" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="motif" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="suite" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="auteur" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="date" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="origine" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="etat" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="mesure" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="unite" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="cle" />
  <constraint desc="" exp="" field="decision" />
  <constraint desc="" exp="" field="motif" />
  <constraint desc="" exp="" field="suite" />
  <constraint desc="" exp="" field="auteur" />
  <constraint desc="" exp="" field="date" />
  <constraint desc="" exp="" field="origine" />
  <constraint desc="" exp="" field="etat" />
  <constraint desc="" exp="" field="mesure" />
  <constraint desc="" exp="" field="unite" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="1" name="cle" type="field" width="-1" />
   <column hidden="0" name="decision" type="field" width="-1" />
   <column hidden="0" name="motif" type="field" width="-1" />
   <column hidden="0" name="suite" type="field" width="-1" />
   <column hidden="0" name="auteur" type="field" width="-1" />
   <column hidden="0" name="date" type="field" width="-1" />
   <column hidden="0" name="origine" type="field" width="-1" />
   <column hidden="0" name="etat" type="field" width="-1" />
   <column hidden="0" name="mesure" type="field" width="-1" />
   <column hidden="0" name="unite" type="field" width="-1" />
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
  <field editable="0" name="mesure" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression />
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
