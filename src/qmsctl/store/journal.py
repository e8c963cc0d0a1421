"""The note a writer leaves of what it is about to do, so that a later command can finish it.

One line of JSON with a path and digests for every step, then the new bytes one after another.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice, git
from qmsctl.message import _
from qmsctl.store import files

_VERSION = 1
_NAME = "journal"


@dataclass(frozen=True, slots=True)
class Step:
    """One file to be brought from the bytes with digest ``before`` to ``after``.

    ``None`` stands for no file. ``path`` is relative to the QMS folder.
    """

    path: str
    before: str | None
    after: bytes | None


def digest(content: bytes | None) -> str | None:
    """The SHA-256 of a file's bytes, ``None`` where there is no file."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def path(folder: Path) -> Path:
    """The journal of a state folder."""
    return folder / _NAME


def write(folder: Path, steps: Sequence[Step]) -> None:
    """Have the steps on the disk, whole or not at all."""
    listed = [
        {
            "path": step.path,
            "before": step.before,
            "after": digest(step.after),
            "size": 0 if step.after is None else len(step.after),
        }
        for step in steps
    ]
    header = json.dumps({"version": _VERSION, "steps": listed}).encode()
    draft = folder / f"{_NAME}.new"
    draft.unlink(missing_ok=True)
    try:
        files.write_new(draft, b"\n".join([header, b"".join(s.after or b"" for s in steps)]))
        os.replace(draft, path(folder))
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    files.sync_folder(folder)


def read(folder: Path) -> tuple[Step, ...]:
    """The steps that an interrupted command left; none if there is no journal.

    Raises ``RepositoryError`` for a journal that is damaged.
    """
    try:
        header, _newline, content = path(folder).read_bytes().partition(b"\n")
        return tuple(_steps(json.loads(header), content))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RepositoryError(
            _("The journal {path} of an interrupted command is damaged.", path=str(path(folder))),
            git("status").in_order_to(_("Look at your files")).then(advice(_("Delete {path}", path=str(path(folder))))),
        ) from error


def _steps(data: dict[str, Any], content: bytes) -> list[Step]:
    if data["version"] != _VERSION:
        raise ValueError(data["version"])
    steps, start = [], 0
    for item in data["steps"]:
        end = start + int(item["size"])
        after = None if item["after"] is None else content[start:end]
        if digest(after) != item["after"]:
            raise ValueError(item["path"])
        steps.append(Step(str(item["path"]), item["before"], after))
        start = end
    return steps


def drop(folder: Path) -> None:
    """Forget the steps, which are done. Raises ``RepositoryError`` if that cannot be."""
    try:
        path(folder).unlink()
        files.sync_folder(folder)
    except OSError as error:
        raise RepositoryError(
            _(
                "The change is made, but its journal cannot be removed: {reason}",
                reason=(error.strerror or str(error)).lower(),
            ),
            advice(_("Delete {path}", path=str(path(folder)))),
        ) from error
