"""The inputs of a management review, computed from the files: one module an input.

Each has ``TYPES`` (what it is computed from), ``collect(library, period, review)``, which gives figures, and
``told(figures, library)``, which says the same figures in sentences. So what is written down can be told again
from the figures beside it, and a text that differs is a person's own.
"""
