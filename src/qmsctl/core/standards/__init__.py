"""The editions of the standard, which of their clauses apply, and how they correspond."""
