"""The checks: columns and geometry arrays in, constats and écarts out. NumPy and Shapely 2, no QGIS."""
