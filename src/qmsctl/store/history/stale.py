"""Who has changed files since somebody looked at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qmsctl.errors import QmsError
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.store.place import Place

_NAME = regex(r"[0-9a-f]{40}", re.ASCII)


def changes_since(place: Place, commit: str, paths: Sequence[str]) -> tuple[Message, ...]:
    """Of every path who changed it in commits after ``commit``; where none did, that it is another on the disk."""
    return tuple(_told(place, commit, paths))


def _told(place: Place, commit: str, paths: Sequence[str]) -> Iterator[Message]:
    git, head = place.git, place.commit
    seen: dict[str, Message] = {}
    if git is not None and head and _NAME.fullmatch(commit):
        try:
            for each in git.history((head, "--not", commit), frozenset(map(place.from_top, paths)).__contains__):
                seen.setdefault(each.path, _("{path} was changed by {name} on {at}", path=each.path, name=each.name, at=each.at))
        except QmsError:
            seen = {}
    for path in paths:
        yield seen.get(place.from_top(path)) or _("{path} is not as it was", path=path)
