"""What an act did, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from qmsctl.acts.judging import uncovered, warnings_brought
from qmsctl.acts.several import LeftOut
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.errors import QmsError, RuleCrashed
from qmsctl.mend import Mend, git
from qmsctl.message import _
from qmsctl.store.staging import IndexBehind


@dataclass(frozen=True)
class Done:
    """The outcome of an act.

    ``library`` has the edit in it. ``commit`` is the full name of the commit, where one was made.
    A ``proposed`` edit was judged and not written; what it promises to sign is not signed.
    ``left`` says which of several subjects could not be signed, and why.
    """

    library: Library
    edit: Edit
    commit: str | None = None
    proposed: bool = False
    left: LeftOut | None = None

    @property
    def made(self) -> tuple[str, ...]:
        """The ids of the documents and records that are new."""
        return self.edit.made

    @cached_property
    def brought(self) -> tuple[Diagnostic, ...]:
        """The warnings that were not there before; errors would have kept the edit from being written.

        The rules are run for it when it is asked for.
        """
        return warnings_brought(self.library)

    @cached_property
    def uncovered(self) -> tuple[Diagnostic, ...]:
        """What texts that the edit opened lack by the rules of today."""
        return uncovered(self.library)


class NotCommitted(QmsError):
    """The files are written, as ``done`` says; the commit that was asked for could not be made, but may be ``by_hand``.

    Where the commit stands and only git's index stayed behind, the error says that alone.
    """

    def __init__(self, done: Done, cause: Exception, by_hand: Mend) -> None:
        fault = _("this is a fault in qmsctl: {error}", error=f"{type(cause).__name__}: {cause}")
        message, mend = (cause.message, cause.mend) if isinstance(cause, QmsError) else (fault, None)
        if not isinstance(cause, IndexBehind):
            message = _("the files are written, but not committed: {reason}", reason=message)
            mend = by_hand if mend is None else replace(mend, otherwise=None).then(by_hand)
        super().__init__(message, mend)
        self.exit_code = cause.exit_code if isinstance(cause, QmsError) else RuleCrashed.exit_code
        self.done = done


class Interrupted(QmsError):
    """Somebody broke off the command, but the files were written by then, as ``done`` says."""

    exit_code = 130

    def __init__(self, done: Done) -> None:
        super().__init__(_("broken off after the files were written"), git("status").in_order_to(_("see how it stands")))
        self.done = done
