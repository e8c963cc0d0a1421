"""A note, or the root on a letter, that somebody outside has kept: whether the log here is still the one it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.witness.checkpoints import contradiction
from qmsctl.core.witness.log import Log, log_of, sha256_of
from qmsctl.core.witness.merkle import Frontier, roots
from qmsctl.core.witness.note import Note
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_HEX = regex(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of a comparison: over how many lines the two agree, or ``why`` they do not; ``changed`` are files that are other now."""

    size: int
    why: Message | None = None
    changed: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """True if nothing that the note holds was changed."""
        return self.why is None and not self.changed


def read_root(text: str) -> bytes | None:
    """The root that stands on a letter, its blanks aside; ``None`` for anything else."""
    flat = "".join(text.split()).lower()
    return bytes.fromhex(flat) if _HEX.fullmatch(flat) else None


def against_note(note: Note, library: Library) -> Compared:
    """The log here against a note from outside."""
    log = log_of(library)
    why = contradiction(note, log, roots(log.lines, {note.size}).get(note.size))
    return Compared(note.size, why) if why else Compared(note.size, None, tuple(_changed(log, note.size, library)))


def against_root(root: bytes, library: Library) -> Compared:
    """The log here against a root alone: every beginning of it is tried."""
    log, tree = log_of(library), Frontier()
    for line in log.lines:
        tree.append(line)
        if tree.root() == root:
            return Compared(tree.size, None, tuple(_changed(log, tree.size, library)))
    return Compared(0, _("no beginning of the log has this root"))


def _changed(log: Log, size: int, library: Library) -> Iterator[str]:
    for entry in log.entries[:size]:
        if entry is not None and sha256_of(entry.path, library) != entry.sha256:
            yield entry.path
