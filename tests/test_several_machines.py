"""The guide to working on several machines: every command in its pictures is run, and every answer compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import git
from tests.guide import Machine, agrees, is_refused, pages, same_words, typed

pytestmark = pytest.mark.process

PAGES = pages("several-machines")


@pytest.mark.parametrize("lang", PAGES)
def test_the_pictures_are_true(home: Path, tmp_path: Path, lang: str) -> None:
    server = tmp_path / "server.git"
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", str(server))
    machines = {name: Machine(tmp_path / name, server, lang) for name in ("minh", "lan")}
    for name, line, shown in typed(PAGES[lang]):
        said = machines[name].types(line, refused=is_refused(shown))
        assert agrees(shown, said), f"{name}$ {line}\n{said}\nis not\n{shown}"
    for machine in machines.values():
        assert git(machine.here, "status", "--porcelain") == ""


def test_both_languages_type_the_same() -> None:
    assert len(same_words(PAGES)) > 30


def test_what_is_left_out_has_to_be_shown_so() -> None:
    assert agrees("a\n…\nb\n", "a\nx\ny\nb\n")
    assert agrees("a\n…\n", "a\n")
    assert not agrees("a\nb\n", "a\nx\nb\n")
    assert not agrees("a\n", "a\nb\n")
