"""Several problems that one command mends: that command once, with all that they ask for."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.diagnostic import Diagnostic
from qmsctl.mend import Addition, Assignment, Command, Hole, Mend, Row
from qmsctl.value import replace


def completes(mend: Mend | None) -> Command | Addition | None:
    """The one command that a mend consists of, if it says what to give, or who is to give it."""
    if mend is None or mend.otherwise is not None or len(mend.steps) != 1:
        return None
    step = mend.steps[0]
    return step if isinstance(step, Command | Addition) and (step.sets or step.options or mend.by) else None


def for_people(group: Sequence[Diagnostic], last: Mend) -> Mend:
    """The mend with the people for whom one of the group is."""
    named = next((each.mend for each in group if each.mend is not None and each.mend.by), last)
    return replace(last, by=named.by, names=named.names)


def belong(found: Diagnostic, known: Diagnostic) -> bool:
    """True if the mends of two diagnostics are one, or parts of one command."""
    mend, other = found.mend, known.mend
    if mend is None or other is None:
        return False
    match completes(mend), completes(other):
        case Command() as one, Command() as two:
            same_people = not mend.by or not other.by or mend.by == other.by
            same_command = (one.verb, one.operands) == (two.verb, two.operands) and (one == two or not rows_of(one) & rows_of(two))
            return same_command and mend.why == other.why and same_people and not _differ(one, two)
        case Addition(), Addition():
            return found.path == known.path and mend.why == other.why
        case _:
            return mend == other


def _differ(one: Command, two: Command) -> bool:
    """True if an option has another value in each."""
    known = dict(one.options)
    return any(known.get(name, value) != value for name, value in two.options)


def rows_of(step: Command) -> frozenset[str]:
    """The data blocks that get a row: one in a command, as a command takes a name once."""
    return frozenset(each.name for each in step.sets if isinstance(each.value, Row))


def fields_asked(mend: Mend | None) -> frozenset[str]:
    """The fields of the refused command's own record that a mend asks for."""
    step = completes(mend)
    own = isinstance(step, Addition) or (isinstance(step, Command) and step.verb in ("advance", "set"))
    return frozenset(each.name for each in step.sets) if step and own else frozenset()


def joined(steps: Sequence[Command | Addition]) -> Command | Addition:
    """One command with all that they ask for; of a field the last word counts, and a value before a hole."""
    sets: dict[str, Assignment] = {}
    options = dict(option for step in steps for option in step.options)
    for step in steps:
        for each in step.sets:
            known = sets.get(each.name)
            if known is None or not isinstance(each.value, Hole):
                sets[each.name] = each
    return replace(steps[0], sets=tuple(sets.values()), options=tuple(options.items()))
