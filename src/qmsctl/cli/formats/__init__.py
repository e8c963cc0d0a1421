"""Results as text: one format a module, each a function from a value to a string."""

from qmsctl.cli.formats.check_text import diagnostic_lines
from qmsctl.cli.formats.diff import edit_diff

__all__ = ["diagnostic_lines", "edit_diff"]
