"""Which command opens a file for mending; hints of many rules end in it.

A hint is right both for what stands in a file and for what a refused command would have written:
of the latter nothing is there, so it says how to give that command what it lacks.
"""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def mend_field(library: Library, item: Item, name: str) -> Message:
    """How to give a field of the front matter another value."""
    return mend_fields(library, item, (f"{name}=…",))


def mend_fields(library: Library, item: Item, sets: tuple[str, ...]) -> Message:
    """How to carry out assignments such as ``due=…`` or ``actions+=…`` to fields of the front matter."""
    if item.type.kind == "signoff":
        return _mend(library, item) or _sign_again()
    if library.is_new(item.path):
        return _("add {options} to the command", options=" ".join(map(_option, sets)))
    names = tuple(each.partition("=")[0].rstrip("+") for each in sets)
    if _is_moving(library, item):
        options = " ".join(f"--set {_quoted(each)}" for each in sets)
        return _("qmsctl advance {id} {state} {options}", id=item.id, state=item.status, options=options)
    if item.type.kind == "record" and not library.is_closed(item):
        return _("qmsctl set {id} {values}", id=item.id, values=" ".join(map(_quoted, sets)))
    return _mend(library, item) or _("correct “{field}” in {path}", field=names, path=item.path)


def mend_text(library: Library, item: Item) -> Message:
    """How to change the text below the front matter."""
    return _mend(library, item) or _("correct the text of {path}", path=item.path)


def _option(assignment: str) -> str:
    name, _sign, value = assignment.partition("=")
    return f'--title "{value}"' if name == "title" else f"--set {_quoted(assignment)}"


def _quoted(assignment: str) -> str:
    """The assignment with quotes around a value that is to be filled in: it may have spaces."""
    name, sign, value = assignment.partition("=")
    return f'{name}{sign}"{value}"' if value == "…" else assignment


def _is_moving(library: Library, item: Item) -> bool:
    """True for a record that a command would move to another state."""
    known = library.before.by_id.get(item.id) if library.before else None
    return known is not None and item.type.kind == "record" and known.status != item.status


def _mend(library: Library, item: Item) -> Message | None:
    if item.type.kind == "signoff":
        return _sign_again() if not library.is_new(item.path) else _("correct the option of the command that signs")
    if library.before is not None:
        item = library.before.by_id.get(item.id, item)
        library = library.before
    if item.is_document and library.standing(item.id).is_clean:
        return _('qmsctl revise {id} --change "…", then correct {path}', id=item.id, path=item.path)
    if item.type.kind == "record" and library.is_closed(item):
        return _('qmsctl reopen {id} --reason "…", then correct {path}', id=item.id, path=item.path)
    return None


def _sign_again() -> Message:
    return _("a sign-off is never edited: take the file back from git, or sign again")
