"""Pieces of view models that several reports share."""
