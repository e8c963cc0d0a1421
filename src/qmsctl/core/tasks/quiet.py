"""Signed documents that nobody has to sign, mend or write: of most this stays so, and there is nothing to do about them but to review them one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from qmsctl.core.duties.review_due import ReviewDue, kept, review_of
from qmsctl.core.library import Library
from qmsctl.core.proof.attestation import signature_path
from qmsctl.core.tasks.signing_again import is_to_be_signed_again


class Quiet(NamedTuple):
    """A signed document with its review, if one is ``due``; days are as in ISO 8601. ``kept_on`` is the day on which a review kept it.

    All but that day rests on what bears the id, on the office, on the files of evidence and on the day alone.
    """

    id: str
    kept_on: str | None
    due: str | None
    last: str | None
    field: str | None

    @property
    def review(self) -> ReviewDue | None:
        """The next review."""
        if self.due is None or self.last is None or self.field is None:
            return None
        return ReviewDue(date.fromisoformat(self.due), date.fromisoformat(self.last), self.field)

    def holds(self, kept_on: Mapping[str, date]) -> bool:
        """False where another review has kept the document since."""
        return self.kept_on == _iso(kept_on.get(self.id))


def quiet(library: Library) -> list[Quiet]:
    """All that there are."""
    return list(_quiet(library, library.dossiers.folders))


def quiet_anew(library: Library, before: Iterable[Quiet], ids: frozenset[str]) -> list[Quiet]:
    """Those that there were ``before`` files of the ``ids`` were others."""
    return [*(each for each in before if each.id not in ids), *_quiet(library, ids)]


def _quiet(library: Library, names: Iterable[str]) -> Iterator[Quiet]:
    kept_on = kept(library)
    for name in names:
        working = library.by_id.get(name)
        if working is not None and working.is_document and _is_quiet(library, name):
            due = found[1] if (found := review_of(library, name, kept_on)) else None
            yield Quiet(name, _iso(kept_on.get(name)), *((_iso(due.due), _iso(due.last), due.field) if due else (None, None, None)))


def _is_quiet(library: Library, name: str) -> bool:
    """True where nothing is under way. Whether a signature proves anything rests on history, too: it is asked each time."""
    standing, dossiers = library.standing(name), library.dossiers.get(name, ())
    return (
        bool(dossiers) and standing.working in ("clean", "changed") and not is_to_be_signed_again(name, library)
        and not any(signature_path(signoff) in library.files for dossier in dossiers for signoff in dossier.signoffs)
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
