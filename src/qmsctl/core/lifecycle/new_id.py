"""The id of a new file: the next of its series, or the one that is asked for."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.characters import fold
from qmsctl.core.text.ids import IdPattern
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Assignment, Mend, addition, command, git
from qmsctl.message import _


def asked_id(library: Library, found: RecordType, wanted: str) -> str:
    """The id that a file is to have: one the office gave before, or that of something given up; empty where the next is to be taken.

    Raises :class:`UsageError` for an id of another form, :class:`Refusal` for one that is or was in use.
    """
    pattern = IdPattern.parse(found.id_pattern)
    if pattern is None or not (wanted or pattern.takes_any):
        return ""
    if pattern.takes_any and not pattern.matches(wanted):
        raise UsageError(_("{type} takes the id of something that was given up; it is not named", type=found.label), _named("id"))
    if not pattern.matches(wanted):
        raise UsageError(
            _("the id is “{id}”; ids of the type “{type}” have the form {pattern}", id=wanted, type=found.label, pattern=pattern.template),
            _next_free(found),
        )
    present = next(iter(library.known_ids.folded.get(fold(wanted), ())), None)
    if present is not None:
        raise Refusal(
            _("{id} is there: {path}", id=present.id, path=present.path),
            _given_up(library, present) if pattern.takes_any else _next_free(found),
        )
    if not pattern.takes_any and fold(wanted) in map(fold, _used(library)):
        raise Refusal(_("the id {id} was given before; nothing else ever bears it", id=wanted), _next_free(found))
    return wanted


def next_id(library: Library, found: RecordType, parent: str, unit: str = "", year: int | None = None) -> str:
    """The next id of the type's series, above every number seen in the tree, a ref or history.

    ``year`` is the one the file is made for; this year where it names none.
    """
    pattern = IdPattern.parse(found.id_pattern)
    if pattern is None:
        raise Refusal(
            _("the id pattern “{pattern}” of {type} is not valid", pattern=found.id_pattern, type=found.name),
            command("check").in_order_to(_("to see what is wrong")),
        )
    if "{parent}" in found.id_pattern and not parent:
        raise Refusal(
            _("{type} belongs to another document, which is not named", type=found.label),
            _named("parent"),
        )
    if "{unit}" in found.id_pattern and not unit:
        raise Refusal(_("{type} belongs to a unit, which is not named", type=found.label), _named("unit"))
    used = _used(library)
    found_id = pattern.next(used, year or library.today.year, parent, unit)
    if fold(found_id) in map(fold, used):
        raise Refusal(
            _("{id} exists already, and there is only one of its kind", id=found_id),
            command("revise", found_id, change=HOLE).in_order_to(_("to raise its revision")),
        )
    return found_id


def _used(library: Library) -> set[str]:
    """Every id seen in the tree, a ref or history."""
    return {*library.by_id, *library.dossiers.folders, *library.outside.used_ids()}


def _next_free(found: RecordType) -> Mend:
    return command("new", found.name, title=HOLE).in_order_to(_("to take the next free id"))


def _given_up(library: Library, present: Item) -> Mend:
    """How a document is given up, by whether it was ever approved."""
    if library.standing(present.id).approved:
        return command("withdraw", present.id, comment=HOLE).in_order_to(_("what was in force is taken out of force"))
    return git("rm", present.path).in_order_to(_("a draft is first deleted"))


def _named(field: str) -> Mend:
    """The value of a field, given with the command."""
    return addition(Assignment(field, HOLE))
