"""Rows that leave an office: what each kind holds, whose they are, and whether what came in is what was sent."""
