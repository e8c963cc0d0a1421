"""``qmsctl management-review action``: a decision of a review, and the action that carries it out."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.asked import item, way_on
from qmsctl.core.auditing.questions import Say
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body
from qmsctl.core.lifecycle.logging import log
from qmsctl.core.model import Item
from qmsctl.core.records.headline import headline
from qmsctl.core.records.notes import Noted
from qmsctl.core.review.inputs import REVIEW
from qmsctl.core.text.block_rows import Cell, append_row, with_cell
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.splice import Value, flow
from qmsctl.core.text.values import read_integer
from qmsctl.core.types.choice import as_value
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Hole, Mend, addition, advice, command
from qmsctl.message import _
from qmsctl.value import dataclass, replace

ACTION = "action"
BLOCK = "outputs"
KINDS = ("improvement", "change", "resource")
_HELD = ("held", "minuted")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, or ``number`` where the review has it already as a row; ``owner`` is a person."""

    output: str | None
    number: str | None
    kind: str | None
    owner: str | None
    due: str | None


def decide(
    library: Library, subject: str, wanted: Decision, given: Mapping[str, str], person: str | None, body: Body, say: Say
) -> Edit:
    """An action for a decision of a review, each naming the other. Raises :class:`Refusal` for a review not held."""
    review = _held(library, subject)
    if bool(wanted.output) == bool(wanted.number):
        raise UsageError(
            _("either a new decision or the number of one in the record is expected"),
            _new_or_known(subject),
        )
    known = _row(review, wanted.number) if wanted.number else None
    found = _completed(library, wanted, known[1] if known else None)
    no = wanted.number or _next_number(review)
    facts = {"title": headline(found["output"]), "kind": "improvement", "of": flow([subject]), "owner": found["owner"], "due": found["due"]}
    owner = library.people.get(found["owner"])
    unit = owner.unit_on(library.today) if owner else None
    facts |= {"unit": unit} if unit else {}
    about = say(_("Decision {no} of {id}, “{title}”.", no=no, id=review.id, title=review.title))
    edit = log(library, ACTION, [Noted(facts | dict(given), {"description": f"{found['output']}\n\n{about}"})], person, body)
    (made,) = edit.made
    before = library.outside.read(review.path)
    if known:
        after = with_cell(before, Cell(BLOCK, known[0], "action"), made)
    else:
        found |= {"kind": as_value(review.type.blocks[BLOCK].keys.get("kind"), found["kind"])}
        row: dict[str, Value] = {"no": no, **{key: found[key] for key in ("kind", "output", "owner", "due")}, "action": made}
        after = append_row(before, BLOCK, row, say(review.type.blocks[BLOCK].label))
    return replace(edit, changes=(*edit.changes, FileChange(review.path, before, after)), subjects=(*edit.subjects, review.path))


def _new_or_known(subject: str) -> Mend:
    """The two ways to name a decision."""
    verb = "management-review action"
    return command(verb, subject, Hole("decision"), owner=HOLE, due=HOLE).or_else(command(verb, subject, no=HOLE))


def _held(library: Library, subject: str) -> Item:
    review = item(library, subject)
    if review.type.name != REVIEW:
        raise Refusal(_("{id} is no management review", id=subject), command("list", REVIEW).in_order_to(_("to see them all")))
    if review.status not in _HELD:
        state = review.type.states.get(review.status or "")
        raise Refusal(_("{id} is “{status}”; decisions are taken once it is held", id=subject, status=state.label if state else review.status), way_on(review))
    return review


def _row(review: Item, number: str) -> tuple[int, MappingNode]:
    """The row of a decision and its place from 1. Raises :class:`Refusal` where there is none, or it has its action."""
    for place, row in enumerate(review.block_rows(BLOCK), 1):
        if (row.text("no") or str(place)) == number:
            if row.text("action"):
                raise Refusal(_("decision {no} of {id} has its action already: {action}", no=number, id=review.id, action=row.text("action")),
                              command("show", row.text("action") or ""))
            return place, row
    known = tuple(row.text("no") or str(place) for place, row in enumerate(review.block_rows(BLOCK), 1))
    raise Refusal(_("{id} has no decision {no}", id=review.id, no=number), advice(_("use one of {known}", known=known or ("–",))))


def _next_number(review: Item) -> str:
    numbers = [read_integer(row.text("no") or "") or place for place, row in enumerate(review.block_rows(BLOCK), 1)]
    return str(max(numbers, default=0) + 1)


def _completed(library: Library, wanted: Decision, row: MappingNode | None) -> dict[str, str]:
    """All that a decision needs, from the command line and else from its row."""
    named = (row.text("owner") if row else None) or ""
    owner = wanted.owner or (named if library.people.get(named) else "")
    due = wanted.due or (row.text("due") if row else None)
    output = wanted.output or (row.text("output") if row else None) or ""
    if not owner:
        raise UsageError(_("who carries the decision out is not said"), addition(owner=HOLE))
    if not due:
        raise UsageError(_("by when the decision is carried out is not said"), addition(due=HOLE))
    return {"output": output, "owner": owner, "due": due, "kind": wanted.kind or (row.text("kind") if row else None) or KINDS[0]}
