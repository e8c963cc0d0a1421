"""Where front matter should have ended, in a file in which the line that closes it is missing."""

from __future__ import annotations

from typing import NamedTuple

from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.message import Message, _
from qmsctl.regex import regex

_INSTEAD = regex(r"[ \t]*(?:\.{3}|-{2,}|[—–―‐‑−-]+|={3,}|\*{3,}|_{3,}|~{3,}|`{3,})[ \t\r]*")
_SINGLE = regex(r"[ \t]*-[ \t\r]*")
_HEADING = regex(r"(#{1,6})[ \t]+(\S[^\n]*)")
_FIELD = regex(r"[a-z_][a-z0-9_-]*[ \t]*:(?:[ \t\r]|$)")
_KEY = regex(r"(?:[^\W\d][\w-]*|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?:[ \t\r]|$)")


_EMPTY = regex(r"[^:]*:[ \t]*(?:#.*)?[ \t\r]*")


class MissingEnd(NamedTuple):
    """The first line behind the front matter; or the line on which something stands ``instead`` of ``---``."""

    line: int
    instead: str = ""

    @property
    def message(self) -> Message:
        """What is missing, and where."""
        if self.instead:
            return _("the front matter is not closed by a line of ---: line {line} has “{written}” instead", line=self.line, written=self.instead)
        return _("the front matter is not closed by a line of ---, which is missing before line {line}", line=self.line)

    @property
    def advice(self) -> Message:
        """What to do."""
        if self.instead:
            return _("write --- on line {line}, three hyphens and nothing else", line=self.line)
        return _("put a line of --- before line {line}", line=self.line)


class EndMissing(YamlRefused):
    """The front matter is not closed; ``place`` says where it should be."""

    def __init__(self, place: MissingEnd, line: int) -> None:
        super().__init__(place.message, line)
        self.place = place


def missing_end(front: str, first_line: int, refused: int | None) -> MissingEnd | None:
    """Where ``front``, which begins on ``first_line``, turns into the text of the file, if it does.

    ``refused`` is the line of which a reader of YAML complained; ``None`` where no line of ``---`` follows at all.
    """
    lines = front.split("\n")
    behind = _first_behind(lines)
    if behind is None or (refused is not None and first_line + behind > refused):
        return None
    return MissingEnd(first_line + behind, lines[behind].strip() if is_instead(lines[behind]) else "")


def swallowed_text(front: str, first_line: int, names: tuple[str, ...]) -> MissingEnd | None:
    """The same for front matter that can be read: headings of the text are comments in it, and ``...`` ends what is read.

    A heading of the first level may be a comment, unless it is one of ``names``: the title, or the id.
    """
    if "\n#" not in front and "\n..." not in front:
        return None
    lines = front.split("\n")
    last = _last_field(lines)
    for number, line in enumerate(lines):
        if line.rstrip() == "...":
            return MissingEnd(first_line + number, "...")
        found = _HEADING.match(line)
        if found and number > last and not lines[number - 1].strip() and (len(found[1]) > 1 or found[2].strip() in names):
            return MissingEnd(first_line + number)
    return None


def _first_behind(lines: list[str]) -> int | None:
    """The first line that is none of front matter: a heading with no field behind it, or prose."""
    heading, gap, takes_list, last = -1, False, False, _last_field(lines)
    for number, line in enumerate(lines):
        if not line.strip():
            gap = True
        elif is_instead(line):
            return number
        elif line[0] == "#":
            heading = number if heading < 0 and _HEADING.match(line) else heading
        elif _FIELD.match(line):
            heading, gap, takes_list = -1, False, _EMPTY.fullmatch(line) is not None
        elif heading >= 0:
            return heading
        elif line[0] in " \t":
            takes_list = False
        elif (gap or number > last) and not (takes_list and line.startswith("- ")) and (gap or not _KEY.match(line)):
            return number
    return heading if heading >= 0 else None


def _last_field(lines: list[str]) -> int:
    return max((number for number, line in enumerate(lines) if _FIELD.match(line)), default=-1)


def is_instead(line: str) -> bool:
    """True for a line that looks like ``---`` and may be meant for one."""
    return _INSTEAD.fullmatch(line) is not None and _SINGLE.fullmatch(line) is None
