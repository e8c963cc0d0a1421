"""The list of what a build of a portal wrote, which lies in its folder: nothing else there is ever written over or taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from qmsctl.errors import Refusal, RepositoryError
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.files import read

NAME = ".qmsctl-portal.json"
_ADDRESS = regex(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,150}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,150}\.html", re.ASCII)
_DIGEST = regex(r"[0-9a-f]{64}|", re.ASCII)


class Written(NamedTuple):
    """A file of an earlier build: what its page was made from, and the digest of its bytes; empty where neither is sure."""

    key: str
    sha256: str


class Listing(NamedTuple):
    """What lies in the folder, by address, and whether it is for the public."""

    public: bool
    files: Mapping[str, Written]


def is_address(text: str) -> bool:
    """True for a path of a page: it leads out of no folder, and to no file but a page."""
    return _ADDRESS.fullmatch(text) is not None


def read_listing(folder: Path) -> Listing | None:
    """That of the folder; ``None`` where there is none. Raises :class:`Refusal` for one that cannot be trusted."""
    path = folder / NAME
    if not path.is_symlink() and not path.exists():
        return None
    try:
        found = json.loads(read(path, str(path)))
        files = {address: Written(*each) for address, each in found["files"].items()}
        sound = found["maker"] == "qmsctl" and type(found["public"]) is bool and all(map(_is_sound, files, files.values()))
    except (RepositoryError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise Refusal(_("{path} is not what a build of the portal wrote; nothing was written", path=str(path)))
    return Listing(found["public"], files)


def _is_sound(address: str, written: Written) -> bool:
    return is_address(address) and all(type(each) is str and _DIGEST.fullmatch(each) for each in written)


def listed(listing: Listing) -> bytes:
    """The bytes of a listing: the same for the same files."""
    files = {address: list(listing.files[address]) for address in sorted(listing.files)}
    return (json.dumps({"v": 1, "maker": "qmsctl", "public": listing.public, "files": files}, separators=(",", ":"), indent=0) + "\n").encode()
