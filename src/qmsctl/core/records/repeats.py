"""Nonconformities that come back: in the same unit or against the same document, within the office's window."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.records.working_days import works
from qmsctl.value import dataclass

WINDOW = Duration(Decimal(12), "m")
"""Within which a nonconformity repeats an earlier one, where the office's ``repeat_window`` says nothing else."""

MOST = 50
"""So many at most are named for each thing they share: those nearest in time."""

CAUSE = "cause_category"
"""A group of causes holds much that has nothing to do with each other: alone it makes no repetition."""

ALIKE = (CAUSE, "unit", "requirement", "process", "documents")
"""The fields in which two nonconformities may be alike. A document counts in whichever it is named, a clause does not."""

_DOCUMENTS = ("requirement", "process", "documents")
_Order = tuple[date, str]
_Choice = Callable[[list[_Order]], list[_Order]]


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """A field and the value in it that two nonconformities share; ``document`` for all that name one."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Another nonconformity, and what both have in common."""

    other: Item
    same: tuple[Likeness, ...]


class Repeats:
    """The nonconformities of an office by what they may share; those that were given up are left out."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._window = library.config.repeat_window or WINDOW
        self._works = works(library)
        self._alike: dict[Likeness, list[_Order]] = defaultdict(list)
        records = library.by_type.get(NONCONFORMITY, ())
        for order in sorted(_order(each) for each in records if each.day("raised") and not each.is_given_up):
            for mark in _marks(library.by_id[order[1]], library):
                self._alike[mark].append(order)

    def before(self, record: Item) -> tuple[Repeat, ...]:
        """What ``record`` repeats: those raised before it, the most alike and then the latest first."""
        own = _order(record)

        def earlier(known: list[_Order]) -> list[_Order]:
            end = bisect_left(known, own)
            start = bisect_left(known, own[0], hi=end, key=lambda each: self._window.after(each[0], self._works))
            return known[max(start, end - MOST) : end]

        return self._collected(record, earlier)

    def after(self, record: Item) -> tuple[Repeat, ...]:
        """What repeats ``record``: those raised after it, in the same order."""
        own = _order(record)
        last = self._window.after(own[0], self._works)

        def later(known: list[_Order]) -> list[_Order]:
            start = bisect_right(known, own)
            return known[start : min(bisect_right(known, last, lo=start, key=lambda each: each[0]), start + MOST)]

        return self._collected(record, later)

    def _collected(self, record: Item, chosen: _Choice) -> tuple[Repeat, ...]:
        same: dict[_Order, list[Likeness]] = defaultdict(list)
        if record.day("raised") and not record.is_given_up:
            for mark in _marks(record, self._library):
                for other in chosen(self._alike[mark]):
                    same[other].append(mark)
        told = (other for other, marks in same.items() if any(mark.field != CAUSE for mark in marks))
        found = sorted(told, key=lambda each: (len(same[each]), each), reverse=True)
        return tuple(Repeat(self._library.by_id[each[1]], tuple(same[each])) for each in found)


def _order(record: Item) -> _Order:
    return record.day("raised") or date.min, record.id


def _marks(record: Item, library: Library) -> tuple[Likeness, ...]:
    """What another one would have to share to be alike, in the order of importance."""
    pairs = ((field, value) for field in ALIKE for value in record.texts(field))
    return tuple(
        dict.fromkeys(
            Likeness("document" if field in _DOCUMENTS else field, value)
            for field, value in pairs
            if field not in _DOCUMENTS or library.knows(value)
        )
    )
