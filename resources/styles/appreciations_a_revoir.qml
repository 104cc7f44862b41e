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
  <field configurationFlags="None" name="sujet">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="pourquoi">
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
  <field configurationFlags="None" name="cle">
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
  <alias field="sujet" index="2" name="Sujet" />
  <alias field="pourquoi" index="3" name="Pourquoi la revoir" />
  <alias field="appreciation" index="4" name="Décision" />
  <alias field="motif" index="5" name="Motif" />
  <alias field="suite" index="6" name="Suite" />
  <alias field="auteur" index="7" name="Auteur" />
  <alias field="date" index="8" name="Date" />
  <alias field="origine" index="9" name="Origine" />
  <alias field="cle" index="10" name="Clé" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="statut" />
  <default applyOnUpdate="0" expression="" field="sujet" />
  <default applyOnUpdate="0" expression="" field="pourquoi" />
  <default applyOnUpdate="0" expression="" field="appreciation" />
  <default applyOnUpdate="0" expression="" field="motif" />
  <default applyOnUpdate="0" expression="" field="suite" />
  <default applyOnUpdate="0" expression="" field="auteur" />
  <default applyOnUpdate="0" expression="" field="date" />
  <default applyOnUpdate="0" expression="" field="origine" />
  <default applyOnUpdate="0" expression="" field="cle" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statut" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="sujet" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="pourquoi" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="appreciation" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="motif" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="suite" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="auteur" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="date" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="origine" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cle" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="statut" />
  <constraint desc="" exp="" field="sujet" />
  <constraint desc="" exp="" field="pourquoi" />
  <constraint desc="" exp="" field="appreciation" />
  <constraint desc="" exp="" field="motif" />
  <constraint desc="" exp="" field="suite" />
  <constraint desc="" exp="" field="auteur" />
  <constraint desc="" exp="" field="date" />
  <constraint desc="" exp="" field="origine" />
  <constraint desc="" exp="" field="cle" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="statut" type="field" width="-1" />
   <column hidden="0" name="sujet" type="field" width="-1" />
   <column hidden="0" name="pourquoi" type="field" width="-1" />
   <column hidden="0" name="appreciation" type="field" width="-1" />
   <column hidden="0" name="motif" type="field" width="-1" />
   <column hidden="0" name="suite" type="field" width="-1" />
   <column hidden="0" name="auteur" type="field" width="-1" />
   <column hidden="0" name="date" type="field" width="-1" />
   <column hidden="0" name="origine" type="field" width="-1" />
   <column hidden="1" name="cle" type="field" width="-1" />
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
 <editable />
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression />
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
