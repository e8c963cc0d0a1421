"""What an act did, as a value."""

from __future__ import annotations

from functools import cached_property

from qmsctl.acts.judging import uncovered, warnings_brought
from qmsctl.acts.several import LeftOut
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.errors import QmsError
from qmsctl.mend import Mend, git
from qmsctl.message import Message, _
from qmsctl.store.git.intent import Uncommitted
from qmsctl.value import dataclass


@dataclass(frozen=True)
class Done:
    """The outcome of an act.

    ``library`` has the edit in it. ``commit`` is the full name of the commit, where one was made; ``base`` is that of the one below the files that
    were read, where it was looked for.
    A ``proposed`` edit was judged and not written; what it promises to sign is not signed.
    ``taken`` is in the commit as well, as it stood: subjects that were edited by hand, and what proves something about them.
    ``left`` says which of several subjects could not be signed, and why.
    """

    library: Library
    edit: Edit
    commit: str | None = None
    proposed: bool = False
    left: LeftOut | None = None
    taken: tuple[str, ...] = ()
    base: str | None = None

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


class Made(QmsError):
    """The files are written as ``edit`` says, and in ``commit`` if there is one; after that something went wrong.

    ``left`` are those of several subjects that could not be signed.
    """

    def __init__(self, edit: Edit, commit: str | None, message: Message, mend: Mend | None, exit_code: int) -> None:
        super().__init__(message, mend)
        self.edit, self.commit, self.exit_code = edit, commit, exit_code
        self.left: LeftOut | None = None


class NotCommitted(Made):
    """The files are written; the commit that was asked for could not be made."""

    def __init__(self, edit: Edit, cause: Uncommitted) -> None:
        super().__init__(edit, None, cause.message, cause.mend, cause.exit_code)


class Interrupted(Made):
    """Somebody broke off the command, but the files were written by then."""

    def __init__(self, edit: Edit, commit: str | None) -> None:
        super().__init__(edit, commit, _("broken off after the files were written"), git("status").in_order_to(_("see how it stands")), 130)
