"""Procedures against their first revision, and what their fees say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qmsctl.core.model import Item
from qmsctl.core.procedures.fees import fee_of
from qmsctl.core.procedures.savings import FEE, HAND_OVERS, LIMIT, MEASURES, PAPERS, VISITS, WORK, compared
from tests.office import office
from tests.reports.process_office import HEAD, OLD, SIGNED

AGAIN = OLD.replace("time: 6h", "time: 2h").replace("visits: 2", "visits: 1").replace("8.000 đồng", "5.000 đ")


def text(*fees: str) -> Item:
    rows = "\n".join(f'- {{item: "{number}", fee: "{fee}"}}' for number, fee in enumerate(fees))
    library = office(f"```md documents/procedures/QT-07.md\n---\nid: QT-07\ntype: procedure\ntitle: Cấp\nrevision: 1\nowner: minh\n---\n~~~costs\n{rows}\n~~~\n```\n")
    return library.by_id["QT-07"]


@pytest.mark.parametrize(("fees", "amount", "unit"), [
    (("8.000 đồng/bản sao",), 8000, "đồng"), (("8,000 VND",), 8000, "đồng"), (("8000đ", "Không"), 8000, "đồng"), (("Không",), 0, ""), (("Miễn phí.",), 0, ""),
    (("10 USD", "12.50 usd"), Decimal("12.5"), "USD"), (("€ 5",), None, ""), (("5 €",), 5, "€"), (("2.000 đồng/trang, từ trang thứ ba 1.000 đồng/trang",), None, ""),
    (("8.000 đồng", "Như trên"), None, ""), (("8.000 đồng", "5 USD"), None, ""), (("Theo nghị quyết 15",), None, ""), (("8.000 đồng theo Thông tư 281",), None, ""),
    (("9" * 12 + " đồng",), Decimal("9" * 12), "đồng"), (("9" * 60 + " đồng",), None, ""),
])
def test_a_fee_is_an_amount_only_where_its_words_have_just_one(fees: tuple[str, ...], amount: Decimal | None, unit: str) -> None:
    found = fee_of(text(*fees))
    assert found
    assert (found.texts, found.amount, found.unit) == (fees, amount, unit)


def test_no_way_of_applying_has_no_fee() -> None:
    assert fee_of(text()) is None


def test_the_first_revision_stands_against_the_one_of_the_day() -> None:
    library = office(HEAD.format(1) + OLD + SIGNED.format(1) + HEAD.format(2) + AGAIN + SIGNED.format(3))
    [found] = compared(library, library.today)
    saved = {name: found.pairs[name].saved for name in MEASURES}
    assert (found.first, found.now, found.is_revised) == (1, 2, True)
    assert saved == {WORK: 4, LIMIT: 0, HAND_OVERS: 0, PAPERS: 0, VISITS: 1, FEE: 3000}
    [then] = compared(library, date(2026, 2, 1))
    assert (then.now, then.is_revised) == (1, False)
    assert {each.saved for each in then.pairs.values()} == {0}
    assert list(compared(library, date(2026, 1, 1))) == []


def test_a_sum_of_times_that_are_not_all_known_is_no_sum() -> None:
    library = office(HEAD.format(1) + OLD.replace("time: 6h, ", "") + SIGNED.format(1) + HEAD.format(2) + AGAIN + SIGNED.format(3))
    [found] = compared(library, library.today)
    assert (found.pairs[WORK].first, found.pairs[WORK].now, found.pairs[WORK].saved) == (None, Decimal(7), None)


def test_another_currency_is_not_compared() -> None:
    library = office(HEAD.format(1) + OLD + SIGNED.format(1) + HEAD.format(2) + AGAIN.replace("5.000 đ,", "5 USD,") + SIGNED.format(3))
    [found] = compared(library, library.today)
    assert (found.pairs[FEE].first, found.pairs[FEE].now, found.pairs[FEE].saved) == (Decimal(8000), Decimal(5), None)
