"""Which command opens a file for mending; the mends of many rules end in it."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Node, Scalar, Sequence
from qmsctl.mend import HOLE, Assignment, Hole, Mend, Value, advice, command
from qmsctl.message import _


def give(item: Item, name: str, value: Value = HOLE, *, more: bool = False) -> Mend:
    """``qmsctl set ID name=value``, for a record that may still be changed."""
    return command("set", item.id, sets=[Assignment(name, value, more)])


def mend_field(library: Library, item: Item, name: str, value: Value = HOLE) -> Mend:
    """How to give a field of the front matter another value."""
    return mend_fields(library, item, Assignment(name, value))


def mend_mention(library: Library, item: Item, name: str, value: Scalar) -> Mend:
    """How to give another value where ``value`` stands: in a field, or in a column of the data block ``name``."""
    if name not in item.type.blocks:
        return mend_field(library, item, name)
    places = (
        (number, column)
        for number, row in enumerate(item.block_rows(name), 1)
        for column, node in row.entries.items()
        if _holds(node, value)
    )
    number, column = next(places, (0, ""))
    if item.type.kind == "record" and number:
        given = command("row set", item.id, name, str(number), sets=[Assignment(column, HOLE)])
        return _opening(library, item, given) or given
    return mend_field(library, item, name) if item.is_document else mend_text(library, item)


def _holds(node: Node, value: Scalar) -> bool:
    """True where ``value`` itself, and none that says the same, stands in ``node``."""
    if isinstance(node, Scalar):
        return node is value
    return any(_holds(each, value) for each in (node.items if isinstance(node, Sequence) else node.entries.values()))


def mend_fields(library: Library, item: Item, *sets: Assignment) -> Mend:
    """How to give fields of the front matter these values, or to add to them."""
    if item.type.kind == "record":
        attached = all(_is_of_files(item, each.name) for each in sets)
        given = command("attach", item.id, Hole("file")) if attached else command("set", item.id, sets=sets)
        return _opening(library, item, given) or given
    by_hand = advice(_("correct “{field}” in {path}", field=tuple(each.name for each in sets), path=item.path), sets=sets)
    return _opening(library, item, advice(_("correct {path}", path=item.path))) or by_hand


def _is_of_files(item: Item, name: str) -> bool:
    """True for the evidence of a record where that is files with their digests, which nobody writes by hand."""
    field = item.type.fields.get(name)
    return name == "evidence" and field is not None and field.kind == "list" and "sha256" in field.of[0].keys


def mend_text(library: Library, item: Item) -> Mend:
    """How to change the text below the front matter."""
    opened = _opening(library, item, advice(_("correct {path}", path=item.path), corrects=True))
    return opened or advice(_("correct the text of {path}", path=item.path), corrects=True)


def _opening(library: Library, item: Item, then: Mend) -> Mend | None:
    """The command that lets a frozen file be changed, and the change; ``None`` where it may be changed as it is."""
    if item.type.kind == "signoff":
        return sign_again()
    if item.is_document and library.standing(item.id).is_clean:
        return command("revise", item.id, change=HOLE).then(then)
    if item.type.kind == "record" and library.is_closed(item):
        return command("reopen", item.id, reason=HOLE).then(then)
    return None


def sign_again() -> Mend:
    """A sign-off is no text to be edited."""
    return advice(_("a sign-off is never edited: take the file back from git, or sign again"), undoes=True)
