"""Writes what :mod:`qmsctl.cli.prepared`, :mod:`qmsctl.store.shipped.yaml_files` and :mod:`qmsctl.store.pages.compiled_templates` read: ``python -m qmsctl.cli.preparing``."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from qmsctl.cli import command_line
from qmsctl.cli.commands.rules import listed
from qmsctl.cli.general_options import SETTERS, is_general
from qmsctl.cli.language import LANGUAGES
from qmsctl.cli.prepared import FOLDER, LINES, MARK, RULES, WIDTH
from qmsctl.cli.program import COMMANDS, module_of, root_command
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


def command_lines() -> dict[str, tuple[str, Any, Any]]:
    """By the names of commands that Typer need not read: the module, what each option gives, and the operands in order.

    That of an option are its parameter, the kind of its value and whether it may be given several times; of an operand also whether it has to be.
    Without a name stand the options of qmsctl itself.
    """
    session = Session(Terminal(language=LANGUAGES[0]))
    root = root_command(session).make_context("qmsctl", [], obj=session, resilient_parsing=True)
    found: dict[str, tuple[str, Any, Any]] = {"": ("", _options(each for each in root.command.params if each.name in SETTERS), ())}
    for name in COMMANDS:
        module, command = module_of(name), root.command.get_command(root, name)  # type: ignore[attr-defined]
        own = [each for each in command.params if not is_general(each)]
        operands = [(each.name, command_line.plain_kind(each), each.nargs == -1, each.required) for each in own if each.param_type_name == "argument"]
        if _is_plain(module, own) and all(kind for _name, kind, _many, _needed in operands) and not any(many for _name, _kind, many, _needed in operands[:-1]):
            found[name] = (module.__name__.rpartition(".")[2], _options(command.params), operands)
    return found


def _is_plain(module: Any, own: Iterable[command_line.Parameter]) -> bool:
    """True for a command of one function, which Typer calls as it stands, with its own defaults, and of which it asks no option."""
    of_typer = hasattr(module, "app") or hasattr(module, "Command") or hasattr(module.command, "__wrapped__")
    return not of_typer and not any(map(_is_more, own))


def _is_more(each: command_line.Parameter) -> bool:
    is_made_of_text = each.default is not None and command_line.plain_kind(each) is None
    return bool(each.name in SETTERS or each.callback or is_made_of_text or (each.required and each.param_type_name == "option"))


def _options(params: Iterable[command_line.Parameter]) -> dict[str, tuple[str | None, str, bool]]:
    kinds = ((each, command_line.plain_kind(each)) for each in params if each.param_type_name == "option")
    return {word: (each.name, kind, bool(getattr(each, "multiple", False))) for each, kind in kinds if kind for word in each.opts}


def write(folder: Path) -> None:
    """The pages in every language, a file each, the list of rules, and the words of commands."""
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        text = "".join(f"{MARK}{words}\n{page}\n" for words, page in pages(language))
        (folder / f"{language}.txt").write_text(f"{text}{MARK}", encoding="utf-8", newline="\n")
    (folder / RULES).write_text(json.dumps(listed(), ensure_ascii=False), encoding="utf-8")
    (folder / LINES).write_text(json.dumps(command_lines()), encoding="utf-8")


if __name__ == "__main__":
    os.environ["COLUMNS"] = str(WIDTH)
    write(Path(FOLDER))
    yaml_files.write()
    compiled_templates.write(html_environment(LANGUAGES[0]))
