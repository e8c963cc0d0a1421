"""What can go wrong, as the exit codes tell it apart.

Every error carries a :class:`~qmsctl.message.Message`, so that the command line
can print it in the reader's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsctl.message import Message

if TYPE_CHECKING:
    from qmsctl.mend import Mend


class QmsError(Exception):
    """A refusal a person can act on: one plain sentence and, where there is one, the mend."""

    exit_code = 3

    def __init__(self, message: Message, mend: Mend | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.mend = mend


class UsageError(QmsError):
    """The command line was wrong."""

    exit_code = 2


class RepositoryError(QmsError):
    """The repository or its configuration cannot be read, or is in no state to be written."""


class Refusal(QmsError):
    """A change that the rules of the system, or its present state, do not allow."""


class NotSo(Refusal):
    """What a command was to put its word to does not hold; it wrote nothing."""

    exit_code = 1


class RuleCrashed(QmsError):
    """A fault in qmsctl itself: a rule raised instead of reporting."""

    exit_code = 4

    def so(self, consequence: Message) -> RuleCrashed:
        """The same, with what came of it."""
        message = Message("{reason}; {consequence}", {"reason": self.message, "consequence": consequence})
        return RuleCrashed(message, self.mend)
