"""The front matter of a file."""

from __future__ import annotations

from qmsctl.core.text.front_end import EndMissing, missing_end, swallowed_text
from qmsctl.core.text.nodes import Mapping, Node
from qmsctl.core.text.plain_yaml import read_fields
from qmsctl.core.text.text_file import TextFile
from qmsctl.core.text.yaml_refused import YamlRefused


def read_front(file: TextFile) -> Node | None:
    """What stands between the lines of ``---``. Raises :class:`EndMissing` where the second one is a rule of the text."""
    try:
        top = read_fields(file.front, 2)
    except YamlRefused as error:
        place = missing_end(file.front, 2, error.line)
        if place is None:
            raise
        raise EndMissing(place, place.line) from None
    names = (top.text("title") or "", top.text("id") or "") if isinstance(top, Mapping) else ()
    place = swallowed_text(file.front, 2, names)
    if place is not None:
        raise EndMissing(place, place.line)
    return top
