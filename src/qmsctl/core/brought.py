"""What an edit brings by the rules, and what stands already in the texts that it vouches for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qmsctl.core.around import arounds, parts
from qmsctl.core.diagnostic import Diagnostic, Problem, Severity
from qmsctl.core.engine import judging, place_of, problems_by_path, run, set_aside_by, takes_the_same
from qmsctl.core.frozen import Those
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.part import Around
from qmsctl.core.rule import Rule
from qmsctl.core.shown import diagnostics_of
from qmsctl.core.sight import Sight
from qmsctl.value import dataclass, replace


@dataclass(frozen=True, slots=True)
class Compared:
    """What one library has and the other has not; ``stood`` is what both have in the files that were asked for."""

    brought: tuple[Diagnostic, ...]
    stood: tuple[Diagnostic, ...]


def errors_brought(before: Library | None, after: Library, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """The errors of ``after`` that are none of ``before``."""
    return _compared(before, after, tuple(rules), Severity.ERROR).brought


def warnings_brought(before: Library | None, after: Library, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """The warnings of ``after`` that are none of ``before``."""
    return _compared(before, after, tuple(rules), Severity.WARNING).brought


def errors_against(before: Library, after: Library, rules: Iterable[Rule], vouched: Iterable[str]) -> Compared:
    """The errors that ``after`` brings, and those that stand in the files at ``vouched`` already.

    What comes to light in a file that could not be read before was in it.
    """
    found = _compared(before, after, tuple(rules), Severity.ERROR, frozenset(vouched))
    legible = {each.path for each in found.brought if _is_legible(each.path, after) and each.path in before.parsed and not _is_legible(each.path, before)}
    return replace(found, brought=tuple(each for each in found.brought if each.path not in legible)) if legible else found


def uncovered(after: Library, rules: Sequence[Rule]) -> tuple[Diagnostic, ...]:
    """The errors of the texts that an edit has opened: while they were frozen they answered to the rules of their day."""
    paths = {item.path for item in _opened(after.before, after)} if after.before else frozenset()
    asked = parts(after, arounds(after)) if paths else {}
    found = [each for sight, library in asked.items() for each in run(library, (rule for rule in rules if rule.sees is sight)).whole().diagnostics]
    return tuple(sorted((each for each in found if each.path in paths and each.severity is Severity.ERROR), key=place_of))


def _compared(
    before: Library | None, after: Library, rules: tuple[Rule, ...], severity: Severity, vouched: frozenset[str] = frozenset()
) -> Compared:
    """A diagnostic counts as known if the same rule said the same of the same file, on whatever line and however often it found it.

    What a frozen text lacked by the rules of today was there before the text is opened, though nobody was told. Each rule is asked
    about as much as it sees around an edit.
    """
    around = arounds(after) if before is after.before else {}
    asked = parts(after, around)
    moved = [rule for rule in judging(after, rules) if not _takes_the_same(rule, after, around)]
    found = {rule: _heard(rule, asked[rule.sees], severity) for rule in moved}
    was = parts(_by_rules_of_today(before, after), around) if before and any(found.values()) else None
    told = {rule: _heard(rule, was[rule.sees], severity, spare=False) for rule in judging(before, rules) if found.get(rule)} if before and was else {}
    brought: list[Diagnostic] = []
    stood: list[Diagnostic] = []
    for rule, problems in found.items():
        for path, now in problems.items():
            known = {_said(each) for each in (now if rule.waits and path in told.get(rule, {}) else told.get(rule, {}).get(path, ()))}
            brought += diagnostics_of(rule, after, [each for each in now if _said(each) not in known])
            if known and path in vouched and not rule.waits:
                stood += diagnostics_of(rule, after, [each for each in now if _said(each) in known])
    return Compared(tuple(sorted(brought, key=place_of)), tuple(sorted(stood, key=place_of)))


def _said(problem: Problem) -> str:
    """What is said, but for how often (``count``): one place less, or more, is no other fault."""
    return repr(problem.message.whatever("count"))


def _takes_the_same(rule: Rule, after: Library, around: Mapping[Sight, Around]) -> bool:
    """True where the edit leaves all that the rule takes from anything as it was."""
    before, takes = after.before, rule.takes
    return takes is not None and before is not None and bool(around) and takes_the_same(takes, before, after, around[Sight.FILE].ids)


def _is_legible(path: str, library: Library) -> bool:
    return path in library.parsed and library.parsed[path].problem is None


def _heard(rule: Rule, library: Library, severity: Severity, *, spare: bool = True) -> Mapping[str, Sequence[Problem]]:
    """What the rule finds of this severity in each file, but for what is set aside."""
    return {
        path: alike
        for path, problems in problems_by_path(rule, library, spare=spare).items()
        if (alike := [each for each in problems if (each.severity or rule.severity) is severity])
        and not set_aside_by(library, rule, path)
    }


def _opened(before: Library, after: Library) -> tuple[Item, ...]:
    """The items that are exempt in ``before``, and open to change in ``after``."""
    exempt = before.frozen if before.exempt is None else before.exempt
    asked = after.moved if after.before is before and after.origin is not None else before.by_id
    names = frozenset(name for name in asked if name in before.frozen and name in exempt and name not in after.frozen and name in after.by_id)
    return tuple(item for item in before.items if item.id in names) if names else ()


def _by_rules_of_today(before: Library, after: Library) -> Library:
    """``before`` with the texts that ``after`` opens no longer exempt."""
    opened = _opened(before, after)
    names = frozenset(item.id for item in opened)
    exempt = before.frozen if before.exempt is None else before.exempt
    return replace(before, exempt=Those(lambda name: name in exempt and name not in names)) if opened else before
