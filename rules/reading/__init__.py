"""From a YAML text to a tree of texts with their lines, checked for its shape and its coherence."""
