"""Writes what an outsider needs to verify sign-offs into a folder of its own, outside the QMS."""

from __future__ import annotations

import hashlib
import os
import secrets
import shlex
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from qmsctl.core.text.characters import visible
from qmsctl.core.text.text_file import lf
from qmsctl.core.tree import TEMPORARY
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, addition
from qmsctl.message import _, show
from qmsctl.store.catalogue import translator
from qmsctl.store.files import unwritable, write_new
from qmsctl.store.rendering import text_environment

SIGNERS, SUMS, README = "allowed_signers", "SHA256SUMS", "README.md"


def check_empty(folder: Path) -> None:
    """Raise ``Refusal`` unless ``folder`` is an empty folder or not there."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise Refusal(
            _("{folder} is there already and is no empty folder; nothing was written", folder=str(folder)),
            addition(kit=Hole("folder")).in_order_to(_("name a new folder")),
        )


def write_kit(folder: Path, kit: Any, read: Callable[[str], bytes], lang: str) -> None:
    """Write the files ``kit`` names, read with ``read``, and beside them digests, keys and a README.

    All of it is there or nothing. Raises ``Refusal`` where ``folder`` is not empty, ``RepositoryError`` where it cannot be written.
    """
    check_empty(folder)
    contents = {path: lf(read(path)) for path in kit.texts} | {path: read(path) for path in kit.papers}
    contents[SIGNERS] = "".join(f"{line}\n" for line in kit.signers).encode()
    contents[README] = _readme(kit, lang).encode()
    contents[SUMS] = "".join(_sums(contents, kit.named)).encode()
    _put(Path(os.path.realpath(folder)), contents, str(folder))


def _put(target: Path, contents: Mapping[str, bytes], shown: str) -> None:
    """Write everything in a folder beside ``target``, inside of it where it is there already, and rename that at last."""
    is_there = target.is_dir()
    missing = [each for each in target.parents if not each.exists()]
    draft = (target if is_there else target.parent) / f".{secrets.token_hex(8)}{TEMPORARY}"
    try:
        for path, data in contents.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            write_new(draft / path, data)
        _into_place(draft, target, is_there=is_there)
    except OSError as error:
        _take_away(draft, target if is_there else None, missing)
        raise unwritable(shown, error) from error
    except BaseException:
        _take_away(draft, target if is_there else None, missing)
        raise


def _into_place(draft: Path, target: Path, *, is_there: bool) -> None:
    if not is_there:
        os.replace(draft, target)
        return
    for each in sorted(draft.iterdir()):
        os.replace(each, target / each.name)
    draft.rmdir()


def _take_away(draft: Path, was_empty: Path | None, missing: list[Path]) -> None:
    """Leave no half of a kit."""
    shutil.rmtree(draft, ignore_errors=True)
    for each in was_empty.iterdir() if was_empty else ():
        with suppress(OSError):
            shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
    for folder in missing:
        with suppress(OSError):
            folder.rmdir()


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
