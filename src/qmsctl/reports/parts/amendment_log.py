"""The log of amendments of a printed document: every issue up to it, and where each changed the one before."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.signoffs.round import Round
from qmsctl.message import Message
from qmsctl.reports.parts.changed_places import Place, changed_places
from qmsctl.reports.parts.revision_chain import reason
from qmsctl.reports.parts.signing_places import Signer, signing_places
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Amendment:
    """An issue of the document; ``places`` are where it differs from the one before."""

    revision: int | None
    day: date | None
    places: tuple[Place, ...]
    change: Message | str
    answers: tuple[str, ...]
    approvers: tuple[Signer, ...]


def amendments(item: Item, found: Round | None, library: Library) -> tuple[Amendment, ...]:
    """The issues up to this text, oldest first; of a draft, itself the last."""
    number = found.revision if found else item.revision
    rows: list[Amendment] = []
    earlier: Item | None = None
    for each in library.standing(item.id).approved:
        text = text_of(each, library)
        if text is not None and (number is None or each.revision < number):
            rows.append(_amendment(text, each, earlier, library))
            earlier = text
    return (*rows, _amendment(item, found, earlier, library))


def _amendment(item: Item, found: Round | None, earlier: Item | None, library: Library) -> Amendment:
    return Amendment(
        revision=found.revision if found else item.revision,
        day=found.approved_on if found else None,
        places=changed_places(earlier, item, library) if earlier else (),
        change=reason(found) if found else item.text("change") or "",
        answers=item.texts("answers"),
        approvers=tuple(each for each in signing_places(item, found, library).approved if each.name or each.day),
    )
