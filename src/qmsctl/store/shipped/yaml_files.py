"""What stands in the YAML files that ship with the product, read when it was built: to import their parser takes longer than a short command.

``build_catalog.py`` has it written. In a checkout where a file was edited since, that file is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qmsctl.core.standards.standard import DATA_LIMIT
from qmsctl.core.text.nodes import Node, placeless, plain
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.type_reader import MAX_DEPTH
from qmsctl.store.shipped.resources import PACKAGE, templates_root

_WRITTEN = PACKAGE / "prepared" / "shipped.txt"
_PATTERNS = ("types/*/type.yaml", "config/*.yaml", "standards/*.yaml")


def shipped(name: str) -> Node | None:
    """What stands in the file ``name``, a path below ``templates/``; its nodes may stand on no line."""
    known = _known(name) if _WRITTEN.exists() else b""
    return placeless(json.loads(known)) if known else _read(name)


def write(target: Path = _WRITTEN) -> None:
    """A line for each file: its name and what stands in it."""
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(b"\n".join((b"", *_lines(), b"")))


def _lines() -> Iterator[bytes]:
    for path in sorted(each for pattern in _PATTERNS for each in templates_root().glob(pattern)):
        name = path.relative_to(templates_root()).as_posix()
        node = _read(name)
        if node is not None:
            yield f"{name}\t{json.dumps(plain(node), ensure_ascii=False)}".encode()


def _read(name: str) -> Node | None:
    return read_yaml((templates_root() / name).read_text(encoding="utf-8"), limit=DATA_LIMIT, depth=MAX_DEPTH)


def _known(name: str) -> bytes:
    """What was written of a file, nothing where the file is later."""
    is_installed = templates_root().is_relative_to(PACKAGE)
    if not is_installed and os.stat(templates_root() / name).st_mtime_ns > os.stat(_WRITTEN).st_mtime_ns:
        return b""
    return _all().partition(f"\n{name}\t".encode())[2].partition(b"\n")[0]


@cache
def _all() -> bytes:
    return _WRITTEN.read_bytes()
