"""Finding the tables of a PLU among the files of an archive, and saying what is not a PLU. `gis.cnig` is the door."""
