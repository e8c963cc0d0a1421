"""Ids and the templates of ids, hostile ones among them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qmsctl.core.text.ids import IdPattern, is_id


def pattern(template: str) -> IdPattern:
    found = IdPattern.parse(template)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["QT-07", "BM-07.01", "NC-2026-014", "a", "0", "A_b", "x" * 64])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "", ".", "-a", ".a", "_a", "a.", "a b", "a/b", "a\\b", "..", "../a", "a\n", "\na", "a\x00", "x" * 65, "a:b", "a*",
        "QТ-07",  # Cyrillic Te
        "ΝC-1",  # Greek Nu
        "QT‐07",  # U+2010
        "QT–07",
        "QT-٠٧",  # Arabic-Indic digits
        "QT-０７",  # full-width digits
        "QT-²",
        "Đ-1", "é", "QT-07\u200b", "QT-07 ",
    ],
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)
    assert not pattern("QT-{number:2}").matches(text)
    assert not pattern("{parent}").matches(text)


@pytest.mark.parametrize(
    "template",
    [
        "", "(a+)+", "(a+)+{number}", "{number}*", "[A-Z]+", "a|b", "^a$", ".*", "{number:0}", "{number:10}", "{number:x}", "{other}", "{}", "{", "}",
        "{{number}}", "{number}{number}", "{number:2}-{number:3}", "{unit}{unit}", "{parent}.{parent}", "{year}{year}", "QT {number}", "QT/{number}",
        "..\\{number}", "Đ-{number}", "{number:２}", "a\n", "{0}", "{number!r}", "{number.__class__}", "{year:%Y}",
    ],
)
def test_templates_that_are_refused(template: str) -> None:
    if template == ".*":
        assert IdPattern.parse(template) is None
    assert IdPattern.parse(template) is None


@pytest.mark.parametrize(
    ("template", "good", "bad"),
    [
        ("QT-{number:2}", ("QT-01", "QT-99", "QT-100"), ("QT-1", "QT-", "qt-01", "QT-01a", "XQT-01", "QT-1000000000", "QT-01\n")),
        ("NC-{year}-{number:3}", ("NC-2026-001", "NC-1999-1234"), ("NC-26-001", "NC-2026-01", "NC-2026-", "NC-20266-001")),
        ("BM-{parent}.{number:2}", ("BM-07.01", "BM-07.1.01"), ("BM-.01", "BM-07", "BM-07.1")),
        ("{unit}-{number}", ("mot-cua-1", "a-7"), ("-1", "mot-cua-", "mot--cua-1")),
        ("CSCL", ("CSCL",), ("CSCL1", "cscl", "")),
        ("a.b-{number}", ("a.b-1",), ("axb-1",)),
    ],
)
def test_matching(template: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert [text for text in good if not pattern(template).matches(text)] == []
    assert [text for text in bad if pattern(template).matches(text)] == []


def test_filling() -> None:
    assert pattern("QT-{number:2}").fill(7, 2026) == "QT-07"
    assert pattern("NC-{year}-{number:3}").fill(14, 2026) == "NC-2026-014"
    assert pattern("BM-{parent}.{number:2}").fill(1, 2026, parent="QT-07") == "BM-07.01"
    assert pattern("BM-{parent}.{number:2}").fill(1, 2026, parent="CSCL") == "BM-CSCL.01"
    assert pattern("{unit}-{number}").fill(3, 2026, unit="mot-cua") == "mot-cua-3"
    assert pattern("{unit}-{number}").fill(3, 2026) == "-3"
    assert pattern("CSCL").fill(1, 2026) == "CSCL"


@pytest.mark.parametrize(
    ("template", "used", "expected"),
    [
        ("QT-{number:2}", (), "QT-01"),
        ("QT-{number:2}", ("QT-01", "QT-07", "QT-02"), "QT-08"),
        ("QT-{number:2}", ("QT-99",), "QT-100"),
        ("QT-{number:2}", ("QT-100", "QT-99"), "QT-101"),
        ("QT-{number:2}", ("QT-5", "QT-٠٧", "XQT-09", "QT-09x"), "QT-01"),
        ("QT-{number:2}", ("qt-05", "Qt-03"), "QT-06"),
        ("NC-{year}-{number:3}", ("NC-2025-044", "NC-2026-002"), "NC-2026-003"),
        ("BM-{parent}.{number:2}", ("BM-07.01", "BM-08.05"), "BM-07.02"),
        ("{unit}-{number}", ("ho-tich-9", "mot-cua-1"), "mot-cua-2"),
        ("CSCL", ("CSCL",), "CSCL"),
    ],
)
def test_next(template: str, used: tuple[str, ...], expected: str) -> None:
    assert pattern(template).next(used, 2026, parent="QT-07", unit="mot-cua") == expected


LITERAL = st.text(st.sampled_from("ABCxyz0123.-_"), max_size=5)
TEMPLATES = st.tuples(LITERAL, st.permutations(["{number:2}", "{year}", "{unit}", "{parent}"]), st.integers(0, 4), LITERAL).map(
    lambda p: p[0] + "-".join(p[1][: p[2]]) + p[3]
)


@settings(max_examples=300)
@given(TEMPLATES, st.integers(0, 99_999), st.integers(1000, 9999), st.sampled_from(["a", "mot-cua", "x.y"]), st.sampled_from(["QT-07", "CSCL", "BM-07.01"]))
def test_what_is_filled_matches(template: str, number: int, year: int, unit: str, parent: str) -> None:
    found = IdPattern.parse(template)
    assume(found is not None)
    assert found is not None
    text = found.fill(number, year, parent, unit)
    assert found.matches(text) == is_id(text)


@settings(max_examples=200)
@given(st.sampled_from(["QT-{number:2}", "NC-{year}-{number:3}", "BM-{parent}.{number}", "{number}"]), st.lists(st.integers(0, 2000), max_size=8))
def test_next_is_above_all_that_are_used(template: str, numbers: list[int]) -> None:
    found = pattern(template)
    used = [found.fill(number, 2026, "QT-07") for number in numbers]
    assert found.next(used, 2026, "QT-07") == found.fill(max(numbers, default=0) + 1, 2026, "QT-07")
    assert found.next(used, 2026, "QT-07") not in used
