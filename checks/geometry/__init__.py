"""The parts of the overlay: cutting, crossing, dissolving, assembling geometries. `checks.overlay` is the door."""
