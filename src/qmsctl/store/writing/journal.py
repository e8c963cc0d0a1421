"""The note a writer leaves of what it is about to do, so that a later command of the same user can finish it.

A line of JSON says who left it, where and when; one more names path and digests of every step, and the commit that is to follow;
then a seal over both, and the new bytes one after another. It lies where anybody can put a file who hands a tree or a repository over, so nothing
of it is carried out but under the seal of a key that only its user has; see :mod:`qmsctl.store.writing.journal_key`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import platform
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from qmsctl.errors import RepositoryError
from qmsctl.mend import Mend, advice, git
from qmsctl.message import _
from qmsctl.store.git.intent import Intent
from qmsctl.store.machine import files
from qmsctl.store.machine.clock import now
from qmsctl.store.writing.journal_key import forget_key, fresh_key, has_key, key_of, place_of
from qmsctl.store.writing.state import JOURNAL
from qmsctl.value import dataclass

_VERSION = 3
_PURPOSE = b"qmsctl journal 3\0"
_LONGEST_CLAIM = 8 * 1024
_LONGEST_LIST = 64 * 1024 * 1024
_LONGEST_WORD = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One file to be brought from the bytes with digest ``before`` to ``after``.

    ``None`` stands for no file. ``path`` is relative to the QMS folder.
    """

    path: str
    before: str | None
    after: bytes | None


class Left(NamedTuple):
    """What an interrupted command left to be done: files, and the commit they are for."""

    steps: tuple[Step, ...] = ()
    intent: Intent | None = None


class Untrusted(RepositoryError):
    """A journal that this user did not leave in this place on this machine, as far as can be proved."""


def digest(content: bytes | None) -> str | None:
    """The SHA-256 of a file's bytes, ``None`` where there is no file."""
    return None if content is None else hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal in a state folder, of changes below ``root``, the real path of the QMS folder."""

    folder: Path
    root: Path

    @property
    def path(self) -> Path:
        """Where it lies, if there is one."""
        return self.folder / JOURNAL

    def is_there(self) -> bool:
        """True for whatever bears its name."""
        return os.path.lexists(self.path)

    def write(self, steps: Sequence[Step], intent: Intent | None = None) -> None:
        """Have the steps on the disk, and the commit after them: whole or not at all. Raises ``OSError`` or ``RepositoryError``."""
        key = fresh_key(self.root)
        claim = json.dumps(_claim(self.root)).encode()
        listed = json.dumps({"steps": [_listed(each) for each in steps], "commit": intent.as_data() if intent else None}).encode()
        sealed = _seal(key, self.root, claim, listed)
        draft = self.folder / f"{JOURNAL}.new"
        draft.unlink(missing_ok=True)
        try:
            files.write_new(draft, b"\n".join([claim, listed, sealed, b"".join(s.after or b"" for s in steps)]))
            os.replace(draft, self.path)
            files.sync_folder(self.folder)
        except BaseException as error:
            if not self._withdrawn(draft):
                raise RepositoryError(
                    _("The change is noted in {path} and not made; the next command that writes makes it.", path=str(self.path)),
                    advice(_("Where you do not want it, delete {path}", path=str(self.path))),
                ) from error
            raise

    def _withdrawn(self, draft: Path) -> bool:
        """Take back what was written of it; true where nothing is left that would be carried out."""
        for path in (draft, self.path):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        forget_key(self.root)
        return not self.is_there() or not has_key(self.root)

    def read(self) -> Left:
        """What an interrupted command of this user left; nothing if there is no journal.

        Raises :class:`Untrusted`, and ``RepositoryError`` for a journal of one's own that is damaged.
        """
        if not self.is_there():
            return Left()
        with self._opened() as file:
            listed = self._sealed(file)
            try:
                data = json.loads(listed)
                return Left(tuple(_steps(data["steps"], file)), Intent.from_data(data["commit"]) if data["commit"] else None)
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise RepositoryError(_("The journal {path} of an interrupted command is damaged.", path=str(self.path)), self._look()) from error

    def doubt(self) -> Untrusted | None:
        """Why nothing of it is carried out, if that is so; nothing where another command has just done with it."""
        try:
            with self._opened() as file:
                self._sealed(file)
        except Untrusted as error:
            return error if self.is_there() else None
        return None

    def drop(self) -> None:
        """Forget what it says, which is done. Raises ``OSError`` if that cannot be; then it is found done by whoever comes next."""
        self.path.unlink()
        with suppress(OSError):
            files.sync_folder(self.folder)
        forget_key(self.root)

    def _opened(self) -> IO[bytes]:
        try:
            return os.fdopen(files.open_regular(self.path, str(self.path)), "rb")
        except RepositoryError as error:
            raise Untrusted(_("The journal {path} is a link or no plain file; nothing of it was carried out.", path=str(self.path)), self._look()) from error

    def _sealed(self, file: IO[bytes]) -> bytes:
        """The list of steps, once the seal over it is found to be of this user, machine and folder."""
        claim, listed, seal = (_line(file, most) for most in (_LONGEST_CLAIM, _LONGEST_LIST, _LONGEST_CLAIM))
        version = _version(claim)
        if version not in (None, _VERSION):
            raise Untrusted(
                _("The journal {path} was left by another version of qmsctl, whose journals this one cannot read; nothing of it was carried out.", path=str(self.path)),
                advice(_("Have any command that writes run by that version")).or_else(self._look()),
            )
        key = key_of(self.root)
        if key is None or not hmac.compare_digest(_seal(key, self.root, claim, listed), seal):
            raise self._untrusted(claim)
        return listed

    def _untrusted(self, claim: bytes) -> Untrusted:
        try:
            said = {name: str(value)[:_LONGEST_WORD] for name, value in dict(json.loads(claim)).items()}
            who = {name: said[name] for name in ("user", "machine", "folder", "since")}
        except (ValueError, TypeError, KeyError, RecursionError):
            return Untrusted(
                _("The journal {path} does not say who left it, and bears no seal of yours; nothing of it was carried out.", path=str(self.path)),
                self._look(),
            )
        return Untrusted(
            _(
                "The journal {path} bears no seal of yours: it says that {user} left it on {machine}, in {folder}, at {since}. Nothing of it was carried out.",
                path=str(self.path), **who,
            ),
            advice(_("Have any command that writes run by the one who left it, on that machine and in that folder")).or_else(self._look()),
        )

    def _look(self) -> Mend:
        return git("status").in_order_to(_("Look at your files")).then(advice(_("Delete {path}", path=str(self.path))))


def _claim(root: Path) -> dict[str, object]:
    """Who leaves it, for people to read."""
    user = os.environ.get("USER") or os.environ.get("USERNAME") or "?"
    since = now().isoformat(timespec="seconds")
    return {"version": _VERSION, "user": user[:_LONGEST_WORD], "machine": platform.node()[:_LONGEST_WORD], "folder": str(root)[:_LONGEST_WORD], "since": since}


def _version(claim: bytes) -> int | None:
    """The version that a claim names; none where it names none."""
    try:
        found = dict(json.loads(claim)).get("version")
    except (ValueError, TypeError, RecursionError):
        return None
    return found if isinstance(found, int) else None


def _listed(step: Step) -> dict[str, object]:
    size = 0 if step.after is None else len(step.after)
    return {"path": step.path, "before": step.before, "after": digest(step.after), "size": size}


def _seal(key: bytes, root: Path, claim: bytes, listed: bytes) -> bytes:
    """The lines are told apart by their ends, of which none has one within; the place holds no end of a line."""
    return hmac.new(key, _PURPOSE + b"\n".join([hashlib.sha256(place_of(root)).hexdigest().encode(), claim, listed]), "sha256").hexdigest().encode()


def _line(file: IO[bytes], most: int) -> bytes:
    return file.readline(most).removesuffix(b"\n")


def _steps(listed: list[dict[str, Any]], content: IO[bytes]) -> list[Step]:
    steps = []
    for item in listed:
        after = None if item["after"] is None else content.read(int(item["size"]))
        if digest(after) != item["after"]:
            raise ValueError(item["path"])
        steps.append(Step(str(item["path"]), item["before"], after))
    return steps
