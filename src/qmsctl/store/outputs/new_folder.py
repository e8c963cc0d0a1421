"""A folder of files that a command puts out: all of them or none, where there was nothing before."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from qmsctl.errors import Refusal
from qmsctl.mend import Mend
from qmsctl.message import _
from qmsctl.store.machine.files import unwritable, write_new
from qmsctl.store.outputs.draft import draft_of

STANDARD_OUTPUT = Path("-")


def check_empty(folder: Path, another: Mend) -> None:
    """Raise ``Refusal`` unless ``folder`` is an empty folder or not there; ``another`` is how to name another."""
    if folder == STANDARD_OUTPUT:
        raise Refusal(_("several files are written, and - can take one; a folder is expected"), another)
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise Refusal(_("{folder} is there already and is no empty folder; nothing was written", folder=str(folder)), another)


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files by their paths in ``folder``, all of them or none. Raises ``RepositoryError`` where that cannot be."""
    _put(Path(os.path.realpath(folder)), contents, str(folder))


def _put(target: Path, contents: Mapping[str, bytes], shown: str) -> None:
    """Write everything in a folder beside ``target``, inside of it where nothing can take its place, and rename that at last."""
    inside = target.is_dir() and (os.path.ismount(target) or not os.access(target.parent, os.W_OK))
    missing = [each for each in target.parents if not each.exists()]
    draft = draft_of(target / target.name if inside else target)
    try:
        for path, data in contents.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            write_new(draft / path, data)
        _into_place(draft, target, inside=inside)
    except OSError as error:
        _take_away(draft, target if inside else None, missing)
        raise unwritable(shown, error) from error
    except BaseException:
        _take_away(draft, target if inside else None, missing)
        raise


def _into_place(draft: Path, target: Path, *, inside: bool) -> None:
    if not inside:
        if target.is_dir():
            shutil.copymode(target, draft)
            if sys.platform == "win32":
                target.rmdir()  # no folder takes the place of another there, be it empty
        os.replace(draft, target)
        return
    for each in sorted(draft.iterdir()):
        os.replace(each, target / each.name)
    draft.rmdir()


def _take_away(draft: Path, was_empty: Path | None, missing: list[Path]) -> None:
    """Leave no half of it."""
    shutil.rmtree(draft, ignore_errors=True)
    for each in was_empty.iterdir() if was_empty else ():
        with suppress(OSError):
            shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
    for folder in missing:
        with suppress(OSError):
            folder.rmdir()
