"""Widgets: docks, models and dialogs."""
