"""Every sign-off of some documents and records, with all that can be said for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.dossier import Basis, Dossier, SignOff
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.proof.bringing import brought_by_others
from qmsctl.core.proof.filing import all_dossiers
from qmsctl.core.proof.level import evidence_holds
from qmsctl.core.proof.named_digest import not_here, place_now
from qmsctl.core.reading import CONFIGURATION
from qmsctl.core.records.disposal import disposed, erased
from qmsctl.core.records.named_files import files_of
from qmsctl.core.unseen import unseen
from qmsctl.core.witness.attested import Attested, seen_by
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.coming import Coming, Committed, coming
from qmsctl.reports.parts.proof import DossierProof, Proved, proofs
from qmsctl.value import dataclass

_COUNTED = "committed-by-another"
"""The rule whose warnings are no more than counted here."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sign-off rests on; ``holds`` is ``None`` where no file is named."""

    basis: Basis
    holds: bool | None


@dataclass(frozen=True, slots=True)
class VerifiedSignOff:
    """One sign-off. ``coming`` is ``None`` where nobody can know when it came into git.

    ``witnessed`` is the earliest word of somebody outside that it was there, with its signature where that proves who gave it.
    """

    signoff: SignOff
    proof: Proved
    coming: Coming | None
    evidence: Evidence | None
    witnessed: Attested | None = None

    @property
    def committed(self) -> Committed | None:
        """The commit that brought it, if one is known."""
        return self.coming.committed if self.coming else None

    @property
    def is_late(self) -> bool:
        """True if it came into git, or is to come, so late that it may have been signed then, and was not given again."""
        return self.coming is not None and self.coming.late and self.proof.signature.again is None

    @property
    def is_older(self) -> bool:
        """True if it is older than the history of the office, so that git says nothing of it."""
        return self.coming is not None and self.coming.older


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """A file that a copy names with its digest: a picture, a form, evidence. ``place`` is where it lies as it was.

    Where it does not, ``gone`` is the id of the disposal that let it go, if one did.
    """

    path: str
    sha256: str
    place: str | None
    gone: str | None

    @property
    def is_lost(self) -> bool:
        """True if it is missing or another, and nobody decided that."""
        return self.place is None and self.gone is None


@dataclass(frozen=True, slots=True)
class VerifiedDossier:
    """One frozen copy, its sign-offs and the files it names; ``state`` is what a record's state is called."""

    proof: DossierProof
    state: Label | str
    signoffs: tuple[VerifiedSignOff, ...]
    files: tuple[VerifiedFile, ...]


@dataclass(frozen=True, slots=True)
class VerifiedSubject:
    """A document or record with its dossiers, and what the rules say against them."""

    id: str
    title: str
    dossiers: tuple[VerifiedDossier, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was looked at, and what could not be. ``by_others`` is how many came alone by another's commit."""

    subjects: tuple[VerifiedSubject, ...]
    incomplete: tuple[Message, ...]
    by_others: int

    @property
    def signoffs(self) -> Iterator[VerifiedSignOff]:
        """Every sign-off, in order."""
        return (each for subject in self.subjects for dossier in subject.dossiers for each in dossier.signoffs)

    @property
    def older(self) -> int:
        """How many are older than the history of the office, so that git says nothing of them."""
        return sum(each.is_older for each in self.signoffs)

    @property
    def files(self) -> Iterator[VerifiedFile]:
        """Every file that a copy names, in order."""
        return (each for subject in self.subjects for dossier in subject.dossiers for each in dossier.files)

    @property
    def problems(self) -> Iterator[Diagnostic]:
        """Everything the rules say, in order."""
        return (each for subject in self.subjects for each in subject.problems)


@dataclass(frozen=True, slots=True)
class _Gone:
    """What approved disposals let go, each with the id of its disposal: files by their path, records by their id."""

    files: Mapping[str, str]
    records: Mapping[str, str]

    def by(self, dossier: Dossier, path: str, library: Library) -> str | None:
        """The disposal that let the file of a dossier go; none lets another lie in its place while its record is kept."""
        own = self.records.get(dossier.subject) if dossier.revision is None else None
        return own or (self.files.get(path) if path not in library.files else None)


def verification(
    library: Library, result: CheckResult, wanted: Iterable[str], proving: AbstractSet[str], witness: Mapping[str, Attested] | None = None
) -> Verification:
    """The sign-offs of the documents and records ``wanted``, of all where none is named.

    ``proving`` are the rules on which proof rests: of a working text only these are heard. ``witness`` is what is attested of files from outside.
    """
    chosen = frozenset(wanted)
    dossiers = {dossier.folder: dossier for dossier in all_dossiers(library)}
    gone = _Gone(erased(library), disposed(library))
    found: dict[str, list[DossierProof]] = {subject: [] for subject in sorted(chosen)}
    for proof in proofs(library):
        if not chosen or proof.subject in chosen:
            found.setdefault(proof.subject, []).append(proof)
    if not chosen:
        found |= {subject: [] for subject in _spoken_of(result.diagnostics) if subject not in found}
    subjects = tuple(
        VerifiedSubject(
            id=subject,
            title=naming.title(library, subject),
            dossiers=tuple(_dossier(proof, dossiers[proof.folder], gone, library, witness or {}) for proof in found_proofs),
            problems=tuple(_against(subject, library, result.diagnostics, proving)),
        )
        for subject, found_proofs in sorted(found.items())
    )
    others = brought_by_others(library, lambda signoff: not chosen or signoff.subject in chosen)
    by_others = sum(not chosen or signoff.subject in chosen for signoff, _commit, _person in others)
    told = {str(each) for each in result.incomplete}
    since = (each for each in unseen(library) if str(each) not in told)
    return Verification(subjects, (*result.incomplete, *since, *_history(library), *_pointers(subjects, library)), by_others)


def _pointers(subjects: Iterable[VerifiedSubject], library: Library) -> Iterator[Message]:
    """The files of which only the pointer is here: their digest is known from it, and nobody has looked at the content."""
    found = Verification(tuple(subjects), (), 0)
    papers = (each.evidence.basis.file for each in found.signoffs if each.evidence and each.evidence.holds)
    for path in dict.fromkeys((*(each.place for each in found.files), *papers)):
        if path and library.outside.pointer(path):
            yield not_here(path)


def _history(library: Library) -> Iterator[Message]:
    if not library.outside.history_is_whole() and not library.outside.unseen():
        yield _("when a sign-off was first committed is not known for all, for this copy lacks the whole history of git")


def _against(
    subject: str, library: Library, diagnostics: Sequence[Diagnostic], proving: AbstractSet[str]
) -> Iterator[Diagnostic]:
    item = library.by_id.get(subject)
    for each in diagnostics:
        if each.rule != _COUNTED and (each.path.startswith(f"signoffs/{subject}/") or (item and each.path == item.path and each.rule in proving)):
            yield each


def _spoken_of(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """The documents and records whose dossiers the rules speak of, those among them of which no dossier is left."""
    for each in diagnostics:
        room, _slash, rest = each.path.partition("/")
        subject, inside, _file = rest.partition("/")
        if room == "signoffs" and inside and subject != CONFIGURATION and each.rule != _COUNTED:
            yield subject


def _dossier(proof: DossierProof, dossier: Dossier, gone: _Gone, library: Library, witness: Mapping[str, Attested]) -> VerifiedDossier:
    signoffs = {each.path: each for each in dossier.signoffs}
    named = {(each.path, each.sha256): None for each in files_of(dossier.copy, library)} if dossier.copy else {}
    return VerifiedDossier(
        proof=proof,
        state=proof.state_label,
        signoffs=tuple(_signoff(each, signoffs[each.path], library, seen_by(signoffs[each.path], witness, library)) for each in proof.signoffs),
        files=tuple(VerifiedFile(path, sha256, place_now(path, sha256, library), gone.by(dossier, path, library)) for path, sha256 in named),
    )


def _signoff(proof: Proved, signoff: SignOff, library: Library, witness: Attested | None) -> VerifiedSignOff:
    basis = signoff.basis
    return VerifiedSignOff(
        signoff=signoff,
        proof=proof,
        coming=coming(signoff, library),
        evidence=Evidence(basis, evidence_holds(basis, library) if basis.file else None) if basis else None,
        witnessed=witness,
    )
