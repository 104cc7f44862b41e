"""How wide a passage is left between the ends of a corridor once obstacles are taken out of it. NumPy and Shapely only.

    passage = measure(Corridor(surface, ends), obstacles)      # passage.py: which method, and its re-check
    passage.width, passage.pinch, passage.groups(25.0)

A passage of width d joins two ends when the centre of a disc of diameter d goes from one to the other and the disc
touches no wall (a side of the corridor, an edge of an obstacle). Ends are no walls: it may stick out through them.
"""
