"""An edit as a unified diff."""

from __future__ import annotations

import difflib

from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.text.characters import visible


def edit_diff(edit: Edit) -> str:
    """What would be written, file by file; bytes that are no text are only counted."""
    return "\n".join(visible_lines(_one(change)) for change in edit.changes)


def visible_lines(text: str) -> str:
    """The text with hidden characters written out, its line ends kept."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _one(change: FileChange) -> str:
    old_name = f"a/{change.path}" if change.before is not None else "/dev/null"
    new_name = f"b/{change.path}" if change.after is not None else "/dev/null"
    try:
        old = (change.before or b"").decode("utf-8").splitlines()
        new = (change.after or b"").decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return f"--- {old_name}\n+++ {new_name}\n(binary, {len(change.after or b'')} bytes)"
    return "\n".join(difflib.unified_diff(old, new, old_name, new_name, lineterm=""))
