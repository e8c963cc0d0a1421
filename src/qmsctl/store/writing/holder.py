"""Who holds the lock: a line in its file, for whoever waits."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime

from qmsctl.store.machine.clock import now
from qmsctl.value import dataclass

_BYTES = 2000
_WORD = 100
_BEGINNING = b'{"pid": '
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Holder:
    """A process at work, as it says itself; ``?`` for what it does not say."""

    pid: int | str = _UNKNOWN
    user: str = _UNKNOWN
    command: str = _UNKNOWN
    since: datetime | str = _UNKNOWN

    @classmethod
    def of(cls, command: str) -> Holder:
        """This process, which carries out ``command`` from now on."""
        user = os.environ.get("USER") or os.environ.get("USERNAME") or _UNKNOWN
        return cls(os.getpid(), user[:_WORD], command[:_WORD] or _UNKNOWN, now())

    @classmethod
    def read(cls, descriptor: int) -> Holder:
        """The one whose line stands in an open file. Whatever it holds, nothing is raised."""
        said: dict[str, object] = {}
        with suppress(OSError, ValueError, TypeError, RecursionError):
            said = dict(json.loads(content(descriptor)))
        pid, user, command = (said.get(name) for name in ("pid", "user", "command"))
        return cls(pid if isinstance(pid, int) else _UNKNOWN, _word(user), _word(command), _moment(said.get("since")))

    def line(self) -> bytes:
        """What is written into the file."""
        since = self.since.isoformat(timespec="seconds") if isinstance(self.since, datetime) else self.since
        return json.dumps({"pid": self.pid, "user": self.user, "command": self.command, "since": since}).encode()


def content(descriptor: int) -> bytes:
    """The beginning of an open file: more of it than a line of ours is long."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, _BYTES + 1)


def is_ours(found: bytes) -> bool:
    """True for what a lock of ours holds: nothing, or the line of a holder, be it cut off by a crash."""
    begun = found.startswith(_BEGINNING) or _BEGINNING.startswith(found)
    return not found.strip(b"\0") or (begun and len(found) <= _BYTES and b"\n" not in found)


def _word(said: object) -> str:
    return said[:_WORD] if isinstance(said, str) else _UNKNOWN


def _moment(said: object) -> datetime | str:
    with suppress(ValueError):
        return datetime.fromisoformat(said) if isinstance(said, str) else _UNKNOWN
    return _UNKNOWN
