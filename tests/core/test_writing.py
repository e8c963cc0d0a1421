"""Days and numbers as people type them, to what files hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.text.values import read_date, read_number
from qmsctl.core.text.writing import Writing, no_such_day, writing_of
from qmsctl.core.types.field import Field
from qmsctl.core.types.typed_value import filed
from qmsctl.message import Label

VIETNAMESE, ENGLISH = Writing(day_first=True, comma=True), Writing()
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(8999, 12, 31))
NONE = Label({})


@pytest.mark.parametrize(("dates", "language", "day_first", "comma"), [
    (None, "vi", True, True), (None, "en", False, False), ("dmy", "en", True, False), ("iso", "vi", False, True),
    ("mdy", "en", False, False), ("", "vi", True, True),
])
def test_an_office_says_how_it_types_or_follows_its_language(dates: str | None, language: str, day_first: bool, comma: bool) -> None:
    assert writing_of(dates, language) == Writing(day_first, comma)


@given(DAYS)
def test_a_day_is_read_in_the_order_of_the_office(day: date) -> None:
    for sign in "/.-":
        typed = f"{day.day}{sign}{day.month}{sign}{day.year}"
        assert VIETNAMESE.day(typed) == VIETNAMESE.day(day.isoformat()) == ENGLISH.day(f"{day.year}{sign}{day.month}{sign}{day.day}") == day
        assert ENGLISH.day(typed) is None
        assert not no_such_day(typed)
    assert VIETNAMESE.filed_period(f"{day.month}/{day.year}") == f"{day:%Y-%m}"[-7:].rjust(7, "0")


@pytest.mark.parametrize("text", ["03/25/2026", "31/02/2026", "1/1/26", "1.2/2026", "0/1/2026", "２５/03/2026", " 25/03/2026", ""])
def test_a_month_that_stands_first_is_never_guessed(text: str) -> None:
    assert VIETNAMESE.day(text) is None
    assert VIETNAMESE.filed_day(text) == text
    assert no_such_day(text) is (text in ("03/25/2026", "31/02/2026", "0/1/2026"))


@pytest.mark.parametrize(("text", "vi", "en"), [
    ("83,3", "83.3", "83,3"), ("83.3", "83.3", "83.3"), ("-0,5", "-0.5", "-0,5"), ("1.234,5", "1.234,5", "1.234,5"),
    ("1,234,567", "1,234,567", "1,234,567"), ("ba,5", "ba,5", "ba,5"), ("12", "12", "12"),
])
def test_a_comma_is_a_decimal_one_or_none(text: str, vi: str, en: str) -> None:
    assert VIETNAMESE.filed_number(text) == vi
    assert ENGLISH.filed_number(text) == en


@given(st.text(max_size=14))
def test_what_is_no_day_or_number_stays_as_it_was_typed(text: str) -> None:
    for writing in (VIETNAMESE, ENGLISH):
        assert read_date(writing.filed_day(text)) or writing.filed_day(text) == text
        assert read_number(writing.filed_number(text)) is not None or writing.filed_number(text) == text


def field(kind: str, **more: object) -> Field:
    return Field("x", kind, NONE, **more)  # type: ignore[arg-type]


ROWS = field("table", keys={"date": field("date"), "value": field("number"), "period": field("period"), "note": field("text")})


@pytest.mark.parametrize(("described", "typed", "expected"), [
    (field("list", of=(field("date"),)), ["1/2/2026", "2026-02-03"], ["2026-02-01", "2026-02-03"]),
    (field("map", of=(field("date"),)), {"a": "1/2/2026"}, {"a": "2026-02-01"}),
    (field("map", keys={"date": field("date"), "number": field("text")}), {"date": "1/2/2026", "number": "1/2/2026"}, {"date": "2026-02-01", "number": "1/2/2026"}),
    (field("any", of=(field("text"), field("map", keys={"date": field("date")}))), {"date": "1/2/2026"}, {"date": "2026-02-01"}),
    (ROWS, [{"date": "1/2/2026", "value": "83,3", "period": "01/2026", "note": "1/2/2026; 83,3"}],
     [{"date": "2026-02-01", "value": "83.3", "period": "2026-01", "note": "1/2/2026; 83,3"}]),
    (ROWS, [{"value": "83", "3": "", "note": "x"}], [{"value": "83.3", "note": "x"}]),
    (ROWS, [{"value": "83", "3": "4"}], [{"value": "83", "3": "4"}]),
    (ROWS, [{"note": "83", "3": ""}], [{"note": "83", "3": ""}]),
    (field("text"), "25/03/2026", "25/03/2026"),
    (None, "25/03/2026", "25/03/2026"),
])
def test_only_what_a_field_calls_a_day_or_a_number_is_turned(described: Field | None, typed: object, expected: object) -> None:
    assert filed(described, typed, VIETNAMESE) == expected  # type: ignore[arg-type]


def test_an_office_that_writes_the_year_first_is_left_alone() -> None:
    row = [{"date": "1/2/2026", "value": "83,3"}]
    assert filed(ROWS, row, ENGLISH) == row


@pytest.mark.parametrize(("typed", "filed"), [
    ("quý 1/2026", "2026-Q1"), ("Quý 4 năm 2026", "2026-Q4"), ("quy2/2026", "2026-Q2"), ("Q3-2026", "2026-Q3"), ("quarter 1 of 2026", "2026-Q1"), ("quý 5/2026", "quý 5/2026"), ("2026-Q1", "2026-Q1"),
])
def test_a_quarter_as_it_is_printed(typed: str, filed: str) -> None:
    assert VIETNAMESE.filed_period(typed) == filed
