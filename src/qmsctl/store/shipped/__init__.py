"""What comes with the program: types and standards, templates, translations, and what a new system is laid down from."""
