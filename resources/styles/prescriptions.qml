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
  <field configurationFlags="None" name="intitule">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="objectif">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="pilier">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Activités économiques, agricoles et commerciales" type="QString" value="economie" />
       </Option>
       <Option type="Map">
        <Option name="Logement, mobilités, équipements et services" type="QString" value="besoins" />
       </Option>
       <Option type="Map">
        <Option name="Transitions écologique et énergétique, paysages" type="QString" value="transitions" />
       </Option>
       <Option type="Map">
        <Option name="Transversal" type="QString" value="transversal" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="theme">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nature">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Norme" type="QString" value="norme" />
       </Option>
       <Option type="Map">
        <Option name="Objectif" type="QString" value="objectif" />
       </Option>
       <Option type="Map">
        <Option name="Orientation" type="QString" value="orientation" />
       </Option>
       <Option type="Map">
        <Option name="Recommandation" type="QString" value="recommandation" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="force">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="article">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="page">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="url">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="base_legale">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="texte">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="a_savoir">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="questions">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="pieces">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="lecture">
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
  <field configurationFlags="None" name="nb_constats">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_ecarts">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="nb_non_evalues">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="cause">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="fid" index="0" name="" />
  <alias field="id" index="1" name="Prescription" />
  <alias field="intitule" index="2" name="Intitulé" />
  <alias field="objectif" index="3" name="Objectif du DOO" />
  <alias field="pilier" index="4" name="Pilier" />
  <alias field="theme" index="5" name="Thème" />
  <alias field="nature" index="6" name="Nature" />
  <alias field="force" index="7" name="Force" />
  <alias field="article" index="8" name="Article" />
  <alias field="page" index="9" name="Page" />
  <alias field="url" index="10" name="Lien" />
  <alias field="base_legale" index="11" name="Base légale" />
  <alias field="texte" index="12" name="Texte" />
  <alias field="a_savoir" index="13" name="À savoir" />
  <alias field="questions" index="14" name="Questions" />
  <alias field="pieces" index="15" name="Pièces à lire" />
  <alias field="lecture" index="16" name="Lecture de la règle" />
  <alias field="etat" index="17" name="État" />
  <alias field="nb_constats" index="18" name="Constats" />
  <alias field="nb_ecarts" index="19" name="Écarts" />
  <alias field="nb_non_evalues" index="20" name="Constats non évalués" />
  <alias field="cause" index="21" name="Cause" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="id" />
  <default applyOnUpdate="0" expression="" field="intitule" />
  <default applyOnUpdate="0" expression="" field="objectif" />
  <default applyOnUpdate="0" expression="" field="pilier" />
  <default applyOnUpdate="0" expression="" field="theme" />
  <default applyOnUpdate="0" expression="" field="nature" />
  <default applyOnUpdate="0" expression="" field="force" />
  <default applyOnUpdate="0" expression="" field="article" />
  <default applyOnUpdate="0" expression="" field="page" />
  <default applyOnUpdate="0" expression="" field="url" />
  <default applyOnUpdate="0" expression="" field="base_legale" />
  <default applyOnUpdate="0" expression="" field="texte" />
  <default applyOnUpdate="0" expression="" field="a_savoir" />
  <default applyOnUpdate="0" expression="" field="questions" />
  <default applyOnUpdate="0" expression="" field="pieces" />
  <default applyOnUpdate="0" expression="" field="lecture" />
  <default applyOnUpdate="0" expression="" field="etat" />
  <default applyOnUpdate="0" expression="" field="nb_constats" />
  <default applyOnUpdate="0" expression="" field="nb_ecarts" />
  <default applyOnUpdate="0" expression="" field="nb_non_evalues" />
  <default applyOnUpdate="0" expression="" field="cause" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="intitule" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="objectif" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="pilier" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="theme" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nature" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="force" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="article" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="page" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="url" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="base_legale" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="texte" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="a_savoir" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="questions" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="pieces" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="lecture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="etat" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_constats" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_ecarts" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="nb_non_evalues" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cause" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="id" />
  <constraint desc="" exp="" field="intitule" />
  <constraint desc="" exp="" field="objectif" />
  <constraint desc="" exp="" field="pilier" />
  <constraint desc="" exp="" field="theme" />
  <constraint desc="" exp="" field="nature" />
  <constraint desc="" exp="" field="force" />
  <constraint desc="" exp="" field="article" />
  <constraint desc="" exp="" field="page" />
  <constraint desc="" exp="" field="url" />
  <constraint desc="" exp="" field="base_legale" />
  <constraint desc="" exp="" field="texte" />
  <constraint desc="" exp="" field="a_savoir" />
  <constraint desc="" exp="" field="questions" />
  <constraint desc="" exp="" field="pieces" />
  <constraint desc="" exp="" field="lecture" />
  <constraint desc="" exp="" field="etat" />
  <constraint desc="" exp="" field="nb_constats" />
  <constraint desc="" exp="" field="nb_ecarts" />
  <constraint desc="" exp="" field="nb_non_evalues" />
  <constraint desc="" exp="" field="cause" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="id" type="field" width="-1" />
   <column hidden="0" name="intitule" type="field" width="-1" />
   <column hidden="0" name="objectif" type="field" width="-1" />
   <column hidden="0" name="pilier" type="field" width="-1" />
   <column hidden="0" name="theme" type="field" width="-1" />
   <column hidden="0" name="nature" type="field" width="-1" />
   <column hidden="0" name="force" type="field" width="-1" />
   <column hidden="0" name="article" type="field" width="-1" />
   <column hidden="0" name="page" type="field" width="-1" />
   <column hidden="0" name="url" type="field" width="-1" />
   <column hidden="0" name="base_legale" type="field" width="-1" />
   <column hidden="0" name="texte" type="field" width="-1" />
   <column hidden="0" name="a_savoir" type="field" width="-1" />
   <column hidden="0" name="questions" type="field" width="-1" />
   <column hidden="0" name="pieces" type="field" width="-1" />
   <column hidden="0" name="lecture" type="field" width="-1" />
   <column hidden="0" name="etat" type="field" width="-1" />
   <column hidden="0" name="nb_constats" type="field" width="-1" />
   <column hidden="0" name="nb_ecarts" type="field" width="-1" />
   <column hidden="0" name="nb_non_evalues" type="field" width="-1" />
   <column hidden="0" name="cause" type="field" width="-1" />
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
 <previewExpression>"id" || ' ' || "intitule"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
