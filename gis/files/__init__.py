"""Opening any file or layer: formats, encodings, projections, archives. `gis.reader` is the door."""
