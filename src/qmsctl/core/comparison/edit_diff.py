"""An edit as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.core.comparison.alignment import Run, runs
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.text.characters import visible
from qmsctl.core.text.text_file import MAX_FILE_BYTES

_CONTEXT = 3
"""Common lines that are shown before and after a difference."""


def edit_diff(edit: Edit) -> str:
    """What would be written, file by file; bytes that are no text, and more than any document has, are only counted."""
    return "\n".join(visible_lines(_one(change)) for change in edit.changes)


def visible_lines(text: str) -> str:
    """The text with hidden characters written out, its line ends kept."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _one(change: FileChange) -> str:
    old_name = f"a/{change.path}" if change.before is not None else "/dev/null"
    new_name = f"b/{change.path}" if change.after is not None else "/dev/null"
    if max(len(change.before or b""), len(change.after or b"")) > MAX_FILE_BYTES:
        return f"--- {old_name}\n+++ {new_name}\n(large, {len(change.after or b'')} bytes)"
    try:
        old = (change.before or b"").decode("utf-8").splitlines()
        new = (change.after or b"").decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return f"--- {old_name}\n+++ {new_name}\n(binary, {len(change.after or b'')} bytes)"
    lines = [line for hunk in _hunks(runs(old, new)) for line in _unified(hunk, old, new)]
    return "\n".join((f"--- {old_name}", f"+++ {new_name}", *lines)) if lines else ""


def _hunks(found: Iterator[Run]) -> Iterator[list[Run]]:
    """The runs with a few common lines before and after what differs; where more are common, one hunk ends and the next begins."""
    hunk: list[Run] = []
    for run in found:
        goes_on = any(not each.same for each in hunk) and len(run.old) <= 2 * _CONTEXT
        if goes_on or not run.same:
            hunk.append(run)
        else:
            if hunk:
                yield [*hunk, Run(run.old[:_CONTEXT], run.new[:_CONTEXT], same=True)]
            hunk = [Run(run.old[-_CONTEXT:], run.new[-_CONTEXT:], same=True)]
    if any(not each.same for each in hunk):
        last = hunk[-1]
        yield [*hunk[:-1], Run(last.old[:_CONTEXT], last.new[:_CONTEXT], same=True)] if last.same else hunk


def _unified(hunk: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    here = range(hunk[0].old.start, hunk[-1].old.stop)
    there = range(hunk[0].new.start, hunk[-1].new.stop)
    yield f"@@ -{_place(here)} +{_place(there)} @@"
    for run in hunk:
        if run.same:
            yield from (f" {old[place]}" for place in run.old)
        else:
            yield from (f"-{old[place]}" for place in run.old)
            yield from (f"+{new[place]}" for place in run.new)


def _place(lines: range) -> str:
    """The first line, from 1, and how many there are; of none the line before."""
    if len(lines) == 1:
        return str(lines.start + 1)
    return f"{lines.start + 1 if lines else lines.start},{len(lines)}"
