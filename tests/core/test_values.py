"""What a text means as a date, a moment, a number, a path, and what is said where it means nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.text.ids import is_id
from qmsctl.core.text.values import path_problem, read_bool, read_date, read_integer, read_moment, read_number
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.types.field import KINDS, Field
from qmsctl.core.types.kinds import Names, expected, scalar_problem
from qmsctl.core.types.validation import problems
from qmsctl.message import Label

NAMES = Names(frozenset(["minh"]), frozenset(["director"]), frozenset(["mot-cua"]), is_id)


def field(kind: str, **more: object) -> Field:
    return Field("x", kind, Label({"en": "X"}), **more)  # type: ignore[arg-type]


def said(described: Field, text: str) -> list[tuple[int, str]]:
    node = read_yaml(text)
    assert node is not None
    return [(line, str(message)) for line, message in problems(described, node, NAMES)]


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-02-30", "2026-13-01", "2026-00-01", "2025-02-29", "0000-01-01", "2026-1-5", "26-01-05", "20260105", "2026-W01-1", "2026-01-05 ", "05/01/2026",
        "2026-01-05T00:00", "２０２６-01-05", "٢٠٢٦-01-05", "2026–01–05", "-2026-01-05", "+2026-01-05", "2026-01-05\n", "9" * 5000, "0001-01-01", "9999-12-31",
    ],
)
def test_no_date(text: str) -> None:
    assert read_date(text) is None


def test_dates() -> None:
    assert read_date("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05", "2026-01-05T09:30:00", "2026-01-05T09:30+99:99", "2026-01-05T09:30:00+24:00", "2026-01-05T09:30:00+07", "2026-01-05T09:30:00+0700",
        "2026-01-05 09:30:00+07:00", "2026-01-05t09:30:00z", "2026-01-05T25:00:00Z", "2026-01-05T09:60:00Z", "2026-01-05T09:30:61Z", "2026-02-30T00:00:00Z",
        "2026-01-05T09:30:00.5Z", "2026-01-05T09:30:00+15:00", "2026-01-05T09:30:00Z ", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "",
    ],
)
def test_no_moment(text: str) -> None:
    assert read_moment(text) is None


def test_moments() -> None:
    assert read_moment("2026-01-05T09:30:00+07:00") == datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
    assert read_moment("2026-01-05T09:30Z") == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@settings(max_examples=200)
@given(st.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z))?", fullmatch=True))
def test_every_day_and_moment_can_be_reckoned_with(text: str) -> None:
    day, moment = read_date(text), read_moment(text)
    if day:
        assert day + timedelta(days=3650) > day
    if moment:
        assert moment.astimezone(UTC).year in range(999, 9001)


@pytest.mark.parametrize("text", ["", "1_0", "0x10", "0b1", "0o7", "010", "+1", "1e3", "1.0", " 1", "1 ", "--1", "٣", "１", "²", "9" * 13, "9" * 5000, "inf", "nan", "1,000"])
def test_no_integer(text: str) -> None:
    assert read_integer(text) is None


@pytest.mark.parametrize("text", ["", "1_0", "0x10", "1e3", ".5", "5.", "1.1234567890", "inf", "nan", ".inf", "-", "1,5", "٣.٥", "9" * 5000, "1.5\n"])
def test_no_number(text: str) -> None:
    assert read_number(text) is None


def test_numbers() -> None:
    assert read_integer("-12") == -12
    assert read_integer("0") == 0
    assert read_number("97.50") == Decimal("97.5")
    assert (read_bool("yes"), read_bool("false"), read_bool("Yes"), read_bool("1")) == (True, False, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "..", "../x", "a/../b", "a/..", ".", "./a", "a/.", "/a", "//host/a", "a//b", "a/", "", "a\\b", "..\\a", "C:/x", "c:x", "file:///etc", "http://x/y",
        "..%2fetc", "%2e%2e/etc", "a/%2e%2e/b", "%2Fetc", "a%5cb", "%2e%2e%2fetc", "C%3A/x", "con", "CON", "a/nul.txt", "aux.md", "COM1", "lpt9.x", "com¹", "con .txt",
    ],
)
def test_paths_that_lead_out(text: str) -> None:
    assert path_problem(text) is not None
    assert scalar_problem(field("path"), text, NAMES) is not None


@pytest.mark.parametrize("text", ["a", "attachments/QD-12.pdf", "a/b c/đ.pdf", "...", "a..b", "console", "com10", "nulled.txt", "100%.pdf", "a%20b", ".x"])
def test_paths_inside(text: str) -> None:
    assert path_problem(text) is None


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "anything", None),
        ("date", "2026-01-05", "2026-02-30"),
        ("datetime", "2026-01-05T00:00:00Z", "2026-01-05T00:00:00+99:99"),
        ("integer", "5", "5.0"),
        ("number", "5.0", "five"),
        ("duration", "12m", "12 m"),
        ("address", "https://qms.example.vn/bo", "http://qms.example.vn/bo"),
        ("time-limit", "3d", "3 d"),
        ("time-limit", "same-day", "same day"),
        ("time-limit", "same-day until 15:00", "same-day until 3pm"),
        ("retention", "by law: Luật lưu trữ", "for ever"),
        ("retention", "permanent", "Permanent"),
        ("retention", "5y", "y5"),
        ("bool", "no", "nope"),
        ("sha256", "0" * 64, "0" * 63),
        ("sha256", "a" * 64, "A" * 64),
        ("person", "minh", "Minh"),
        ("role", "director", "minh"),
        ("unit", "mot-cua", "director"),
        ("reference", "QT-07", "QT 07"),
        ("path", "a/b", "../b"),
    ],
)
def test_kinds(kind: str, good: str, bad: str | None) -> None:
    assert scalar_problem(field(kind), good, NAMES) is None
    if bad:
        message = scalar_problem(field(kind), bad, NAMES)
        assert message is not None
        assert str(message)


def test_one_of_names_its_values() -> None:
    described = field("one-of", values={"a": Label({"en": "A"}), "b": Label({"en": "B"})})
    assert said(described, "c") == [(1, "got “c”; expected one of a, b")]


def test_limits() -> None:
    described = field("integer", minimum=1, maximum=9)
    assert said(described, "5") == []
    assert said(described, "0") == [(1, "got “0”; expected at least 1")]
    assert said(described, "10") == [(1, "got “10”; expected at most 9")]


def test_long_texts_are_shortened() -> None:
    [(_line, message)] = said(field("date"), "9" * 5000)
    assert len(message) < 120


TABLE = field("table", keys={"no": field("integer", required=True, unique=True), "who": field("person")})


@pytest.mark.parametrize(
    ("described", "text", "expected_lines"),
    [
        (field("list", of=(field("date"),)), "[2026-01-05,\n 2026-02-30,\n x]", [2, 3]),
        (field("list", of=(field("date"),)), "2026-01-05", [1]),
        (field("date"), "[2026-01-05]", [1]),
        (field("date"), "{a: b}", [1]),
        (TABLE, "- no: 1\n  who: minh\n- no: x\n- who: nobody\n", [3, 4, 4]),
        (TABLE, "- no: 1\n- no: 2\n- no: 1\n", [3]),
        (TABLE, "no: 1", [1]),
        (TABLE, "- text", [1]),
        (TABLE, "- no: 1\n  other: 2\n", [2]),
        (field("map", of=(field("duration"),)), "a: 1m\nb: x\n", [2]),
        (field("map", keys={"a": field("text", required=True)}), "{b: c}", [1, 1]),
        (field("map", keys={"a": field("text")}), "a:\n", []),
        (field("any", of=(field("person"), field("list", of=(field("person"),)))), "[minh, nobody]", [1]),
        (field("any", of=(field("person"), field("list", of=(field("person"),)))), "nobody", [1]),
        (field("any", of=(field("role"), field("unit"))), "mot-cua", []),
    ],
)
def test_problems_have_their_lines(described: Field, text: str, expected_lines: list[int]) -> None:
    assert sorted(line for line, _message in said(described, text)) == expected_lines


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_says_what_it_expects(kind: str) -> None:
    assert str(expected(field(kind, of=(field("text"),))))


@settings(max_examples=200)
@given(st.text(st.sampled_from("ab1-[]{}:,. \n"), max_size=30), st.sampled_from(sorted(KINDS)))
def test_any_node_is_judged_by_any_kind(text: str, kind: str) -> None:
    described = field(kind, of=(field("text"),), keys={"a": field("date", required=True)})
    try:
        node = read_yaml(text)
    except YamlRefused:
        return
    if node is not None:
        for line, message in problems(described, node, NAMES):
            assert line >= 1
            assert str(message)
