"""What the dock does on the map: outline the conflicts of a row, find the row of a conflict under the cursor."""
