"""What says something, and what only fills a field."""

from __future__ import annotations

import pytest

from qmsctl.core.text.words import holds_words, is_left_open

SAYS = ["x", "Đã sửa", "12", "%", "– 3", "✓", "°C", "5 %", "№ 4", "一", "N/A", "(a)", "☐ a", "…và hai hồ sơ"]
MARKS = ["", " ", ".", "-", "…", "...", "‥", "⋯", "．．．", "。", "。。。", "＊", "−", "–", "_", "☐", "□ □", "\u00a0", "* * *", "(…)", "„…“", "‹ ›", "′", "\u0301"]
OPEN = ["…", "...", "..", ". . .", "‥", "⋯", "．．．", "。。。", "[…]", "“...”", "( … )", "……"]
NOT_OPEN = [".", "-", "", "(…) 3", "x", "a…", "–"]


@pytest.mark.parametrize("text", SAYS)
def test_it_says_something(text: str) -> None:
    assert holds_words(text)


@pytest.mark.parametrize("text", MARKS)
def test_it_is_made_of_marks(text: str) -> None:
    assert not holds_words(text)


@pytest.mark.parametrize("text", OPEN)
def test_it_was_left_open(text: str) -> None:
    assert is_left_open(text)
    assert not holds_words(text)


@pytest.mark.parametrize("text", NOT_OPEN)
def test_it_was_not_left_open(text: str) -> None:
    assert not is_left_open(text)
