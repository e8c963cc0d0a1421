"""The sections of a body, and the text in them."""
