"""Results as text: one format a module, each a function from a value to a string."""

from qmsctl.cli.formats.check_json import check_json
from qmsctl.cli.formats.check_text import check_text, diagnostic_lines
from qmsctl.cli.formats.diff import edit_diff

__all__ = ["check_json", "check_text", "diagnostic_lines", "edit_diff"]
