"""Paths in hints are one word of a shell, whatever somebody called a file."""

from __future__ import annotations

import shlex

import pytest

from qmsctl.core.text.shell_word import shell_word
from tests.desk import Desk


@pytest.mark.parametrize("path", ["documents/QT-07.md", "documents/Hộ tịch/QT-07.md", "documents/x; touch $(id)", "it's.md", "`id`.md"])
def test_a_path_stays_one_word(path: str) -> None:
    assert shlex.split(shell_word(path)) == [path]


def test_an_ordinary_path_is_left_as_it_is() -> None:
    assert shell_word("documents/procedures/QT-07.md") == "documents/procedures/QT-07.md"


def test_what_a_hint_tells_people_to_type_runs_nothing(desk: Desk) -> None:
    name = "documents/x; touch $(id)"
    (desk.root / name).symlink_to("/nowhere")
    (found,) = [each for each in desk.diagnostics() if each["rule"] == "special-file"]
    assert found["hint"].startswith(f"git rm '{name}'")
