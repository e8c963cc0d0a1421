"""A section of the body gets its text: in place of the template's hint, all other lines as they were."""

from __future__ import annotations

from collections.abc import Collection

from qmsctl.core.model import Item
from qmsctl.core.sections.sections import is_idle, section_of
from qmsctl.core.sections.typed_body import typed_body
from qmsctl.core.text.body import Body, scan
from qmsctl.core.text.splice import check_filled, scalar
from qmsctl.core.text.text_file import cut
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.section import Section
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import Message, _

_BREAKS_OFF = _("the text has a heading, or a fence that is not closed; that would end the section it belongs to")


def settable(found: RecordType, name: str) -> Section | None:
    """The section that ``set`` fills under this name, if no field and no data block is called so."""
    if name in found.fields or name in found.blocks:
        return None
    return section_named(found, name)


def section_named(found: RecordType, name: str) -> Section | None:
    """The section with this id."""
    return next((section for section in found.sections if section.id == name), None)


def with_section(data: bytes, found: RecordType, section: Section, text: str, language: str, *, beside: bool = False) -> bytes:
    """The file with ``text`` in a section of its body; see :func:`in_section`."""
    file = cut(data)
    made = in_section(file.body.replace("\r\n", "\n"), found, section, text, language, beside=beside)
    line_end = "\r\n" if "\r\n" in file.text else "\n"
    return file.encode(file.text[: file.body_start] + made.replace("\n", line_end))


def in_section(body: str, found: RecordType, section: Section, text: str, language: str, *, beside: bool = False) -> str:
    """A body with ``text`` in place of the hint in a section; a section that is not there comes to the end.

    Raises :class:`Refusal` where somebody has written there already, unless it goes ``beside`` that, and where
    the text would begin or end a section of its own.
    """
    scalar(text)
    check_filled(((section.id, text),))
    if _breaks_off(text):
        raise Refusal(_BREAKS_OFF, advice(_("write headings as ###, and close what begins with ```")))
    known = typed_body(body, 0, 1, found)
    lines, written = body.split("\n"), text.strip("\n").split("\n")
    at = _heading(known, found, section)
    if at is None:
        result = [*(lines if lines[-1] else lines[:-1]), "", f"## {section.title.in_language(language)}", "", *written, ""]
    else:
        start, end = _span(known, at, len(lines))
        kept = _without_hints(lines, start, end, known)
        if kept and not beside:
            raise Refusal(_("the section “{section}” has a text already; change it in the file", section=section.title))
        result = [*lines[:start], "", *kept, *([""] if kept else []), *written, "", *lines[end:]]
    return "\n".join(result)


def text_problem(text: str) -> Message | None:
    """Why ``text`` cannot stand in a section; nothing where it can."""
    if _breaks_off(text):
        return _BREAKS_OFF
    has_html = scan(text, 0, 1, frozenset()).html_line
    return _("raw HTML is not allowed; write it without < and >") if has_html else None


def _breaks_off(text: str) -> bool:
    """True for a text with a heading of its own, or with a fence that swallows the next one."""
    headings = [each.line for each in scan(f"{text}\n\n## .\n", 0, 1, frozenset()).headings if each.level <= 2]
    return headings != [text.count("\n") + 3]


def text_of(body: str, found: RecordType, section: Section) -> str:
    """What somebody has written in a section, the template's hint left out."""
    known, lines = typed_body(body, 0, 1, found), body.split("\n")
    at = _heading(known, found, section)
    return "" if at is None else "\n".join(_without_hints(lines, *_span(known, at, len(lines)), known))


def whole_text(body: str, found: RecordType, section: Section) -> str:
    """All that stands below the headings that open a section, hints and empty space at the ends of lines left out."""
    known, lines = typed_body(body, 0, 1, found), body.split("\n")
    opening = (at for at, each in enumerate(known.headings) if section_of(each, found.sections) == section)
    return "\n".join(line.rstrip() for at in opening for line in _without_hints(lines, *_span(known, at, len(lines)), known))


def without_idle_sections(data: bytes, item: Item) -> bytes:
    """The file without the sections where only hints stand and, as its fields say, nothing has to be written."""
    idle = frozenset(section.id for section in item.type.sections if is_idle(item, section))
    if not idle:
        return data
    file = cut(data)
    line_end = "\r\n" if "\r\n" in file.text else "\n"
    made = without_open_sections(file.body.replace("\r\n", "\n"), item.type, idle)
    return file.encode(file.text[: file.body_start] + made.replace("\n", line_end))


def without_open_sections(body: str, found: RecordType, only: Collection[str] = ()) -> str:
    """A body without the sections that its type does not ask for and where only hints stand: what nobody has to write is not begun.

    With ``only`` no others than these go.
    """
    known, lines = typed_body(body, 0, 1, found), body.split("\n")
    for at, heading in reversed(list(enumerate(known.headings))):
        section = section_of(heading, found.sections)
        start, end = _span(known, at, len(lines))
        if heading.level == 2 and not (section and section.required) and (not only or (section and section.id in only)) and not _without_hints(lines, start, end, known):
            del lines[heading.line - 1 : end]
    return "\n".join(lines).rstrip("\n") + "\n"


def _heading(body: Body, found: RecordType, section: Section) -> int | None:
    """Which of the headings opens the section."""
    return next((number for number, each in enumerate(body.headings) if section_of(each, found.sections) == section), None)


def _span(body: Body, at: int, end: int) -> tuple[int, int]:
    """The lines below a heading as a slice, up to the next heading of its level."""
    following = next((each.line for each in body.headings[at + 1 :] if each.level <= 2), end + 1)
    return body.headings[at].last, following - 1


def _without_hints(lines: list[str], start: int, end: int, body: Body) -> list[str]:
    """The lines from ``start`` to ``end`` but for the template's hints and the empty lines around them."""
    left = list(lines[start:end])
    for hint in (each - 1 - start for each in body.hints if start < each <= end):
        last = next(number for number in range(hint, len(left)) if left[number].rstrip().endswith(")*"))
        left[hint : last + 1] = [""] * (last + 1 - hint)
    return "\n".join(left).strip("\n").split("\n") if any(each.strip() for each in left) else []
