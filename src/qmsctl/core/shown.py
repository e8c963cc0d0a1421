"""What is shown of the problems that a rule has found."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.diagnostic import Diagnostic, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.rule import Rule
from qmsctl.core.strictness import earlier
from qmsctl.core.unjudged import Unjudged
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.value import replace

MOST = 100
"""So many problems of one rule and one severity are shown of a file; of the rest it is said how many they are."""


def noted(rule: Rule, problems: Sequence[Problem], library: Library) -> Diagnostic:
    """The one note on all that is earlier than the criteria it fails."""
    told = earlier(problems, library)
    return Diagnostic(told.path, told.line, rule.id, Severity.NOTE, told.message, count=len(problems))


def shown(rule: Rule, library: Library, problems: Sequence[Problem]) -> tuple[list[Diagnostic], list[Unjudged]]:
    """What is shown of the problems in one file; without their mends, where looking for one fails."""
    try:
        return _diagnostics(rule, library, problems), []
    except Exception as error:  # noqa: BLE001 — named, and the problem is shown
        return _diagnostics(rule, library, [replace(each, mend=None) for each in problems]), [Unjudged.by(rule.id, error)]


def diagnostics_of(rule: Rule, library: Library, problems: Sequence[Problem]) -> list[Diagnostic]:
    """What is shown of the problems of a rule in one file. Raises what kept it from being put together."""
    found, lost = shown(rule, library, problems)
    for each in lost:
        raise each.error from each.cause
    return found


def _diagnostics(rule: Rule, library: Library, problems: Sequence[Problem]) -> list[Diagnostic]:
    """The first ``MOST`` of each severity, and how many more there are."""
    clauses = tuple(number for name in library.config.standards for number in rule.clauses.get(name, ()))
    found: list[Diagnostic] = []
    for severity in Severity:
        alike = [each for each in problems if (each.severity or rule.severity) is severity]
        if len(alike) > MOST:
            alike.sort(key=lambda problem: problem.line)
        found += [_diagnostic(rule, severity, each, clauses) for each in alike[:MOST]]
        found += [_more(rule, severity, alike[MOST:], clauses)] if len(alike) > MOST else []
    return found


def _diagnostic(rule: Rule, severity: Severity, problem: Problem, clauses: tuple[str, ...]) -> Diagnostic:
    mend = problem.mend() if callable(problem.mend) else problem.mend
    return Diagnostic(problem.path, problem.line, rule.id, severity, problem.message, mend, clauses)


def _more(rule: Rule, severity: Severity, left: Sequence[Problem], clauses: tuple[str, ...]) -> Diagnostic:
    first = left[0]
    message = _("{count} more of this rule stand in this file from here on, and are not shown", count=len(left))
    mend = advice(_("mend the first ones, and check again"))
    return Diagnostic(first.path, first.line, rule.id, severity, message, mend, clauses, len(left))
