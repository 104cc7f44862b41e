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
  <field configurationFlags="None" name="date">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="parametres">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="version">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="qgis">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="geos">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="shapely">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="regles">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="regles_sha256">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="scot">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="scot_etat">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="plu">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="plu_etat">
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
  <field configurationFlags="None" name="duree_s">
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
 </fieldConfiguration>
 <aliases>
  <alias field="fid" index="0" name="" />
  <alias field="id" index="1" name="Identifiant" />
  <alias field="date" index="2" name="Date (UTC)" />
  <alias field="parametres" index="3" name="Paramètres (JSON)" />
  <alias field="version" index="4" name="Version de l'extension" />
  <alias field="qgis" index="5" name="QGIS" />
  <alias field="geos" index="6" name="GEOS" />
  <alias field="shapely" index="7" name="Shapely" />
  <alias field="regles" index="8" name="Fichier de règles" />
  <alias field="regles_sha256" index="9" name="Empreinte des règles" />
  <alias field="scot" index="10" name="SCoT" />
  <alias field="scot_etat" index="11" name="État du SCoT" />
  <alias field="plu" index="12" name="PLU(i)" />
  <alias field="plu_etat" index="13" name="État du PLU(i)" />
  <alias field="crs" index="14" name="Projection" />
  <alias field="duree_s" index="15" name="Durée (s)" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="id" />
  <default applyOnUpdate="0" expression="" field="date" />
  <default applyOnUpdate="0" expression="" field="parametres" />
  <default applyOnUpdate="0" expression="" field="version" />
  <default applyOnUpdate="0" expression="" field="qgis" />
  <default applyOnUpdate="0" expression="" field="geos" />
  <default applyOnUpdate="0" expression="" field="shapely" />
  <default applyOnUpdate="0" expression="" field="regles" />
  <default applyOnUpdate="0" expression="" field="regles_sha256" />
  <default applyOnUpdate="0" expression="" field="scot" />
  <default applyOnUpdate="0" expression="" field="scot_etat" />
  <default applyOnUpdate="0" expression="" field="plu" />
  <default applyOnUpdate="0" expression="" field="plu_etat" />
  <default applyOnUpdate="0" expression="" field="crs" />
  <default applyOnUpdate="0" expression="" field="duree_s" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="date" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="parametres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="version" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="qgis" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="geos" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="shapely" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="regles" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="regles_sha256" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="scot" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="scot_etat" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="plu" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="plu_etat" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="crs" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="duree_s" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="id" />
  <constraint desc="" exp="" field="date" />
  <constraint desc="" exp="" field="parametres" />
  <constraint desc="" exp="" field="version" />
  <constraint desc="" exp="" field="qgis" />
  <constraint desc="" exp="" field="geos" />
  <constraint desc="" exp="" field="shapely" />
  <constraint desc="" exp="" field="regles" />
  <constraint desc="" exp="" field="regles_sha256" />
  <constraint desc="" exp="" field="scot" />
  <constraint desc="" exp="" field="scot_etat" />
  <constraint desc="" exp="" field="plu" />
  <constraint desc="" exp="" field="plu_etat" />
  <constraint desc="" exp="" field="crs" />
  <constraint desc="" exp="" field="duree_s" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="id" type="field" width="-1" />
   <column hidden="0" name="date" type="field" width="-1" />
   <column hidden="0" name="parametres" type="field" width="-1" />
   <column hidden="0" name="version" type="field" width="-1" />
   <column hidden="0" name="qgis" type="field" width="-1" />
   <column hidden="0" name="geos" type="field" width="-1" />
   <column hidden="0" name="shapely" type="field" width="-1" />
   <column hidden="0" name="regles" type="field" width="-1" />
   <column hidden="0" name="regles_sha256" type="field" width="-1" />
   <column hidden="0" name="scot" type="field" width="-1" />
   <column hidden="0" name="scot_etat" type="field" width="-1" />
   <column hidden="0" name="plu" type="field" width="-1" />
   <column hidden="0" name="plu_etat" type="field" width="-1" />
   <column hidden="0" name="crs" type="field" width="-1" />
   <column hidden="0" name="duree_s" type="field" width="-1" />
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
  <field editable="0" name="duree_s" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression />
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
