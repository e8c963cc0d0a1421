"""The guide to working on several machines: every command in its pictures is run, and every answer compared."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.desk import git, own_home, qmsctl

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "docs/several-machines.md", "vi": ROOT / "docs/vi/several-machines.md"}
ADDRESS = "https://qms.tan-an.example/tan-an.git"
ELSE = "…"
_PICTURE = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^(minh|lan)\$ (.*)\n((?:(?!(?:minh|lan)\$ ).*\n)*)", re.MULTILINE)
_STOPS = ["merge", "origin/main"]
"""What git ends with a status other than 0, for the two versions do not go together."""
_REFUSED = ("error:", "lỗi:")


class Machine:
    """Somebody's own home, and where they stand in it."""

    def __init__(self, home: Path, server: Path, lang: str) -> None:
        home.mkdir()
        self.home, self.here, self.lang = home, home, lang
        (home / ".gitconfig").write_text(f'[url "file://{server}"]\n\tinsteadOf = {ADDRESS}\n', encoding="utf-8")

    def types(self, line: str, *, refused: bool) -> str:
        """What is answered."""
        words = shlex.split(line)
        with own_home(self.home), patch.dict(os.environ, {"XDG_CONFIG_HOME": str(self.home / "config")}):
            match words:
                case ["cd", folder]:
                    self.here = self.here / folder
                    return ""
                case ["echo", words_written, ">>", path]:
                    with (self.here / path).open("a", encoding="utf-8") as file:
                        file.write(f"{words_written}\n")
                    return ""
                case ["rm", path]:
                    (self.here / path).unlink()
                    return ""
                case ["git", *rest]:
                    git(self.here, *rest, code=1 if rest == _STOPS else 0)
                    return ""
                case ["qmsctl", *rest]:
                    said = qmsctl("-C", self.here, "--lang", self.lang, *rest)
                    assert (said.code != 0) == refused, f"{line}\n{said.out}{said.err}"
                    return said.out + said.err
        pytest.fail(f"no command of a machine: {line}")


def typed(page: Path) -> Iterator[tuple[str, str, str]]:
    """Whose machine, what is typed there, what is answered."""
    for picture in _PICTURE.findall(page.read_text(encoding="utf-8")):
        yield from _TYPED.findall(picture)


def agrees(shown: str, said: str) -> bool:
    """True where ``said`` has all the lines shown, with others only where something is left out."""
    parts = [re.escape(part) for part in shown.split(f"{ELSE}\n")]
    return re.fullmatch("(?:.*\n)*?".join(parts), said) is not None


@pytest.mark.parametrize("lang", PAGES)
def test_the_pictures_are_true(home: Path, tmp_path: Path, lang: str) -> None:
    server = tmp_path / "server.git"
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", str(server))
    machines = {name: Machine(tmp_path / name, server, lang) for name in ("minh", "lan")}
    for name, line, shown in typed(PAGES[lang]):
        said = machines[name].types(line, refused=any(word in shown for word in _REFUSED))
        assert agrees(shown, said), f"{name}$ {line}\n{said}\nis not\n{shown}"
    for machine in machines.values():
        assert git(machine.here, "status", "--porcelain") == ""


def test_both_languages_type_the_same() -> None:
    english, vietnamese = ([(name, line) for name, line, _shown in typed(page)] for page in PAGES.values())
    words = [[re.sub(r'"[^"]*"', "", line) for _name, line in each] for each in (english, vietnamese)]
    assert words[0] == words[1]
    assert len(english) > 30


def test_what_is_left_out_has_to_be_shown_so() -> None:
    assert agrees("a\n…\nb\n", "a\nx\ny\nb\n")
    assert agrees("a\n…\n", "a\n")
    assert not agrees("a\nb\n", "a\nx\nb\n")
    assert not agrees("a\n", "a\nb\n")
