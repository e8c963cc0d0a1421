"""What rules denied of a library that was judged before: of what may say nothing else now they are not asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from qmsctl.core.around import Changed, around
from qmsctl.core.contents import is_any_ahead
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import CheckResult, Heard, Spoken, hear, judging, spoken, takes_the_same, told_by
from qmsctl.core.library import Library
from qmsctl.core.part import Parts
from qmsctl.core.proof.bearing import but_for_drafts
from qmsctl.core.rule import Rule
from qmsctl.core.sight import Sight
from qmsctl.core.strictness import is_strict
from qmsctl.value import replace

if TYPE_CHECKING:
    from qmsctl.core.outside import Outside

Said = Mapping[str, frozenset[str]]
"""The paths of which each rule said something, by the id of the rule: of all others it has denied."""

_OF_FILES = frozenset(("read", "sha256", "pointer", "signature"))
_STEADY = frozenset(("public_holidays", "knows_holidays", "verify"))


class Denied(NamedTuple):
    """What was ``said`` of a library judged for itself, what has ``changed`` of it, and where a change is judged of each it ``began`` from. Of rules that tell what ``words`` them it is known what was ``spoken``."""

    changed: Changed
    said: Said
    began: tuple[Changed, ...] = ()
    spoken: Mapping[str, Spoken] = MappingProxyType({})


class Judgement(NamedTuple):
    """What a check found, and what it ``said`` of which file: nothing where that may be something else for another cause than another file. Of files that are not controlled it looked into those ``read``."""

    result: CheckResult
    said: Said | None
    spoken: Mapping[str, Spoken]
    read: frozenset[str] = frozenset()


def judge(library: Library, rules: Iterable[Rule], denied: Denied | None = None) -> Judgement:
    """As :func:`~qmsctl.core.engine.run`; each rule is asked about no more than it may say something else of than it has ``denied``."""
    rules = tuple(rules)
    ear = _Ear(library.outside, library)
    library = replace(library, outside=cast("Outside", ear))
    asked = None if denied is None else _Asked(library, denied, rules)
    said: dict[str, frozenset[str]] = {}
    words: dict[str, Spoken] = {}

    def heard() -> Iterator[tuple[Rule, Spoken]]:
        for rule in judging(library, rules):
            if asked and denied and (again := asked.again(rule)):
                said[rule.id], words[rule.id] = denied.said[rule.id], again
                yield rule, again
                continue
            ear.beyond = False
            about = asked(rule) if asked else library
            found = Heard({}, []) if about is None else hear(rule, about)
            now = spoken(rule, found, library)
            if about and asked and (before := asked.stays(rule)):
                now = now._replace(found={**_elsewhere(before, about), **now.found})
            paths = frozenset((*now.found, *(path for each in found.earlier for path in (each.path, each.stricter.about if each.stricter else "") if path)))
            if not ear.beyond and paths <= library.parsed.keys():
                said[rule.id] = paths
                if (rule.words or rule.stays) and paths:
                    words[rule.id] = now
            yield rule, now

    result = told_by(library, heard())
    is_whole = not (result.incomplete or result.unjudged or library.unread_configuration)
    return Judgement(result, said if is_whole and not _ahead(library, denied) else None, words, frozenset(ear.looked_into))


def _elsewhere(before: Spoken, about: Library) -> dict[str, tuple[Diagnostic, ...]]:
    """What was said ``before`` of files that are there and of which nothing is asked now."""
    there, near = about.files, frozenset(about.files)
    return {path: each for path, each in before.found.items() if path not in near and path in there}


def _ahead(library: Library, denied: Denied | None) -> bool:
    """True where a sign-off does not count yet, and will in a moment; where something was denied before, one that came since."""
    return is_any_ahead((item for item in library.signoff_items if denied is None or item.path in denied.changed.paths), library.now, library.clock)


class _Asked:
    """As much of a library as a rule has to be asked about."""

    def __init__(self, library: Library, denied: Denied, rules: Sequence[Rule]) -> None:
        self._library, self._denied, self._rules = library, denied, rules
        self._parts, self._all = Parts(library), replace(library, whole=library)
        self._changes = (denied.changed, *denied.began)
        self._found: dict[tuple[Sight, frozenset[str]], Library] = {}

    def __call__(self, rule: Rule) -> Library | None:
        """``None`` where it would say nothing; all there is as a part, too, so that of what is looked up no more is found out than is asked for."""
        said = self._denied.said.get(rule.id)
        if said is None or (rule.of_old and self._denied.began):
            return self._all
        if rule.sees is Sight.WHOLE:
            return self._all if said or not self._goes_on_to_say_nothing(rule) else None
        told = frozenset() if self.stays(rule) else self._told if rule.sees is Sight.LINKED else said
        key = rule.sees, told
        if key not in self._found:
            self._found[key] = self._parts.of(around(self._changes, told, self._library, rule.sees))
        return self._found[key]

    def again(self, rule: Rule) -> Spoken | None:
        """What the rule said before, if it would say the very same."""
        known = self._denied.spoken.get(rule.id) if rule.words and not (rule.of_old and self._denied.began) else None
        if known and any(is_strict(self._library, path, None) for each in self._denied.began for path in each.paths & self._denied.said[rule.id]):
            return None  # of what the change touches more may be asked
        return known if known and rule.words and all(takes_the_same(rule.words, before, self._library, ids) for before, ids in self._ids) else None

    def stays(self, rule: Rule) -> Spoken | None:
        """What the rule said before, if that goes on where nothing is another that it sees."""
        known = self._denied.spoken.get(rule.id) if rule.stays and not self._denied.began else None
        return None if known is None or known.earlier else known

    @cached_property
    def _told(self) -> frozenset[str]:
        """What any rule that sees what is linked has said something of: to look for what names a file takes longer than to ask them."""
        linked = (self._denied.said.get(rule.id, ()) for rule in self._rules if rule.sees is Sight.LINKED and not self.stays(rule))
        return frozenset(chain.from_iterable(linked))

    def _goes_on_to_say_nothing(self, rule: Rule) -> bool:
        asked = (*((rule.takes,) if rule.takes else ()), *(() if rule.drafts else (but_for_drafts,)))
        return any(all(takes_the_same(takes, before, self._library, ids) for before, ids in self._ids) for takes in asked)

    @cached_property
    def _ids(self) -> tuple[tuple[Library, frozenset[str]], ...]:
        return tuple((each.before, around((each,), frozenset(), self._library, Sight.FILE).ids) for each in self._changes)


class _Ear:
    """The world outside, of which is noted whether it was asked for more than files of the library and what never changes."""

    def __init__(self, below: Outside, library: Library) -> None:
        self._below, self._files, self._parsed = below, library.files, library.parsed
        self.beyond = False
        self.looked_into: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._below, name)
        if name in _OF_FILES:
            return partial(self._of_file, found)
        self.beyond = self.beyond or name not in _STEADY
        return found

    def _of_file(self, found: Callable[[str], Any], path: str) -> Any:
        self.beyond = self.beyond or path not in self._files
        if path not in self._parsed:
            self.looked_into.add(path)
        return found(path)
