"""Runs rules over a library. A rule is a module; this is what the engine needs of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from qmsctl.core.adopted import as_notes
from qmsctl.core.again import as_note
from qmsctl.core.diagnostic import About, Diagnostic, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.office.ignoring import Ignore
from qmsctl.core.reading import CONFIG_PATHS
from qmsctl.core.sight import Sight
from qmsctl.core.strictness import counts
from qmsctl.core.strictness import earlier as older
from qmsctl.core.unjudged import Unjudged
from qmsctl.core.unseen import unseen
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.value import dataclass

Check = Callable[[Library], Iterator[Problem]]
Takes = Callable[[Library, str], object]

MOST = 100
"""So many problems of one rule and one severity are shown of a file; of the rest it is said how many they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule: its id, severity, the clauses it serves, its page and its check.

    ``calendar`` rules depend on the day: they warn, and fail only under ``--strict``. ``office`` rules
    rest on who holds which role and who has to sign; they say nothing while that cannot be read.
    Rules on which the proof of sign-offs rests are not ``ignorable``, in an office of the format ``firm_from`` or later.
    What ``taken_up`` rules say of a sign-off that was given again since is no more than a note. What one finds that
    ``waits`` is mended by more sign-offs. Of a text that was adopted from paper what is ``about`` form is a note.
    What it says of a file rests on no more than what it ``sees``, and of an id on what it ``takes``; where ``drafts`` is not set, on no working text.
    """

    id: str
    severity: Severity
    clauses: Mapping[str, tuple[str, ...]]
    page: str
    check: Check
    calendar: bool = False
    office: bool = False
    ignorable: bool = True
    firm_from: int = 1
    taken_up: bool = False
    waits: bool = False
    about: About = About.PROOF
    sees: Sight = Sight.WHOLE
    takes: Takes | None = None
    drafts: bool = True


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, sorted by place, and what it set aside for a given reason.

    ``incomplete`` says what could not be looked at, rules ``unjudged`` among it: such a check is never clean, nor is one
    of a history that is ``cut`` off. Of ``unshown``
    severities there is only the count.
    """

    diagnostics: tuple[Diagnostic, ...]
    ignored: tuple[tuple[Diagnostic, Ignore], ...]
    files: int
    incomplete: tuple[Message, ...] = ()
    unshown: Mapping[Severity, int] = field(default_factory=dict)
    unjudged: tuple[Unjudged, ...] = ()
    cut: bool = False

    @property
    def faults(self) -> tuple[Unjudged, ...]:
        """The rules that failed."""
        return tuple(each for each in self.unjudged if each.is_fault)

    def whole(self) -> CheckResult:
        """The same result, for who cannot do with a part. Raises what kept a rule from its end."""
        for each in self.unjudged:
            raise each.error from each.cause
        return self

    @property
    def errors(self) -> int:
        """How many diagnostics are errors."""
        return self._count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many diagnostics are warnings."""
        return self._count(Severity.WARNING)

    @property
    def notes(self) -> int:
        """How many diagnostics are notes; each may speak of many places."""
        return self.unshown.get(Severity.NOTE, 0) + sum(each.severity is Severity.NOTE for each in self.diagnostics)

    def _count(self, severity: Severity) -> int:
        return self.unshown.get(severity, 0) + sum(each.count for each in self.diagnostics if each.severity is severity)

    @property
    def set_aside(self) -> int:
        """How many were set aside."""
        return sum(each.count for each, _entry in self.ignored)

    def errors_only(self) -> CheckResult:
        """The same result, its warnings and notes no more than counted."""
        errors = tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)
        return replace(self, diagnostics=errors, unshown={Severity.WARNING: self.warnings, Severity.NOTE: self.notes})


def run(library: Library, rules: Iterable[Rule]) -> CheckResult:
    """Check ``library`` with every rule. One that raises silences no other: it is among those ``unjudged``."""
    return told_by(library, ((rule, hear(rule, library)) for rule in judging(library, rules)))


def told_by(library: Library, all_heard: Iterable[tuple[Rule, Heard]]) -> CheckResult:
    """The result of what each rule has to say."""
    kept: list[Diagnostic] = []
    ignored: list[tuple[Diagnostic, Ignore]] = []
    unjudged: list[Unjudged] = []
    for rule, heard in all_heard:
        unjudged += heard.unjudged
        if heard.earlier:
            kept.append(_note(rule, heard.earlier, library))
        for path, problems in heard.found.items():
            shown, lost = _shown(rule, library, problems)
            unjudged += lost
            aside = set_aside_by(library, rule, path)
            if aside:
                ignored += [(each, aside) for each in shown]
            else:
                kept += shown
    return CheckResult(
        tuple(sorted(kept, key=place_of)), tuple(sorted(ignored, key=lambda pair: place_of(pair[0]))), len(library.parsed),
        (*unseen(library), *(_("{path} cannot be read, so roles and approvals were not judged", path=p) for p in library.unread_configuration),
         *(each.message for each in unjudged)),
        unjudged=tuple(unjudged),
        cut=bool(library.outside.first_commits()) and not library.outside.history_is_whole(),
    )


def judging(library: Library, rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules that have something to judge by."""
    return (each for each in rules if not (library.unread_configuration and each.office))


def place_of(diagnostic: Diagnostic) -> tuple[bool, Diagnostic]:
    """The configuration comes first: what is wrong there may be the cause of the rest."""
    return diagnostic.path not in CONFIG_PATHS, diagnostic


class Heard(NamedTuple):
    """What a rule ``found`` in each file, in its own order; what is ``earlier`` than the criteria it fails; what kept it from its end."""

    found: Mapping[str, list[Problem]]
    earlier: list[Problem]
    unjudged: tuple[Unjudged, ...] = ()


def hear(rule: Rule, library: Library, *, spare: bool = True) -> Heard:
    """All that the rule has to say. With ``spare`` the form of what was adopted from paper is no more than noted."""
    found: dict[str, list[Problem]] = defaultdict(list)
    earlier: list[Problem] = []
    of_form = rule.about is About.FORM
    unjudged: tuple[Unjudged, ...] = ()
    try:
        for problem in rule.check(library.with_adopted if of_form else library):
            if counts(problem, library):
                found[problem.path].append(as_note(problem, library) if rule.taken_up else problem)
            else:
                earlier.append(problem)
    except Exception as error:  # noqa: BLE001 — named, and the others are heard
        unjudged = (Unjudged.by(rule.id, error),)
    return Heard(as_notes(found, library) if of_form and spare else found, earlier, unjudged)


def problems_by_path(rule: Rule, library: Library, *, spare: bool = True) -> Mapping[str, list[Problem]]:
    """What the rule finds in each file, in its own order. Raises what kept it from its end."""
    heard = hear(rule, library, spare=spare)
    for each in heard.unjudged:
        raise each.error from each.cause
    return heard.found


def takes_the_same(takes: Takes, before: Library, after: Library, ids: frozenset[str]) -> bool:
    """True where all that a rule ``takes`` is as it was, if ``ids`` alone may be something else."""
    return ids.isdisjoint((*before.twins, *after.twins)) and all(takes(before, name) == takes(after, name) for name in ids)


def _note(rule: Rule, problems: Sequence[Problem], library: Library) -> Diagnostic:
    told = older(problems, library)
    return Diagnostic(told.path, told.line, rule.id, Severity.NOTE, told.message, count=len(problems))


def _shown(rule: Rule, library: Library, problems: Sequence[Problem]) -> tuple[list[Diagnostic], list[Unjudged]]:
    """What is shown of the problems in one file; without their mends, where looking for one fails."""
    try:
        return _diagnostics(rule, library, problems), []
    except Exception as error:  # noqa: BLE001 — named, and the problem is shown
        return _diagnostics(rule, library, [replace(each, mend=None) for each in problems]), [Unjudged.by(rule.id, error)]


def diagnostics_of(rule: Rule, library: Library, problems: Sequence[Problem]) -> list[Diagnostic]:
    """What is shown of the problems of a rule in one file. Raises what kept it from being put together."""
    shown, lost = _shown(rule, library, problems)
    for each in lost:
        raise each.error from each.cause
    return shown


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


def set_aside_by(library: Library, rule: Rule, path: str) -> Ignore | None:
    """The entry that sets a rule aside in a file; a change cannot bring the entry that excuses it."""
    if not rule.ignorable and library.config.format >= rule.firm_from:
        return None
    found = library.config.set_aside(rule.id, path, library.today)
    if found is None or library.base is None:
        return found
    return found if library.base.granted(lambda office: office.config.set_aside(rule.id, path, library.today) is not None) else None
