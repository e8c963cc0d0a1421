"""Sign-offs: when one counts, and what follows for the status of a document or record."""
