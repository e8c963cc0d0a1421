"""Review first, then approval, where the matrix asks for it; and who is named of those who may still sign."""

from __future__ import annotations

import pytest

from tests.desk import Desk

OLD = "{from: 2025-01-01, type: procedure, review: [qmr], approve"
FIRST = "{from: 2025-01-01, type: procedure, review: [qmr], order: review-first, approve"


def ordered(desk: Desk, order: str = "review-first", *, strict: bool = True) -> Desk:
    """The office with an order in its matrix; of the second format if ``strict``."""
    desk.edit("qms.yaml", OLD, FIRST.replace("review-first", order))
    if strict:
        desk.edit("qms.yaml", "commit: manual\n", "commit: manual\nformat: 2\nstricter_from: 2025-01-01\n")
    desk.commit("order")
    desk.run("submit", "QT-01", by="minh")
    return desk


@pytest.mark.parametrize(("lang", "says", "hint"), [
    ("en", "Trần Thị Bình approved QT-01, revision 1, before it was reviewed", "qmsctl review QT-01"),
    ("vi", "Trần Thị Bình phê duyệt QT-01, lần ban hành 1, trước khi xem xét", "qmsctl review QT-01"),
])
def test_approval_before_review_is_refused(desk: Desk, lang: str, says: str, hint: str) -> None:
    ordered(desk)
    desk.lang = lang
    said = desk.refused("approve", "QT-01", by="binh")
    assert says in said.err
    assert hint in said.err
    assert "--again" not in said.err, "nothing was signed yet"
    desk.run("review", "QT-01", by="lan")
    desk.run("approve", "QT-01", by="binh")
    assert desk.row("QT-01", day="2026-01-20")["status"] == "effective"


@pytest.mark.parametrize("order", ["any", "review-first"])
def test_in_any_order_or_by_the_first_format_it_is_only_said(desk: Desk, order: str) -> None:
    ordered(desk, order, strict=order == "any")
    said = desk.run("approve", "QT-01", by="binh")
    assert "QT-01 is approved before it is reviewed" in said.err
    desk.run("review", "QT-01", by="lan")
    assert desk.row("QT-01", day="2026-01-20")["status"] == "effective"


def test_nothing_is_said_where_nobody_is_asked_for_order(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.lang = "vi"
    assert "QT-01 được phê duyệt trước khi xem xét" in desk.run("approve", "QT-01", by="binh").err
    assert "trước khi xem xét" not in desk.run("review", "QT-01", by="lan").err


def test_an_early_approval_counts_for_nothing_and_is_given_again(desk: Desk) -> None:
    ordered(desk, strict=False)
    desk.run("approve", "QT-01", by="binh")
    desk.edit("qms.yaml", "commit: manual\n", "commit: manual\nformat: 2\nstricter_from: 2025-01-01\n")
    assert "approved-before-review" in desk.errors()
    desk.run("review", "QT-01", by="lan")
    assert desk.row("QT-01", day="2026-01-20")["status"] == "in-review"
    desk.run("approve", "QT-01", "--again", by="binh")
    assert desk.row("QT-01", day="2026-01-20")["status"] == "effective"
    assert "approved-before-review" not in desk.errors()


def test_an_order_that_is_none_is_an_error(desk: Desk) -> None:
    desk.edit("qms.yaml", OLD, FIRST.replace("review-first", "first"))
    said = desk.run("check", code=1)
    assert "review-first" in said.out
    assert "“first”" in said.out


def test_the_order_of_days_gone_by_is_not_taken_out(desk: Desk) -> None:
    desk.edit("qms.yaml", OLD, FIRST)
    desk.edit("qms.yaml", "commit: manual\n", "commit: manual\nformat: 2\nstricter_from: 2025-01-01\n")
    base = desk.commit("order")
    desk.edit("qms.yaml", FIRST, OLD)
    desk.commit("no order")
    assert "approval-loosened" in desk.run("check", "--base", base, code=1).out


def test_an_author_is_not_named_among_those_who_may_still_approve(desk: Desk) -> None:
    assert "approval by Chủ tịch or Phó Chủ tịch (Lê Quốc Hùng)" in desk.run("submit", "QT-01", by="binh").err
    assert "approval by Chủ tịch or Phó Chủ tịch (Lê Quốc Hùng)\n" in desk.run("show", "QT-01").out
    desk.run("review", "QT-01", by="lan")
    assert "Trần Thị Bình" not in desk.run("check", code=None, day="2026-02-01").out


def test_whoever_signed_is_not_named_again(desk: Desk) -> None:
    desk.edit("qms.yaml", "approve: [[director, deputy-director]]", "approve: [[director, deputy-director], [director, deputy-director]]")
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    assert "(Lê Quốc Hùng)" in desk.run("approve", "QT-01", by="binh").err
