"""What the instructor adds to a dossier: decisions and findings of their own, appended at once, never overwritten.

    notebook = Notebook.of_dossier(path)      # notebook.py: what is decided now, its history, undo and redo
    notebook.claim()                          # "" when it is ours to write in, else why not
    notebook.decide(subjects, verdict, auteur)

store.py writes the rows (one short transaction, on the disk when it returns), lock.py lets one person write at a time.
"""
