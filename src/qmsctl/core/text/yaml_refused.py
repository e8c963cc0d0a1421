"""What is refused in a YAML text, wherever it is found."""

from __future__ import annotations

import re

from qmsctl.core.text.characters import LONE_CARRIAGE_RETURN, hidden, name_of
from qmsctl.message import Message, _


class YamlRefused(Exception):
    """The text is not YAML, or not the part of it that is allowed; ``line`` counts from 1."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.line = line


def unseen(text: str) -> re.Match[str] | None:
    """The first character that nobody would see, or would see as another."""
    return hidden(text) or LONE_CARRIAGE_RETURN.search(text)


def hidden_here(character: str) -> Message:
    """What is said of one."""
    return _("hidden character {name} is not allowed here", name=name_of(character))
