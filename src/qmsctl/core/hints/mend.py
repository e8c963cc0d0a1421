"""Which command opens a file for mending; hints of many rules end in it.

A hint is right both for what stands in a file and for what a refused command would have written:
of the latter nothing is there, so it says how to give that command what it lacks.
"""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.hints.row_command import example
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.given_values import given_beside, quoted
from qmsctl.message import Message, _


def mend_field(library: Library, item: Item, name: str) -> Message:
    """How to give a field of the front matter another value."""
    return mend_fields(library, item, (f"{name}=…",))


def mend_fields(library: Library, item: Item, sets: tuple[str, ...]) -> Message:
    """How to carry out assignments such as ``due=…`` or ``actions+=…`` to fields of the front matter."""
    if item.type.kind == "signoff":
        return _mend(library, item) or _sign_again()
    if library.is_new(item.path):
        return _added(sets)
    names = tuple(each.partition("=")[0].rstrip("+") for each in sets)
    if is_moving(library, item):
        return move(library, item, item.status or "", sets)
    if item.type.kind == "record" and not library.is_closed(item):
        return _("qmsctl set {id} {values}", id=item.id, values=" ".join(map(quoted, sets)))
    return _mend(library, item) or _("correct “{field}” in {path}", field=names, path=item.path)


def mend_text(library: Library, item: Item) -> Message:
    """How to change the text below the front matter."""
    return _mend(library, item) or _("correct the text of {path}", path=item.path)


def _option(assignment: str) -> str:
    name, _sign, value = assignment.partition("=")
    return f'--title "{value}"' if name == "title" else f"--set {quoted(assignment)}"


def move(library: Library, item: Item, state: str, sets: tuple[str, ...]) -> Message:
    """The command that moves a record with these assignments, and with those that the refused command had."""
    wanted = tuple(_exemplified(each, item, library) for each in sets)
    return _moved(item.id, state, wanted, tuple(given_beside(wanted, item, library)))


def _added(sets: tuple[str, ...]) -> Message:
    return _("add {options} to the command", options=" ".join(map(_option, sets)), sets=sets)


def _moved(subject: str, state: str, sets: tuple[str, ...], given: tuple[str, ...]) -> Message:
    options = " ".join(f"--set {quoted(each)}" for each in (*sets, *given))
    return _("qmsctl advance {id} {state} {options}", id=subject, state=state, options=options, sets=sets, given=given)


def sets_of(hint: Message | None) -> tuple[str, ...]:
    """The assignments that a hint adds to the command it names; nothing where it does not name them."""
    found = hint.params.get("sets") if hint else None
    return found if isinstance(found, tuple) else ()


def is_one_command(first: Message, second: Message) -> bool:
    """True if two hints with assignments complete the same command."""
    known = ("id", "state")
    return first.text == second.text and all(first.params.get(key) == second.params.get(key) for key in known)


def joined(hints: Sequence[Message]) -> Message:
    """What several hints of one command ask for, as that command once; of a field the last word counts."""
    sets: dict[str, str] = {}
    for hint in hints:
        for each in sets_of(hint):
            name = each.partition("=")[0]
            sets[name] = each if name not in sets or not each.endswith("=…") else sets[name]
    first, whole = hints[0].params, tuple(sets.values())
    if "id" not in first:
        return _added(whole)
    names = {name.rstrip("+") for name in sets}
    given = [each for hint in hints for each in _given(hint) if each.partition("=")[0] not in names]
    return _moved(str(first["id"]), str(first["state"]), whole, tuple(dict.fromkeys(given)))


def _given(hint: Message) -> tuple[str, ...]:
    found = hint.params.get("given")
    return found if isinstance(found, tuple) else ()


def _exemplified(assignment: str, item: Item, library: Library) -> str:
    """The assignment with a value that would do, where every reader knows one: today, a person."""
    name, _sign, value = assignment.partition("=")
    field = item.type.fields.get(name)
    if value != "…" or field is None or field.kind not in ("date", "person", "bool"):
        return assignment
    return f"{name}={example(field, '', library)}"


def is_moving(library: Library, item: Item) -> bool:
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
