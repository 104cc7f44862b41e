"""The rule language: a YAML file becomes a `RuleSet`, or all its errors at once. No QGIS here."""
