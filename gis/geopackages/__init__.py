"""Rows, columns and keys of the GeoPackages that are written. `gis.dossier` is the door."""
