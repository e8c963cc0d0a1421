"""The list of what a build of a portal wrote, which lies in its folder: nothing else there is ever written over or taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from qmsctl.errors import Refusal, RepositoryError
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.machine.files import read

NAME = ".qmsctl-portal.json"
_ADDRESSES = regex(r"(?:(?:[A-Za-z0-9][A-Za-z0-9._-]{0,150}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,150}\.html\n)*", re.ASCII)
_DIGEST = 64
"""So many signs has a digest."""


class Written(NamedTuple):
    """A file of an earlier build: the key of its page, and the digest of its bytes; empty where neither is sure."""

    key: str
    sha256: str


class Listing(NamedTuple):
    """What lies in the folder, by address, whether it is for the public, and the digest of what stands on none of its pages."""

    public: bool
    files: Mapping[str, Written]
    withheld: str = ""


def are_addresses(texts: Sequence[str]) -> bool:
    """True for paths of pages: they lead out of no folder, and to no file but a page. They are thousands, and are looked at as one text."""
    text = "".join([f"{each}\n" for each in texts])
    return text.count("\n") == len(texts) and _ADDRESSES.fullmatch(text) is not None


def read_listing(folder: Path) -> Listing | None:
    """That of the folder; ``None`` where there is none. Raises :class:`Refusal` for one that cannot be trusted."""
    path = folder / NAME
    if not path.is_symlink() and not path.exists():
        return None
    try:
        found = json.loads(read(path, str(path)))
        files = {address: Written(*each) for address, each in found["files"].items()}
        withheld = found.get("withheld", "")
        sound = found["maker"] == "qmsctl" and type(found["public"]) is bool and are_addresses([*files]) and _are_digests([withheld, *chain.from_iterable(files.values())])
    except (RepositoryError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise Refusal(_("{path} is not what a build of the portal wrote; nothing was written", path=str(path)))
    return Listing(found["public"], files, withheld)


def _are_digests(found: Sequence[str]) -> bool:
    """True for digests and empty texts. Raises ``TypeError`` or ``ValueError`` where one is neither."""
    text = "".join(found)
    return {*map(len, found)} <= {0, _DIGEST} and bytes.fromhex(text).hex() == text


def listed(listing: Listing) -> bytes:
    """The bytes of a listing: the same for the same files."""
    lines = (f'"{address}":["{each.key}","{each.sha256}"]' for address, each in sorted(listing.files.items()))
    head = f'{{"v":1,"maker":"qmsctl","public":{json.dumps(listing.public)},"withheld":"{listing.withheld}","files":{{\n'
    return (head + ",\n".join(lines) + "\n}}\n").encode()
