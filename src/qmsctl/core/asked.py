"""The document or record that a command names, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.suggest import instead
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, Hole, Mend, advice, command
from qmsctl.message import _


def document(library: Library, subject: str) -> Item:
    """The working text of a document. Raises :class:`Refusal` where there is none."""
    found = item(library, subject)
    if not found.is_document:
        raise Refusal(
            _("{id} is a record; it is moved through its states", id=subject),
            way_on(found),
        )
    return found


def way_on(found: Item) -> Mend:
    """The commands that move a record on, one for each state it may come to: those ahead, those behind, then those that give it up.

    Where what it has is no state of its type, the last one is taken back first.
    """
    state = found.type.states.get(found.status or "")
    if state is None:
        return advice(_("take back the last state in {path}", path=found.path), undoes=True).then(command("advance", found.id, Hole("state")))
    if state.to:
        order = list(found.type.states)
        back = order.index(state.id)
        following = sorted(state.to, key=lambda each: (found.type.states[each].given_up, order.index(each) <= back))
        return reduce(Mend.or_else, (command("advance", found.id, each) for each in following))
    if found.type.reopening is None:
        return command("new", found.type.name, title=HOLE).in_order_to(_("it stays as it is; another matter is another record"))
    return way_back(found.id)


def states_ahead(found: Item) -> tuple[str, ...]:
    """The states to which a record may be moved and that are nearer to its end: none back, and none that gives it up."""
    order = list(found.type.states)
    state = found.type.states.get(found.status or "")
    ahead = order[order.index(state.id) + 1 :] if state else ()
    return tuple(each for each in ahead if state and each in state.to and not found.type.states[each].given_up)


def way_ahead(found: Item, states: Sequence[str]) -> Mend | None:
    """The commands that move a record to one of ``states``."""
    return reduce(Mend.or_else, (command("advance", found.id, each) for each in states)) if states else None


def way_back(subject: str) -> Mend:
    """The command that opens a closed record."""
    return command("reopen", subject, reason=HOLE).in_order_to(_("the only way back"))


def sign_offs_on(library: Library, found: Item) -> Mend:
    """The commands by which a document comes into force, from where its text stands."""
    standing = library.standing(found.id)
    if standing.working in ("clean", "changed"):
        return who_signed(found.id)
    under_way = standing.under_way if standing.working == "in-review" else None
    if under_way is not None:
        meanings = dict.fromkeys(place.meaning for place in under_way.open_places)
        return reduce(Mend.then, (command(meaning, found.id) for meaning in meanings or ("approve",)))
    entry = library.config.matrix(found.type.name, library.today)
    meanings_asked = ("submit", *(("review",) if entry and entry.review else ()), "approve")
    return reduce(Mend.then, (command(meaning, found.id) for meaning in meanings_asked))


def who_signed(subject: str) -> Mend:
    """The command that shows the sign-offs there are and those that are missing."""
    return command("show", subject).in_order_to(_("to see who has signed and who is still to sign"))


def record(library: Library, subject: str) -> Item:
    """A record. Raises :class:`Refusal` where there is none."""
    found = item(library, subject)
    if found.is_document:
        raise Refusal(
            _("{id} is a document; its status is derived from its sign-offs", id=subject),
            sign_offs_on(library, found),
        )
    return found


def item(library: Library, subject: str) -> Item:
    """The document or record with this id. Raises :class:`Refusal` where there is none."""
    found = library.by_id.get(subject)
    if found is None and library.incomplete:
        raise Refusal(
            _("whether there is a document or record “{id}” is not known: {problem}", id=subject, problem=library.incomplete[0]),
            command("check").in_order_to(_("to see all that could not be looked at")),
        )
    if found is None:
        near = library.known_ids.near(subject)
        raise Refusal(
            _("there is no document or record “{id}”", id=subject),
            instead(subject, *near) if near else command("list").in_order_to(_("to see all ids")),
        )
    return found
