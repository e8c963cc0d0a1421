"""The digital signatures of a PDF, for people."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.cli.session import Session
from qmsctl.cli.terminal import RED
from qmsctl.core.keys.pdf_signature import PdfSeal, PdfSeals
from qmsctl.message import Message, _


def pdf_lines(session: Session, found: PdfSeals) -> Iterator[str]:
    """A line for each signature, or why there is none."""
    if found.problem is not None:
        yield session.colour(session.words(found.problem), RED)
    elif not found.seals:
        yield session.words(_("the PDF bears no digital signature"))
    for seal in found.seals:
        words = session.words(_("digital signature of {signer}: {facts}", signer=seal.signer, facts=tuple(_facts(seal))))
        yield words if seal.holds else session.colour(words, RED)


def _facts(seal: PdfSeal) -> Iterator[Message]:
    yield _("intact") if seal.intact else _("BROKEN: the file was altered after signing")
    if seal.intact and not seal.whole:
        yield _("something was added to the file after it")
    if seal.at is not None:
        yield _("time-stamped {at}", at=seal.at) if seal.stamped else _("at {at} by the signer's clock", at=seal.at)
    yield _("its certificate leads to a root of the office") if seal.trusted else _("its certificate leads to no root under .qms/roots")
    yield from seal.unchecked
