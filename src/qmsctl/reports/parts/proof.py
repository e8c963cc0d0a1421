"""The sign-offs of every dossier, checked against the bytes they name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.signoffs.approval import binds, by_author, counts, entered_by_author, held_role
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.signatures import Signature, signature
from qmsctl.reports.parts.state import BAD, GOOD, OFF, State
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Proved:
    """A sign-off and whether it holds; ``faults`` say why it does not count."""

    signature: Signature
    digest: str
    matches: bool
    held: bool
    verdict: State
    faults: tuple[Message, ...]
    path: str


@dataclass(frozen=True, slots=True)
class DossierProof:
    """A dossier: the copy's digest as it is now, and the sign-offs on it.

    ``line`` is what ``sha256sum -c`` reads to check the copy against its sign-offs; ``state_label`` is what people call the state.
    """

    subject: str
    title: str
    revision: int | None
    state: str
    state_label: Label | str
    folder: str
    digest: str
    faults: tuple[Message, ...]
    line: str
    signoffs: tuple[Proved, ...]

    @property
    def holds(self) -> bool:
        """True if the copy is there as it was signed and every sign-off counts, or was given again."""
        return not self.faults and all(not each.faults or each.signature.again for each in self.signoffs)


def proofs(library: Library) -> tuple[DossierProof, ...]:
    """Every dossier, by subject and place."""
    return tuple(
        _dossier(dossier, library)
        for subject in sorted(library.dossiers)
        for dossier in sorted(library.dossiers[subject], key=_order)
    )


def _order(dossier: Dossier) -> tuple[int, str, str]:
    first = dossier.signoffs[0].at.isoformat() if dossier.signoffs else ""
    return dossier.revision or 0, first, dossier.folder


def _dossier(dossier: Dossier, library: Library) -> DossierProof:
    copy = dossier.copy
    state = dossier.state if dossier.revision is None else ""
    kind = library.type_of(dossier.subject)
    named = dossier.signoffs[0].sha256 if dossier.signoffs else (copy.sha256 if copy else "")
    return DossierProof(
        subject=dossier.subject,
        title=naming.title(library, dossier.subject),
        revision=dossier.revision,
        state=state,
        state_label=kind.states[state].label if kind and state in kind.states else state,
        folder=dossier.folder,
        digest=copy.sha256 if copy else "",
        faults=tuple(_faults(dossier)),
        line=f"{named}  {dossier.copy_path}",
        signoffs=tuple(_proved(each, dossier, library) for each in dossier.signoffs),
    )


def _faults(dossier: Dossier) -> Iterator[Message]:
    if dossier.copy is None:
        yield _("the frozen copy is missing or cannot be read")
    elif not dossier.copy.sha256.startswith(dossier.key.rpartition("-")[2]):
        yield _("the copy is not the one the folder is named after")
    if not dossier.signoffs:
        yield _("nobody has signed this copy")


def _proved(signoff: SignOff, dossier: Dossier, library: Library) -> Proved:
    faults = tuple(_why_not(signoff, dossier, library))
    shown = signature(signoff, library)
    return Proved(
        signature=shown,
        digest=signoff.sha256,
        matches=dossier.copy is not None and dossier.copy.sha256 == signoff.sha256,
        held=held_role(signoff, library.config, library.people),
        verdict=_verdict(faults, shown.again),
        faults=faults,
        path=signoff.path,
    )


def _verdict(faults: tuple[Message, ...], again: date | None) -> State:
    if again is not None:
        return State(_("signed again on {day}", day=again), OFF)
    return State(_("does not count"), BAD) if faults else State(_("counts"), GOOD)


def _why_not(signoff: SignOff, dossier: Dossier, library: Library) -> Iterator[Message]:
    """Why a sign-off does not count; nothing where it does."""
    if counts(signoff, dossier, library.config, library.people):
        return
    if signoff.is_foreign:
        yield _("it was given in another office, {office}", office=signoff.office or "")
    if dossier.copy is None or dossier.copy.sha256 != signoff.sha256:
        yield _("the digest is not that of the copy")
    elif not signoff.is_foreign and not binds(signoff, dossier):
        yield _("it names another document, revision or state")
    if not held_role(signoff, library.config, library.people):
        yield _("the role was not held on that day")
    if signoff.meaning == "approve" and by_author(signoff, dossier, library.config):
        yield _("the author may not approve")
    if entered_by_author(signoff, dossier, library.config):
        yield _("entered by the author with no evidence")
