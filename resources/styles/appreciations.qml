<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology|Labeling|Fields|MapTips|AttributeTable" version="3.22.16-Białowieża">
 <fieldConfiguration>
  <field configurationFlags="None" name="fid" />
  <field configurationFlags="None" name="cle" />
  <field configurationFlags="None" name="decision" />
  <field configurationFlags="None" name="motif" />
  <field configurationFlags="None" name="suite" />
  <field configurationFlags="None" name="auteur" />
  <field configurationFlags="None" name="date" />
  <field configurationFlags="None" name="origine" />
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
