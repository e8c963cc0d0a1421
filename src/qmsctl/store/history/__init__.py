"""What git remembers of an office, and what of its files is in no commit."""
