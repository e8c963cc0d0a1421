"""The address below which pages stand on the web: of ``https`` alone, without a name, a password, a question or a place in a page."""

from __future__ import annotations

from qmsctl.regex import regex

_ADDRESS = regex(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?")
_LONGEST = 200


def read_address(text: str) -> str | None:
    """The address with a stroke at its end, so that the name of a page may follow; ``None`` where it is none."""
    if len(text) > _LONGEST or not _ADDRESS.fullmatch(text) or "/../" in f"{text}/" or "/./" in f"{text}/":
        return None
    return f"{text.rstrip('/')}/"
