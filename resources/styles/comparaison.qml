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
  <field configurationFlags="None" name="avant">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="date_avant">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="plu_avant">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="apres">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="date_apres">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="plu_apres">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_nouveau">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_disparu">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_modifie">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_maintenu">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_non_comparable">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="doutes">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="fid" index="0" name="" />
  <alias field="avant" index="1" name="Dossier d'avant" />
  <alias field="date_avant" index="2" name="Date du contrôle d'avant (UTC)" />
  <alias field="plu_avant" index="3" name="PLU(i) avant" />
  <alias field="apres" index="4" name="Dossier d'après" />
  <alias field="date_apres" index="5" name="Date du contrôle d'après (UTC)" />
  <alias field="plu_apres" index="6" name="PLU(i) après" />
  <alias field="nb_nouveau" index="7" name="Écarts, nouveaux" />
  <alias field="nb_disparu" index="8" name="Écarts, disparus" />
  <alias field="nb_modifie" index="9" name="Écarts, modifiés" />
  <alias field="nb_maintenu" index="10" name="Écarts, maintenus" />
  <alias field="nb_non_comparable" index="11" name="Écarts, non comparables" />
  <alias field="doutes" index="12" name="Ce qui rend la comparaison incertaine" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="avant" />
  <default applyOnUpdate="0" expression="" field="date_avant" />
  <default applyOnUpdate="0" expression="" field="plu_avant" />
  <default applyOnUpdate="0" expression="" field="apres" />
  <default applyOnUpdate="0" expression="" field="date_apres" />
  <default applyOnUpdate="0" expression="" field="plu_apres" />
  <default applyOnUpdate="0" expression="" field="nb_nouveau" />
  <default applyOnUpdate="0" expression="" field="nb_disparu" />
  <default applyOnUpdate="0" expression="" field="nb_modifie" />
  <default applyOnUpdate="0" expression="" field="nb_maintenu" />
  <default applyOnUpdate="0" expression="" field="nb_non_comparable" />
  <default applyOnUpdate="0" expression="" field="doutes" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="date_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="plu_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="date_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="plu_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_nouveau" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_disparu" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_modifie" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_maintenu" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_non_comparable" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="doutes" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="avant" />
  <constraint desc="" exp="" field="date_avant" />
  <constraint desc="" exp="" field="plu_avant" />
  <constraint desc="" exp="" field="apres" />
  <constraint desc="" exp="" field="date_apres" />
  <constraint desc="" exp="" field="plu_apres" />
  <constraint desc="" exp="" field="nb_nouveau" />
  <constraint desc="" exp="" field="nb_disparu" />
  <constraint desc="" exp="" field="nb_modifie" />
  <constraint desc="" exp="" field="nb_maintenu" />
  <constraint desc="" exp="" field="nb_non_comparable" />
  <constraint desc="" exp="" field="doutes" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="avant" type="field" width="-1" />
   <column hidden="0" name="date_avant" type="field" width="-1" />
   <column hidden="0" name="plu_avant" type="field" width="-1" />
   <column hidden="0" name="apres" type="field" width="-1" />
   <column hidden="0" name="date_apres" type="field" width="-1" />
   <column hidden="0" name="plu_apres" type="field" width="-1" />
   <column hidden="0" name="nb_nouveau" type="field" width="-1" />
   <column hidden="0" name="nb_disparu" type="field" width="-1" />
   <column hidden="0" name="nb_modifie" type="field" width="-1" />
   <column hidden="0" name="nb_maintenu" type="field" width="-1" />
   <column hidden="0" name="nb_non_comparable" type="field" width="-1" />
   <column hidden="0" name="doutes" type="field" width="-1" />
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
