"""Runs rules over a library. A rule is a module; this is what the engine needs of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qmsctl.core.diagnostic import Diagnostic, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.office.config import Ignore
from qmsctl.core.reading import CONFIG_PATHS
from qmsctl.errors import RuleCrashed
from qmsctl.message import Message, _

Check = Callable[[Library], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, severity, the clauses it serves, its page and its check.

    ``calendar`` rules depend on the day: they warn, and fail only under ``--strict``. ``office`` rules
    rest on who holds which role and who has to sign; they say nothing while that cannot be read.
    Rules on which the proof of sign-offs rests are not ``ignorable``.
    """

    id: str
    severity: Severity
    clauses: Mapping[str, tuple[str, ...]]
    page: str
    check: Check
    calendar: bool = False
    office: bool = False
    ignorable: bool = True


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, sorted by place, and what it set aside for a given reason.

    ``incomplete`` says what could not be looked at: such a check is never clean. ``unshown`` warnings
    are only counted.
    """

    diagnostics: tuple[Diagnostic, ...]
    ignored: tuple[tuple[Diagnostic, Ignore], ...]
    files: int
    incomplete: tuple[Message, ...] = ()
    unshown: int = 0

    @property
    def errors(self) -> int:
        """How many diagnostics are errors."""
        return sum(each.severity is Severity.ERROR for each in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many diagnostics are warnings."""
        return sum(each.severity is Severity.WARNING for each in self.diagnostics) + self.unshown

    def errors_only(self) -> CheckResult:
        """The same result, its warnings no more than counted."""
        errors = tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)
        return replace(self, diagnostics=errors, unshown=self.warnings)


def run(library: Library, rules: Iterable[Rule]) -> CheckResult:
    """Check ``library`` with every rule. Raises :class:`RuleCrashed` if a rule has a fault."""
    kept: list[Diagnostic] = []
    ignored: list[tuple[Diagnostic, Ignore]] = []
    unread = library.unread_configuration
    for rule in (each for each in rules if not (unread and each.office)):
        for diagnostic in _run_one(rule, library):
            aside = _ignore(library, diagnostic) if rule.ignorable else None
            if aside:
                ignored.append((diagnostic, aside))
            else:
                kept.append(diagnostic)
    return CheckResult(
        tuple(sorted(kept, key=_place)),
        tuple(sorted(ignored, key=lambda pair: _place(pair[0]))),
        len(library.parsed),
        (*library.incomplete, *(_("{path} cannot be read, so roles and approvals were not judged", path=p) for p in unread)),
    )


def _place(diagnostic: Diagnostic) -> tuple[bool, Diagnostic]:
    """The configuration comes first: what is wrong there may be the cause of the rest."""
    return diagnostic.path not in CONFIG_PATHS, diagnostic


def _run_one(rule: Rule, library: Library) -> Iterator[Diagnostic]:
    clauses = tuple(number for name in library.config.standards for number in rule.clauses.get(name, ()))
    try:
        for problem in rule.check(library):
            severity = problem.severity or rule.severity
            yield Diagnostic(problem.path, problem.line, rule.id, severity, problem.message, problem.mend, clauses)
    except RecursionError:
        raise
    except Exception as error:
        message = _("rule {rule} failed: {error}", rule=rule.id, error=f"{type(error).__name__}: {error}")
        raise RuleCrashed(message) from error


def _ignore(library: Library, diagnostic: Diagnostic) -> Ignore | None:
    """The entry that sets it aside; a change cannot bring the entry that excuses it."""

    def covers(entry: Ignore) -> bool:
        return entry.covers(diagnostic.rule, diagnostic.path, library.today)

    found = next(filter(covers, library.config.ignore), None)
    accepted = library.base is None or library.base.granted(lambda office: any(map(covers, office.config.ignore)))
    return found if accepted else None


def errors_brought(before: Library | None, after: Library, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """The errors of ``after`` that are none of ``before``."""
    return _brought(before, after, tuple(rules), Severity.ERROR)


def warnings_brought(before: Library | None, after: Library, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """The warnings of ``after`` that are none of ``before``."""
    return _brought(before, after, tuple(rules), Severity.WARNING)


def _brought(before: Library | None, after: Library, rules: tuple[Rule, ...], severity: Severity) -> tuple[Diagnostic, ...]:
    """A diagnostic counts as known if the same rule said the same of the same file, on whatever line."""
    found = [each for each in run(after, rules).diagnostics if each.severity is severity]
    if not found or before is None:
        return tuple(found)
    known = {_sameness(each) for each in run(before, rules).diagnostics if each.severity is severity}
    return tuple(each for each in found if _sameness(each) not in known)


def _sameness(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.rule, diagnostic.path, str(diagnostic.message)
