"""How git is run, and what its output is taken for: an answer, nothing there, or a failure."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from qmsctl.errors import RepositoryError
from qmsctl.regex import regex
from qmsctl.store.git.causes import Cause, cannot_start, cause, silent
from qmsctl.store.git.environment import environment, words
from qmsctl.store.git.stream import GitStream
from qmsctl.value import dataclass

if TYPE_CHECKING:
    import subprocess

_NONE: Mapping[str, str] = MappingProxyType({})

_LONGEST = 600
"""So many seconds git may take for one command; one that hangs, as over a network drive that is gone, holds nobody up for ever."""

_ABSENT = 1
"""The exit status by which git says that there is no such thing; another one means that it could not look."""
_TROUBLE = regex(rb"^(error|fatal): (?!.*expected \w+ type)", re.MULTILINE)
"""What git says where it ends with that status and could not look all the same; that it found another kind of object is an answer."""


class GitFailed(RepositoryError):
    """Git could not look, or not do what it was asked to: never that there is nothing. ``reason`` is what it said."""

    def __init__(self, verb: str, reason: str, told: Cause | None = None) -> None:
        super().__init__(*(told or cause(verb, 1, reason.encode())))
        self.reason = reason or str(self.message)


class Endless(GitFailed):
    """Git was given more time, or memory, than what has an end takes."""


def failed(verb: str, status: int, said: bytes) -> GitFailed:
    """What became of a command that ended with an error."""
    return GitFailed(verb, reason(said) if said.strip() else "", cause(verb, status, said))


def run(
    arguments: Sequence[str],
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    literal: bool = True,
) -> subprocess.CompletedProcess[bytes]:
    """Run git to its end, whatever its status. Raises :class:`GitFailed` for one that does not start, or does not end.

    ``literal`` paths are no patterns; some commands know only paths, and refuse to be told.
    """
    import subprocess

    try:
        return subprocess.run(
            words(arguments, literal=literal), input=stdin, capture_output=True, env=environment() if env is None else env, check=False, timeout=_LONGEST,
        )
    except OSError as error:
        raise GitFailed("", "", cannot_start(error, _found())) from error
    except subprocess.TimeoutExpired as error:
        raise GitFailed("", "", silent(_LONGEST // 60)) from error


def _found() -> str | None:
    """What bears the name of git where programs are looked for, whether it can be run or not."""
    places = (os.path.join(folder, "git") for folder in os.get_exec_path())
    return next((place for place in places if os.path.lexists(place)), None)


def reason(stderr: bytes) -> str:
    """The first line in which git names an error, without its prefix; else the last that it said."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
    said = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[-1])
    return said.removeprefix("fatal: ").removeprefix("error: ")


@dataclass(frozen=True, slots=True)
class Plumbing:
    """One repository to run commands in; ``work_tree`` is ``None`` where it is bare."""

    git_dir: Path
    work_tree: Path | None

    def placed(self, command: Sequence[str]) -> list[str]:
        """The words of a command with the repository it is for."""
        place = [f"--git-dir={self.git_dir}"]
        if self.work_tree is not None:
            # Below its top git would take the paths of a command as relative to the current folder.
            place += ["-C", str(self.work_tree), f"--work-tree={self.work_tree}"]
        return [*place, *command]

    def ask(
        self, *command: str, absent: int = _ABSENT, user_config: bool = False, variables: Mapping[str, str] = _NONE
    ) -> bytes | None:
        """The output, or ``None`` where there is no such thing, as git says by the status ``absent``.

        Raises :class:`GitFailed` where it could not look. ``variables`` come on top of the others.
        """
        done = run(self.placed(command), env={**environment(user_config=user_config), **variables})
        could_not = absent == _ABSENT and _TROUBLE.search(done.stderr)
        if done.returncode not in (0, absent) or (done.returncode == absent and could_not):
            raise failed(command[0], done.returncode, done.stderr)
        return done.stdout if done.returncode == 0 else None

    def run(self, *command: str, stdin: bytes = b"", index: Path | None = None, variables: Mapping[str, str] = _NONE) -> bytes:
        """The output. Raises :class:`GitFailed`; ``index`` stands in for the repository's own."""
        env = {**environment(), **({"GIT_INDEX_FILE": str(index)} if index else {}), **variables}
        done = run(self.placed(command), stdin=stdin, env=env)
        if done.returncode != 0:
            raise failed(command[0], done.returncode, done.stderr)
        return done.stdout

    def stream(self, *command: str, stdin: bytes = b"", patience: float = inf) -> Iterator[bytes]:
        """The output while it comes, split at NUL bytes; for ``patience`` see :class:`GitStream`."""
        with self._started(command, stdin, patience) as process:
            yield from process.parts()
        if process.is_endless:
            raise Endless(command[0], reason(process.said), silent(_LONGEST // 60))
        _check(command[0], process)

    def at_most(self, most: int, *command: str) -> bytes | None:
        """The output, or ``None`` where it is longer than ``most`` bytes: no more than that is held. Raises :class:`GitFailed`."""
        with self._started(command) as process:
            output = process.output.read(most + 1)
        if len(output) > most:
            return None
        _check(command[0], process)
        return output

    def sha256(self, *command: str) -> str:
        """The digest of the output, which is never held in memory as a whole."""
        digest = hashlib.sha256()
        with self._started(command) as process:
            while chunk := process.output.read(1 << 20):
                digest.update(chunk)
        _check(command[0], process)
        return digest.hexdigest()

    def _started(self, command: Sequence[str], stdin: bytes = b"", patience: float = inf) -> GitStream:
        try:
            return GitStream(words(self.placed(command), literal=True), environment(), _LONGEST, stdin=stdin, patience=patience)
        except OSError as error:
            raise GitFailed("", "", cannot_start(error, _found())) from error


def _check(verb: str, stream: GitStream) -> None:
    if stream.stopped:
        raise GitFailed(verb, "", silent(_LONGEST // 60))
    if stream.status != 0:
        raise failed(verb, stream.status, stream.said)
