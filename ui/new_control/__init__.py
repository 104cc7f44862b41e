"""The dialog that prepares a control: the PLU, the rules, the layers."""
