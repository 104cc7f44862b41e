"""Each control as the French sentence that it means."""
