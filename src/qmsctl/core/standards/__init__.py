"""The editions of the standard, and what an office has to show for their clauses."""
