"""The parts of a text that are for the public, by the allowlist of its type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import file_of
from qmsctl.core.sections.sections import by_title, named, titled
from qmsctl.core.text.headings import Heading
from qmsctl.message import Label
from qmsctl.regex import regex
from qmsctl.reports.parts.document_text import body_text
from qmsctl.value import dataclass

_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = regex(r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n(?:.*?^[ \t>]*\1[`~]*[ \t]*$|.*\Z)", re.DOTALL | re.MULTILINE)

_BOLD = regex(r"[ \t]*(\*\*|__)(.+?)\1[:.]?[ \t\r]*")
_NUMBER = regex(r"(?:\d+(?:\.\d+)*|[IVX]+|[A-ZĐ])[.):]\s*\S|\d+(?:\.\d+)+\s")


@dataclass(frozen=True, slots=True)
class OpenText:
    """Markdown without comments and fenced blocks, and what its section is called."""

    title: Label | None
    markdown: str


def open_text(item: Item, library: Library) -> OpenText:
    """The whole body."""
    return OpenText(None, _bare(body_text(item, library).markdown))


def open_sections(item: Item, library: Library) -> Iterator[OpenText]:
    """The sections that the type names, in its order, each where it stands first.

    One ends at the next heading of any level, be it only a line in bold with a number, and stands at the top or right below a section of the type that holds such ones.
    """
    file = file_of(item, library)
    lines = file.text.split("\n")
    offset = file.text.count("\n", 0, file.body_start) + 1 - file.body_line
    openness, titles = item.type.openness, by_title(item.type.openness.sections)
    headings = item.body.headings
    found: dict[str, OpenText] = {}
    for place, heading in enumerate(headings):
        section = named(heading, titles)
        if section is None or section.id in found or not _is_open(headings, place, item):
            continue
        end = headings[place + 1].line - 1 if place + 1 < len(headings) else len(lines)
        text = _bare("\n".join(_before_bold(lines[heading.last + offset : end + offset], item))).strip()
        if text:
            found[section.id] = OpenText(section.title, text + "\n")
    yield from (found[each.id] for each in openness.sections if each.id in found)


def _before_bold(lines: Sequence[str], item: Item) -> Iterator[str]:
    """The lines before one in bold that has a number or the title of a section, as some people write a heading."""
    titles = by_title(item.type.sections)
    for line in lines:
        found = _BOLD.fullmatch(line)
        if found and (_NUMBER.match(found[2]) or titled(found[2], titles)):
            return
        yield line


def _is_open(headings: Sequence[Heading], place: int, item: Item) -> bool:
    """True for a section of its own, and for one right below a section in which such ones stand."""
    heading = headings[place]
    above = next((each for each in reversed(headings[:place]) if each.level < heading.level), None)
    if above is None or above.level == 1:
        return True
    parent = named(above, by_title(item.type.sections)) if above.level == 2 else None
    return parent is not None and parent.id in item.type.openness.within


def _bare(markdown: str) -> str:
    return _COMMENT.sub("", _FENCE.sub("", markdown))
