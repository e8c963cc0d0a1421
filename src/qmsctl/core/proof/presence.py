"""Who signed, or entered a sign-off, on a day on which they did not work here."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.people import Person
from qmsctl.core.signoffs.approval import day_of


def absent(signoff: SignOff, library: Library) -> Iterator[Person]:
    """Authors who did not work here when they signed, and whoever entered a sign-off without working here.

    What is entered with a dated paper and its file was signed on the day of the paper. Other signers sign in a role, which says as much.
    """
    day = day_of(signoff, library.config)
    signed = day
    if signoff.entered_by and signoff.has_evidence and signoff.basis and signoff.basis.date:
        signed = min(day, signoff.basis.date)
    for person in signoff.by if signoff.meaning == "author" else ():
        if (found := library.people.get(person)) and not found.is_present(signed):
            yield found
    enterer = library.people.get(signoff.entered_by) if signoff.entered_by else None
    if enterer and not enterer.is_present(day):
        yield enterer
