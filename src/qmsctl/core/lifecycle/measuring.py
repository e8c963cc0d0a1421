"""One more value of an objective."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from qmsctl.core.asked import item
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.measuring_period import MeasuringPeriod, last_day, period_around, read_period
from qmsctl.core.office.period_words import period_words
from qmsctl.core.records.objective import BLOCK, is_measured, kind_of_periods, progress
from qmsctl.core.records.objective_words import kind_words, target_words
from qmsctl.core.text.block_rows import Cell, append_row, with_cell
from qmsctl.core.text.characters import fold
from qmsctl.core.text.suggest import instead
from qmsctl.core.text.values import read_number
from qmsctl.core.text.writing import Writing
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Hole, command
from qmsctl.message import Message, _
from qmsctl.regex import regex

_BEGINS = regex(r"-?\d+(?:[.,]\d+)?(?![.,]?\d)", re.ASCII)


def measure(
    library: Library, subject: str, period: str, value: str, further: Mapping[str, str], replace: bool = False
) -> Edit:
    """Write down the ``value`` of an objective for a ``period``, with ``further`` columns of the row.

    A period that has a value already keeps it unless it is to be ``replace``d. Raises :class:`UsageError` for
    what is no period or number, :class:`Refusal` for a period that does not fit.
    """
    found = item(library, subject)
    if not is_measured(found.type):
        raise Refusal(
            _("{id} is no objective: {type} is not measured", id=subject, type=found.type.label),
            command("list", "objective").in_order_to(_("to see the objectives")),
        )
    writing = library.config.writing
    given, value = value, writing.filed_number(_without(value, found.text("unit_of_measure") or ""))
    when, number = _period(library, found, writing.filed_period(period), value), _number(given, value, writing)
    row = {"period": when.text, "date": library.today.isoformat(), "value": value, **further}
    before = library.outside.read(found.path)
    known = _row_of(found, when)
    if known is None:
        after = append_row(before, BLOCK, row, found.type.blocks[BLOCK].label.in_language(library.config.language))
    elif replace:
        after = before
        for column, text in row.items():
            after = with_cell(after, Cell(BLOCK, known[0], column), text)
    else:
        raise Refusal(
            _("{id} has a value for {period} already: {value}", id=subject, period=period_words(when.text), value=read_number(known[1]) or known[1]),
            command("measure", subject, when.text, value, replace=True).in_order_to(_("to correct it")),
        )
    return Edit((FileChange(found.path, before, after),), _summary(found, when, number), (found.path,), remarks=tuple(_too_early(found, when, library)))


def _period(library: Library, found: Item, text: str, value: str) -> MeasuringPeriod:
    """The period, in the writing of the objective's own."""
    kind, period = kind_of_periods(found), read_period(text)
    if period is None:
        own = period_around(library.today, kind).text
        raise UsageError(_("“{text}” is no period; {kind} such as {own} is expected", text=text, kind=kind_words(kind), own=own))
    if period.kind != kind:
        own = period_around(period.end, kind).text
        raise Refusal(
            _("{id} is measured every {every}; {kind} such as {own} is expected, not “{text}”",
              id=found.id, every=found.text("every") or "1m", kind=kind_words(kind), own=own, text=text),
            command("measure", found.id, own, value),
        )
    if period.start > library.today:
        raise Refusal(
            _("{period} begins on {day} and cannot be measured yet", period=period_words(period.text), day=period.start),
            command("measure", found.id, period_around(library.today, kind).text, value),
        )
    return period


def _too_early(found: Item, period: MeasuringPeriod, library: Library) -> Iterator[Message]:
    """That the period goes on, and how its value is put right in the end."""
    if period.end > library.today:
        later = command("measure", found.id, period.text, Hole("value"), replace=True)
        yield _("{period} goes on until {day}; what is measured then takes the place of this value: {mend}", period=period_words(period.text), day=period.end, mend=later)


def _without(text: str, unit: str) -> str:
    """A value without the unit of its objective behind it."""
    bare, own = text.strip(), fold(unit)
    return bare[: -len(unit)].rstrip() if own and fold(bare).endswith(own) and len(own) == len(unit) else bare


def _number(given: str, filed: str, writing: Writing) -> Decimal:
    number = read_number(filed)
    if number is None:
        begins = _BEGINS.match(filed.strip())
        other = begins[0].replace(",", ".") if begins else ""
        meant = instead(given, other) if read_number(other) is not None else None
        raise UsageError(_("“{text}” is no number; {expected} is expected, without its unit", text=given, expected=writing.number_example), meant)
    return number


def _row_of(found: Item, period: MeasuringPeriod) -> tuple[int, str] | None:
    """The number of the row that has this period, and its value; a row without a period has that of its date."""
    for number, row in enumerate(found.block_rows(BLOCK), 1):
        written = read_period(row.text("period") or "")
        day = None if written else last_day(row.text("date") or "")
        if (written and written.text == period.text) or (day and period_around(day, period.kind).text == period.text):
            return number, row.text("value") or "—"
    return None


def _summary(found: Item, period: MeasuringPeriod, value: Decimal) -> Message:
    reached = progress(found)
    told = {"id": found.id, "period": period_words(period.text), "value": value, "target": target_words(reached)}
    if reached.meets(value) is None:
        return _("{id}: {value} measured for {period}", id=found.id, value=value, period=period_words(period.text))
    if reached.meets(value):
        return _("{id}: {value} measured for {period}, which reaches the target: {target}", **told)
    return _("{id}: {value} measured for {period}, short of the target: {target}", **told)
