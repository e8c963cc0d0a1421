"""All input and output: git, the work tree, the writer, templates, rendering."""
