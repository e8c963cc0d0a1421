"""The commands that sign: again what was signed wrongly, and on to the approval of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qmsctl.core.library import Library
from qmsctl.core.model import Dossier, Item, SignOff
from qmsctl.core.signoffs.approval import MissingSignOff
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import _


def signed_anew(signoff: SignOff, dossier: Dossier, **options: Any) -> Mend:
    """The wrong sign-off out, and the command that writes one like it."""
    return advice(_("take {path} out", path=signoff.path), undoes=True).then(_sign(signoff, dossier, **options))


def _sign(signoff: SignOff, dossier: Dossier, **options: Any) -> Mend:
    if signoff.meaning == "reopen":
        return command("reopen", signoff.subject, reason=HOLE, **options)
    if dossier.revision is None:
        return command("advance", signoff.subject, dossier.state, **options)
    comment = HOLE if signoff.meaning in ("withdraw", "return") else None
    return command("submit" if signoff.meaning == "author" else signoff.meaning, signoff.subject, comment=comment, **options)


def on_to_approval(item: Item, library: Library) -> Mend | None:
    """What comes next for a text that is not approved yet; of all that is needed it is a part."""
    standing = library.standing(item.id)
    waiting = standing.under_way
    match standing.working:
        case "draft":
            return command("submit", item.id).in_part()
        case "returned":
            return advice(_("change the text as asked")).then(command("submit", item.id)).in_part()
        case "in-review" if waiting is not None:
            return sign_next(item, waiting.open_places, waiting.dossier, library)
        case _:
            return None


def sign_next(item: Item, places: Sequence[MissingSignOff], dossier: Dossier, library: Library) -> Mend:
    """The first of the ``places`` that are open, by those who may fill it."""
    if not places:
        return command("approve", item.id)
    first, own = places[0], dossier.authors if places[0].meaning == "approve" else frozenset()
    holders = [person for role in first.roles for person in library.people.holders(role, library.today)]
    way = command(first.meaning, item.id).done_by(dict.fromkeys((each.id, each.name) for each in holders if each.id not in own))
    return way.in_part() if len(places) > 1 else way
