"""What a sign-off proves in the library it stands in: who made it, how well, for which bytes, since when."""
