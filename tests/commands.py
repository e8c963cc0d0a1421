"""The commands there are, as their help pages name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.desk import qmsctl


def help_page(words: tuple[str, ...], lang: str = "en") -> str:
    """What ``--help`` of the command prints."""
    return qmsctl("--lang", lang, *words, "--help").out


def part_of(page: str, title: str) -> list[str]:
    """The lines under a heading of a help page, without their indentation."""
    return [line[2:] for line in page.partition(f"\n{title}:\n")[2].partition("\n\n")[0].splitlines()]


def commands(words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """A command and all below it, in the order of their help; ``()`` is the program itself."""
    yield words
    for name in (found[0] for line in part_of(help_page(words), "Commands") if (found := re.match(r"[\w-]+", line))):
        yield from commands((*words, name))
