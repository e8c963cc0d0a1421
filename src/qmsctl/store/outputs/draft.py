"""What is to take the place of a file or a folder, beside it until it is whole."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

from qmsctl.core.tree import TEMPORARY

_AT_WORK = 60
"""Seconds for which a draft may be one that somebody is at work on: it takes its place as soon as it is written."""


def draft_of(target: Path) -> Path:
    """A new name beside ``target``. Drafts for it that a command left which was ended by force are cleared away."""
    mark = f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}-"
    with suppress(OSError):
        for each in target.parent.iterdir():
            if each.name.startswith(mark) and each.name.endswith(TEMPORARY):
                _clear(each)
    return target.with_name(f"{mark}{secrets.token_hex(4)}{TEMPORARY}")


def clear_drafts(folder: Path) -> None:
    """Clear away whatever drafts a command left in ``folder`` which was ended by force."""
    with suppress(OSError):
        for each in filter(is_draft, folder.iterdir()):
            _clear(each)


def is_draft(path: Path) -> bool:
    """True for what is named like a draft."""
    return path.name.startswith(".") and path.name.endswith(TEMPORARY)


def _clear(draft: Path) -> None:
    with suppress(OSError):
        if time.time() - draft.lstat().st_mtime < _AT_WORK:
            return
        if draft.is_dir() and not draft.is_symlink():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink()
