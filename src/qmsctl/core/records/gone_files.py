"""Documents and records that the last commit holds and that are not among the files any more: deleted by hand, most likely unawares."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.regex import regex

_INSIDE = regex(r"(?:^|/)((?:documents|records)/.+)")
_BEFORE_IT_WENT = "^"


def gone_file(library: Library, name: str) -> str | None:
    """The path of the file that had this id in the last commit; ``None`` where that has none either, or no sign-off would miss it.

    The history is looked at only where somebody names what is not there.
    """
    place = None if library.knows(name) else library.outside.past_ids().get(name)
    rev, _colon, path = place.partition(":") if place else ("", "", "")
    found = _INSIDE.search(path) if not rev.endswith(_BEFORE_IT_WENT) else None
    return found[1] if found and found[1] not in library.files else None
