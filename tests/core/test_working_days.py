"""Working days are those of the office: its week, the public holidays, and its own calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.duties.obligations import obligations
from qmsctl.core.duties.readers import read_by, readers
from qmsctl.core.library import Library
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.working_days import works
from tests.office import QMS_YAML, dossier, library_of

SATURDAYS = 'working_hours: {mon: ["08:00-17:00"], tue: ["08:00-17:00"], sat: ["08:00-11:00"]}\n'


def office(more: str = "", zone: str = "Asia/Ho_Chi_Minh") -> Library:
    return library_of({"qms.yaml": QMS_YAML.replace("Asia/Ho_Chi_Minh", zone) + more})


def days_after(library: Library, length: str, day: str) -> str:
    found = Duration.parse(length)
    assert found is not None
    return found.after(date.fromisoformat(day), works(library)).isoformat()


@pytest.mark.parametrize(
    ("more", "length", "day", "after"),
    [
        pytest.param("", "3d", "2026-08-28", "2026-09-07", id="National Day and the day before, and one made up for"),
        pytest.param("", "1d", "2026-08-21", "2026-08-22", id="the Saturday on which it is made up for"),
        pytest.param("", "1d", "2026-02-13", "2026-02-23", id="Tết"),
        pytest.param("", "2w", "2026-08-24", "2026-09-07", id="weeks are the calendar's"),
        pytest.param("", "1m", "2026-08-02", "2026-09-02", id="so are months"),
        pytest.param("", "0d", "2026-09-02", "2026-09-02", id="no day at all"),
        pytest.param("", "2h", "2026-09-02", "2026-09-02", id="hours stay within a day"),
        pytest.param("holidays: none\n", "3d", "2026-08-28", "2026-09-02", id="no holidays"),
        pytest.param("calendar: [{date: 2026-09-03, kind: off}]\n", "3d", "2026-08-28", "2026-09-08", id="a day off of the office's own"),
        pytest.param("calendar: [{date: 2026-09-05, kind: working}]\n", "3d", "2026-08-28", "2026-09-05", id="a Saturday of its own"),
        pytest.param("calendar: [{date: 2026-08-31, kind: working}]\n", "3d", "2026-08-28", "2026-09-04", id="it works where the country does not"),
        pytest.param("calendar: [{date: 2026-08-22, kind: off}]\n", "1d", "2026-08-21", "2026-08-24", id="it does not make up for it"),
        pytest.param(SATURDAYS, "3d", "2026-06-01", "2026-06-08", id="a week of three days"),
        pytest.param(SATURDAYS, "1d", "2026-08-28", "2026-08-29", id="its Saturday"),
    ],
)
def test_a_period_of_days(more: str, length: str, day: str, after: str) -> None:
    assert days_after(office(more), length, day) == after


@pytest.mark.parametrize(("zone", "more", "after"), [("Europe/Paris", "", "2026-09-02"), ("Europe/Paris", "holidays: VN\n", "2026-09-07"), ("Asia/Ho_Chi_Minh", "holidays: US\n", "2026-09-02"), ("Asia/Ho_Chi_Minh", "holidays: Unknown\n", "2026-09-07")])
def test_whose_holidays_count(zone: str, more: str, after: str) -> None:
    assert days_after(office(more, zone), "3d", "2026-08-28") == after


@pytest.mark.parametrize("day", ["1000-01-01", "1999-12-31", "2100-01-01", "8999-12-31"])
def test_beyond_the_years_whose_holidays_are_known_the_week_counts(day: str) -> None:
    start = date.fromisoformat(day)
    end = date.fromisoformat(days_after(office(), "5d", day))
    assert timedelta(days=7) <= end - start <= timedelta(days=16)


def test_an_office_that_never_works_comes_to_an_end() -> None:
    found = Duration.parse("9999d")
    assert found is not None
    assert found.after(date(2026, 1, 1), lambda _day: False) == date(2026, 1, 1) + timedelta(days=366 + 9999)


@given(st.integers(0, 300), st.dates(date(2000, 1, 1), date(2098, 1, 1)))
def test_so_many_worked_days_lie_between(number: int, day: date) -> None:
    is_worked = works(office("calendar: [{date: 2026-09-05, kind: working}, {date: 2026-09-03, kind: off}]\n"))
    found = Duration.parse(f"{number}d")
    assert found is not None
    end = found.after(day, is_worked)
    between = sum(is_worked(day + timedelta(days=each)) for each in range(1, (end - day).days + 1))
    assert between == number
    assert number == 0 or is_worked(end)


@pytest.mark.parametrize(("more", "late"), [("", "2026-02-26"), ("holidays: none\n", "2026-02-19"), ("calendar: [{date: 2026-02-21, kind: working}]\n", "2026-02-25")])
def test_the_days_of_grace_are_working_days(more: str, late: str) -> None:
    """A measure for the week before Tết, ten working days after its end."""
    path = "records/objectives/MT-2026-01.md"
    text = "---\nid: MT-2026-01\ntype: objective\ntitle: Đúng hẹn\nstatus: active\nowner: minh\nevery: 1w\nperiod_from: 2026-01-29\ndue: 2026-12-31\n---\n"
    library = library_of({path: text, "qms.yaml": QMS_YAML + more}, date(2026, 6, 1))
    assert late in [each.day.isoformat() for each in obligations(library)]


def test_who_has_to_read_a_revision_has_that_many_working_days() -> None:
    path = "documents/instructions/HD-01.md"
    files = {path: b"---\nid: HD-01\ntype: instruction\ntitle: A\nrevision: 1\nowner: lan\ndistribution: [ho-tich]\n---\n"}
    files |= dossier(files, "HD-01", "author lan 2026-08-20T08:00:00+07:00\napprove binh director 2026-08-21T08:00:00+07:00 effective=2026-08-28\n")
    library = library_of({**files, "qms.yaml": QMS_YAML + "acknowledge_within: {instruction: 3d}\n"}, date(2026, 9, 10))
    found = library.standing("HD-01").in_force
    assert found is not None
    asked = readers(library, found)
    assert [(person.id, read_by(library, asked, person)) for person in asked.unread] == [("minh", date(2026, 9, 7))]
