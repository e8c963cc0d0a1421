"""Which command opens a file for mending; hints of many rules end in it."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def mend_field(library: Library, item: Item, name: str) -> Message:
    """How to give a field of the front matter another value."""
    if item.type.kind == "record" and not library.is_closed(item):
        return _("qmsctl set {id} {field}=…", id=item.id, field=name)
    return _mend(library, item) or _("correct “{field}” in {path}", field=name, path=item.path)


def mend_text(library: Library, item: Item) -> Message:
    """How to change the text below the front matter."""
    return _mend(library, item) or _("correct the text of {path}", path=item.path)


def _mend(library: Library, item: Item) -> Message | None:
    if item.type.kind == "signoff":
        return _("a sign-off is never edited: take the file back from git, or sign again")
    if item.is_document and library.standing(item.id).is_clean:
        return _('qmsctl revise {id} --change "…", then correct {path}', id=item.id, path=item.path)
    if item.type.kind == "record" and library.is_closed(item):
        return _('qmsctl reopen {id} --reason "…", then correct {path}', id=item.id, path=item.path)
    return None
