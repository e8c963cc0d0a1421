"""One document or record: what it says, what is under way beside it, and all that may be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from urllib.parse import quote

from qmsctl.core.auditing.programme import TYPE as PROGRAMME
from qmsctl.core.comparison.chosen_text import chosen
from qmsctl.core.dossier import ATTACHMENTS
from qmsctl.core.duties.readers import readers
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.audit_programmes import OPEN as OPENED
from qmsctl.core.link_target import Elsewhere
from qmsctl.core.mends.advancing import advance_command
from qmsctl.core.model import Item
from qmsctl.core.office.people import Person
from qmsctl.core.proof.frozen_text import with_body
from qmsctl.core.records.escalations import BLOCK, escalations_of
from qmsctl.core.records.finding import AUDIT
from qmsctl.core.records.objective import is_measured
from qmsctl.core.sections.section_text import settable
from qmsctl.core.sections.sections import sections_above
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.nodes import Sequence as Rows
from qmsctl.mend import Command, Hole, Mend, command
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts.document_text import DocumentText, Text, body_text, document_text
from qmsctl.reports.parts.record_pages import RecordPage, page_of
from qmsctl.reports.parts.state import State, document_state, record_state
from qmsctl.value import dataclass
from qmsctl.web.asking import asked_columns
from qmsctl.web.mends import ANSWER, Way, way_of
from qmsctl.web.revisions import Revision, revisions

_WRITTEN_BY_OTHER_ACTS = frozenset({BLOCK, "whys", "measurements"})


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be done: its words, the form, and whether it is what comes next."""

    words: Label | Message
    way: Way
    is_next: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """``text`` is a document in force, ``record`` a record; ``draft`` the working text beside what is in force, if it is another.

    ``revisions`` are all its submissions, the latest first.
    """

    id: str
    title: str
    type_label: Label
    state: State
    text: DocumentText | None
    record: RecordPage | None
    draft: Text | None
    draft_state: State | None
    has_revisions: bool
    revisions: tuple[Revision, ...]
    never_in_force: bool
    anchors: MappingOf[str, str]
    files: tuple[str, ...]
    steps: tuple[Step, ...]


def item_page(library: Library, subject: str, me: Person | None) -> ItemPage:
    """The page of a document or record. Raises ``Refusal`` where there is none."""
    shown, _round = chosen(library, subject, None)
    if not shown.is_document:
        return ItemPage(subject, shown.title, shown.type.label, record_state(shown, library), None, page_of(shown, library), None, None, has_revisions=False, revisions=(), never_in_force=False, anchors=addresses(library), files=_files(library, subject), steps=tuple(_record_steps(library, shown)))
    standing = library.standing(subject)
    working = library.by_id.get(subject)
    other = working is not None and not (standing.is_clean and standing.in_force)
    return ItemPage(
        subject, shown.title, shown.type.label, document_state(standing.status), document_text(subject, library), None,
        body_text(with_body(working, library), library) if other and working else None,
        document_state(standing.working) if other else None,
        has_revisions=bool(standing.in_force) and (other or len(standing.approved) > 1),
        revisions=revisions(library, subject),
        never_in_force=not standing.approved,
        anchors=addresses(library),
        files=_files(library, subject),
        steps=tuple(_document_steps(library, subject, me)),
    )


def addresses(library: Library) -> MappingOf[str, str]:
    """Where the pages of all documents and records are."""
    return {name: Elsewhere(f"/item/{quote(name, safe='')}") for name in library.by_id}


def _files(library: Library, subject: str) -> tuple[str, ...]:
    """The evidence that is kept for it."""
    return tuple(sorted(path for path in library.files if path.startswith(f"{ATTACHMENTS}{subject}/")))


def _document_steps(library: Library, subject: str, me: Person | None) -> Iterator[Step]:
    standing = library.standing(subject)
    match standing.working:
        case "draft":
            yield _step(_("Submit for review and approval"), command("submit", subject), is_next=True)
            if not standing.approved:
                yield _step(_("Take over as approved on paper"), command("adopt", subject))
        case "in-review":
            asked = {place.meaning for place in standing.under_way.open_places} if standing.under_way else set()
            first = "review" if "review" in asked else "approve"
            yield from (_step(words, command(verb, subject), is_next=verb == first) for verb, words in _SIGNED.items() if verb in asked)
            yield _step(_("Send back to the author"), command("return", subject, comment=Hole("reason")))
    working = library.by_id.get(subject)
    if standing.working in ("clean", "changed") and working is not None and standing.withdrawn is None:
        yield _step(_("Begin a further revision"), command("revise", subject, change=Hole("reason")))
    if standing.in_force is not None:
        unread = me in readers(library, standing.in_force).unread
        yield _step(_("Confirm that I have read and understood it"), command("acknowledge", subject), is_next=unread)
        yield _step(_("Take out of force"), command("withdraw", subject, comment=Hole("reason")))
    if working is not None and is_measured(working.type):
        yield _step(_("Write down a value"), command("measure", subject))


_SIGNED = {"review": _("Confirm the review"), "approve": _("Approve")}


def _record_steps(library: Library, item: Item) -> Iterator[Step]:
    states = item.type.states
    here = states.get(item.status or "")
    for number, name in enumerate(here.to if here else ()):
        yield _step(_("Move on to “{state}”", state=states[name].label), advance_command(item, states[name], library), is_next=number == 0 and not states[name].given_up)
    if library.is_closed(item):
        if item.type.reopening is not None:
            yield _step(_("Open again"), command("reopen", item.id, reason=Hole("reason")))
        return
    yield from _of_audits(item)
    yield from _of_tables(item)
    if "evidence" in item.type.fields:
        yield _step(_("Add evidence"), command("attach", item.id))
    if "whys" in item.type.blocks:
        yield _step(_("Find the root cause by five whys"), command("nc why", item.id))
    if is_measured(item.type):
        yield _step(_("Write down a value"), command("measure", item.id))
    if BLOCK in item.type.blocks:
        yield _step(_("Take it to somebody higher up"), command("escalate", item.id))
        if any(each.answered is None for each in escalations_of(item)):
            yield _step(ANSWER, command("escalate", item.id, answered=Hole("answered")))
    names = [name for name, field in item.type.fields.items() if field.kind not in ("list", "map", "table", "any") and (field.state is None or item.has(name))]
    names += dict.fromkeys(section.id for _line, section in sections_above(item, item.hints) if section and settable(item.type, section.id))
    yield Step(_("Correct what it says"), Way(Message(f"qmsctl set {item.id}"), None, "&".join((f"/do/set/{item.id}?option.want={names[0]}", *(f"option.want={each}" for each in names[1:])))), is_next=False) if names else _step(_("Add evidence"), command("attach", item.id))


def _of_audits(item: Item) -> Iterator[Step]:
    """What follows from a programme and from an audit that is open."""
    if item.type.name == PROGRAMME and item.status in OPENED:
        yield _step(_("Open the audit of a unit"), command("audit open", item.id))
    if item.type.name == AUDIT:
        yield _step(_("Make the checklist"), command("audit checklist", item.id))


def _of_tables(item: Item) -> Iterator[Step]:
    """The rows that have empty cells, and further rows."""
    for name, block in item.type.blocks.items():
        if name in _WRITTEN_BY_OTHER_ACTS:
            continue
        rows = [row for found in item.body.block(name) if isinstance(found.rows, Rows) for row in found.rows.items]
        if any(isinstance(row, Mapping) and any(not row.text(column) for column in asked_columns(item.type, block)) for row in rows):
            yield Step(_("Fill in the table “{table}”", table=block.label), Way(Message(f"qmsctl set {item.id}"), None, f"/do/set/{item.id}?option.fill={name}"), is_next=True)
        yield _step(_("Add a row to “{table}”", table=block.label), command("row add", item.id, name))


def _step(words: Label | Message, mend: Mend, *, is_next: bool = False) -> Step:
    step = mend.steps[0]
    assert isinstance(step, Command)
    way = way_of(step)
    assert way is not None  # every command that is offered here has a form
    return Step(words, way, is_next)
