"""The parts of the page on savings: altogether, and procedure by procedure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from qmsctl.core.cases.figures import figures
from qmsctl.core.cases.register import month_of, registers
from qmsctl.core.library import Library
from qmsctl.core.procedures.fees import Fee
from qmsctl.core.procedures.savings import FEE, HAND_OVERS, LIMIT, MEASURES, PAPERS, VISITS, WORK, Compared, compared
from qmsctl.message import Message, _
from qmsctl.reports.parts.bar_chart import Bar, bar_chart
from qmsctl.reports.parts.figured import Part, drawn
from qmsctl.reports.parts.review_charts import Tile
from qmsctl.reports.parts.sheet import NUMBER, Column, Sheet, Value, listed
from qmsctl.reports.parts.working_time import plain_number
from qmsctl.value import dataclass

_WORDS: Mapping[str, Message] = {
    WORK: _("Working time of all steps, h"),
    LIMIT: _("Time limit, h"),
    HAND_OVERS: _("Hand-overs on the usual way"),
    PAPERS: _("Papers asked for, at most"),
    VISITS: _("Visits, at most"),
    FEE: _("Fee, the highest"),
}


@dataclass(frozen=True, slots=True)
class Saving:
    """A procedure compared; ``cases`` were received in the period, ``None`` where there is no register of it."""

    compared: Compared
    cases: int | None
    unread: tuple[str, ...]

    def times_cases(self, measure: str) -> Decimal | None:
        """What the cases of the period saved together; ``None`` where that is not known."""
        saved = self.compared.pairs[measure].saved
        return None if saved is None or self.cases is None else saved * self.cases


def savings(library: Library, first: date, last: date) -> tuple[Saving, ...]:
    """Every procedure as it was in effect on the ``last`` day, with its cases from ``first`` on."""
    return tuple(_saving(each, library, first, last) for each in compared(library, last))


def _saving(each: Compared, library: Library, first: date, last: date) -> Saving:
    months = (month for register in registers(library, each.id) if (month := month_of(register)))
    if not any(first <= month.last and month.first <= last for month in months):
        return Saving(each, None, ())
    found = figures(library, each.id, first, last)
    return Saving(each, found.received, found.unread)


def saving_tiles(found: Sequence[Saving]) -> tuple[Tile, ...]:
    """How many procedures there are, how many were revised, and how many cases count."""
    revised = sum(each.compared.is_revised for each in found)
    return (
        Tile(str(len(found)), _("procedures compared"), "procedures", bad=False),
        Tile(str(revised), _("of these revised since the first"), "procedures", bad=False),
        Tile(str(sum(each.cases or 0 for each in found)), _("cases received in the period"), "altogether", bad=False),
        *(Tile(Message("{number}", {"number": plain_number(sum_)}), words, "altogether", bad=sum_ < 0) for sum_, words in _sums(found)),
    )


def _sums(found: Sequence[Saving]) -> Iterator[tuple[Decimal, Message]]:
    for measure, words in ((WORK, _("working hours less by the times of the steps")), (PAPERS, _("papers saved")), (VISITS, _("visits saved"))):
        sum_ = _sum(found, measure)
        if sum_:
            yield sum_, words


def _sum(found: Sequence[Saving], measure: str) -> Decimal | None:
    known = [saved for each in found if (saved := each.times_cases(measure)) is not None]
    return sum(known, Decimal(0)) if known else None


def altogether(found: Sequence[Saving]) -> Part:
    """A line a measure: in how many procedures it is less, as much or more, and what that makes over the cases."""
    columns = (
        *(Column("measure", _("Measure")), Column("less", _("Less in"), NUMBER), Column("same", _("As much in"), NUMBER), Column("more", _("More in"), NUMBER)),
        *(Column("unknown", _("Not to be compared"), NUMBER), Column("saved", _("Saved over the cases of the period"), NUMBER)),
    )
    return Part(
        Sheet("altogether", _("Altogether"), columns, tuple(_measure(found, each) for each in MEASURES if each != FEE or _one_currency(found))),
        (
            _("Each procedure as it was issued first against the revision in effect on the last day of the period. What a case saves is counted for every case that came in during the period; procedures without a case register count for nothing there."),
        ),
        _("There is none."),
    )


def _one_currency(found: Sequence[Saving]) -> bool:
    return len({fee.unit for each in found for fee in each.compared.fees if fee and fee.unit}) < 2


def _measure(found: Sequence[Saving], measure: str) -> tuple[Value, ...]:
    saved = [each.compared.pairs[measure].saved for each in found]
    known = [each for each in saved if each is not None]
    sum_ = _sum(found, measure)
    return (
        _WORDS[measure], sum(each > 0 for each in known), sum(each == 0 for each in known), sum(each < 0 for each in known), len(saved) - len(known),
        None if sum_ is None else plain_number(sum_),
    )


def by_procedure(found: Sequence[Saving]) -> Part:
    """A line for each measure of each procedure."""
    columns = (
        *(Column("procedure", _("Procedure")), Column("measure", _("Measure")), Column("first", _("First revision"), NUMBER), Column("now", _("Now"), NUMBER)),
        *(Column("saved", _("Saved a case"), NUMBER), Column("cases", _("Cases"), NUMBER), Column("total", _("Saved over the cases"), NUMBER)),
    )
    rows = tuple(row for each in found for row in _rows(each))
    bars = [
        Bar(f"{each.compared.id} {each.compared.title}", plain_number(pair.now), plain_number(pair.first), bad=pair.now > pair.first)
        for each in found if each.compared.is_revised and (pair := each.compared.pairs[WORK]).now is not None and pair.first is not None
    ]
    return Part(
        Sheet("procedures", _("By procedure"), columns, rows, by="procedure"),
        (_("A minus says that it is more now. A fee that cannot be told as one amount stands as it is written, and is compared only where the words are the same."),),
        _("There is none."),
        drawn(bar_chart("chart-procedures", _("Working time of all steps now, hours"), bars, mark=_("in the first revision"))),
    )


def _rows(each: Saving) -> Iterator[tuple[Value, ...]]:
    """A line for each measure of which one of the two texts says something."""
    found = each.compared
    for measure, pair in found.pairs.items():
        first, now = (_fee(fee) for fee in found.fees) if measure == FEE else (_plain(pair.first), _plain(pair.now))
        if first is not None or now is not None:
            yield (_name(found), _WORDS[measure], first, now, _plain(pair.saved), each.cases, _plain(each.times_cases(measure)))


def _name(found: Compared) -> Message:
    if not found.is_revised:
        return _("{id} {title}: still in its first revision", id=found.id, title=found.title)
    return _("{id} {title}: revision {now} against revision {first}", id=found.id, title=found.title, now=found.now, first=found.first)


def _fee(fee: Fee | None) -> Value:
    return None if fee is None else listed(fee.highest)


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain_number(value)
