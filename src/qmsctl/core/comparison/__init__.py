"""Two states of a text side by side."""
