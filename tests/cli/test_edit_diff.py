"""An edit shown as a unified diff: ``patch`` and people read it, so it is the form that ``diff -u`` has."""

from __future__ import annotations

import difflib
import re

from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.comparison.edit_diff import edit_diff
from qmsctl.core.edit import Edit, FileChange
from qmsctl.message import _

PATH = "documents/a.md"
LINES = st.lists(st.sampled_from(["a", "b", "c", "", "x y"]), max_size=40)
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def shown(old: str | None, new: str | None) -> str:
    before, after = (None if text is None else text.encode() for text in (old, new))
    return edit_diff(Edit((FileChange(PATH, before, after),), _("subject")))


def patched(old: list[str], text: str) -> list[str]:
    """The lines that the hunks of a diff make of ``old``; what they say of it is looked up there."""
    made: list[str] = []
    here = 0
    for line in text.split("\n")[2:]:
        if found := _HUNK.fullmatch(line):
            first, count = int(found[1]), int(found[2] or 1)
            start = first - 1 if count else first
            made += old[here:start]
            here = start
            continue
        if line[0] in " -":
            assert old[here] == line[1:]
            here += 1
        made += [line[1:]] if line[0] in " +" else []
    return made + old[here:]


@given(LINES, LINES)
def test_what_it_says_makes_the_new_text_of_the_old(old: list[str], new: list[str]) -> None:
    text = shown("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new))
    assert (patched(old, text) if text else old) == new


@given(st.lists(st.integers(0, 60), unique=True, max_size=6))
def test_of_lines_that_are_all_different_it_is_what_difflib_says(changed: list[int]) -> None:
    old = [f"line {number}" for number in range(61)]
    new = [line for number, line in enumerate(old) for line in ([f"new {number}", "more"] if number in changed else [line])]
    expected = "\n".join(difflib.unified_diff(old, new, f"a/{PATH}", f"b/{PATH}", lineterm=""))
    assert shown("\n".join(old), "\n".join(new)) == expected


def test_new_and_gone_files() -> None:
    assert shown(None, "a\nb\n") == f"--- /dev/null\n+++ b/{PATH}\n@@ -0,0 +1,2 @@\n+a\n+b"
    assert shown("a\n", None) == f"--- a/{PATH}\n+++ /dev/null\n@@ -1 +0,0 @@\n-a"


def test_what_is_larger_than_any_document_is_counted() -> None:
    assert shown(None, "ạ" * 700_000) == f"--- /dev/null\n+++ b/{PATH}\n(large, 2100000 bytes)"
