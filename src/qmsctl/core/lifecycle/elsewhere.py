"""Two addresses that git has for one who acts."""

from __future__ import annotations

from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The e-mail of a repository's own configuration, that of the user's own, and the words for git that take the former out."""

    here: str
    own: str
    out: tuple[str, ...]
