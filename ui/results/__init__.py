"""What a control found, as the dock shows it: a tree, a sheet for the row in hand, a walk from écart to écart."""
