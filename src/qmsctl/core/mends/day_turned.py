"""A day that a file has as people write it, turned into the writing of files."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import respelt
from qmsctl.core.text.nodes import Node
from qmsctl.core.text.values import read_date
from qmsctl.core.types.field import Field
from qmsctl.mend import Mend, command


class TurnedDays:
    """The days below a ``node`` of a ``field`` that are written with the day first, where the office writes them so."""

    def __init__(self, library: Library, path: str, field: Field | None, node: Node | None) -> None:
        self._library = library
        self._path = path
        self._field = field
        self._node = node

    def on(self, line: int) -> Mend | None:
        """The correction of the days on a line; ``None`` where there is no doubt to end."""
        mends = [respelt(self._library, self._path, line, old, new) for old, new in self._by_line.get(line, {}).items()]
        if len(mends) > 1 and all(mends):
            return command("tidy", self._path)
        return mends[0] if mends else None

    @cached_property
    def _by_line(self) -> dict[int, dict[str, str]]:
        """What stands there and what files have instead, looked for once."""
        found: dict[int, dict[str, str]] = defaultdict(dict)
        writing = self._library.config.writing
        if self._field is None or self._node is None or not writing.day_first:
            return found
        for each, scalar in self._field.scalars(self._node):
            if each.mentions("date") and read_date(scalar.text) is None and (day := writing.day(scalar.text)):
                found[scalar.line][scalar.text] = day.isoformat()
        return found
