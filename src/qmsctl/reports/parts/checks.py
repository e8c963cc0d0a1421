"""What the check said: diagnostics, what it could not look at, and what was set aside and why."""

from __future__ import annotations

from datetime import date

from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.mend import Mend
from qmsctl.message import Message, _
from qmsctl.reports.parts.state import BAD, OFF, WAIT, State
from qmsctl.value import dataclass

_STATES = {Severity.ERROR: State(_("error"), BAD), Severity.WARNING: State(_("warning"), WAIT), Severity.NOTE: State(_("note"), OFF)}


@dataclass(frozen=True, slots=True)
class Said:
    """One diagnostic; ``line`` 0 means the whole file."""

    severity: State
    path: str
    line: int
    rule: str
    message: Message
    hint: Mend | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A rule the office ignores: where, why, until when, and what it would have said."""

    rule: str
    path: str
    reason: str
    until: date | None
    expired: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of the check."""

    errors: int
    warnings: int
    files: int
    diagnostics: tuple[Said, ...]
    incomplete: tuple[Message, ...]
    set_aside: tuple[SetAside, ...]


def checked(result: CheckResult, library: Library) -> Checked:
    """The check's result as a report shows it."""
    return Checked(
        errors=result.errors,
        warnings=result.warnings,
        files=result.files,
        diagnostics=tuple(map(_said, result.diagnostics)),
        incomplete=result.incomplete,
        set_aside=tuple(
            SetAside(
                entry.rule,
                entry.path,
                entry.reason,
                entry.until,
                entry.until is None or entry.until < library.today,
                tuple(_said(diagnostic) for diagnostic, by in result.ignored if by == entry),
            )
            for entry in library.config.ignore
        ),
    )


def _said(diagnostic: Diagnostic) -> Said:
    return Said(
        _STATES[diagnostic.severity],
        diagnostic.path,
        diagnostic.line,
        diagnostic.rule,
        diagnostic.message,
        diagnostic.mend,
        diagnostic.clauses,
    )
