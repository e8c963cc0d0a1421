"""What the entries of a cache depend on besides the files: the code that made them, and the types and standards it went by."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from qmsctl.store.shipped.resources import templates_root

_BESIDE = ("yaml", "holidays")
_SHIPPED = ("types", "config", "standards")
_PACKAGE = Path(__file__).resolve().parent.parent.parent


def maker(own_types: Mapping[str, str]) -> str:
    """The digest of this program as it lies on the disk, of its Python, and of the office's own types, path to text."""
    return hashlib.sha256(repr((_program(), sorted(own_types.items()))).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _program() -> tuple[object, ...]:
    beside = (seen(found.origin) for found in map(find_spec, _BESIDE) if found and found.origin)
    shipped = (each for folder in _SHIPPED for each in _files(str(templates_root() / folder), ".yaml"))
    return sys.version, sys.byteorder, *beside, *_files(str(_PACKAGE), ".py"), *shipped


def _files(folder: str, ending: str) -> Iterator[tuple[str, int, int, int]]:
    """Every file of the program with its size and times: by these Python itself tells whether a module is another one."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda each: each.name)
    for each in found:
        if each.name.endswith(ending):
            yield seen(each.path)
        elif each.is_dir() and each.name != "__pycache__":
            yield from _files(each.path, ending)


def seen(path: str) -> tuple[str, int, int, int]:
    """What tells a file of the program from another one in its place."""
    found = os.stat(path)
    return path, found.st_size, found.st_mtime_ns, found.st_ctime_ns
