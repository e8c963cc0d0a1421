"""A command that lacks a field asks for it at a terminal, and nowhere else."""

from __future__ import annotations

import pytest

from tests.cli.test_questions import CTRL_C, asked
from tests.desk import Desk, process

FORM = ("new", "form", "--title", "Phiếu tiếp nhận")


@pytest.mark.parametrize(("lang", "words"), [
    ("en", ["What is missing is asked for now.", "(parent):"]),
    ("vi", ["Bây giờ xin hỏi những gì còn thiếu.", "(parent):"]),
])
def test_a_missing_field_is_asked_for(office: Desk, lang: str, words: list[str]) -> None:
    office.lang = lang
    code, seen = asked(office, FORM, ["", "QT-99", "QT-01"])
    assert code == 0, seen
    for each in words:
        assert each in seen
    assert "parent: QT-01" in office.read(office.path_of("BM-01.01"))


def test_a_step_asks_for_what_it_needs(office: Desk) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor", "--description", "x", "--evidence", "y")
    office.sit("lan")
    code, seen = asked(office, ["advance", "NC-2026-001", "confirmed"], ["QT-01, 8.2.3"])
    assert code == 0, seen
    assert "requirement: [QT-01, 8.2.3]" in office.read(office.path_of("NC-2026-001"))


def test_leaving_leaves_nothing(office: Desk) -> None:
    tree = office.tree()
    assert asked(office, FORM, [CTRL_C])[0] == 130
    assert office.tree() == tree


def test_what_cannot_be_answered_is_refused_as_ever(office: Desk) -> None:
    code, seen = asked(office, ["review", "QT-99"], [])
    assert code == 3
    assert "> " not in seen


def test_a_pipe_is_asked_nothing(office: Desk) -> None:
    done = process("-C", office.root, "--today", office.today, *FORM)
    assert done.returncode == 3
    assert b"> " not in done.stdout + done.stderr
