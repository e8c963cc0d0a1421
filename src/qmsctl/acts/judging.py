"""The one judge: an edit is refused where it would bring an error that was not there before."""

from __future__ import annotations

from qmsctl.core import engine
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.mends.refused import refused
from qmsctl.errors import Refusal
from qmsctl.message import Message, _
from qmsctl.rules import all_rules


class RefusedByRules(Refusal):
    """The rules found errors in what the edit would bring.

    ``made`` are the paths of files that the edit would have made: nobody finds them.
    """

    def __init__(self, brought: tuple[Diagnostic, ...], made: frozenset[str]) -> None:
        super().__init__(would_bring(sum(each.count for each in brought)))
        self.brought = brought
        self.made = made


def would_bring(count: int) -> Message:
    """Why an edit was refused, when ``count`` errors have been named."""
    return _("refused: the change would bring {count} error(s); nothing was written", count=count)


def judged(library: Library, edit: Edit) -> Library:
    """``library`` as it will be with ``edit``. Raises :class:`RefusedByRules` where that brings an error."""
    after = library.after(edit)
    brought = engine.errors_brought(library, after, all_rules())
    if brought:
        made = {c.path for c in edit.changes if c.before is None} | {f"{path}.sig" for path in edit.promised}
        raise RefusedByRules(refused(brought, library, after), frozenset(made))
    return after


def earlier(library: Library) -> tuple[Diagnostic, ...]:
    """The notes on what is older than the criteria it does not meet."""
    return tuple(each for each in engine.run(library, all_rules()).diagnostics if each.severity is Severity.NOTE)


def warnings_brought(after: Library) -> tuple[Diagnostic, ...]:
    """The warnings of ``after`` that were none before the edit it comes from."""
    return engine.warnings_brought(after.before, after, all_rules())


def uncovered(after: Library) -> tuple[Diagnostic, ...]:
    """The errors of texts that were frozen before the edit and are open in ``after``."""
    return engine.uncovered(after, all_rules())
