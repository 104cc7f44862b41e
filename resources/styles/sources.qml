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
  <field configurationFlags="None" name="couche">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nom">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="chemin">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="sha256">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="millesime">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="precision">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="objets">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="crs">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="encodage">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="repares">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="ignores">
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
  <alias field="couche" index="1" name="Couche" />
  <alias field="nom" index="2" name="Nom" />
  <alias field="chemin" index="3" name="Chemin" />
  <alias field="sha256" index="4" name="Empreinte" />
  <alias field="millesime" index="5" name="Millésime" />
  <alias field="precision" index="6" name="Précision" />
  <alias field="objets" index="7" name="Objets" />
  <alias field="crs" index="8" name="Projection" />
  <alias field="encodage" index="9" name="Encodage" />
  <alias field="repares" index="10" name="Objets réparés" />
  <alias field="ignores" index="11" name="Objets ignorés" />
  <alias field="limites" index="12" name="Limites" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="couche" />
  <default applyOnUpdate="0" expression="" field="nom" />
  <default applyOnUpdate="0" expression="" field="chemin" />
  <default applyOnUpdate="0" expression="" field="sha256" />
  <default applyOnUpdate="0" expression="" field="millesime" />
  <default applyOnUpdate="0" expression="" field="precision" />
  <default applyOnUpdate="0" expression="" field="objets" />
  <default applyOnUpdate="0" expression="" field="crs" />
  <default applyOnUpdate="0" expression="" field="encodage" />
  <default applyOnUpdate="0" expression="" field="repares" />
  <default applyOnUpdate="0" expression="" field="ignores" />
  <default applyOnUpdate="0" expression="" field="limites" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="couche" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nom" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="chemin" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="sha256" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="millesime" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="precision" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="objets" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="crs" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="encodage" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="repares" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="ignores" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="limites" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="couche" />
  <constraint desc="" exp="" field="nom" />
  <constraint desc="" exp="" field="chemin" />
  <constraint desc="" exp="" field="sha256" />
  <constraint desc="" exp="" field="millesime" />
  <constraint desc="" exp="" field="precision" />
  <constraint desc="" exp="" field="objets" />
  <constraint desc="" exp="" field="crs" />
  <constraint desc="" exp="" field="encodage" />
  <constraint desc="" exp="" field="repares" />
  <constraint desc="" exp="" field="ignores" />
  <constraint desc="" exp="" field="limites" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="couche" type="field" width="-1" />
   <column hidden="0" name="nom" type="field" width="-1" />
   <column hidden="0" name="chemin" type="field" width="-1" />
   <column hidden="0" name="sha256" type="field" width="-1" />
   <column hidden="0" name="millesime" type="field" width="-1" />
   <column hidden="0" name="precision" type="field" width="-1" />
   <column hidden="0" name="objets" type="field" width="-1" />
   <column hidden="0" name="crs" type="field" width="-1" />
   <column hidden="0" name="encodage" type="field" width="-1" />
   <column hidden="0" name="repares" type="field" width="-1" />
   <column hidden="0" name="ignores" type="field" width="-1" />
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
 <editable />
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression />
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
