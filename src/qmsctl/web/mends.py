"""Mends as links: a command whose act is on the page becomes a form with what is known filled in; all others stay words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from qmsctl.core.library import Library
from qmsctl.mend import Addition, Command, Hole, Mend, Row
from qmsctl.mend_words import step_words
from qmsctl.message import Worded, _
from qmsctl.value import dataclass
from qmsctl.web.deeds import DEEDS, Deed
from qmsctl.web.filled import FILE, OPERAND, OPTION, ROW, SET
from qmsctl.web.running import PAPER

_IN_THE_ADDRESS = {"advance": 2, "row-add": 2, "nc-log": 0, "management-review-prepare": 0, "audit-plan": 0, "management-review-action": 1, "audit-answer": 2}
"""How many operands stand in the address; one, where nothing is said."""


SHOW = _("Show")
ANSWER = _("Answer what was taken to me")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to go on: in words, the address of a form or page that does it, if there is one, and what its button says."""

    words: Worded
    deed: Deed | None = None
    address: str = ""
    label: Worded = SHOW


def ways(mend: Mend | None, library: Library | None = None) -> tuple[Way, ...]:
    """Every command of a mend that is a form here, else the mend in words."""
    if mend is None:
        return ()
    found = tuple(way for each in mend.ways for step in each.steps if isinstance(step, Command) if (way := way_of(step, library)))
    return found or (Way(mend.hint),)


def way_of(step: Command, library: Library | None = None) -> Way | None:
    """The form or page of one command; none where there is no such act here."""
    deed = DEEDS.get(step.verb.replace(" ", "-"))
    if deed is not None:
        return Way(step_words(step), deed, address(deed, step), _label(deed, step, library))
    if step.verb in ("show", "history", "diff") and step.operands and isinstance(step.operands[0], str):
        return Way(step_words(step), None, f"/item/{quote(step.operands[0], safe='')}")
    return None


def _label(deed: Deed, step: Command, library: Library | None) -> Worded:
    """What the button says: to which state, or what is made."""
    first, second = (*(each if isinstance(each, str) else "" for each in step.operands), "", "")[:2]
    if library is not None and deed.verb == "new" and (kind := library.types.get(first)):
        return _("Make: {type}", type=kind.label)
    if deed.verb == "escalate" and any(name == "answered" for name, _value in step.options):
        return ANSWER
    item = library.by_id.get(first) if library is not None else None
    state = item.type.states.get(second) if item and deed.verb == "advance" else None
    return _("Move on to “{state}”", state=state.label) if state else deed.title


def address(deed: Deed, step: Command) -> str:
    """Where the form of a command is, with everything filled in that it says."""
    count = _IN_THE_ADDRESS.get(deed.path, 1)
    first = [each for each in step.operands[:count] if isinstance(each, str)]
    path = "/".join(("/do", deed.path, *(quote(each, safe="") for each in first)))
    query = urlencode([*_inputs(deed, step, len(first))])
    return f"{path}?{query}" if query else path


def _inputs(deed: Deed, step: Command, first: int) -> Iterator[tuple[str, str]]:
    yield from ((f"{OPERAND}{name}", value) for name, value in zip(deed.operands[first:], step.operands[first:], strict=False) if isinstance(value, str))
    for name, value in step.options:
        if not isinstance(value, Hole):
            yield f"{OPTION}{name}", "yes" if value is None else value
        elif deed.verb == "escalate" and name == "answered":
            yield f"{OPTION}want", "answer"
    for each in step.sets:
        if isinstance(each.value, Row):
            yield f"{OPTION}want", each.name
            yield from ((f"{ROW}{each.name}.{column}", cell) for column, cell in each.value.cells if isinstance(cell, str))
        elif isinstance(each.value, str):
            yield f"{SET}{each.name}{'+' if each.more else ''}", each.value
        elif deed.verb == "set":
            yield f"{OPTION}want", each.name


def asked_besides(mends: tuple[Mend | None, ...]) -> tuple[str, ...]:
    """The names of the inputs that refusals ask for, in their order."""
    steps = [step for mend in mends if mend for step in mend.steps if isinstance(step, Addition | Command)]
    fields = (f"{SET}{each.name}" for step in steps for each in step.sets if isinstance(each.value, Hole))
    options = (f"{FILE if name == PAPER else OPTION}{name}" for step in steps for name, value in step.options if isinstance(value, Hole))
    return tuple(dict.fromkeys((*fields, *options)))
