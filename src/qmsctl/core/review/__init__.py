"""The inputs of a management review, computed from the files: one module an input.

Each has a class of figures, ``collect(library, period, review)``, which counts them as the types say under ``counted``,
and ``told(figures, library)``, which says the same figures in sentences. So what is written down can be told again
from the figures beside it, and a text that differs is a person's own.
"""
