<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology|Labeling|Fields|MapTips|AttributeTable" version="3.22.16-Białowieża">
 <fieldConfiguration>
  <field configurationFlags="None" name="fid" />
  <field configurationFlags="None" name="id" />
  <field configurationFlags="None" name="cle" />
  <field configurationFlags="None" name="prescription" />
  <field configurationFlags="None" name="volet" />
  <field configurationFlags="None" name="jalon" />
  <field configurationFlags="None" name="controle" />
  <field configurationFlags="None" name="echelle" />
  <field configurationFlags="None" name="territoire" />
  <field configurationFlags="None" name="territoire_nom" />
  <field configurationFlags="None" name="mesure" />
  <field configurationFlags="None" name="unite" />
  <field configurationFlags="None" name="seuil_min" />
  <field configurationFlags="None" name="seuil_max" />
  <field configurationFlags="None" name="ecart" />
  <field configurationFlags="None" name="ecart_relatif" />
  <field configurationFlags="None" name="etat" />
  <field configurationFlags="None" name="message" />
  <field configurationFlags="None" name="nb_objets" />
  <field configurationFlags="None" name="limites" />
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
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
