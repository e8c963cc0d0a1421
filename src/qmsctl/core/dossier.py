"""Sign-offs, and the dossiers of what they bind."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from functools import cached_property

from qmsctl.core.model import Item
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.text.values import read_integer
from qmsctl.value import dataclass

ATTACHMENTS = "attachments/"
"""Where evidence is kept; no other file can be passed off as the paper somebody signed."""

SIGNOFFS = "signoffs/"
"""Where dossiers are kept, each in a folder of its subject's."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The paper or file a sign-off rests on."""

    number: str | None = None
    date: date | None = None
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A person, a meaning and a moment, bound to the exact bytes of a dossier's copy.

    ``revision`` is set for a document, ``state`` for a record. ``by`` has several people only
    for an acknowledgement. ``approved_by`` is who approved the paper that is adopted: a person's id, or as the paper has it.
    ``instead_of`` is the file of the same dossier whose place it takes in a closing that was reopened: it closes nothing anew.
    ``office`` is the code of the organization it was given in, and ``is_foreign`` is set where that is another than the one
    whose library it lies in.
    """

    path: str
    subject: str
    revision: int | None
    state: str | None
    sha256: str
    meaning: str
    by: tuple[str, ...]
    role: str | None
    at: datetime
    capacity: str | None = None
    on_behalf_of: str | None = None
    effective: date | None = None
    entered_by: str | None = None
    basis: Basis | None = None
    approved_by: str | PaperApprover | None = None
    instead_of: str | None = None
    office: str | None = None
    is_foreign: bool = False

    @property
    def person(self) -> str:
        """The one who signed; the first of several."""
        return self.by[0] if self.by else ""

    @property
    def has_evidence(self) -> bool:
        """True if it rests on a file kept for that, below ``attachments/``, whose digest it names."""
        basis = self.basis
        return basis is not None and bool(basis.sha256) and (basis.file or "").startswith(ATTACHMENTS)

    @property
    def hands(self) -> frozenset[str]:
        """The persons whose doing it is: those who signed, and whoever entered it with nothing to show for it."""
        entered = () if self.entered_by is None or self.has_evidence else (self.entered_by,)
        return frozenset((*self.by, *entered))


@dataclass(frozen=True)
class Dossier:
    """A frozen copy and the sign-offs on it, in the order of their moments.

    ``folder`` is ``signoffs/<id>/<key>``, ``key`` is ``<revision or state>-<8 hex digits>``.
    """

    folder: str
    subject: str
    key: str
    copy: Item | None
    signoffs: tuple[SignOff, ...]

    @property
    def revision(self) -> int | None:
        """The revision in the key, for a document."""
        return read_integer(self.key.rpartition("-")[0])

    @property
    def state(self) -> str:
        """The state in the key, for a record."""
        return self.key.rpartition("-")[0]

    @property
    def type_name(self) -> str:
        """The name of the type of the copy; empty where there is no copy."""
        return self.copy.type.name if self.copy else ""

    @property
    def copy_path(self) -> str:
        """Where the frozen copy lies."""
        return f"{self.folder}/{self.subject}.md"

    def of(self, *meanings: str) -> tuple[SignOff, ...]:
        """The sign-offs with one of these meanings."""
        if len(meanings) == 1:
            return self._by_meaning.get(meanings[0], ())
        return tuple(signoff for signoff in self.signoffs if signoff.meaning in meanings)

    @cached_property
    def authors(self) -> frozenset[str]:
        """The persons who submitted this copy; by the first format not whoever did so in another's name with a paper to show."""
        found = {person for signoff in self.of("author") for person in signoff.by}
        return frozenset(found | {s.entered_by for s in self.of("author") if s.entered_by and not s.has_evidence})

    @cached_property
    def places(self) -> dict[str, int]:
        """Which of the sign-offs lies at a path."""
        return {signoff.path: place for place, signoff in enumerate(self.signoffs)}

    @cached_property
    def places_of(self) -> dict[tuple[str, str, str | None], list[int]]:
        """The places of the sign-offs of a meaning, ``by`` a person or in a ``role``."""
        found: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
        for place, signoff in enumerate(self.signoffs):
            for kind, name in (("role", signoff.role), *(("by", person) for person in dict.fromkeys(signoff.by))):
                found[signoff.meaning, kind, name].append(place)
        return found

    @cached_property
    def _by_meaning(self) -> dict[str, tuple[SignOff, ...]]:
        found: dict[str, list[SignOff]] = defaultdict(list)
        for signoff in self.signoffs:
            found[signoff.meaning].append(signoff)
        return {meaning: tuple(signoffs) for meaning, signoffs in found.items()}
