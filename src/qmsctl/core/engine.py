"""Runs rules over a library. A rule is a module; this is what the engine needs of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from qmsctl.core.config import Ignore
from qmsctl.core.diagnostic import Diagnostic, Problem, Severity
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.errors import RuleCrashed
from qmsctl.message import Message, _

Check = Callable[[Library], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, severity, the clauses it serves, its page and its check.

    ``calendar`` rules depend on the day: they warn, and fail only under ``--strict``.
    """

    id: str
    severity: Severity
    clauses: Mapping[str, tuple[str, ...]]
    page: str
    check: Check
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, sorted by place, and what it set aside for a given reason.

    ``incomplete`` says what could not be looked at: such a check is never clean.
    """

    diagnostics: tuple[Diagnostic, ...]
    ignored: tuple[tuple[Diagnostic, Ignore], ...]
    files: int
    incomplete: tuple[Message, ...] = ()

    @property
    def errors(self) -> int:
        """How many diagnostics are errors."""
        return sum(each.severity is Severity.ERROR for each in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many diagnostics are warnings."""
        return sum(each.severity is Severity.WARNING for each in self.diagnostics)


def run(library: Library, rules: Iterable[Rule]) -> CheckResult:
    """Check ``library`` with every rule. Raises :class:`RuleCrashed` if a rule has a fault."""
    kept: list[Diagnostic] = []
    ignored: list[tuple[Diagnostic, Ignore]] = []
    for rule in rules:
        for diagnostic in _run_one(rule, library):
            aside = _ignore(library, diagnostic)
            if aside:
                ignored.append((diagnostic, aside))
            else:
                kept.append(diagnostic)
    return CheckResult(
        tuple(sorted(kept)),
        tuple(sorted(ignored, key=lambda pair: pair[0])),
        len(library.parsed),
        library.incomplete,
    )


def _run_one(rule: Rule, library: Library) -> Iterator[Diagnostic]:
    clauses = tuple(number for name in library.config.standards for number in rule.clauses.get(name, ()))
    try:
        for problem in rule.check(library):
            severity = problem.severity or rule.severity
            yield Diagnostic(problem.path, problem.line, rule.id, severity, problem.message, problem.hint, clauses)
    except RecursionError:
        raise
    except Exception as error:
        message = _("rule {rule} failed: {error}", rule=rule.id, error=f"{type(error).__name__}: {error}")
        raise RuleCrashed(message) from error


def _ignore(library: Library, diagnostic: Diagnostic) -> Ignore | None:
    return next(
        (e for e in library.config.ignore if e.covers(diagnostic.rule, diagnostic.path, library.today)),
        None,
    )


def brought_by(edit: Edit, before: Library, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """The errors that ``edit`` would bring: those after it that were not there before.

    An error counts as known if the same rule said the same of the same file, on whatever line.
    """
    chosen = tuple(rules)
    known = {_sameness(each) for each in run(before, chosen).diagnostics}
    after = run(before.after(edit), chosen).diagnostics
    return tuple(e for e in after if e.severity is Severity.ERROR and _sameness(e) not in known)


def _sameness(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.rule, diagnostic.path, str(diagnostic.message)
