"""What the digital signatures in a PDF say of it."""

from __future__ import annotations

from datetime import datetime

from qmsctl.message import Message
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class PdfSeal:
    """One digital signature. ``at`` is when the signer says it was made, ``stamped`` that a time stamp says so.

    ``intact`` means that the bytes it covers are unaltered, ``whole`` that nothing was added to the file
    after it. ``trusted`` means that its certificate leads to a root the office keeps. ``unchecked`` says
    what could not be looked at.
    """

    signer: str
    at: datetime | None
    stamped: bool
    intact: bool
    whole: bool
    trusted: bool
    unchecked: tuple[Message, ...] = ()

    @property
    def holds(self) -> bool:
        """True if what was signed is what the file says."""
        return self.intact and self.whole


@dataclass(frozen=True, slots=True)
class PdfSeals:
    """The digital signatures of one PDF, in the order in which they were made; ``problem`` is why none can be read."""

    seals: tuple[PdfSeal, ...] = ()
    problem: Message | None = None

    @property
    def hold(self) -> bool:
        """False if a signature was broken, or nothing can be read; a file without any is a plain scan."""
        return self.problem is None and all(each.holds for each in self.seals)
