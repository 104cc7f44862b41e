"""The comparison of the dossier in hand with another one: asked in the background, shown as a tab."""
