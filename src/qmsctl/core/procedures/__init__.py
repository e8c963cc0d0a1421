"""Procedures and processes as data: their steps, what they cost, and who has which part in them."""
