"""The sections of a body: headings of level 2, in whatever way people write them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from qmsctl.core.model import Item
from qmsctl.core.sections.section_title import readings
from qmsctl.core.text.headings import Heading
from qmsctl.core.types.section import Section


def by_title(sections: Iterable[Section]) -> Mapping[str, Section]:
    """The sections by every reading of the titles they have; an office's own words never take those of another section."""
    back = [*reversed([*sections])]
    named_so = ((section, name) for section in back for name in section.aliases)
    titles = ((section, title) for section in back for title in section.title.texts.values())
    return {words: section for section, title in (*named_so, *titles) for words in readings(title).whole}


def named(heading: Heading, titles: Mapping[str, Section]) -> Section | None:
    """The section whose title a heading of any level has."""
    return titled(heading.text, titles)


def titled(text: str, titles: Mapping[str, Section]) -> Section | None:
    """The section of this title; one that says it twice has to name the same section both times."""
    whole, halves = readings(text)
    for words in whole:
        if words in titles:
            return titles[words]
    if not halves:
        return None
    named_twice = {titles[half].id if half in titles else "" for half in halves}
    return titles[halves[0]] if len(named_twice) == 1 and "" not in named_twice else None


def opened(heading: Heading, titles: Mapping[str, Section]) -> Section | None:
    """The section a heading opens, of those in :func:`by_title`."""
    return named(heading, titles) if heading.level == 2 else None


def section_of(heading: Heading, sections: tuple[Section, ...]) -> Section | None:
    """The section a heading opens, in any language it may have."""
    return opened(heading, by_title(sections)) if heading.level == 2 else None


def sections_above(item: Item, lines: Iterable[int]) -> Iterator[tuple[int, Section | None]]:
    """Rising ``lines`` of the body, each with the section in which it stands."""
    titles = by_title(item.type.sections)
    headings = [heading for heading in item.body.headings if heading.level == 2]
    begins = [heading.line for heading in headings]
    for line in lines:
        above = bisect_left(begins, line)
        yield line, opened(headings[above - 1], titles) if above else None


def is_idle(item: Item, section: Section) -> bool:
    """True if the fields say that nothing has to be written in a section; as long as they say nothing, it is not known."""
    return any(item.has(name) and not set(item.texts(name)) & set(values) for name, values in section.when.items())


def filled_sections(item: Item) -> frozenset[str]:
    """The ids of sections that have at least one line of text below their heading, be it a template's hint."""
    return _ids(item, (heading for heading in item.body.headings if heading.filled))


def written_sections(item: Item) -> frozenset[str]:
    """The ids of sections that have a text of their own, hints of the template aside."""
    return _ids(item, (heading for heading in item.body.headings if heading.written))


def _ids(item: Item, headings: Iterable[Heading]) -> frozenset[str]:
    titles = by_title(item.type.sections)
    return frozenset(section.id for heading in headings if (section := opened(heading, titles)))
