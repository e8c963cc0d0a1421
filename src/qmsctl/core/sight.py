"""How far a rule sees: what may change what it says of a file."""

from __future__ import annotations

from enum import Enum


class Sight(Enum):
    """Beside what every rule sees: configuration, people, types, the day, and history.

    ``FILE`` is the file itself with all that bears its id: text, dossiers, sign-offs, standing. ``LINKED`` is also
    what it names and what names it, and what a gate of its type asks for. ``WHOLE`` is anything.
    """

    FILE = "file"
    LINKED = "linked"
    WHOLE = "whole"
