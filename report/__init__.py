"""Documents made from what the plugin knows. No computation here."""
