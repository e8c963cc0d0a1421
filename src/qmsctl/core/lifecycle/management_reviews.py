"""What ``qmsctl management-review`` writes: the inputs computed from the files, and decisions as actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from qmsctl.core.asked import item, way_on
from qmsctl.core.auditing.questions import Say
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, create
from qmsctl.core.lifecycle.record_way import set_values
from qmsctl.core.model import Item
from qmsctl.core.office.config import DEFAULT, Period
from qmsctl.core.office.duration import year_until
from qmsctl.core.review.figures import Figures
from qmsctl.core.review.inputs import BLOCK, REVIEW, Input, figures_in, inputs, sources, told
from qmsctl.core.review.previous import earlier_reviews
from qmsctl.core.text.block_rows import with_rows
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import plain
from qmsctl.core.text.splice import Value
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Assignment, addition, command
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.value import dataclass, replace

_UNDER_WAY = ("planned", "inputs-ready")
_AHEAD = timedelta(days=14)
_DECIMAL = regex(r"(?<=\d),(?=\d)")
_SPACED = regex(r"(?<=\d)[ \u00a0\u202f](?=%)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says: the review, its period, and fields of a new one."""

    subject: str | None
    start: date | None
    end: date | None
    fields: Mapping[str, str]


def under_way(library: Library) -> Item | None:
    """The review that has not been held yet; the latest where there are several."""
    found = [each for each in library.by_type.get(REVIEW, ()) if each.status in _UNDER_WAY]
    return max(found, key=lambda each: (each.day("date") or date.min, each.id), default=None)


def prepare(library: Library, wish: Wish, person: str | None, body: Body, says: Sequence[Say]) -> Edit:
    """The inputs computed again; the review is made where none is named and none is under way.

    The first of ``says`` puts words into the language of the file; the others know how a text computed earlier may read.
    Remarks name the inputs in which somebody had changed what was computed before.
    """
    review = _named(library, wish.subject) if wish.subject else under_way(library)
    if review is None:
        edit = _begun(library, wish, person, body, says[0])
        change, *further = edit.changes
        assert change.after is not None  # create makes a file
        period = _period(library, None, wish)
        rows, _kept = merged((), inputs(library, period, edit.made[0]), library, says)
        filled = replace(change, after=_with_inputs(library, change.after, rows))
        return replace(edit, changes=(filled, *further))
    period = _period(library, review, wish)
    before = library.outside.read(review.path)
    dates = {"period_from": period.start.isoformat() if period.start else "", "period_until": period.end.isoformat() if period.end else ""}
    given = {key: text for key, text in dates.items() if text and text != review.text(key)} | dict(wish.fields)
    after = set_values(library, review.id, given).changes[0].after if given else before
    assert after is not None  # set_values changes what is there
    rows, kept = merged(tuple(review.block_rows(BLOCK)), inputs(library, period, review.id), library, says)
    summary = _("{id}: inputs computed for {start} to {end}", id=review.id, start=period.start, end=period.end)
    remarks = tuple(_("{input}: the text had been changed; it is kept as a remark", input=name) for name in kept)
    return Edit((FileChange(review.path, before, _with_inputs(library, after, rows)),), summary, (review.path,), remarks=remarks)


def _with_inputs(library: Library, data: bytes, rows: Sequence[Mapping[str, Value]]) -> bytes:
    kind = library.types.get(REVIEW)
    heading = kind.blocks[BLOCK].label.in_language(library.config.language) if kind else BLOCK
    return with_rows(data, BLOCK, rows, heading)


def _named(library: Library, subject: str) -> Item:
    found = item(library, subject)
    if found.type.name != REVIEW:
        raise Refusal(_("{id} is no management review", id=subject), command("list", REVIEW).in_order_to(_("to see them all")))
    if found.status not in _UNDER_WAY:
        state = found.type.states.get(found.status or "")
        raise Refusal(
            _("{id} is “{status}”: its inputs are those that were looked at", id=subject, status=state.label if state else found.status),
            way_on(found),
        )
    return found


def _period(library: Library, review: Item | None, wish: Wish) -> Period:
    """As asked for, as the review says, else from the end of the one before (or a year ago) up to today."""
    end = wish.end or (review.day("period_until") if review else None) or library.today
    start = wish.start or (review.day("period_from") if review else None)
    if start is None:
        earlier = earlier_reviews(library, Period(None, end), review.id if review else "")
        last = earlier[0].day("period_until") if earlier else None
        start = last + timedelta(days=1) if last else year_until(end)
    if start > end:
        raise UsageError(_("--from {start} is after {end}, the last day of the period", start=start, end=end))
    return Period(start, end)


def _begun(library: Library, wish: Wish, person: str | None, body: Body, say: Say) -> Edit:
    period = _period(library, None, wish)
    assert period.start is not None  # a period that was worked out has both ends
    assert period.end is not None
    own = {
        "title": say(_("Management review of {start} to {end}", start=period.start, end=period.end)),
        "date": (library.today + _AHEAD).isoformat(),
        "period_from": period.start.isoformat(),
        "period_until": period.end.isoformat(),
        "chair": chair(library),
    }
    given = {key: text for key, text in own.items() if text} | dict(wish.fields)
    if "chair" not in given:
        raise UsageError(_("who takes the chair is not known"), addition(Assignment("chair", HOLE)))
    return create(library, REVIEW, given, person, body)


def chair(library: Library) -> str:
    """Whoever approves where the matrix says nothing else; empty where that is nobody."""
    matrix = library.config.matrix(DEFAULT, library.today)
    roles = [role for slot in matrix.approve for role in slot] if matrix else []
    holders = [each.id for role in roles for each in library.people.holders(role, library.today)]
    return holders[0] if holders else ""


def merged(
    known: Sequence[MappingNode], found: Sequence[Input], library: Library, says: Sequence[Say]
) -> tuple[tuple[Mapping[str, Value], ...], tuple[str, ...]]:
    """The rows of the block: what is computed, each with the remarks it had, and rows of people as they were.

    A row that has ``figures`` was computed. Where its text is not what its figures say, somebody has changed it:
    that text becomes a remark, and its input is named in the second part of the result.
    """
    computed = {row.text("input"): row for row in known if "figures" in row.entries}
    own = [row for row in known if "figures" not in row.entries]
    rows: list[Mapping[str, Value]] = []
    kept: list[str] = []
    for each in found:
        before = computed.pop(each.name, None)
        beside = [row for row in own if row.text("input") == each.name]
        note, changed = _remarks(each.name, before, library, says) if before else ("", False)
        if each.figures or note or not beside:
            rows.append(_row(each, before, note, library, says[0]))
        kept += [each.name] if changed else []
        rows += [_plain(row) for row in beside]
    names = {each.name for each in found}
    rows += [_plain(row) for row in own if row.text("input") not in names]
    rows += [_plain(row) for row in computed.values() if row.text("note")]
    return tuple(rows), tuple(kept)


def _remarks(name: str, before: MappingNode, library: Library, says: Sequence[Say]) -> tuple[str, bool]:
    """What people have written into a computed row, and whether they changed its text."""
    content, note = before.text("content") or "", before.text("note") or ""
    figures = figures_in(name, before.entries.get("figures"))
    if not content or any(_is_same(content, _content(figures, library, say)) for say in says):
        return note, False
    return "\n".join(filter(None, (note, content))), True


def _is_same(written: str, told: str) -> bool:
    """True if both say the same, whichever sign their decimals have, and with or without a space before a percent sign."""
    first, second = (_SPACED.sub("", _DECIMAL.sub(".", text)) for text in (written, told))
    return first == second


def _content(figures: Figures | None, library: Library, say: Say) -> str:
    return " ".join(say(each) for each in told(figures, library))


def _row(each: Input, before: MappingNode | None, note: str, library: Library, say: Say) -> Mapping[str, Value]:
    known = before.text("source") if before else None
    row: dict[str, Value] = {"input": each.name, "content": _content(each.figures, library, say)}
    row |= {"note": note} if note else {}
    return {**row, "source": known or "; ".join(map(say, sources(each.name, library))), "figures": each.figures.written() or ""}


def _plain(row: MappingNode) -> Mapping[str, Value]:
    return dict(_entries(row))


def _entries(row: MappingNode) -> Iterator[tuple[str, Value]]:
    for key, node in row.entries.items():
        yield key, plain(node)
