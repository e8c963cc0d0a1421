"""What was read before, kept in the user's own cache folder: data alone, bound to the bytes, the types and the program it came from."""
