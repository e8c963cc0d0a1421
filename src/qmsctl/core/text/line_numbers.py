"""The line on which a character of a text stands."""

from __future__ import annotations


class LineNumbers:
    """Line numbers of rising positions in ``text``, whose first line is ``first``: its line ends are counted once."""

    def __init__(self, text: str, first: int) -> None:
        self._text = text
        self._line = first
        self._position = 0

    def at(self, position: int) -> int:
        """The line of ``position``, which is none before the one asked for last."""
        self._line += self._text.count("\n", self._position, position)
        self._position = position
        return self._line
