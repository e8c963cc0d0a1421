"""Papers that were written elsewhere: their letters, their blocks, what they say in tables, and what becomes of them here."""
