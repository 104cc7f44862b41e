<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis labelsEnabled="1" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|AttributeTable" version="3.22.16-Białowieża">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <renderer-v2 attr="statut" enableorderby="1" forceraster="0" referencescale="-1" symbollevels="0" type="categorizedSymbol">
  <categories>
   <category label="Nouveau" render="true" symbol="0" value="nouveau" />
   <category label="Disparu" render="true" symbol="1" value="disparu" />
   <category label="Modifié" render="true" symbol="2" value="modifie" />
   <category label="Maintenu" render="true" symbol="3" value="maintenu" />
   <category label="Non comparable" render="true" symbol="4" value="non_comparable" />
  </categories>
  <symbols>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="0" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="255,255,255,110" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,200" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="1.6" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="255,255,255,110" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="255,255,255,200" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="1.6" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="solid" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="if(&quot;objet&quot; = 'commune', '255,255,255,0', '255,255,255,110')" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="color" type="QString" value="0,0,0,255" />
      <Option name="distance" type="QString" value="1.8" />
      <Option name="distance_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0" />
      <Option name="line_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <prop k="angle" v="45" />
     <prop k="color" v="0,0,0,255" />
     <prop k="distance" v="1.8" />
     <prop k="distance_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="distance_unit" v="MM" />
     <prop k="line_width" v="0" />
     <prop k="line_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="line_width_unit" v="MM" />
     <prop k="offset" v="0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="outline_width_unit" v="MM" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="enabled" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="&quot;objet&quot; &lt;&gt; 'commune'" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@0@1" type="line">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="align_dash_pattern" type="QString" value="0" />
        <Option name="capstyle" type="QString" value="square" />
        <Option name="customdash" type="QString" value="5;2" />
        <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="customdash_unit" type="QString" value="MM" />
        <Option name="dash_pattern_offset" type="QString" value="0" />
        <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
        <Option name="draw_inside_polygon" type="QString" value="0" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="line_color" type="QString" value="184,18,107,255" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="line_width" type="QString" value="0.35" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="offset" type="QString" value="0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="ring_filter" type="QString" value="0" />
        <Option name="trim_distance_end" type="QString" value="0" />
        <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_end_unit" type="QString" value="MM" />
        <Option name="trim_distance_start" type="QString" value="0" />
        <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_start_unit" type="QString" value="MM" />
        <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
        <Option name="use_custom_dash" type="QString" value="0" />
        <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
       </Option>
       <prop k="align_dash_pattern" v="0" />
       <prop k="capstyle" v="square" />
       <prop k="customdash" v="5;2" />
       <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="customdash_unit" v="MM" />
       <prop k="dash_pattern_offset" v="0" />
       <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="dash_pattern_offset_unit" v="MM" />
       <prop k="draw_inside_polygon" v="0" />
       <prop k="joinstyle" v="bevel" />
       <prop k="line_color" v="184,18,107,255" />
       <prop k="line_style" v="solid" />
       <prop k="line_width" v="0.35" />
       <prop k="line_width_unit" v="MM" />
       <prop k="offset" v="0" />
       <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="offset_unit" v="MM" />
       <prop k="ring_filter" v="0" />
       <prop k="trim_distance_end" v="0" />
       <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_end_unit" v="MM" />
       <prop k="trim_distance_start" v="0" />
       <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_start_unit" v="MM" />
       <prop k="tweak_dash_pattern_on_corners" v="0" />
       <prop k="use_custom_dash" v="0" />
       <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="135" />
      <Option name="color" type="QString" value="0,0,0,255" />
      <Option name="distance" type="QString" value="1.8" />
      <Option name="distance_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0" />
      <Option name="line_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <prop k="angle" v="135" />
     <prop k="color" v="0,0,0,255" />
     <prop k="distance" v="1.8" />
     <prop k="distance_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="distance_unit" v="MM" />
     <prop k="line_width" v="0" />
     <prop k="line_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="line_width_unit" v="MM" />
     <prop k="offset" v="0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="outline_width_unit" v="MM" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="enabled" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="&quot;objet&quot; &lt;&gt; 'commune'" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@0@2" type="line">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="align_dash_pattern" type="QString" value="0" />
        <Option name="capstyle" type="QString" value="square" />
        <Option name="customdash" type="QString" value="5;2" />
        <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="customdash_unit" type="QString" value="MM" />
        <Option name="dash_pattern_offset" type="QString" value="0" />
        <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
        <Option name="draw_inside_polygon" type="QString" value="0" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="line_color" type="QString" value="184,18,107,255" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="line_width" type="QString" value="0.35" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="offset" type="QString" value="0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="ring_filter" type="QString" value="0" />
        <Option name="trim_distance_end" type="QString" value="0" />
        <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_end_unit" type="QString" value="MM" />
        <Option name="trim_distance_start" type="QString" value="0" />
        <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_start_unit" type="QString" value="MM" />
        <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
        <Option name="use_custom_dash" type="QString" value="0" />
        <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
       </Option>
       <prop k="align_dash_pattern" v="0" />
       <prop k="capstyle" v="square" />
       <prop k="customdash" v="5;2" />
       <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="customdash_unit" v="MM" />
       <prop k="dash_pattern_offset" v="0" />
       <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="dash_pattern_offset_unit" v="MM" />
       <prop k="draw_inside_polygon" v="0" />
       <prop k="joinstyle" v="bevel" />
       <prop k="line_color" v="184,18,107,255" />
       <prop k="line_style" v="solid" />
       <prop k="line_width" v="0.35" />
       <prop k="line_width_unit" v="MM" />
       <prop k="offset" v="0" />
       <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="offset_unit" v="MM" />
       <prop k="ring_filter" v="0" />
       <prop k="trim_distance_end" v="0" />
       <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_end_unit" v="MM" />
       <prop k="trim_distance_start" v="0" />
       <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_start_unit" v="MM" />
       <prop k="tweak_dash_pattern_on_corners" v="0" />
       <prop k="use_custom_dash" v="0" />
       <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="0,0,0,0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="184,18,107,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.8" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="no" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="0,0,0,0" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="184,18,107,255" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="0.8" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="no" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="1" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="0,0,0,0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,200" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="1.4" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="no" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="0,0,0,0" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="255,255,255,200" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="1.4" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="no" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="0,0,0,0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="17,119,51,255" />
      <Option name="outline_style" type="QString" value="dash" />
      <Option name="outline_width" type="QString" value="0.6" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="no" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="0,0,0,0" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="17,119,51,255" />
     <prop k="outline_style" v="dash" />
     <prop k="outline_width" v="0.6" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="no" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="2" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="255,255,255,110" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,200" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="1.5" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="255,255,255,110" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="255,255,255,200" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="1.5" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="solid" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="if(&quot;objet&quot; = 'commune', '255,255,255,0', '255,255,255,110')" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="color" type="QString" value="0,0,0,255" />
      <Option name="distance" type="QString" value="1.3" />
      <Option name="distance_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0" />
      <Option name="line_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <prop k="angle" v="45" />
     <prop k="color" v="0,0,0,255" />
     <prop k="distance" v="1.3" />
     <prop k="distance_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="distance_unit" v="MM" />
     <prop k="line_width" v="0" />
     <prop k="line_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="line_width_unit" v="MM" />
     <prop k="offset" v="0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="outline_width_unit" v="MM" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="enabled" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="&quot;objet&quot; &lt;&gt; 'commune'" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@2@1" type="line">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="align_dash_pattern" type="QString" value="0" />
        <Option name="capstyle" type="QString" value="square" />
        <Option name="customdash" type="QString" value="5;2" />
        <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="customdash_unit" type="QString" value="MM" />
        <Option name="dash_pattern_offset" type="QString" value="0" />
        <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
        <Option name="draw_inside_polygon" type="QString" value="0" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="line_color" type="QString" value="91,63,181,255" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="line_width" type="QString" value="0.4" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="offset" type="QString" value="0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="ring_filter" type="QString" value="0" />
        <Option name="trim_distance_end" type="QString" value="0" />
        <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_end_unit" type="QString" value="MM" />
        <Option name="trim_distance_start" type="QString" value="0" />
        <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_start_unit" type="QString" value="MM" />
        <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
        <Option name="use_custom_dash" type="QString" value="0" />
        <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
       </Option>
       <prop k="align_dash_pattern" v="0" />
       <prop k="capstyle" v="square" />
       <prop k="customdash" v="5;2" />
       <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="customdash_unit" v="MM" />
       <prop k="dash_pattern_offset" v="0" />
       <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="dash_pattern_offset_unit" v="MM" />
       <prop k="draw_inside_polygon" v="0" />
       <prop k="joinstyle" v="bevel" />
       <prop k="line_color" v="91,63,181,255" />
       <prop k="line_style" v="solid" />
       <prop k="line_width" v="0.4" />
       <prop k="line_width_unit" v="MM" />
       <prop k="offset" v="0" />
       <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="offset_unit" v="MM" />
       <prop k="ring_filter" v="0" />
       <prop k="trim_distance_end" v="0" />
       <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_end_unit" v="MM" />
       <prop k="trim_distance_start" v="0" />
       <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_start_unit" v="MM" />
       <prop k="tweak_dash_pattern_on_corners" v="0" />
       <prop k="use_custom_dash" v="0" />
       <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="0,0,0,0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="91,63,181,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.7" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="no" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="0,0,0,0" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="91,63,181,255" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="0.7" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="no" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="3" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="255,255,255,110" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,200" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="1.5" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="255,255,255,110" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="255,255,255,200" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="1.5" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="solid" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="if(&quot;objet&quot; = 'commune', '255,255,255,0', '255,255,255,110')" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="color" type="QString" value="0,0,0,255" />
      <Option name="distance" type="QString" value="3" />
      <Option name="distance_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0" />
      <Option name="line_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <prop k="angle" v="45" />
     <prop k="color" v="0,0,0,255" />
     <prop k="distance" v="3" />
     <prop k="distance_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="distance_unit" v="MM" />
     <prop k="line_width" v="0" />
     <prop k="line_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="line_width_unit" v="MM" />
     <prop k="offset" v="0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="outline_width_unit" v="MM" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="enabled" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="&quot;objet&quot; &lt;&gt; 'commune'" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@3@1" type="line">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="align_dash_pattern" type="QString" value="0" />
        <Option name="capstyle" type="QString" value="square" />
        <Option name="customdash" type="QString" value="5;2" />
        <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="customdash_unit" type="QString" value="MM" />
        <Option name="dash_pattern_offset" type="QString" value="0" />
        <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
        <Option name="draw_inside_polygon" type="QString" value="0" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="line_color" type="QString" value="77,77,77,255" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="line_width" type="QString" value="0.5" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="offset" type="QString" value="0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="ring_filter" type="QString" value="0" />
        <Option name="trim_distance_end" type="QString" value="0" />
        <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_end_unit" type="QString" value="MM" />
        <Option name="trim_distance_start" type="QString" value="0" />
        <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_start_unit" type="QString" value="MM" />
        <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
        <Option name="use_custom_dash" type="QString" value="0" />
        <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
       </Option>
       <prop k="align_dash_pattern" v="0" />
       <prop k="capstyle" v="square" />
       <prop k="customdash" v="5;2" />
       <prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="customdash_unit" v="MM" />
       <prop k="dash_pattern_offset" v="0" />
       <prop k="dash_pattern_offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="dash_pattern_offset_unit" v="MM" />
       <prop k="draw_inside_polygon" v="0" />
       <prop k="joinstyle" v="bevel" />
       <prop k="line_color" v="77,77,77,255" />
       <prop k="line_style" v="solid" />
       <prop k="line_width" v="0.5" />
       <prop k="line_width_unit" v="MM" />
       <prop k="offset" v="0" />
       <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="offset_unit" v="MM" />
       <prop k="ring_filter" v="0" />
       <prop k="trim_distance_end" v="0" />
       <prop k="trim_distance_end_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_end_unit" v="MM" />
       <prop k="trim_distance_start" v="0" />
       <prop k="trim_distance_start_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="trim_distance_start_unit" v="MM" />
       <prop k="tweak_dash_pattern_on_corners" v="0" />
       <prop k="use_custom_dash" v="0" />
       <prop k="width_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="0,0,0,0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.7" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="no" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="0,0,0,0" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="77,77,77,255" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="0.7" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="no" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="4" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="255,255,255,110" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,200" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="1.3" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="255,255,255,110" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="255,255,255,200" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="1.3" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="solid" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="if(&quot;objet&quot; = 'commune', '255,255,255,0', '255,255,255,110')" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="PointPatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="displacement_x" type="QString" value="1.2" />
      <Option name="displacement_x_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="displacement_x_unit" type="QString" value="MM" />
      <Option name="displacement_y" type="QString" value="0" />
      <Option name="displacement_y_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="displacement_y_unit" type="QString" value="MM" />
      <Option name="distance_x" type="QString" value="2.4" />
      <Option name="distance_x_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_x_unit" type="QString" value="MM" />
      <Option name="distance_y" type="QString" value="2.4" />
      <Option name="distance_y_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_y_unit" type="QString" value="MM" />
      <Option name="offset_x" type="QString" value="0" />
      <Option name="offset_x_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_x_unit" type="QString" value="MM" />
      <Option name="offset_y" type="QString" value="0" />
      <Option name="offset_y_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_y_unit" type="QString" value="MM" />
      <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <prop k="displacement_x" v="1.2" />
     <prop k="displacement_x_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="displacement_x_unit" v="MM" />
     <prop k="displacement_y" v="0" />
     <prop k="displacement_y_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="displacement_y_unit" v="MM" />
     <prop k="distance_x" v="2.4" />
     <prop k="distance_x_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="distance_x_unit" v="MM" />
     <prop k="distance_y" v="2.4" />
     <prop k="distance_y_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="distance_y_unit" v="MM" />
     <prop k="offset_x" v="0" />
     <prop k="offset_x_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_x_unit" v="MM" />
     <prop k="offset_y" v="0" />
     <prop k="offset_y_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_y_unit" v="MM" />
     <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="outline_width_unit" v="MM" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="enabled" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="&quot;objet&quot; &lt;&gt; 'commune'" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="@4@1" type="marker">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="angle" type="QString" value="0" />
        <Option name="cap_style" type="QString" value="square" />
        <Option name="color" type="QString" value="138,109,59,255" />
        <Option name="horizontal_anchor_point" type="QString" value="1" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="name" type="QString" value="circle" />
        <Option name="offset" type="QString" value="0,0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="outline_color" type="QString" value="35,35,35,255" />
        <Option name="outline_style" type="QString" value="no" />
        <Option name="outline_width" type="QString" value="0" />
        <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="outline_width_unit" type="QString" value="MM" />
        <Option name="scale_method" type="QString" value="diameter" />
        <Option name="size" type="QString" value="1" />
        <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="size_unit" type="QString" value="MM" />
        <Option name="vertical_anchor_point" type="QString" value="1" />
       </Option>
       <prop k="angle" v="0" />
       <prop k="cap_style" v="square" />
       <prop k="color" v="138,109,59,255" />
       <prop k="horizontal_anchor_point" v="1" />
       <prop k="joinstyle" v="bevel" />
       <prop k="name" v="circle" />
       <prop k="offset" v="0,0" />
       <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="offset_unit" v="MM" />
       <prop k="outline_color" v="35,35,35,255" />
       <prop k="outline_style" v="no" />
       <prop k="outline_width" v="0" />
       <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="outline_width_unit" v="MM" />
       <prop k="scale_method" v="diameter" />
       <prop k="size" v="1" />
       <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="size_unit" v="MM" />
       <prop k="vertical_anchor_point" v="1" />
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="0,0,0,0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="138,109,59,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.5" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="no" />
     </Option>
     <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="color" v="0,0,0,0" />
     <prop k="joinstyle" v="round" />
     <prop k="offset" v="0,0" />
     <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
     <prop k="offset_unit" v="MM" />
     <prop k="outline_color" v="138,109,59,255" />
     <prop k="outline_style" v="solid" />
     <prop k="outline_width" v="0.5" />
     <prop k="outline_width_unit" v="MM" />
     <prop k="style" v="no" />
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
  <rotation />
  <sizescale />
  <orderby>
   <orderByClause asc="1" nullsFirst="0">array_find(array('non_comparable', 'maintenu', 'modifie', 'disparu', 'nouveau'), "statut")</orderByClause>
  </orderby>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style allowHtml="0" blendMode="0" capitalization="0" fieldName="prescription" fontFamily="Open Sans" fontItalic="0" fontKerning="1" fontLetterSpacing="0" fontSize="8" fontSizeMapUnitScale="3x:0,0,0,0,0,0" fontSizeUnit="Point" fontStrikeout="0" fontUnderline="0" fontWeight="75" fontWordSpacing="0" isExpression="0" legendString="Aa" multilineHeight="1" namedStyle="" previewBkgrdColor="255,255,255,255" textColor="26,26,26,255" textOpacity="1" textOrientation="horizontal" useSubstitutions="0">
    <families />
    <text-buffer bufferBlendMode="0" bufferColor="255,255,255,255" bufferDraw="1" bufferJoinStyle="128" bufferNoFill="1" bufferOpacity="1" bufferSize="0.90000000000000002" bufferSizeMapUnitScale="3x:0,0,0,0,0,0" bufferSizeUnits="MM" />
    <text-mask maskEnabled="0" maskJoinStyle="128" maskOpacity="1" maskSize="1.5" maskSizeMapUnitScale="3x:0,0,0,0,0,0" maskSizeUnits="MM" maskType="0" maskedSymbolLayers="" />
    <background shapeBlendMode="0" shapeBorderColor="128,128,128,255" shapeBorderWidth="0" shapeBorderWidthMapUnitScale="3x:0,0,0,0,0,0" shapeBorderWidthUnit="MM" shapeDraw="0" shapeFillColor="255,255,255,255" shapeJoinStyle="64" shapeOffsetMapUnitScale="3x:0,0,0,0,0,0" shapeOffsetUnit="MM" shapeOffsetX="0" shapeOffsetY="0" shapeOpacity="1" shapeRadiiMapUnitScale="3x:0,0,0,0,0,0" shapeRadiiUnit="MM" shapeRadiiX="0" shapeRadiiY="0" shapeRotation="0" shapeRotationType="0" shapeSVGFile="" shapeSizeMapUnitScale="3x:0,0,0,0,0,0" shapeSizeType="0" shapeSizeUnit="MM" shapeSizeX="0" shapeSizeY="0" shapeType="0">
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="fillSymbol" type="fill">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleFill" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="color" type="QString" value="255,255,255,255" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="offset" type="QString" value="0,0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="outline_color" type="QString" value="128,128,128,255" />
        <Option name="outline_style" type="QString" value="no" />
        <Option name="outline_width" type="QString" value="0" />
        <Option name="outline_width_unit" type="QString" value="MM" />
        <Option name="style" type="QString" value="solid" />
       </Option>
       <prop k="border_width_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="color" v="255,255,255,255" />
       <prop k="joinstyle" v="bevel" />
       <prop k="offset" v="0,0" />
       <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0" />
       <prop k="offset_unit" v="MM" />
       <prop k="outline_color" v="128,128,128,255" />
       <prop k="outline_style" v="no" />
       <prop k="outline_width" v="0" />
       <prop k="outline_width_unit" v="MM" />
       <prop k="style" v="solid" />
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </background>
    <shadow shadowBlendMode="6" shadowColor="0,0,0,255" shadowDraw="0" shadowOffsetAngle="135" shadowOffsetDist="1" shadowOffsetGlobal="1" shadowOffsetMapUnitScale="3x:0,0,0,0,0,0" shadowOffsetUnit="MM" shadowOpacity="0.69999999999999996" shadowRadius="1.5" shadowRadiusAlphaOnly="0" shadowRadiusMapUnitScale="3x:0,0,0,0,0,0" shadowRadiusUnit="MM" shadowScale="100" shadowUnder="0" />
    <dd_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </dd_properties>
    <substitutions />
   </text-style>
   <text-format addDirectionSymbol="0" autoWrapLength="0" decimals="3" formatNumbers="0" leftDirectionSymbol="&lt;" multilineAlign="3" placeDirectionSymbol="0" plussign="0" reverseDirectionSymbol="0" rightDirectionSymbol="&gt;" useMaxLineLengthForAutoWrap="1" wrapChar="" />
   <placement centroidInside="0" centroidWhole="0" dist="1" distMapUnitScale="3x:0,0,0,0,0,0" distUnits="MM" fitInPolygonOnly="0" geometryGenerator="" geometryGeneratorEnabled="0" geometryGeneratorType="PointGeometry" labelOffsetMapUnitScale="3x:0,0,0,0,0,0" layerType="UnknownGeometry" lineAnchorClipping="0" lineAnchorPercent="0.5" lineAnchorType="0" maxCurvedCharAngleIn="25" maxCurvedCharAngleOut="-25" offsetType="0" offsetUnits="MM" overrunDistance="0" overrunDistanceMapUnitScale="3x:0,0,0,0,0,0" overrunDistanceUnit="MM" placement="4" placementFlags="10" polygonPlacementFlags="2" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" preserveRotation="1" priority="8" quadOffset="4" repeatDistance="0" repeatDistanceMapUnitScale="3x:0,0,0,0,0,0" repeatDistanceUnits="MM" rotationAngle="0" rotationUnit="AngleDegrees" xOffset="0" yOffset="0" />
   <rendering displayAll="0" drawLabels="1" fontLimitPixelSize="0" fontMaxPixelSize="10000" fontMinPixelSize="0" labelPerPart="0" limitNumLabels="0" maxNumLabels="2000" mergeLines="0" minFeatureSize="0" obstacle="1" obstacleFactor="1" obstacleType="1" scaleMax="60000" scaleMin="0" scaleVisibility="1" unplacedVisibility="0" upsidedownLabels="0" zIndex="0" />
   <dd_properties>
    <Option type="Map">
     <Option name="name" type="QString" value="" />
     <Option name="properties" />
     <Option name="type" type="QString" value="collection" />
    </Option>
   </dd_properties>
  </settings>
 </labeling>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
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
  <field configurationFlags="None" name="prescription">
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
  <field configurationFlags="None" name="objet">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="libelle_avant">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="libelle_apres">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="lien">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="Objet redessiné" type="QString" value="redessine" />
       </Option>
       <Option type="Map">
        <Option name="Partage d'un objet" type="QString" value="partage" />
       </Option>
       <Option type="Map">
        <Option name="Réunion d'objets" type="QString" value="reunion" />
       </Option>
       <Option type="Map">
        <Option name="" type="QString" value="{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="etat_avant">
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
  <field configurationFlags="None" name="etat_apres">
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
  <field configurationFlags="None" name="mesure_avant">
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
  <field configurationFlags="None" name="mesure_apres">
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
  <field configurationFlags="None" name="surface_avant_m2">
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
  <field configurationFlags="None" name="surface_apres_m2">
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
  <field configurationFlags="None" name="longueur_avant_m">
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
  <field configurationFlags="None" name="longueur_apres_m">
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
  <field configurationFlags="None" name="differences">
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
  <field configurationFlags="None" name="a_revoir">
   <editWidget type="">
    <config>
     <Option />
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
  <field configurationFlags="None" name="cle_avant">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="cle_apres">
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
  <alias field="prescription" index="2" name="Prescription" />
  <alias field="intitule" index="3" name="Intitulé" />
  <alias field="volet" index="4" name="Volet" />
  <alias field="jalon" index="5" name="Jalon" />
  <alias field="territoire" index="6" name="Territoire" />
  <alias field="territoire_nom" index="7" name="Nom du territoire" />
  <alias field="objet" index="8" name="Couche de l'objet" />
  <alias field="libelle_avant" index="9" name="Libellé avant" />
  <alias field="libelle_apres" index="10" name="Libellé après" />
  <alias field="lien" index="11" name="Lien" />
  <alias field="etat_avant" index="12" name="État avant" />
  <alias field="etat_apres" index="13" name="État après" />
  <alias field="mesure_avant" index="14" name="Mesure avant" />
  <alias field="mesure_apres" index="15" name="Mesure après" />
  <alias field="unite" index="16" name="Unité" />
  <alias field="surface_avant_m2" index="17" name="Surface en cause avant (m²)" />
  <alias field="surface_apres_m2" index="18" name="Surface en cause après (m²)" />
  <alias field="longueur_avant_m" index="19" name="Longueur en cause avant (m)" />
  <alias field="longueur_apres_m" index="20" name="Longueur en cause après (m)" />
  <alias field="differences" index="21" name="Ce qui diffère" />
  <alias field="appreciation" index="22" name="Décision" />
  <alias field="motif" index="23" name="Motif" />
  <alias field="suite" index="24" name="Suite" />
  <alias field="auteur" index="25" name="Auteur" />
  <alias field="date" index="26" name="Date" />
  <alias field="origine" index="27" name="Origine" />
  <alias field="a_revoir" index="28" name="À revoir" />
  <alias field="message" index="29" name="Explication" />
  <alias field="cle_avant" index="30" name="Clé avant" />
  <alias field="cle_apres" index="31" name="Clé après" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="fid" />
  <default applyOnUpdate="0" expression="" field="statut" />
  <default applyOnUpdate="0" expression="" field="prescription" />
  <default applyOnUpdate="0" expression="" field="intitule" />
  <default applyOnUpdate="0" expression="" field="volet" />
  <default applyOnUpdate="0" expression="" field="jalon" />
  <default applyOnUpdate="0" expression="" field="territoire" />
  <default applyOnUpdate="0" expression="" field="territoire_nom" />
  <default applyOnUpdate="0" expression="" field="objet" />
  <default applyOnUpdate="0" expression="" field="libelle_avant" />
  <default applyOnUpdate="0" expression="" field="libelle_apres" />
  <default applyOnUpdate="0" expression="" field="lien" />
  <default applyOnUpdate="0" expression="" field="etat_avant" />
  <default applyOnUpdate="0" expression="" field="etat_apres" />
  <default applyOnUpdate="0" expression="" field="mesure_avant" />
  <default applyOnUpdate="0" expression="" field="mesure_apres" />
  <default applyOnUpdate="0" expression="" field="unite" />
  <default applyOnUpdate="0" expression="" field="surface_avant_m2" />
  <default applyOnUpdate="0" expression="" field="surface_apres_m2" />
  <default applyOnUpdate="0" expression="" field="longueur_avant_m" />
  <default applyOnUpdate="0" expression="" field="longueur_apres_m" />
  <default applyOnUpdate="0" expression="" field="differences" />
  <default applyOnUpdate="0" expression="" field="appreciation" />
  <default applyOnUpdate="0" expression="" field="motif" />
  <default applyOnUpdate="0" expression="" field="suite" />
  <default applyOnUpdate="0" expression="" field="auteur" />
  <default applyOnUpdate="0" expression="" field="date" />
  <default applyOnUpdate="0" expression="" field="origine" />
  <default applyOnUpdate="0" expression="" field="a_revoir" />
  <default applyOnUpdate="0" expression="" field="message" />
  <default applyOnUpdate="0" expression="" field="cle_avant" />
  <default applyOnUpdate="0" expression="" field="cle_apres" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="fid" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statut" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="prescription" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="intitule" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="volet" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="jalon" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="territoire" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="territoire_nom" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="objet" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="libelle_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="libelle_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="lien" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="etat_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="etat_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="mesure_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="mesure_apres" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="unite" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="surface_avant_m2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="surface_apres_m2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="longueur_avant_m" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="longueur_apres_m" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="differences" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="appreciation" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="motif" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="suite" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="auteur" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="date" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="origine" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="a_revoir" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="message" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cle_avant" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="cle_apres" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="fid" />
  <constraint desc="" exp="" field="statut" />
  <constraint desc="" exp="" field="prescription" />
  <constraint desc="" exp="" field="intitule" />
  <constraint desc="" exp="" field="volet" />
  <constraint desc="" exp="" field="jalon" />
  <constraint desc="" exp="" field="territoire" />
  <constraint desc="" exp="" field="territoire_nom" />
  <constraint desc="" exp="" field="objet" />
  <constraint desc="" exp="" field="libelle_avant" />
  <constraint desc="" exp="" field="libelle_apres" />
  <constraint desc="" exp="" field="lien" />
  <constraint desc="" exp="" field="etat_avant" />
  <constraint desc="" exp="" field="etat_apres" />
  <constraint desc="" exp="" field="mesure_avant" />
  <constraint desc="" exp="" field="mesure_apres" />
  <constraint desc="" exp="" field="unite" />
  <constraint desc="" exp="" field="surface_avant_m2" />
  <constraint desc="" exp="" field="surface_apres_m2" />
  <constraint desc="" exp="" field="longueur_avant_m" />
  <constraint desc="" exp="" field="longueur_apres_m" />
  <constraint desc="" exp="" field="differences" />
  <constraint desc="" exp="" field="appreciation" />
  <constraint desc="" exp="" field="motif" />
  <constraint desc="" exp="" field="suite" />
  <constraint desc="" exp="" field="auteur" />
  <constraint desc="" exp="" field="date" />
  <constraint desc="" exp="" field="origine" />
  <constraint desc="" exp="" field="a_revoir" />
  <constraint desc="" exp="" field="message" />
  <constraint desc="" exp="" field="cle_avant" />
  <constraint desc="" exp="" field="cle_apres" />
 </constraintExpressions>
 <expressionfields />
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="" sortOrder="0">
  <columns>
   <column hidden="1" name="fid" type="field" width="-1" />
   <column hidden="0" name="statut" type="field" width="-1" />
   <column hidden="0" name="prescription" type="field" width="-1" />
   <column hidden="0" name="intitule" type="field" width="-1" />
   <column hidden="0" name="volet" type="field" width="-1" />
   <column hidden="0" name="jalon" type="field" width="-1" />
   <column hidden="0" name="territoire" type="field" width="-1" />
   <column hidden="0" name="territoire_nom" type="field" width="-1" />
   <column hidden="0" name="objet" type="field" width="-1" />
   <column hidden="0" name="libelle_avant" type="field" width="-1" />
   <column hidden="0" name="libelle_apres" type="field" width="-1" />
   <column hidden="0" name="lien" type="field" width="-1" />
   <column hidden="0" name="etat_avant" type="field" width="-1" />
   <column hidden="0" name="etat_apres" type="field" width="-1" />
   <column hidden="0" name="mesure_avant" type="field" width="-1" />
   <column hidden="0" name="mesure_apres" type="field" width="-1" />
   <column hidden="0" name="unite" type="field" width="-1" />
   <column hidden="0" name="surface_avant_m2" type="field" width="-1" />
   <column hidden="0" name="surface_apres_m2" type="field" width="-1" />
   <column hidden="0" name="longueur_avant_m" type="field" width="-1" />
   <column hidden="0" name="longueur_apres_m" type="field" width="-1" />
   <column hidden="0" name="differences" type="field" width="-1" />
   <column hidden="0" name="appreciation" type="field" width="-1" />
   <column hidden="0" name="motif" type="field" width="-1" />
   <column hidden="0" name="suite" type="field" width="-1" />
   <column hidden="0" name="auteur" type="field" width="-1" />
   <column hidden="0" name="date" type="field" width="-1" />
   <column hidden="0" name="origine" type="field" width="-1" />
   <column hidden="0" name="a_revoir" type="field" width="-1" />
   <column hidden="0" name="message" type="field" width="-1" />
   <column hidden="1" name="cle_avant" type="field" width="-1" />
   <column hidden="1" name="cle_apres" type="field" width="-1" />
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
  <field editable="0" name="longueur_apres_m" />
  <field editable="0" name="longueur_avant_m" />
  <field editable="0" name="mesure_apres" />
  <field editable="0" name="mesure_avant" />
  <field editable="0" name="surface_apres_m2" />
  <field editable="0" name="surface_avant_m2" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>coalesce(nullif("libelle_apres", ''), nullif("libelle_avant", ''), "message")</previewExpression>
 <mapTip>&lt;div style="max-width: 32em; font-family: sans-serif"&gt;&lt;b&gt;[% CASE WHEN "statut" = 'nouveau' THEN 'Nouveau' WHEN "statut" = 'disparu' THEN 'Disparu' WHEN "statut" = 'modifie' THEN 'Modifié' WHEN "statut" = 'maintenu' THEN 'Maintenu' WHEN "statut" = 'non_comparable' THEN 'Non comparable' END %]&lt;/b&gt; · [% replace(replace(replace(replace(coalesce("prescription", ''), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;'), '"', '&amp;quot;') %]&lt;br/&gt;[% replace(replace(replace(replace(coalesce("libelle_avant", ''), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;'), '"', '&amp;quot;') %] → [% replace(replace(replace(replace(coalesce("libelle_apres", ''), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;'), '"', '&amp;quot;') %]&lt;br/&gt;[% replace(replace(replace(replace(coalesce("differences", ''), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;'), '"', '&amp;quot;') %]&lt;/div&gt;</mapTip>
 <layerGeometryType>2</layerGeometryType>
</qgis>
