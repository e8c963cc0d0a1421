"""Git over the network and between trees, in a repository of its own that holds nothing of anybody's configuration.

The configuration of the office's repository may name programs for transports, filters, merges and hooks. So none of it
is read: a folder without settings borrows the objects, and beside it only the person's own configuration counts (their
keys, their credentials, their proxy). Hooks are off, tags and submodules are left alone, nothing is forced.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from qmsctl.regex import regex
from qmsctl.store.git.environment import environment
from qmsctl.store.git.plumbing import failed, run
from qmsctl.store.git.repository import Git
from qmsctl.store.git.scratch import scratch
from qmsctl.value import dataclass

PROTOCOLS = ("file", "http", "https", "ssh")

_PERSONS = regex(r"GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS)")
"""What a person has chosen for the transport in the environment, as an editor's terminal does."""

_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.alternateRefsCommand=",
    "core.commitGraph=false",
    "fetch.fsckObjects=true",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "push.followTags=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
)


@dataclass(frozen=True, slots=True)
class Bare:
    """A repository without configuration at ``folder``, over the objects of another."""

    folder: Path
    objects: Path

    def local(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run git without network and without anybody's configuration."""
        return run([f"--git-dir={self.folder}", *words], env=environment() | self._place())

    def remote(self, *words: str, asks: bool) -> subprocess.CompletedProcess[bytes]:
        """Run git with the person's own configuration and network; ``asks`` where somebody can be asked for a password."""
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        command = ["git", "--no-pager", *settings, f"--git-dir={self.folder}", *words]
        return subprocess.run(command, cwd=self.folder, env=_environment(asks=asks) | self._place(), capture_output=True, check=False)

    def _place(self) -> dict[str, str]:
        return {"GIT_OBJECT_DIRECTORY": str(self.objects)}


def _environment(*, asks: bool) -> dict[str, str]:
    persons = {name: value for name, value in os.environ.items() if _PERSONS.fullmatch(name)}
    found = environment(user_config=True) | persons | {"GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS)}
    if asks:
        del found["GIT_TERMINAL_PROMPT"]
    return found


@contextmanager
def bare(git: Git, known: Mapping[str, str]) -> Iterator[Bare]:
    """Such a repository over the objects of ``git``, with ``known`` commits under the names of refs; gone afterwards."""
    with scratch(git.common_dir) as folder:
        found = Bare(folder, (git.common_dir / "objects").resolve())
        _checked("init", run(["init", "--quiet", "--bare", "--template=", f"--object-format={git.object_format()}", "--", str(folder)]))
        for name, commit in known.items():
            _checked("update-ref", found.local("update-ref", name, commit))
        yield found


def _checked(verb: str, done: subprocess.CompletedProcess[bytes]) -> None:
    if done.returncode != 0:
        raise failed(verb, done.returncode, done.stderr)
