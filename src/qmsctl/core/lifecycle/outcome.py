"""What a sign-off leads to: who has still to sign, or from which day a document is in force or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.proof.holders import who_may
from qmsctl.core.signoffs.round import Round
from qmsctl.message import Message, _

_LEAD_ON = ("author", "review", "approve", "adopt", "withdraw")


def outcome(library: Library, edit: Edit) -> Iterator[Message]:
    """What is so of every document that ``edit`` signs, in ``library`` as it is with it."""
    places = [change.path.split("/") for change in edit.changes]
    signed = {(parts[1], "/".join(parts[:3])): parts[3].partition(".")[0] for parts in places if parts[0] == "signoffs" and len(parts) == 4}
    for (subject, folder), meaning in signed.items():
        found = next((each for each in library.standing(subject).rounds if each.dossier.folder == folder), None)
        if found is not None and meaning in _LEAD_ON:
            yield from _of(found, subject, library)


def _of(found: Round, subject: str, library: Library) -> Iterator[Message]:
    if found.withdrawn_on:
        yield _("{id} is withdrawn from {day}", id=subject, day=found.withdrawn_on)
    elif found.approved_on:
        yield _("revision {revision} of {id} is in force from {day}", id=subject, revision=found.revision, day=found.effective_on)
    else:
        if found.approvals and any(place.meaning == "review" for place in found.open_places):
            yield _("{id} is approved before it is reviewed", id=subject)
        for place in found.open_places:
            yield _("{id} still needs: {place}", id=subject, place=who_may(place, found, library))
