"""Whether the approval matrix asks less of a day gone by than it did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.office.config import DEFAULT, Config
from qmsctl.core.office.matrix import ANY_ROLE, MatrixEntry
from qmsctl.core.proof.level import LEVELS, Level
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.types.record_type import RecordType
from qmsctl.value import dataclass

_Own = Mapping[str, Sequence[MatrixEntry]]


@dataclass(frozen=True, slots=True)
class Loosened:
    """From ``day`` on less is asked of ``type``; ``entry`` is what holds now, ``None`` where nothing does."""

    type: str
    day: date
    entry: MatrixEntry | None


def loosened(library: Library, was: Config) -> Iterator[Loosened]:
    """For each type the first day before today of which less is asked than by ``was``; an entry that names a new paper is free."""
    before, now = _own(was), _own(library.config)
    for name in dict.fromkeys((*before, *now)):
        if before.get(name) != now.get(name):
            days = sorted(day for day in _days(name, before, now) if day < library.today)
            found = (_on(name, day, was, library) for day in days)
            yield from [each for each in found if each][:1]


def _own(config: Config) -> _Own:
    found: dict[str, list[MatrixEntry]] = defaultdict(list)
    for each in config.approval:
        found[each.type].append(each)
    return found


def _days(name: str, *configs: _Own) -> frozenset[date]:
    """The days on which what is asked of a type changes: by its own entries, or those that hold where it has none."""
    return frozenset(each.start for config in configs for kind in (name, DEFAULT) for each in config.get(kind, ()))


def _on(name: str, day: date, was: Config, library: Library) -> Loosened | None:
    kind = library.types.get(name)
    record = kind if kind is not None and kind.kind == "record" else None
    before, now = (_entry(config, name, day, record is not None) for config in (was, library.config))
    if now and now.basis and all((each.type, each.basis) != (now.type, now.basis) for each in was.approval):
        return None
    strict = library.config.is_strict_on(library.today)
    less = _level_is_less(before, now) or _signed_by_more(record, day, was, library.config) if record else _asks_less(before, now, strict)
    return Loosened(name, day, now) if less else None


def _entry(config: Config, name: str, day: date, of_record: bool) -> MatrixEntry | None:
    """What holds on the day; of a type of record only an entry of its own says anything."""
    found = config.matrix(name, day)
    return None if of_record and found and found.type != name else found


def _signed_by_more(kind: RecordType, day: date, was: Config, now: Config) -> bool:
    """True if a state may be signed in a role in which it could not."""
    pairs = ((state_roles(kind, state, day, was), state_roles(kind, state, day, now)) for state in kind.states.values())
    return any(before and not (after and set(after) <= set(before)) for before, after in pairs)


def _asks_less(before: MatrixEntry | None, now: MatrixEntry | None, strict: bool) -> bool:
    """Without an entry nothing can be approved at all."""
    if before is None or now is None:
        return now is not None
    adopting = bool(before.adopt or now.adopt) and not now.adopting_roles(strict) <= before.adopting_roles(strict)
    signing = _is_covered(before.review, now.review) and _is_covered(before.approve, now.approve)
    ordered = before.is_review_first and not now.is_review_first
    return adopting or not signing or ordered or _level_is_less(before, now)


def _level_is_less(before: MatrixEntry | None, now: MatrixEntry | None) -> bool:
    return _rank(now) < _rank(before)


def _rank(entry: MatrixEntry | None) -> int:
    return LEVELS.index(Level(entry.level)) if entry and entry.level in set(LEVELS) else -1


def _is_covered(asked: Sequence[ANY_ROLE], by: Sequence[ANY_ROLE]) -> bool:
    """True if each place that was to be filled is one still, by the same roles or fewer, each by a place of its own."""
    taken: dict[int, int] = {}
    return all(_place(index, asked, by, taken, set()) for index in range(len(asked)))


def _place(index: int, asked: Sequence[ANY_ROLE], by: Sequence[ANY_ROLE], taken: dict[int, int], tried: set[int]) -> bool:
    for other, roles in enumerate(by):
        if other not in tried and set(roles) <= set(asked[index]):
            tried.add(other)
            if other not in taken or _place(taken[other], asked, by, taken, tried):
                taken[other] = index
                return True
    return False
