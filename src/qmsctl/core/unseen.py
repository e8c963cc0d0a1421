"""What of a library could not be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmsctl.core.library import Library
    from qmsctl.message import Message


def unseen(library: Library) -> tuple[Message, ...]:
    """Each with its cause and mend: of the files, and of what has been asked of history so far."""
    bases = library.base.libraries if library.base else ()
    said = (*library.incomplete, *library.outside.unseen(), *(each for base in bases for each in base.outside.unseen()))
    return tuple({str(each): each for each in said}.values())
