"""Words that stay, go and come: both texts can always be had back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.comparison.word_changes import DELETED, INSERTED, SAME, after, before, word_changes

TEXT = st.text(st.sampled_from("ab é.,\n-|[]{}+\u202e"), max_size=60)


def marked(old: str, new: str) -> str:
    marks = {SAME: "{}", DELETED: "[-{}-]", INSERTED: "{{+{}+}}"}
    return "".join(marks[each.kind].format(each.text) for each in word_changes(old, new))


@given(TEXT, TEXT)
def test_both_sides_can_be_had_back(old: str, new: str) -> None:
    for effort in (10**9, 2):
        found = word_changes(old, new, effort)
        assert (before(found), after(found)) == (old, new)
        assert all(each.text for each in found)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_letters_at_all(old: str, new: str) -> None:
    found = word_changes(old, new)
    assert (before(found), after(found)) == (old, new)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("trả trong 4 giờ", "trả trong 2 giờ", "trả trong [-4-]{+2+} giờ"),
        ("Ký, trả", "Ký và trả", "Ký[-,-]{+ và+} trả"),
        ("a b c d", "x y z d", "[-a b c-]{+x y z+} d"),
        ("", "mới", "{+mới+}"),
        ("cũ", "", "[-cũ-]"),
        ("như cũ", "như cũ", "như cũ"),
        ("- BM-01 một\n- BM-03 ba\n", "- BM-01 một\n- BM-02 hai\n- BM-03 ba\n", "- BM-01 một\n{+- BM-02 hai\n+}- BM-03 ba\n"),
        ("- BM-01 một\n- BM-02 hai\n- BM-03 ba\n", "- BM-01 một\n- BM-03 ba\n", "- BM-01 một\n[-- BM-02 hai\n-]- BM-03 ba\n"),
        ("thẩm tra", "thâ\u0309m tra", "[-thẩm-]{+thâ\u0309m+} tra"),
    ],
)
def test_what_a_reader_sees(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_a_long_text_is_whole_before_and_after() -> None:
    old = "một hai ba bốn năm " * 5_000
    new = old.replace("ba", "bảy").replace("năm", "hai", 1000) + "hết"
    found = word_changes(old, new)
    assert (before(found), after(found)) == (old, new)
