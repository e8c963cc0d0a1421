"""A day that a file has as people write it, turned into the writing of files."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import respelt
from qmsctl.core.text.nodes import Node
from qmsctl.core.text.values import read_date
from qmsctl.core.types.field import Field
from qmsctl.mend import Mend, command


def turned(library: Library, path: str, line: int, field: Field | None, node: Node | None) -> Mend | None:
    """The correction of the days of ``field`` on a line, where the office writes the day first; ``None`` where there is no doubt to end."""
    writing = library.config.writing
    if field is None or node is None or not writing.day_first:
        return None
    found = {
        scalar.text: day.isoformat()
        for each, scalar in field.scalars(node)
        if scalar.line == line and each.mentions("date") and read_date(scalar.text) is None and (day := writing.day(scalar.text))
    }
    mends = [respelt(library, path, line, old, new) for old, new in found.items()]
    if len(mends) > 1 and all(mends):
        return command("tidy", path)
    return mends[0] if mends else None
