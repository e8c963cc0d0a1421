"""Measuring periods as readers write them."""

from __future__ import annotations

import pytest

from qmsctl.core.office.period_words import period_words
from qmsctl.message import show
from qmsctl.store.shipped.catalogue import translator


@pytest.mark.parametrize(("text", "en", "vi"), [
    ("2026", "2026", "2026"),
    ("2026-H1", "first half of 2026", "6 tháng đầu 2026"),
    ("2026-H2", "second half of 2026", "6 tháng cuối 2026"),
    ("2026-Q3", "quarter 3 of 2026", "quý 3/2026"),
    ("2026-12", "2026-12", "12/2026"),
    ("2026-W04", "week 4 of 2026", "tuần 4/2026"),
    ("2026-W40", "week 40 of 2026", "tuần 40/2026"),
    ("2026-10-31", "2026-10-31", "31/10/2026"),
    ("2026-13", "2026-13", "2026-13"),
    ("hằng năm", "hằng năm", "hằng năm"),
    ("", "", ""),
])
def test_a_period_in_words(text: str, en: str, vi: str) -> None:
    assert show(period_words(text), lang="en") == en
    assert show(period_words(text), translator("vi"), "vi") == vi
