"""The portal: the pages of an office for its staff or for everybody, as values."""
