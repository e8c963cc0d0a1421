"""What differs between the cases of a register and those of a list."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.cases.case import Case
from qmsctl.core.cases.register import Month
from qmsctl.core.office.period_words import period_words
from qmsctl.message import Message, _
from qmsctl.value import dataclass, replace


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list does to the cases of a register: how many there are then, and the ids of those that differ."""

    cases: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @classmethod
    def between(cls, old: Iterable[Case], new: Iterable[Case]) -> Difference:
        """The difference between the cases of before and of after; the lines they stand on are none."""
        before = {case.key: replace(case, line=0) for case in old}
        after = {case.key: replace(case, line=0) for case in new}
        both = before.keys() & after.keys()
        return cls(
            cases=len(after),
            new=tuple(case.id for key, case in after.items() if key not in both),
            changed=tuple(case.id for key, case in after.items() if key in both and case != before[key]),
            gone=tuple(case.id for key, case in before.items() if key not in both),
        )

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def said(self, procedure: str, month: Month) -> Message:
        """The difference in words."""
        return _("cases of {procedure} received in {month}: {cases} (new: {new}, changed: {changed}, gone: {gone})",
                 procedure=procedure, month=period_words(str(month)), cases=self.cases,
                 new=len(self.new), changed=len(self.changed), gone=len(self.gone))
