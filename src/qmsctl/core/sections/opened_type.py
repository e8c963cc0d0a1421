"""What a type shows to the public, or names in a portal, that it did not."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.sections.sections import by_title
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Message, _


def opened(was: RecordType, now: RecordType) -> Iterator[Message]:
    """Each field, column and section that ``now`` shows and ``was`` did not, and the text as a whole; of a text shown as a whole no section is new.

    Of records, those of which only the number was told.
    """
    before, after = was.openness, now.openness
    for name in after.fields:
        if name not in before.fields:
            yield _("the field “{field}”", field=now.fields[name].label)
    for name, columns in after.blocks.items():
        for column in columns:
            if column not in before.blocks.get(name, ()):
                yield _("the column “{column}” of “{block}”", column=now.blocks[name].keys[column].label, block=now.blocks[name].label)
    if not before.text:
        yield from _of_the_text(was, now)
    for name, values in was.unnamed.items():
        for value in values:
            if value not in now.unnamed.get(name, ()) and name in was.fields:
                yield _("records whose “{field}” is “{value}”, of which only the number was told", field=was.fields[name].label, value=was.fields[name].values.get(value, value))


def _of_the_text(was: RecordType, now: RecordType) -> Iterator[Message]:
    before, after = was.openness, now.openness
    if after.text:
        yield _("the text as a whole")
    known = by_title(before.sections)
    for section in after.sections:
        if not by_title([section]).keys() <= known.keys():
            yield _("the section “{section}”", section=section.title)
    for name in after.within:
        if name not in before.within:
            yield _("what stands in “{section}”", section=next((each.title for each in now.sections if each.id == name), name))
