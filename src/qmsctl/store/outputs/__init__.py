"""Files that a person has a command put out, whole or not at all, and never in the place of others."""
