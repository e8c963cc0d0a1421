"""The decisions of a management review with what has become of them."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.record_days import moved_day
from qmsctl.core.review.previous import is_done
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.state import State, record_state
from qmsctl.value import dataclass

BLOCK = "outputs"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of ``review``; ``late`` counts the days past its due date while it is not done."""

    review: str
    no: str
    kind: Label | str
    output: str
    owner: str
    due: date | None
    action: str
    state: State | None
    result: str
    done: bool
    late: int


def decisions(review: Item, library: Library) -> tuple[Decision, ...]:
    """The rows of a review in their order."""
    return tuple(_decision(review, number, row, library) for number, row in enumerate(review.block_rows(BLOCK), 1))


def _decision(review: Item, number: int, row: Mapping, library: Library) -> Decision:
    action = library.item(row.text("action"))
    due = (moved_day(action, "due") if action else None) or read_date(row.text("due"))
    kinds = review.type.blocks[BLOCK].keys["kind"].values
    kind, done = row.text("kind") or "", is_done(row, library)
    return Decision(
        review=review.id,
        no=row.text("no") or str(number),
        kind=kinds.get(kind, kind),
        output=row.text("output") or "",
        owner=naming.holder(library, row.text("owner") or ""),
        due=due,
        action=action.id if action else "",
        state=record_state(action, library) if action else None,
        result=row.text("result") or (action.text("result") if action else None) or "",
        done=done,
        late=max((library.today - due).days, 0) if due and not done else 0,
    )
