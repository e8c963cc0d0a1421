"""Which documents of an office nobody has to do anything about, kept in its cache."""

from __future__ import annotations

from qmsctl.core.dossier import ATTACHMENTS, SIGNOFFS
from qmsctl.core.library import Library
from qmsctl.core.tasks.quiet import Quiet, quiet, quiet_anew
from qmsctl.store.cache.rows import again
from qmsctl.store.place import Place


def quiet_again(place: Place, library: Library) -> list[Quiet]:
    """As :func:`~qmsctl.core.tasks.quiet.quiet`; what was found out about the work tree before is made use of, and kept for the next time."""
    return again(place, library, Quiet, quiet, quiet_anew, (ATTACHMENTS, SIGNOFFS))
