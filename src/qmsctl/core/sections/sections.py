"""The sections of a body: headings of level 2, whatever number stands before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from qmsctl.core.model import Item
from qmsctl.core.text.body import Heading
from qmsctl.core.types.record_type import Section

_NUMBER = re.compile(r"^(?:[0-9]+|[IVX]+)(?:\.[0-9]+)*[.):]?\s+")


@lru_cache(maxsize=4096)
def plain_title(text: str) -> str:
    """A heading without its number, for comparing: case and spaces at the ends aside."""
    return _NUMBER.sub("", text.strip()).strip(" .:*_").casefold()


def by_title(sections: Iterable[Section]) -> Mapping[str, Section]:
    """The sections by every plain title a heading may give them."""
    return {plain_title(title): section for section in sections for title in section.title.texts.values()}


def section_of(heading: Heading, sections: tuple[Section, ...]) -> Section | None:
    """The section a heading opens, in any language it may have."""
    if heading.level != 2:
        return None
    title = plain_title(heading.text)
    return next(
        (s for s in sections if any(plain_title(each) == title for each in s.title.texts.values())), None
    )


def sections_above(item: Item, lines: Iterable[int]) -> Iterator[tuple[int, Section | None]]:
    """Rising ``lines`` of the body, each with the section in which it stands."""
    headings = [heading for heading in item.body.headings if heading.level == 2]
    begins = [heading.line for heading in headings]
    for line in lines:
        above = bisect_left(begins, line)
        yield line, section_of(headings[above - 1], item.type.sections) if above else None


def filled_sections(item: Item) -> frozenset[str]:
    """The ids of sections that have at least one line of text below their heading, be it a template's hint."""
    return _ids(item, (heading for heading in item.body.headings if heading.filled))


def written_sections(item: Item) -> frozenset[str]:
    """The ids of sections that have a text of their own, hints of the template aside."""
    return _ids(item, (heading for heading in item.body.headings if heading.written))


def _ids(item: Item, headings: Iterable[Heading]) -> frozenset[str]:
    return frozenset(section.id for heading in headings if (section := section_of(heading, item.type.sections)))
