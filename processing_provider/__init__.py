"""The Processing algorithms: one thin file each. Not named `processing`, which would shadow QGIS's own."""
