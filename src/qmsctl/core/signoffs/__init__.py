"""Sign-offs: when one counts, what backs it, and what follows for the status of a document or record."""
