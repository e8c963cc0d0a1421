"""Corrections: another word is put just where the old one stands, and never into what a sign-off binds."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.mends.respelling import respelt, rewritten
from qmsctl.mend import Correction, Mend
from tests.office import library_of, office

PATH = "documents/policy/CSCL.md"
FRONT = "---\nid: CSCL\ntype: policy\ntitle: A\nrevision: 1\nowner: lan\n---\n"


def corrected(text: str, mend: Mend) -> str:
    """The text with every step of the mend carried out."""
    lines = text.split("\n")
    for step in mend.steps:
        assert isinstance(step, Correction)
        assert step.span.line == step.span.end_line
        line = lines[step.span.line - 1]
        start, end = step.span.column - 1, step.span.end_column - 1
        assert line[start:end] == step.old
        lines[step.span.line - 1] = line[:start] + step.new + line[end:]
    return "\n".join(lines)


@given(st.lists(st.sampled_from(["rev", "revision", "rev-2", "x", "rev.", "“rev”"]), max_size=6))
def test_a_word_is_respelt_where_it_stands_once(words: list[str]) -> None:
    text = f"{FRONT}{' '.join(words)}\n"
    mend = respelt(library_of({PATH: text}), PATH, 8, "rev", "owner")
    once = sum(word in ("rev", "rev.", "“rev”") for word in words) == 1
    assert (mend is not None) is once
    if mend:
        expected = " ".join(word.replace("rev", "owner") if word in ("rev", "rev.", "“rev”") else word for word in words)
        assert corrected(text, mend) == f"{FRONT}{expected}\n"


@given(st.lists(st.sampled_from(["Cấp", "bản", "sao", "", " "]), max_size=8))
def test_lines_are_rewritten_whole(words: list[str]) -> None:
    body = "\n".join(words)
    text = FRONT + normalize("NFD", body)
    mend = rewritten(library_of({PATH: text}), PATH, None, lambda word: normalize("NFC", word))
    changed = sum(word in ("Cấp", "bản") for word in words)
    assert (mend is not None) is (0 < changed <= 3)
    if mend:
        assert corrected(text, mend) == FRONT + body


@pytest.mark.parametrize("path", [PATH, "signoffs/CSCL/1-{digest}/CSCL.md"])
def test_what_is_signed_is_not_respelt(path: str) -> None:
    library = office(
        f"```md {PATH}\n{FRONT}```\n```dossier CSCL\nauthor minh 2026-01-05T08:00:00+07:00\n"
        "approve binh director 2026-01-06T08:00:00+07:00\n```\n"
    )
    known = next(each for each in library.files if each.startswith(path.partition("{")[0]))
    assert respelt(library, known, 4, "A", "B") is None
