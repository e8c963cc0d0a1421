"""Figures as readers of a language write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qmsctl.core.review.figures import Share
from qmsctl.core.text.quantity import percent, quantity, rounded
from qmsctl.message import Message, Worded, show
from qmsctl.reports.parts.case_words import hours, share
from qmsctl.reports.parts.working_time import working_time


@pytest.mark.parametrize(
    ("value", "en", "vi"),
    [
        (Decimal("97.5"), "97.5", "97,5"),
        (Decimal("-0.25"), "-0.25", "-0,25"),
        (Decimal("1E+2"), "100", "100"),
        (Decimal(95), "95", "95"),
        ("97.5", "97.5", "97.5"),
        ((Decimal("1.5"), Decimal(2)), "1.5, 2", "1,5, 2"),
        (Message("{value} of {whole}", {"value": Decimal("0.5"), "whole": "QT-07.2"}), "0.5 of QT-07.2", "0,5 of QT-07.2"),
        (Share(39, 40), "97.5 %", "97,5 %"),
        (Share(40, 40), "100.0 %", "100,0 %"),
        (Share(2999, 3000), "99.9 %", "99,9 %"),
        (Share(1, 3000), "0.1 %", "0,1 %"),
        (Share(0, 3000), "0.0 %", "0,0 %"),
        (Share(0, 0), "–", "–"),
        (share(0.9999), "99.9 %", "99,9 %"),
        (share(1.0), "100 %", "100 %"),
        (percent(Decimal("62.5")), "62.5 %", "62,5 %"),
        (hours(5400), "1.5 h", "1,5 h"),
        (working_time(Decimal("8.5")), "1 working day 0.5 hours", "1 working day 0,5 hours"),
        (quantity(Decimal("97.5"), "%"), "97.5 %", "97,5 %"),
        (quantity(Decimal(3), ""), "3", "3"),
    ],
)
def test_a_decimal_has_a_comma_in_vietnamese(value: object, en: str, vi: str) -> None:
    assert show(value) == en
    assert show(value, lang="vi") == vi
    if isinstance(value, Worded):
        assert str(value) == en


def test_a_half_is_rounded_up_as_in_a_spreadsheet() -> None:
    assert [str(rounded(Decimal(text), 1)) for text in ("6.25", "0.45", "-0.45", "0.44")] == ["6.3", "0.5", "-0.5", "0.4"]
