"""Runs rules over a library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from qmsctl.core.adopted import as_notes
from qmsctl.core.again import as_note
from qmsctl.core.diagnostic import About, Diagnostic, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.office.ignoring import Ignore
from qmsctl.core.reading import CONFIG_PATHS
from qmsctl.core.rule import Rule, Takes
from qmsctl.core.shown import noted, shown
from qmsctl.core.strictness import counts
from qmsctl.core.unjudged import Unjudged
from qmsctl.core.unseen import unseen
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field, replace


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
    return told_by(library, ((rule, spoken(rule, hear(rule, library), library)) for rule in judging(library, rules)))


class Spoken(NamedTuple):
    """What is shown of what a rule said: of each file, of what is ``earlier`` than its criteria, and what kept it from its end."""

    found: Mapping[str, tuple[Diagnostic, ...]]
    earlier: tuple[Diagnostic, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()


def spoken(rule: Rule, heard: Heard, library: Library) -> Spoken:
    """What the rule was heard to say, as it is shown."""
    all_shown = {path: shown(rule, library, problems) for path, problems in heard.found.items()}
    lost = (each for _found, unjudged in all_shown.values() for each in unjudged)
    return Spoken({path: tuple(found) for path, (found, _lost) in all_shown.items()}, (noted(rule, heard.earlier, library),) if heard.earlier else (), (*heard.unjudged, *lost))


def told_by(library: Library, all_spoken: Iterable[tuple[Rule, Spoken]]) -> CheckResult:
    """The result of what each rule has to say."""
    kept: list[Diagnostic] = []
    ignored: list[tuple[Diagnostic, Ignore]] = []
    unjudged: list[Unjudged] = []
    for rule, said in all_spoken:
        unjudged += said.unjudged
        kept += said.earlier
        for path, found in said.found.items():
            aside = set_aside_by(library, rule, path)
            if aside:
                ignored += [(each, aside) for each in found]
            else:
                kept += found
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


def set_aside_by(library: Library, rule: Rule, path: str) -> Ignore | None:
    """The entry that sets a rule aside in a file; a change cannot bring the entry that excuses it."""
    if not rule.ignorable and library.config.format >= rule.firm_from:
        return None
    found = library.config.set_aside(rule.id, path, library.today)
    if found is None or library.base is None:
        return found
    return found if library.base.granted(lambda office: office.config.set_aside(rule.id, path, library.today) is not None) else None
