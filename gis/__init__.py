"""The edge to QGIS, without widgets: finding and reading what people publish, writing the dossier."""
