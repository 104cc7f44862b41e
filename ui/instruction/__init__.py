"""The instructor's part of the dock: the form of an appraisal, its history, findings of their own."""
