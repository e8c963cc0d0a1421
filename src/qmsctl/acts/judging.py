"""The one judge: an edit is refused where it would bring an error that was not there before."""

from __future__ import annotations

from qmsctl.core import brought, engine
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.mends.refused import refused
from qmsctl.core.unseen import unseen
from qmsctl.errors import Refusal, RuleCrashed
from qmsctl.message import Message, _
from qmsctl.rules import all_rules


class RefusedByRules(Refusal):
    """The rules found errors in what the edit would bring, or in what would be signed by it as it stands.

    ``brought`` are all of them; ``made`` are the paths of files that the edit would have made: nobody finds them.
    """

    def __init__(self, brought: tuple[Diagnostic, ...], made: frozenset[str], stood: tuple[Diagnostic, ...] = ()) -> None:
        count = sum(each.count for each in (*brought, *stood))
        super().__init__(has_errors(count) if stood else would_bring(count))
        self.brought = (*brought, *stood)
        self.made = made


def would_bring(count: int) -> Message:
    """Why an edit was refused, when ``count`` errors have been named."""
    return _("refused: the change would bring {count} error(s); nothing was written", count=count)


def has_errors(count: int) -> Message:
    """Why nothing was signed, when ``count`` errors of the text have been named."""
    return _("refused: a text is not signed with {count} error(s) in it; nothing was written", count=count)


def judged(library: Library, edit: Edit) -> Library:
    """``library`` as it will be with ``edit``.

    Raises :class:`RefusedByRules` where that brings an error, :class:`RuleCrashed` where a rule cannot say whether it does.
    """
    after = library.after(edit)
    try:
        found = brought.errors_against(library, after, all_rules(), edit.vouched)
    except RuleCrashed as error:
        raise error.so(_("nothing was written")) from error
    check_seen(after)
    brought_in = tuple(each for each in found.brought if each.path not in edit.foreign)
    if brought_in or found.stood:
        made = {c.path for c in edit.changes if c.before is None} | {f"{path}.sig" for path in edit.promised}
        raise RefusedByRules(refused(brought_in, library, after), frozenset(made), found.stood)
    return after


def check_seen(*libraries: Library) -> None:
    """Raise ``Refusal`` where something that they were judged by could not be looked at: nothing is written, or let in, on a guess."""
    for each in (each for library in libraries for each in unseen(library)):
        raise Refusal(_("refused: {what}", what=each))


def earlier(library: Library) -> tuple[Diagnostic, ...]:
    """The notes on what is older than the criteria it does not meet."""
    return tuple(each for each in engine.run(library, all_rules()).whole().diagnostics if each.severity is Severity.NOTE)


def warnings_brought(after: Library) -> tuple[Diagnostic, ...]:
    """The warnings of ``after`` that were none before the edit it comes from."""
    return brought.warnings_brought(after.before, after, all_rules())


def uncovered(after: Library) -> tuple[Diagnostic, ...]:
    """The errors of texts that were frozen before the edit and are open in ``after``."""
    return brought.uncovered(after, all_rules())
