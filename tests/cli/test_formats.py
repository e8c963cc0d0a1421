"""Every format there is has its line in the manual, in both languages; a new format of ``check`` is one more module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import combining, east_asian_width

import pytest

from qmsctl.cli import formats
from qmsctl.cli.formats.check_formats import check_formats
from qmsctl.cli.formats.table import NARROW
from tests.commands import commands, help_page
from tests.desk import Desk

DOCS = Path(__file__).parents[2] / "docs"
CHECK = ("check",)


def of_help(words: tuple[str, ...]) -> set[str]:
    """The formats that the help of a command names."""
    found = re.search(r"^  --format (\S+)", help_page(words), re.MULTILINE)
    return set(found[1].removesuffix("[=FILE]").split("|")) if found else set()


def rows(page: str, heading: str) -> list[list[set[str]]]:
    """The names in backticks in each cell of the table under the n-th heading with ``heading``."""
    text = next(part for part in (DOCS / page).read_text("utf-8").split("\n## ") if re.match(heading, part))
    return [[set(re.findall(r"`([^`]+)`", cell)) for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| `")]


PAGES = [("forge.md", "Formats of `check`", "Formats of the other"), ("vi/forge.md", "Các định dạng của `check`", "Định dạng của các lệnh khác")]


@pytest.mark.parametrize(("page", "heading"), [(page, first) for page, first, _other in PAGES])
def test_every_format_of_check_has_its_line(page: str, heading: str) -> None:
    assert {name for cells in rows(page, heading) for name in cells[0] if name != "--format"} == set(check_formats()) == of_help(CHECK)


@pytest.mark.parametrize(("page", "heading"), [(page, other) for page, _first, other in PAGES])
def test_every_format_of_every_other_command_has_its_line(page: str, heading: str) -> None:
    known = {words: of_help(words) for words in commands() if words != CHECK}
    told = {tuple(command.split()): cells[1] for cells in rows(page, heading) for command in cells[0] if command != "--format"}
    assert told == {words: found for words, found in known.items() if found}


@pytest.fixture
def new_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A format that is one more module and nothing else."""
    (tmp_path / "check_count.py").write_text('''"""How many there are."""


def check_count(session, result, located):
    """The number of errors and warnings."""
    return f"{result.errors} {result.warnings}"
''')
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    check_formats.cache_clear()
    yield "count"
    monkeypatch.undo()
    check_formats.cache_clear()


def test_a_new_format_is_a_module(new_format: str, office: Desk) -> None:
    assert re.fullmatch(r"\d+ \d+\n", office.run("check", "--format", new_format).out)
    assert new_format in office.refused("check", "--format", "nope", code=2).err


def test_letters_that_are_not_looked_at_one_by_one_take_a_column_each() -> None:
    quick = [chr(number) for number in range(0x10000) if NARROW.fullmatch(chr(number))]
    assert "ế" in quick
    assert not [each for each in quick if combining(each) or east_asian_width(each) in "WF"]
