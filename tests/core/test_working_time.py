"""The clock of an office: its hours, weekends, public holidays and its own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.office.duration import Duration
from qmsctl.core.office.office_hours import NO_HOLIDAYS, Hours, PublicHolidays, Timetable, read_hours
from qmsctl.core.office.time_limit import SameDay, read_limit
from qmsctl.core.office.working_time import OfficeClock, Stop
from qmsctl.store.public_holidays import public_holidays

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ZONES = [HANOI, ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns"), ZoneInfo("Australia/Lord_Howe")]
NIGHT = Timetable(((Hours(0, 180), Hours(22 * 60, 24 * 60)),) * 7)
VIETNAMESE = Timetable(country="VN")
TABLES = [Timetable(), VIETNAMESE, NIGHT, Timetable(((Hours(450, 690),),) * 6 + ((),), {date(2026, 3, 2): ()})]


def clock(table: Timetable = VIETNAMESE, zone: ZoneInfo = HANOI) -> OfficeClock:
    return OfficeClock(table, zone, public_holidays)


def at(text: str, zone: ZoneInfo = HANOI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def limit(text: str) -> Duration:
    found = Duration.parse(text)
    assert found is not None
    return found


def counted(start: datetime, end: datetime, table: Timetable) -> int:
    """The same by walking minute by minute: slow, and without any arithmetic to get wrong."""
    total, moment = 0, start
    while moment < end:
        local = moment.astimezone(HANOI)
        hours = table.on(local.date(), public_holidays(table.country, local.year))
        minute = local.hour * 60 + local.minute
        total += 60 * any(each.start <= minute < each.end for each in hours)
        moment += timedelta(minutes=1)
    return total


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-01-13 08:00", "2026-01-13 11:00", 3),
        ("2026-01-13 08:00", "2026-01-13 14:00", 4.5),  # lunch
        ("2026-01-13 16:00", "2026-01-14 08:30", 2),  # the night
        ("2026-01-16 16:00", "2026-01-19 08:30", 2),  # a weekend
        ("2026-01-17 08:00", "2026-01-18 17:00", 0),
        ("2026-02-13 16:00", "2026-02-23 08:30", 2),  # Tết: five days and two weekends
        ("2026-04-24 16:00", "2026-04-28 08:30", 2),  # Hùng Kings' Day is a Sunday: Monday instead
        ("2026-08-21 16:00", "2026-08-24 08:30", 10),  # Saturday 22 August works for Monday 31 August
        ("2026-08-28 16:00", "2026-09-03 08:30", 2),
        ("2026-01-13 11:00", "2026-01-13 08:00", 0),
    ],
)
def test_between(start: str, end: str, hours: float) -> None:
    assert clock().between(at(start), at(end)) == hours * 3600


@pytest.mark.parametrize(
    ("start", "given", "due"),
    [
        ("2026-01-13 10:10", "1d", "2026-01-14 10:10"),
        ("2026-01-13 10:10", "2h", "2026-01-13 13:40"),
        ("2026-01-13 10:00", "8h", "2026-01-14 10:00"),
        ("2026-01-13 18:00", "4h", "2026-01-14 11:30"),
        ("2026-02-13 15:00", "3d", "2026-02-25 15:00"),
        ("2026-01-13 10:10", "1w", "2026-01-20 10:10"),
        ("2026-01-13 10:10", "0.5d", "2026-01-13 15:40"),
        ("2026-01-30 10:10", "1m", "2026-03-02 17:00"),  # the last of February is a Saturday
        ("2026-01-13 10:10", "0h", "2026-01-13 10:10"),
    ],
)
def test_due(start: str, given: str, due: str) -> None:
    assert clock().due(at(start), limit(given)) == at(due)


@pytest.mark.parametrize("given", ["9999d", "9999y", "9999m"])
def test_no_end_is_foreseen(given: str) -> None:
    stopped = [Stop(at("2026-01-14 08:00"), at("2099-12-31 08:00"))]
    assert clock().due(at("2026-01-13 10:10"), limit(given), stopped) is None


def test_the_clock_stands_still_while_the_file_is_supplemented() -> None:
    stops = (Stop(at("2026-01-13 14:00"), at("2026-01-15 09:00")), Stop(at("2026-01-15 10:00"), at("2026-01-15 11:00")))
    assert clock().due(at("2026-01-13 10:00"), limit("1d"), stops) == at("2026-01-15 17:00")
    assert clock().between_stops(at("2026-01-13 10:00"), at("2026-01-15 17:00"), stops) == 8 * 3600
    assert clock().due(at("2026-01-13 10:00"), limit("1d"), (Stop(at("2026-01-13 14:00"), None),)) is None
    assert clock().due(at("2026-01-13 10:00"), limit("2h"), (Stop(at("2026-01-13 14:00"), None),)) == at("2026-01-13 13:30")
    assert clock().due(at("2026-01-13 10:00"), limit("1m"), stops[:1]) == at("2026-02-23 17:00")  # 15 February is in Tết
    for end in (at("2026-03-20 08:00"), None):
        late = Stop(at("2026-03-02 08:00"), end)
        assert clock().due(at("2026-01-13 10:00"), limit("1m"), [late, *stops[:1]]) == at("2026-02-23 17:00"), "what begins after the end moves it no more"
    assert clock().between_stops(at("2026-01-13 10:00"), at("2026-01-13 15:00"), (Stop(at("2026-01-13 14:00"), None),)) == 2.5 * 3600


def test_a_working_day_is_as_long_as_the_office_works() -> None:
    short = clock(Timetable((((Hours(450, 690), Hours(810, 1020)),) * 5) + ((), ())))
    assert short.due(at("2026-01-13 10:10"), limit("3d")) == at("2026-01-16 10:10")
    assert short.seconds(limit("1d")) == 7.5 * 3600
    assert short.seconds(limit("8h")) == 8 * 3600


def test_the_own_calendar_goes_before_the_public_one() -> None:
    own = {date(2026, 1, 14): (), date(2026, 2, 17): (Hours(480, 540),), date(2026, 1, 17): (Hours(450, 690),)}
    office = clock(Timetable(own=own, country="VN"))
    assert office.between(at("2026-01-13 17:00"), at("2026-01-15 07:30")) == 0
    assert office.between(at("2026-02-14 00:00"), at("2026-02-22 00:00")) == 3600
    assert office.between(at("2026-01-17 00:00"), at("2026-01-18 00:00")) == 4 * 3600


def test_a_change_of_the_clock_is_worked_as_it_is() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    days = {date(2026, 3, 29): 4, date(2026, 6, 1): 5, date(2026, 10, 25): 6}  # 02:00 becomes 03:00; 03:00 becomes 02:00
    for day, hours in days.items():
        start, end = (datetime.combine(each, time(), berlin) for each in (day, day + timedelta(days=1)))
        assert clock(NIGHT, berlin).between(start, end) == hours * 3600


moments = st.integers(0, 20 * 366 * 86400).map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
near = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
clocks = st.sampled_from([clock(table, zone) for table in TABLES for zone in ZONES])


@given(clocks, moments, near, near)

def test_working_time_adds_up(office: OfficeClock, start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    assert office.between(start, middle) + office.between(middle, end) == office.between(start, end)
    assert 0 <= office.between(start, middle) <= first.total_seconds()


@given(clocks, moments, st.integers(0, 400 * 3600))

def test_after_and_between_are_inverse(office: OfficeClock, start: datetime, seconds: int) -> None:
    end = office.after(start, seconds)
    assert end is not None
    assert office.between(start, end) == seconds
    if seconds:
        assert office.between(start, end - timedelta(seconds=1)) == seconds - 1  # the first such moment


@given(clocks, moments, st.integers(0, 400 * 3600), st.integers(0, 400 * 3600))

def test_more_time_is_never_over_earlier(office: OfficeClock, start: datetime, less: int, more: int) -> None:
    first, second = (office.after(start, seconds) for seconds in sorted((less, more)))
    assert first is not None
    assert second is not None
    assert start <= first <= second


@given(st.sampled_from(TABLES), moments, st.integers(0, 12 * 24 * 60))
@settings(max_examples=30)
def test_the_same_as_counting_minutes(table: Timetable, start: datetime, minutes: int) -> None:
    start = start.replace(second=0)
    end = start + timedelta(minutes=minutes)
    assert clock(table).between(start, end) == counted(start, end, table)


@given(moments, st.lists(st.tuples(near, near), max_size=3), st.integers(1, 100 * 3600))

def test_stops_move_the_end_by_what_they_last(start: datetime, gaps: list[tuple[timedelta, timedelta]], seconds: int) -> None:
    office, stops, begin = clock(), [], start
    for gap, length in gaps:
        stops.append(Stop(begin + gap, begin + gap + length))
        begin += gap + length
    end = office.after_stops(start, seconds, stops)
    assert end is not None
    assert office.between_stops(start, end, stops) == seconds


@pytest.mark.parametrize("text", ["", "7:30-11:30", "07:30", "07:30-07:30", "11:30-07:30", "07:30-24:30", "07:30–11:30", "٠٧:30-11:30", " 07:30-11:30"])
def test_no_hours(text: str) -> None:
    assert read_hours(text) is None


def test_hours() -> None:
    assert read_hours("07:30-11:30") == Hours(450, 690)
    assert read_hours("22:00-24:00") == Hours(1320, 1440)


def test_public_holidays_of_viet_nam() -> None:
    found = public_holidays("VN", 2026)
    assert {date(2026, 1, 1), date(2026, 2, 17), date(2026, 4, 27), date(2026, 9, 1), date(2026, 9, 2)} <= found.off
    assert date(2026, 8, 22) in found.working
    assert public_holidays("none", 2026) == NO_HOLIDAYS == PublicHolidays()


@pytest.mark.parametrize(
    ("text", "received", "due"),
    [
        ("same-day until 15:00", "2026-01-13 07:30", "2026-01-13 17:00"),
        ("same-day until 15:00", "2026-01-13 15:00", "2026-01-13 17:00"),
        ("same-day until 15:00", "2026-01-13 15:01", "2026-01-14 17:00"),
        ("same-day until 15:00", "2026-01-16 16:00", "2026-01-19 17:00"),  # Friday afternoon
        ("same-day until 15:00", "2026-01-17 16:00", "2026-01-19 17:00"),  # online at a weekend: as if handed in on Monday
        ("same-day until 15:00", "2026-01-13 06:00", "2026-01-13 17:00"),
        ("same-day until 15:00", "2026-02-13 15:30", "2026-02-23 17:00"),  # Tết
        ("same-day until 15:00", "2026-02-18 16:00", "2026-02-23 17:00"),
        ("same-day until 15:00", "2026-08-21 16:00", "2026-08-22 17:00"),  # a Saturday that is made up for
        ("same-day", "2026-01-13 16:59", "2026-01-13 17:00"),
        ("same-day", "2026-01-13 17:01", "2026-01-14 17:00"),
        ("same-day until 00:00", "2026-01-13 08:00", "2026-01-14 17:00"),
    ],
)
def test_a_limit_of_the_same_day(text: str, received: str, due: str) -> None:
    found = read_limit(text)
    assert isinstance(found, SameDay)
    assert clock().due(at(received), found) == at(due)
    assert clock().due(at(received).astimezone(UTC), found) == at(due)


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        ("2026-01-13 10:00", None, None),
        ("2026-01-13 10:00", "2026-01-15 09:00", "2026-01-15 17:00"),
        ("2026-01-13 10:00", "2026-01-15 15:30", "2026-01-16 17:00"),
        ("2026-01-13 10:00", "2026-01-13 10:30", "2026-01-13 17:00"),
        ("2026-01-13 18:00", "2026-01-15 09:00", "2026-01-13 17:00"),  # after it had run out
    ],
)
def test_a_limit_of_the_same_day_begins_anew_where_the_clock_stood_still(start: str, end: str | None, due: str | None) -> None:
    found = read_limit("same-day until 15:00")
    assert found is not None
    stop = Stop(at(start), at(end) if end else None)
    assert clock().due(at("2026-01-13 08:00"), found, [stop]) == (at(due) if due else None)


@pytest.mark.parametrize("text", ["same-day", "same-day until 15:00", "same-day until 00:05", "3d", "1m"])
def test_a_limit_is_written_as_it_is_read(text: str) -> None:
    assert str(read_limit(text)) == text


@pytest.mark.parametrize("text", ["same day", "same-day until 24:00", "same-day until 15", "same-day until 15:00 ", "same-day after 15:00", ""])
def test_what_is_no_limit(text: str) -> None:
    assert read_limit(text) is None


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.times(), st.integers(0, 24 * 60 - 1))
def test_the_end_is_that_of_the_first_worked_day_that_still_counts(day: date, moment: time, minute: int) -> None:
    received, found = datetime.combine(day, moment, HANOI), SameDay(minute)
    due = clock().due(received, found)
    assert due is not None
    while not (clock().is_worked(day) and (day > received.date() or (received.time() <= time(*divmod(minute, 60)) and received.time() <= time(17)))):
        day += timedelta(days=1)
    assert due == datetime.combine(day, time(17), HANOI)
