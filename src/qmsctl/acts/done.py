"""What an act did, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from qmsctl.acts.judging import warnings_brought
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.errors import QmsError, RuleCrashed
from qmsctl.message import _


@dataclass(frozen=True)
class Done:
    """The outcome of an act.

    ``library`` has the edit in it. ``commit`` is the full name of the commit, where one was made.
    A ``proposed`` edit was judged and not written; what it promises to sign is not signed.
    """

    library: Library
    edit: Edit
    commit: str | None = None
    proposed: bool = False

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


class NotCommitted(QmsError):
    """The files are written, as ``done`` says; the commit that was asked for could not be made."""

    def __init__(self, done: Done, cause: Exception) -> None:
        if isinstance(cause, QmsError):
            super().__init__(cause.message, cause.mend)
            self.exit_code = cause.exit_code
        else:
            super().__init__(_("this is a fault in qmsctl: {error}", error=f"{type(cause).__name__}: {cause}"))
            self.exit_code = RuleCrashed.exit_code
        self.done = done
