"""Public holidays that are kept are those of the library, and nothing else is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qmsctl.core.office.office_hours import PublicHolidays
from qmsctl.store.cache.holidays import kept_holidays
from qmsctl.store.cache.note import note, noted
from qmsctl.store.public_holidays import public_holidays


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def ask(asked: list[str]) -> Callable[[str, int], PublicHolidays]:
    def answer(country: str, year: int) -> PublicHolidays:
        asked.append(f"{country} {year}")
        return public_holidays(country, year)

    return answer


def test_the_library_is_asked_once(tmp_path: Path, ask: Callable[[str, int], PublicHolidays], asked: list[str]) -> None:
    for _time in range(2):
        for country, year in (("VN", 2026), ("VN", 2025), ("DE-BY", 2026)):
            assert kept_holidays(tmp_path, country, year, ask) == public_holidays(country, year)
    assert asked == ["VN 2026", "VN 2025", "DE-BY 2026"]
    assert [each.name for each in tmp_path.iterdir()] == ["holidays.json"]


@pytest.mark.parametrize("text", ["", "{}", "[]", "[[], {}]", "[1, 2]", '[["x", 1, 2, 3], {"VN 2026": [[], []]}]', '{"VN 2026": [[], []]}', "\0"])
def test_what_is_damaged_or_of_another_library_is_nothing(text: str, tmp_path: Path, ask: Callable[[str, int], PublicHolidays], asked: list[str]) -> None:
    (tmp_path / "holidays.json").write_text(text, encoding="utf-8")
    assert kept_holidays(tmp_path, "VN", 2026, ask) == public_holidays("VN", 2026)
    assert asked == ["VN 2026"]


@pytest.mark.parametrize("days", ['[["2026-13-01"], []]', "[[1], []]", "[[]]", "7"])
def test_days_that_are_none_are_asked_again(days: str, tmp_path: Path, ask: Callable[[str, int], PublicHolidays], asked: list[str]) -> None:
    kept_holidays(tmp_path, "VN", 2026, ask)
    file = tmp_path / "holidays.json"
    note(file, [noted(file)[0], {"VN 2026": json.loads(days)}])
    assert kept_holidays(tmp_path, "VN", 2026, ask) == public_holidays("VN", 2026)
    assert len(asked) == 2


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_is_not_read(tmp_path: Path, ask: Callable[[str, int], PublicHolidays], asked: list[str]) -> None:
    kept_holidays(tmp_path, "VN", 2026, ask)
    (tmp_path / "holidays.json").rename(tmp_path / "elsewhere")
    (tmp_path / "holidays.json").symlink_to("elsewhere")
    kept_holidays(tmp_path, "VN", 2026, ask)
    assert len(asked) == 2


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path, ask: Callable[[str, int], PublicHolidays], asked: list[str]) -> None:
    for _time in range(2):
        kept_holidays(tmp_path / "none", "VN", 2026, ask)
    assert len(asked) == 2
