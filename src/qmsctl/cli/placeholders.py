"""What stands for a value on a help page, in the reader's language: ``DATE``, ``[OPTIONS]``."""

from __future__ import annotations

from typing import Any

from qmsctl.cli import command_line
from qmsctl.message import Translate
from qmsctl.regex import regex

PLACEHOLDERS = (
    "TEXT", "DATE", "FILE", "PERSON", "ID", "CLAUSE", "TYPE", "DIR", "NUMBER", "NAME", "EDITION", "DAY", "MONTH", "REVIEW", "DECISION",
    "YEAR", "VALUE", "TITLE", "TIME", "STATEMENT", "STATE", "RULE", "ROLE", "REV", "REF", "PROGRAMME", "PROCEDURE", "PERIOD", "PATH",
    "KEY", "CHECKLIST", "AUDIT", "TABLE", "COLUMN", "ROW", "LINE", "LIST", "EVIDENCE", "COUNTRY", "ZONE", "DURATION", "FOLDER", "PLAN", "SECTION", "NOTE", "LAKE", "CONNECTION", "MASTER", "OPTIONS", "COMMAND", "ARGS",
)
"""The words in capitals that a person replaces; what is typed as it stands, such as ``KT|TL|TUQ``, is none."""

_WORD = regex(r"(?<![\w-])[A-Z]+(?![\w-])")


def translate_placeholders(command: command_line.Command, translate: Translate) -> None:
    """The placeholders of the command's usage and of all its parameters, in words."""
    shown: Any = command
    shown.options_metavar = _in_words("[OPTIONS]", translate)
    if hasattr(command, "subcommand_metavar"):
        shown.subcommand_metavar = _in_words("COMMAND [ARGS]…", translate)
    for parameter in command.params:
        own = parameter.metavar or _of_its_type(parameter)
        if own:
            parameter.metavar = _in_words(own, translate)


def _of_its_type(parameter: command_line.Parameter) -> str | None:
    """What stands for the value of a parameter that says nothing of it; nothing where it takes none."""
    if getattr(parameter, "is_flag", False) or getattr(parameter, "count", False):
        return None
    return {"str": "TEXT", "text": "TEXT", "int": "NUMBER", "integer": "NUMBER", "int range": "NUMBER", "integer range": "NUMBER", "path": "FILE"}.get(parameter.type.name)


def _in_words(text: str, translate: Translate) -> str:
    return _WORD.sub(lambda found: translate(found[0]) if found[0] in PLACEHOLDERS else found[0], text)
