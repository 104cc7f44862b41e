"""The kinds of control: one file each. `registry` finds them by listing this folder."""
