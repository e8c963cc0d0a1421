"""What leads from one commit to another: the files to be written, and the step of the branch that goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from qmsctl.core.edit import FileChange
from qmsctl.core.text.text_file import lf
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command
from qmsctl.message import _
from qmsctl.store.git.intent import Turn
from qmsctl.store.git.object_bytes import Entry
from qmsctl.store.git.repository import Git
from qmsctl.store.writing.replacement import current
from qmsctl.value import dataclass

_FILES = ("100644", "100755")
_NONE = "000000"


class _Entry(NamedTuple):
    """One path that differs: its mode and blob before, and its mode and blob afterwards; no blob where there is no file."""

    path: str
    was: str
    mode: str
    before: str | None
    after: str | None

    @property
    def turn(self) -> Turn:
        return Turn(self.path, Entry(self.was, self.before) if self.before else None, Entry(self.mode, self.after) if self.after else None)


@dataclass(frozen=True, slots=True)
class Way:
    """Files from the top of the work tree, and the same as what becomes of the branch."""

    changes: tuple[FileChange, ...] = ()
    turns: tuple[Turn, ...] = ()


def way(git: Git, top: Path, old: str, new: str) -> Way:
    """The way from commit ``old`` to ``new``, for files that are on the disk as in ``old``, line ends aside.

    Raises ``Refusal`` for files that were changed since, and for links and other repositories inside.
    """
    found = tuple(_entries(git, old, new))
    strange = tuple(each.path for each in found if each.mode not in (*_FILES, _NONE))
    if strange:
        raise Refusal(_("what came holds links or other repositories, which qmsctl does not write: {paths}", paths=strange), advice(_("have them taken out where they came from")))
    wanted = sorted({oid for each in found for oid in (each.before, each.after) if oid})
    git.check_sizes(wanted)
    data = dict(zip(wanted, git.blobs(wanted), strict=True))
    changes = [FileChange(each.path, current(top, each.path), data[each.after] if each.after else None) for each in found]
    _check_unedited(found, changes, data)
    return Way(tuple(changes), tuple(each.turn for each in found))


def _check_unedited(found: tuple[_Entry, ...], changes: list[FileChange], data: Mapping[str, bytes]) -> None:
    """A file that has the bytes already which it is to get is as good as one that was not touched."""
    edited = tuple(
        change.path
        for each, change in zip(found, changes, strict=True)
        if _plain(change.before) not in (_plain(data[each.before] if each.before else None), _plain(change.after))
    )
    if edited:
        raise Refusal(
            _("{paths} came from others, and you have changed the same file without saving it in git; nothing was changed", paths=edited),
            command("sync", commit=True).in_order_to(_("save yours first")),
        )


def _plain(data: bytes | None) -> bytes | None:
    return None if data is None else lf(data)


def _entries(git: Git, old: str, new: str) -> Iterator[_Entry]:
    compared = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", old, new)
    words = iter(git.plumbing.run(*compared).decode("utf-8", "surrogateescape").split("\0"))
    for facts in words:
        if facts:
            was, mode, before, after, _status = facts.removeprefix(":").split()
            yield _Entry(next(words), was, mode, None if was == _NONE else before, None if mode == _NONE else after)
