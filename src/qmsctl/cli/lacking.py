"""What a command lacked when it was refused, asked of a person at a terminal; a script is never asked.

A refusal leaves everything as it was, so the command is simply given again with the answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.cli.session import Session
from qmsctl.cli.typed import Typed, with_typed
from qmsctl.errors import QmsError
from qmsctl.mend import Addition, Assignment, Command, Hole, Mend
from qmsctl.message import _

_FIELDS_AS_OPERANDS = ("set", "row add", "row set")


def answers(session: Session, error: QmsError, given: Typed | None) -> list[str]:
    """The words to be added to the command line; none where something else is wrong, or nobody can be asked."""
    sets = _open(error, given) if given is not None and session.terminal.asks else ()
    if given is None or not any(isinstance(each.value, Hole) for each in sets):
        return []
    from qmsctl.cli.failure import explain_failure
    from qmsctl.cli.field_question import value_asked

    explain_failure(session, error, given)
    session.say(_("What is missing is asked for now. Ctrl-C leaves, and nothing is written."))
    library = session.library(session.place(None))
    name = str(given.command.operands[0]) if given.command.operands else ""
    item = library.by_id.get(name)
    kind = item.type if item is not None else library.types.get(name)
    prefix = [] if given.command.verb in _FIELDS_AS_OPERANDS else ["--set"]
    words: list[str] = []
    for each in sets:
        value = each.value
        if isinstance(value, Hole):
            value = value_asked(session, library, each.name, kind.fields.get(each.name) if kind else None, needed=True)
        words += [*prefix, f"{each.name}={value}"]
    return words


def _open(error: QmsError, given: Typed) -> Sequence[Assignment]:
    """The fields that the refused command needs besides, where that is all it lacks."""
    from qmsctl.acts.judging import RefusedByRules

    mends = [each.mend for each in error.brought] if isinstance(error, RefusedByRules) else [error.mend]
    told = [each for each in mends if each is not None]
    if len(told) != 1:
        return ()
    return _sets(with_typed(told[0], given), given.command)


def _sets(mend: Mend, given: Command) -> Sequence[Assignment]:
    if mend.otherwise is not None or mend.by or len(mend.steps) != 1:
        return ()
    step = mend.steps[0]
    own = isinstance(step, Addition) or (isinstance(step, Command) and (step.verb, step.operands) == (given.verb, given.operands))
    if not own or not isinstance(step, Addition | Command):
        return ()
    known = {each.name for each in given.sets}
    plain = all(isinstance(each.value, str | Hole) and not each.more for each in step.sets)
    open_options = any(isinstance(value, Hole) for _name, value in step.options)
    return tuple(each for each in step.sets if each.name not in known) if plain and not open_options else ()
