"""What the forms of acts ask that are about one kind of record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.library import Library
from qmsctl.core.lifecycle.audit_answers import open_checklist
from qmsctl.core.lifecycle.audit_programmes import GRID
from qmsctl.core.lifecycle.review_decisions import KINDS as DECISIONS
from qmsctl.core.lifecycle.table_rows import row_number
from qmsctl.core.lifecycle.whys import answers_of
from qmsctl.core.office.people import Person
from qmsctl.core.records.finding import FINDING, KINDS, NONCONFORMITY
from qmsctl.core.sections.section_text import settable
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label, _
from qmsctl.web.asking import operand, option, proposed
from qmsctl.web.filled import OPERAND, OPTION, SET, Filled
from qmsctl.web.part import CHOICE, DAY, LINES, NUMBER, Choice, Part, choices, set_part

_WHYS = 5


def nonconformity(library: Library, filled: Filled, me: Person | None) -> Iterator[Part]:
    """The questions that ``nc log`` asks at a terminal."""
    found = library.types.get(NONCONFORMITY)
    own = found.fields if found else {}
    needed = filled.option("from-finding") is None
    yield Part(f"{OPERAND}title", _("What is wrong? One sentence, without names of citizens."), needed=needed)
    yield option("description", _("What was seen, where, when, and in how many cases?"), LINES)
    yield option("raised", _("On which day was it seen?"), DAY, value=library.today.isoformat())
    unit = me.unit_on(library.today) if me else None
    yield option("unit", _("In which unit?"), CHOICE, offered=((each.id, each.name) for each in library.config.units), value=unit or "")
    yield option("requirement", _("Which document or clause was not met, if you know? Several with commas."))
    for name, question in (("severity", _("How bad is it, as far as you can tell?")), ("source", _("Where did it come to light?"))):
        if name in own:
            yield option(name, question, CHOICE, offered=choices(library, own[name]), value=own[name].default or "")
    yield option("evidence", _("What shows it? Numbers of cases, files, figures."), LINES)


def whys(library: Library, filled: Filled, _me: Person | None) -> Iterator[Part]:
    """One why after another, from the last that was answered."""
    found, known = answers_of(library, filled.subject)
    for number in range(len(known) + 1, max(_WHYS, len(known) + 1) + 1):
        label = _("{number}. Why: {what}?", number=number, what=[found.title, *known][-1].rstrip(" .?")) if number == len(known) + 1 else _("{number}. And why is that so?", number=number)
        yield option("because", label, LINES, needed=number == 1)
    field = found.type.fields.get("cause_category")
    if field is not None and not found.has(field.name):
        yield option("category", _("Which kind of cause is it?"), CHOICE, offered=choices(library, field))


def escalation(library: Library, filled: Filled, _me: Person | None) -> Iterator[Part]:
    """To whom and why; or the answer, where that is what was chosen."""
    if "answer" in filled.options.get("want", ()):
        yield option("answered", _("Answer"), LINES, needed=True)
        return
    yield option("to", _("Who is to decide"), CHOICE, needed=True, offered=((each.id, each.title) for each in library.config.roles))
    yield option("reason", _("What cannot be settled here, and what is asked for"), LINES, needed=True)


def measurement(_library: Library, _filled: Filled, _me: Person | None) -> Iterator[Part]:
    """The period and the value."""
    yield operand("period", _("What was measured: 2026-10, 2026-Q3, 2026-H1, 2026, 2026-W44 or 2026-10-31."))
    yield operand("value", _("The value, a number without its unit."), NUMBER)
    yield option("source", _("Where the figure comes from."))
    yield option("note", _("What there is to say about it."))


def checklist_line(library: Library, filled: Filled, _me: Person | None) -> Iterator[Part]:
    """One line of a checklist, with its question."""
    found = open_checklist(library, filled.subject)
    line = (*filled.operands, "", "")[1]
    if not line:
        yield operand("line", _("Number of the line, or its step"))
        number = None
    else:
        number = row_number(found, line)
    said = found.rows[number - 1] if number else None
    about = " · ".join(text for key in ("requirement", "step", "question") if isinstance(said, Row) and (text := said.text(key)))
    yield Part(f"{OPERAND}result", _("What is the result?"), CHOICE, needed=True, choices=tuple(found.columns["result"].values.items()), about=about)
    yield Part(f"{OPERAND}evidence", _("What was seen: which cases, how many of how many?"), LINES, needed=True, about=about)
    yield Part(f"{OPTION}note", _("What does not conform, or is to be noted? A finding can be written down afterwards."), LINES, about=about)


def programme(library: Library, _filled: Filled, _me: Person | None) -> Iterator[Part]:
    """The year, and its months."""
    year = library.today.year
    yield option("year", _("The year the programme is for."), CHOICE, needed=True, offered=((str(each), str(each)) for each in (year, year + 1)), value=str(year + 1))
    yield option("months", _("The months in which there are audits; March to November by default."), note=_("several with commas"))


def audit(library: Library, filled: Filled, _me: Person | None) -> Iterator[Part]:
    """Which unit that the programme foresees, on which day, by whom."""
    programme = library.by_id.get(filled.subject)
    rows = programme.block_rows(GRID) if programme else ()
    waiting = dict.fromkeys(unit for row in rows if not row.text("audit") and (unit := row.text("unit")))
    names = {each.id: each.name for each in library.config.units}
    yield option("unit", _("The unit to be audited."), CHOICE, needed=True, offered=((each, names.get(each, each)) for each in waiting))
    yield option("date", _("The day it is planned for."), DAY, needed=True)
    yield option("lead", _("The lead auditor."), CHOICE, offered=_present(library))
    yield option("auditors", _("Further auditors, or their entries in the register."), note=_("several with commas"))


def _present(library: Library) -> Iterator[Choice]:
    return ((each.id, each.name) for each in library.people.all if each.is_present(library.today))


def finding(library: Library, _filled: Filled, _me: Person | None) -> Iterator[Part]:
    """What an auditor found."""
    found = library.types.get(FINDING)
    kinds: Mapping[str, Label] = found.fields["kind"].values if found and "kind" in found.fields else {}
    yield operand("statement", _("What is required and what was found, without names."), LINES)
    yield option("kind", _("What kind of finding it is"), CHOICE, needed=True, offered=((each, kinds[each]) for each in KINDS if each in kinds))
    yield option("clause", _("The clause or document it is measured against"))
    yield option("evidence", _("What was seen: which cases, how many of how many."), LINES)
    yield option("line", _("The line of a checklist it comes from"))


def decision(library: Library, _filled: Filled, _me: Person | None) -> Iterator[Part]:
    """What was decided, who carries it out, by when."""
    yield operand("decision", _("What was decided."), LINES)
    yield option("owner", _("Who carries it out."), CHOICE, offered=_present(library))
    yield option("due", _("By when."), DAY)
    yield option("kind", _("An improvement, a change of the system, or resources."), CHOICE, offered=((each, each) for each in DECISIONS))


def new(library: Library, filled: Filled, me: Person | None) -> Iterator[Part]:
    """The title, what is needed from the first day on, and the sections of the text; or the documents it is made from."""
    found = library.types.get(filled.subject)
    if found is None:
        return
    made = found.made_from is not None and bool(filled.options.get("of"))
    yield option("title", _("Title"), needed=not made)
    if found.made_from is not None:
        yield option("of", _("Made from the document"), CHOICE, offered=_sources(library))
    for field in found.fields.values():
        if field.required and field.state in (None, found.first_state) and field.name != "title":
            yield set_part(library, field, needed=field.default is None and not made, value=proposed(field, library, me))
    if not made:
        yield from _sections(found)


def _sources(library: Library) -> Iterator[Choice]:
    for subject in library.subjects:
        standing = library.standing(subject)
        if standing.in_force and standing.in_force.copy:
            yield subject, f"{subject} {standing.in_force.copy.title}"


def _sections(found: RecordType) -> Iterator[Part]:
    for section in found.sections:
        if settable(found, section.id):
            yield Part(f"{SET}{section.id}", section.title, LINES)

