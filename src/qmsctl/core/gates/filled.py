"""``filled: [description]`` — these sections of the body have text of their own."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.sections.section_text import settable
from qmsctl.core.sections.sections import written_sections
from qmsctl.core.types.gate_shape import Argument, Written
from qmsctl.message import _

TAKES = Argument(Written.TEXTS, "section")


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named section; a heading alone does not fill it, nor does the template's hint."""
    filled = written_sections(item)
    for section in item.type.sections:
        if section.id in arguments and section.id not in filled:
            way = give(item, section.id) if settable(item.type, section.id) else None
            yield Lack(_("the section “{section}” is empty", section=section.title), way)
