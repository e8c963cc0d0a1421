"""Pages of the guide that show what is typed and answered, and the machines on which it is."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.desk import git, own_home, qmsctl

ROOT = Path(__file__).parents[1]
ADDRESS = "https://qms.tan-an.example/tan-an.git"
REFUSED = ("error:", "lỗi:")
ELSE = "…"
_PICTURE = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^(minh|lan|binh|auditor)\$ (.*)\n((?:(?!(?:minh|lan|binh|auditor)\$ ).*\n)*)", re.MULTILINE)
_STOPS = ["merge", "origin/main"]
"""What git ends with a status other than 0, for the two versions do not go together."""


def pages(name: str) -> dict[str, Path]:
    """A page of the manual in each language."""
    return {"en": ROOT / f"docs/{name}.md", "vi": ROOT / f"docs/vi/{name}.md"}


class Machine:
    """Somebody's own home, and where they stand in it."""

    def __init__(self, home: Path, server: Path, lang: str, *options: str) -> None:
        home.mkdir()
        self.home, self.here, self.options = home, home, ("--lang", lang, *options)
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
                    with chdir(self.here):
                        said = qmsctl(*self.options, *rest)
                    assert (said.code != 0) == refused, f"{line}\n{said.out}{said.err}"
                    given = " ".join(self.options[2:])
                    return (said.out + said.err).replace(f"qmsctl {given} ", "qmsctl ") if given else said.out + said.err
        pytest.fail(f"no command of a machine: {line}")


def typed(page: Path) -> Iterator[tuple[str, str, str]]:
    """Whose machine, what is typed there, what is answered."""
    for picture in _PICTURE.findall(page.read_text(encoding="utf-8")):
        yield from _TYPED.findall(picture)


def agrees(shown: str, said: str) -> bool:
    """True where ``said`` has all the lines shown, with others only where something is left out."""
    parts = [re.escape(part) for part in shown.split(f"{ELSE}\n")]
    return re.fullmatch("(?:.*\n)*?".join(parts), said) is not None


def is_refused(shown: str) -> bool:
    """True where a page shows that a command says no."""
    return any(word in shown for word in REFUSED)


def same_words(shown: dict[str, Path]) -> list[str]:
    """What is typed on a page, one and the same in both languages but for texts of the office."""
    english, vietnamese = ([(name, re.sub(r'"[^"]*"', "", line)) for name, line, _shown in typed(page)] for page in shown.values())
    assert english == vietnamese
    return [line for _name, line in english]
