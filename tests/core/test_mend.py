"""Mends as values: in words, quoted for a shell, their holes named, their ways one by one."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmsctl.core.text.nodes import plain
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.mend import (
    HOLE,
    Addition,
    Assignment,
    Command,
    Hole,
    Mend,
    Row,
    Span,
    advice,
    command,
    correction,
    git,
    holes_of,
    take_back,
)
from qmsctl.mend_words import command_words, quoted, shell_word
from qmsctl.message import _

REVISE = command("revise", "QT-07", change=HOLE)
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=20)
VALUE = TEXT.filter(lambda text: "…" not in text)


def test_in_words() -> None:
    row = Row((("date", "2026-01-05"), ("by", HOLE), ("days", Hole(many=True)), ("why", "a: b, it's")))
    assert str(REVISE.then(advice(_("correct {path}", path="a.md")))) == 'qmsctl revise QT-07 --change "…", then correct a.md'
    assert str(REVISE.then(command("submit", "QT-07"))) == 'qmsctl revise QT-07 --change "…", then: qmsctl submit QT-07'
    assert str(command("set", "A", sets=[Assignment("b", row, more=True)])) == "qmsctl set A \"b+={date: 2026-01-05, by: …, days: […], why: 'a: b, it''s'}\""
    assert str(command("new", "action", title=HOLE, sets=[Assignment("kind", "corrective")])) == 'qmsctl new action --title "…" --set kind=corrective'
    assert str(command("sign", "A", sign=True, key=None)) == "qmsctl sign A --sign"
    assert str(git("rm", "a b.md")) == 'git rm "a b.md"'
    assert str(take_back("a.md", copy="signoffs/a.md")) == "put back the text of signoffs/a.md with cp signoffs/a.md a.md"
    assert str(take_back("a.md", since="abc")) == "put back its text with git checkout abc -- a.md"
    assert str(take_back("a.md")) == "put back its text with git checkout -- a.md"
    assert str(correction("a.md", Span(3, 1, 3, 5), "titel", "title")) == "write “title” in place of “titel” in a.md, line 3"
    assert str(Mend((Addition((Assignment("title", HOLE), Assignment("due", HOLE))),))) == 'add --title "…" --set due="…" to the command'


def test_what_for_by_whom_and_the_other_way() -> None:
    see = command("show", "A").in_order_to(_("to see who signed"))
    assert str(see) == "to see who signed: qmsctl show A"
    assert str(REVISE.or_else(see)) == 'qmsctl revise QT-07 --change "…"; or: to see who signed: qmsctl show A'
    assert str(command("approve", "A").done_by([("binh", "Bình"), ("hung", "Hùng")])) == "by Bình, Hùng: qmsctl approve A"
    assert [str(way) for way in REVISE.or_else(see).or_else(git("rm", "a")).ways] == [str(REVISE), str(see), "git rm a"]
    assert REVISE.or_else(None) == REVISE


def test_holes_are_called_after_their_places() -> None:
    row = Row((("by", HOLE), ("day", "2026-01-05")))
    whole = Command("new", (Hole("type"),), (Assignment("owner", HOLE), Assignment("rows", row, more=True)), (("title", HOLE), ("dry-run", None)))
    assert list(holes_of(whole)) == ["type", "owner", "rows.by", "title"]
    assert REVISE.holes == ("change",)
    assert command("submit", "A").holes == take_back("a").holes == advice(_("think")).holes == ()


@given(st.lists(VALUE, max_size=3), st.dictionaries(st.from_regex("[a-z_]+", fullmatch=True), VALUE, max_size=3), VALUE)
def test_a_shell_reads_what_was_meant(operands: list[str], fields: dict[str, str], text: str) -> None:
    fields.pop("title", None)
    step = Command("advance", tuple(operands), tuple(Assignment(name, value) for name, value in fields.items()), (("comment", text),))
    given = ["--comment", text, *(word for name, value in fields.items() for word in ("--set", f"{name}={value}"))]
    last = any(each.startswith("-") for each in operands)
    expected = ["advance", *given, "--", *operands] if last else ["advance", *operands, *given]
    assert shlex.split(" ".join(command_words(step))) == expected


TYPED = st.text(st.sampled_from("ab đÍ1…,:=+-/'\"?$`!\\#@%&*~<>|;()[]{}\n\t\r\x1b\x85\u2028\u200b"), max_size=8)
BASH = shutil.which("bash")


@pytest.mark.process
@pytest.mark.skipif(BASH is None, reason="there is no bash")
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TYPED, min_size=20, max_size=60))
def test_whatever_was_typed_comes_whole_through_a_terminal_and_a_shell(texts: list[str]) -> None:
    printed = [word for text in texts for word in (shell_word(text), quoted(Assignment("a", text)), quoted(Assignment("b", text, more=True)))]
    meant = [word for text in texts for word in (text, f"a={text}", f"b+={text}")]
    assert not [word for word in printed if len(word.splitlines()) > 1 or not word.isprintable()]
    said = subprocess.run([str(BASH), "-c", f"printf '%s\\0' {' '.join(printed)}"], capture_output=True, check=True).stdout
    assert said.decode().split("\0")[:-1] == meant


@given(st.dictionaries(st.from_regex("[a-z]+", fullmatch=True), TYPED.filter(lambda text: not text.startswith("[")), min_size=1, max_size=4))
def test_a_row_is_read_as_it_was_meant(cells: dict[str, str]) -> None:
    hidden = any(not each.replace("\n", "").replace("\t", "").isprintable() for each in cells.values())
    if not hidden:
        row = read_yaml(_row_text(Row(tuple(cells.items()))))
        assert row is not None
        assert plain(row) == cells


def _row_text(row: Row) -> str:
    """The row as the program gets it from a shell that undid all quoting of its own."""
    (word,) = shlex.split(quoted(Assignment("rows", row, more=True)))
    return word.removeprefix("rows+=")


def test_an_operand_that_looks_like_an_option_is_none() -> None:
    assert str(command("nc log", "-5 °C", severity="minor")) == 'qmsctl nc log --severity minor -- "-5 °C"'
    assert str(command("attach", "A", "-x.pdf")) == "qmsctl attach -- A -x.pdf"
