"""Links among words that change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.comparison.shown_words import as_shown
from qmsctl.core.comparison.word_changes import DELETED, INSERTED, SAME, word_changes


def shown(old: str, new: str) -> str:
    marks = {SAME: "{}", DELETED: "-{}-", INSERTED: "+{}+"}
    return "".join(marks[each.kind].format(each.text) for each in as_shown(word_changes(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("see [Records](QT-02.md)", "see [Records](QT-02.md) too", "see Records+ too+"),
        ("see [Records](QT-02.md)", "see [Old records](QT-02.md)", "see -Records-+Old records+"),
        ("a", "a\n- [New](../x/QT-9.md)", "a+\n- New+"),
        ("[A](a.md)", "[A](b.md)", "[A](-a-+b+.md)"),
        ("![plan](p.png) x", "![plan](p.png) y", "![plan](p.png) -x-+y+"),
        ("[one\ntwo](a.md) x", "[one\ntwo](a.md) y", "[one\ntwo](a.md) -x-+y+"),
        ("[not a link] x", "[not a link] y", "[not a link] -x-+y+"),
        (r"\[no\](a) x", r"\[no\](a) y", r"\[no\](a) -x-+y+"),
        ("x", "y](a.md)", "-x-+y](a.md)+"),
    ],
)
def test_a_link_reads_as_its_label(old: str, new: str, seen: str) -> None:
    assert shown(old, new) == seen


@given(st.text("ab[](!) \n\\.", max_size=30), st.text("ab[](!) \n\\.", max_size=30))
def test_only_marks_of_links_go(old: str, new: str) -> None:
    words = word_changes(old, new)
    before, after = ("".join(each.text for each in found) for found in (words, as_shown(words)))
    letters = iter(before)
    assert all(letter in letters for letter in after), "what is left stands in its old order"
    assert before.count("\n") == after.count("\n")
