"""Two controls of one PLU(i), the older and the newer: what is new, gone, changed, lasting, and what cannot be said.

    before, after = Side.of_dossier(older), Side.of_dossier(newer)      # side.py
    comparison = compare(before, after)                                 # changes.py, on what matching.py pairs
    plan = appraisals.plan(comparison, before.notebook, after.notebook) # what may be carried, what is to be read again

doubts.py says what makes two controls hard to compare, tables.py writes a comparison in a GeoPackage.
"""
