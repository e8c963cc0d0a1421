"""Writes what an outsider needs to verify sign-offs into a folder of its own, outside the QMS."""

from __future__ import annotations

import hashlib
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from qmsctl.core.text.characters import visible
from qmsctl.core.text.text_file import lf
from qmsctl.message import show
from qmsctl.store.outputs.new_folder import write_folder
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.shipped.rendering import text_environment
from qmsctl.store.shipped.resources import read_text

SIGNERS, SUMS, README, ROOT = "allowed_signers", "SHA256SUMS", "README.md", "root.sh"


def write_kit(folder: Path, kit: Any, read: Callable[[str], bytes], lang: str) -> None:
    """Write the files ``kit`` names, read with ``read``, and beside them digests, keys and a README.

    All of it is there or nothing. Raises ``RepositoryError`` where it cannot be written.
    """
    contents = {path: lf(read(path)) for path in kit.texts} | {path: read(path) for path in kit.papers}
    contents[SIGNERS] = "".join(f"{line}\n" for line in kit.signers).encode()
    if kit.notes:
        contents[ROOT] = read_text(f"kit/{ROOT}").encode()
    contents[README] = _readme(kit, lang).encode()
    contents[SUMS] = "".join(_sums(contents, kit.named)).encode()
    write_folder(folder, contents)


def _sums(contents: Mapping[str, bytes], named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What ``sha256sum -c`` reads: for what was signed every digest that sign-offs and texts name."""
    digests: dict[str, list[str]] = defaultdict(list)
    for path, sha256 in named:
        digests[path].append(sha256)
    for path in sorted(contents):
        for sha256 in digests[path] or [hashlib.sha256(contents[path]).hexdigest()]:
            yield f"{sha256}  {path}\n"


def _readme(kit: Any, lang: str) -> str:
    environment = text_environment().overlay()
    translate = translator(lang)
    environment.filters = {
        **environment.filters,
        "shell": shlex.quote,
        "cell": lambda value: _cell(show(value, translate, lang)),
    }
    return environment.get_template(f"kit/README.{lang}.md.j2").render(kit=kit)


def _cell(text: str) -> str:
    """A text as one cell of a table, in which nothing is markup."""
    flat = visible(" ".join(text.split()))
    return "".join(f"\\{each}" if each in "\\|`*_<>[]&" else each for each in flat)
