"""The word that may be meant: the same for few words as for many, looked for where somebody reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.text.suggest import closest, did_you_mean
from qmsctl.message import _

FEW = ("director", "deputy-director", "unit-head", "clerk", "qmr")
MANY = (*FEW, *(f"{letter}{number:04}" for letter in "bcdkmtux" for number in range(900)))

_SLIPS = st.tuples(st.sampled_from(["drop", "double", "swap"]), st.integers(1, 6))


def slipped(word: str, how: str, place: int) -> str:
    place = min(place, len(word) - 2)
    before, here, after = word[:place], word[place], word[place + 1 :]
    return {"drop": before + after, "double": before + here + here + after, "swap": before + after[0] + here + after[1:]}[how]


@given(st.sampled_from(["director", "deputy-director", "unit-head"]), _SLIPS)
def test_a_slip_is_understood_among_few_and_among_thousands(word: str, slip: tuple[str, int]) -> None:
    assert closest(slipped(word, *slip), FEW) == closest(slipped(word, *slip), MANY) == word


@pytest.mark.parametrize("known", [FEW, MANY])
@pytest.mark.parametrize("word", ["", "z", "zzzz-zzzz", "d" * 41, "directo" * 6])
def test_where_nothing_is_like_it_nothing_is_meant(word: str, known: tuple[str, ...]) -> None:
    assert closest(word, known) is None


def test_where_nothing_is_meant_some_of_what_is_known_is_named() -> None:
    assert str(did_you_mean("zzzz", FEW)) == "known are: clerk, deputy-director, director, qmr, unit-head"
    assert str(did_you_mean("zzzz", MANY)).endswith("b0039, …")
    assert str(did_you_mean("Clerc", FEW)) == "did you mean “clerk”?"


def test_it_stands_in_a_message_in_the_language_of_the_reader() -> None:
    words = {"did you mean “{word}”?": "có phải là “{word}”?"}
    message = _("unknown; {hint}", hint=did_you_mean("clerc", FEW))
    assert message.render(lambda text: words.get(text, text), "vi") == "unknown; có phải là “clerk”?"
