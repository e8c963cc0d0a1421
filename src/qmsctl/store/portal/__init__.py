"""A portal in files: its pages as HTML, and the folder in which they stand."""
