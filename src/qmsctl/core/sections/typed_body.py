"""A body as its type has it: with its data blocks, and with headings in bold that name its sections."""

from __future__ import annotations

from qmsctl.core.sections.sections import by_title, titled
from qmsctl.core.text.body import Body, Known, scan
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.section import Section
from qmsctl.value import replace


def typed_body(text: str, start: int, first_line: int, found: RecordType | None) -> Body:
    """The facts of the body that begins at ``start`` of ``text``, on line ``first_line``; without a type nothing is known of it."""
    if found is None:
        return scan(text, start, first_line, frozenset())
    return scan(text, start, first_line, frozenset(found.blocks), _known(found.sections) if found.sections else None)


def _known(sections: tuple[Section, ...]) -> Known:
    """By the type's own words: an office's stand in its configuration, and a file is read before that."""
    titles: dict[str, Section] = {}

    def known(text: str) -> str | None:
        if not titles:  # of most files no line is asked for
            titles.update(by_title(replace(each, aliases=()) for each in sections))
        section = titled(text, titles)
        return section.id if section else None

    return known
