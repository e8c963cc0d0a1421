"""Who must sign a revision, from which day on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from qmsctl.value import dataclass, field

ANY_ROLE = tuple[str, ...]

REVIEW_FIRST = "review-first"


@dataclass(frozen=True, slots=True)
class MatrixEntry:
    """Who must sign a revision of ``type`` from ``start`` on.

    ``review`` and ``approve`` are all to be satisfied; each is a choice of roles. ``level`` is the least
    that has to stand behind a sign-off that decides, for a type of record behind that of a state. ``basis`` is the
    paper by which that was decided. ``sign`` are the roles of which one signs a state of a record, in place of those its
    type proposes. ``order`` is ``review-first`` where an approval counts only after the reviews, else ``any``.
    """

    start: date
    type: str
    review: tuple[ANY_ROLE, ...]
    approve: tuple[ANY_ROLE, ...]
    adopt: tuple[str, ...]
    level: str | None = None
    basis: str | None = None
    sign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "any"
    line: int = field(default=0, compare=False)

    @property
    def is_review_first(self) -> bool:
        """True where an approval counts only once all who review have."""
        return self.order == REVIEW_FIRST

    @property
    def approving_roles(self) -> frozenset[str]:
        """The roles that may fill a place among those who approve."""
        return frozenset(role for slot in self.approve for role in slot)

    def adopting_roles(self, strict: bool) -> frozenset[str]:
        """Who may adopt a paper approval: as configured, else whoever may approve; by the criteria of the first format also whoever may review."""
        if self.adopt or strict:
            return frozenset(self.adopt) or self.approving_roles
        return frozenset(role for slot in (*self.review, *self.approve) for role in slot)


class Matrix:
    """The entries of the approval matrix, found by type and day."""

    def __init__(self, entries: Iterable[MatrixEntry]) -> None:
        found: dict[str, dict[date, MatrixEntry]] = defaultdict(dict)
        for entry in entries:
            found[entry.type].setdefault(entry.start, entry)
        self._known: dict[tuple[str, date], MatrixEntry | None] = {}
        self._by_type = {name: [own[day] for day in sorted(own)] for name, own in found.items()}

    def entry(self, type_name: str, day: date) -> MatrixEntry | None:
        """The latest entry of a type that had begun on ``day``; of two from one day the first."""
        if (type_name, day) not in self._known:
            entries = self._by_type.get(type_name, [])
            begun = bisect_right(entries, day, key=lambda entry: entry.start)
            self._known[type_name, day] = entries[begun - 1] if begun else None
        return self._known[type_name, day]
