"""The plots of the product. A layout is a pure function of the data and of a width; the drawing of it is thin, and the
same on the screen, in an SVG or PNG file and in the report."""
