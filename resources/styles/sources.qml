<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology|Labeling|Fields|MapTips|AttributeTable" version="3.22.16-Białowieża">
 <fieldConfiguration>
  <field configurationFlags="None" name="fid" />
  <field configurationFlags="None" name="couche" />
  <field configurationFlags="None" name="nom" />
  <field configurationFlags="None" name="chemin" />
  <field configurationFlags="None" name="sha256" />
  <field configurationFlags="None" name="millesime" />
  <field configurationFlags="None" name="precision" />
  <field configurationFlags="None" name="objets" />
  <field configurationFlags="None" name="crs" />
  <field configurationFlags="None" name="encodage" />
  <field configurationFlags="None" name="repares" />
  <field configurationFlags="None" name="ignores" />
  <field configurationFlags="None" name="limites" />
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
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
