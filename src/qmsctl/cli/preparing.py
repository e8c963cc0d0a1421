"""Writes what :mod:`qmsctl.cli.prepared`, :mod:`qmsctl.store.shipped.yaml_files` and :mod:`qmsctl.store.pages.compiled_templates` read: ``python -m qmsctl.cli.preparing``."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from typer.core import TyperGroup

from qmsctl.cli import command_line
from qmsctl.cli.app import root_command
from qmsctl.cli.language import LANGUAGES
from qmsctl.cli.prepared import FOLDER, MARK, RULES, WIDTH
from qmsctl.cli.rules import listed
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Terminal
from qmsctl.store.pages import compiled_templates
from qmsctl.store.pages.report_page import html_environment
from qmsctl.store.shipped import yaml_files


def pages(language: str) -> Iterator[tuple[str, str]]:
    """Each command by the words that name it, with its help as wide as the terminal."""
    session = Session(Terminal(language=language))
    yield from _pages(root_command(session).make_context("qmsctl", [], obj=session, resilient_parsing=True))


def _pages(context: command_line.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path.partition(" ")[2], context.get_help()
    group = context.command
    if not isinstance(group, TyperGroup):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield from _pages(command.make_context(name, [], parent=context, resilient_parsing=True))


def write(folder: Path) -> None:
    """The pages in every language, a file each, and the list of rules."""
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        text = "".join(f"{MARK}{words}\n{page}\n" for words, page in pages(language))
        (folder / f"{language}.txt").write_text(f"{text}{MARK}", encoding="utf-8", newline="\n")
    (folder / RULES).write_text(json.dumps(listed(), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    os.environ["COLUMNS"] = str(WIDTH)
    write(Path(FOLDER))
    yaml_files.write()
    compiled_templates.write(html_environment(LANGUAGES[0]))
