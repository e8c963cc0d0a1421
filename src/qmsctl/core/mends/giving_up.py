"""How to take leave of a document that has never been approved."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.mend import HOLE, Assignment, Mend, command, git
from qmsctl.message import _


def given_up(item: Item) -> Mend:
    """A draft that is taken away leaves a tombstone, so that its number stays taken."""
    stone = command("new", "tombstone", title=HOLE, sets=[Assignment("id", item.id), Assignment("reason", HOLE)])
    return git("rm", item.path).then(stone).in_order_to(_("to give up a draft"))


def out_of_force(item: Item, library: Library) -> Mend:
    """The withdrawal of what was approved; of what never was, its taking away."""
    return command("withdraw", item.id, comment=HOLE) if library.standing(item.id).approved else given_up(item)
