"""The texts in force, from their dossiers."""

from qmsctl.core.frozen_text import texts_in_force

__all__ = ["texts_in_force"]
