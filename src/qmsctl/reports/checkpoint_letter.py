"""The letter by which the root of a checkpoint leaves the house: a draft for the clerk to number and the head to sign."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.witness.checkpoints import Checkpoint
from qmsctl.message import _
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.letterhead import Letterhead, foot, letterhead
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class CheckpointLetter:
    """The letter; ``code`` is the QR code of the note as the address of an image, where it could be drawn."""

    SHEETS: ClassVar = ("paper", "letter")

    cover: Cover
    head: Letterhead
    stamp: None
    id: str
    day: date
    origin: str
    size: int
    groups: tuple[str, ...]
    code: str | None

    @property
    def margins(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """The words in the margins of every page."""
        return tuple(foot(self.id, self.cover))


def checkpoint_letter(library: Library, found: Checkpoint, code: str | None, options: ReportOptions) -> CheckpointLetter:
    """The draft of the letter that carries ``found``."""
    name = found.path.rpartition("/")[2]
    return CheckpointLetter(
        cover=cover(_("Letter with the root of {note}", note=name), library, options),
        head=letterhead(_("……"), None, library),
        stamp=None,
        id=name,
        day=found.day,
        origin=found.note.origin,
        size=found.note.size,
        groups=found.note.groups,
        code=code,
    )
