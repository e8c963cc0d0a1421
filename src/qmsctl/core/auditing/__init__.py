"""Internal audits: what a programme has to cover, why, when, and what is asked on the day."""
