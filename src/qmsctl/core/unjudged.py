"""A rule that did not come to its end."""

from __future__ import annotations

from qmsctl.errors import QmsError, RuleCrashed
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.value import dataclass

_REPORT = advice(_("please report it with the command you gave"))


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that did not come to its end, and why; what it had found by then counts. ``cause`` is what it raised."""

    rule: str
    message: Message
    cause: Exception

    @classmethod
    def by(cls, rule: str, error: Exception) -> Unjudged:
        """The rule that raised ``error``."""
        if isinstance(error, QmsError):
            return cls(rule, _("rule {rule} could not judge everything: {reason}", rule=rule, reason=error.message), error)
        return cls(rule, _("rule {rule} failed: {error}", rule=rule, error=f"{type(error).__name__}: {error}"), error)

    @property
    def is_fault(self) -> bool:
        """True for a fault in qmsctl; else there was something that could not be read."""
        return not isinstance(self.cause, QmsError)

    @property
    def error(self) -> QmsError:
        """The same, for a command that can do nothing without the rule."""
        return self.cause if isinstance(self.cause, QmsError) else RuleCrashed(self.message, _REPORT)
