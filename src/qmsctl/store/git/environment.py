"""What git is run with: nothing that the repository's own configuration could make it do.

A repository is hostile input: its ``config`` may name programs for hooks, filters, pagers and
transports. Every command gets its git directory by name, none of the caller's ``GIT_*``
variables, no system or user configuration, and those programs switched off.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qmsctl.regex import regex

if sys.platform == "win32":
    # Otherwise CreateProcess looks for git.exe in the current folder, which anyone may have filled.
    os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"

_SAFE_CONFIG = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "core.askPass=",
    "core.alternateRefsCommand=",
    "core.attributesFile=/dev/null",
    "core.commitGraph=false",
    "credential.helper=",
    "protocol.allow=never",
    "core.fsync=committed",
    "commit.gpgSign=false",
    "log.showSignature=false",
    "advice.graftFileDeprecated=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "submodule.recurse=false",
)

_LITERAL = "--literal-pathspecs"
_GIT = (
    "git",
    "--no-pager",
    _LITERAL,
    *(part for setting in _SAFE_CONFIG for part in ("-c", setting)),
)

# A pre-receive hook sees the objects it has to judge only through these three.
_QUARANTINE = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")

# Where the user's configuration lies, what is added to it, and who they are.
_USER = regex(r"GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)|AUTHOR_(NAME|EMAIL))")

_FIXED = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
}

_NO_USER_CONFIG = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def words(arguments: Sequence[str], *, literal: bool) -> list[str]:
    """A command line; ``literal`` paths are no patterns."""
    return [*(part for part in _GIT if literal or part != _LITERAL), *arguments]


def environment(*, user_config: bool = False) -> dict[str, str]:
    """The variables for a git command; with ``user_config`` it reads the user's configuration, wherever that lies."""
    kept = os.environ.copy()
    given = {name: kept.pop(name) for name in tuple(kept) if name.startswith("GIT_")}
    if user_config:
        kept |= {name: value for name, value in given.items() if _USER.fullmatch(name)}
    if "GIT_QUARANTINE_PATH" in given:
        kept |= {name: given[name] for name in _QUARANTINE if name in given}
    return kept | _FIXED | ({} if user_config else _NO_USER_CONFIG)


@contextmanager
def own_environment(**more: str) -> Iterator[None]:
    """Give this process the same variables and some ``more``, for a library that runs git itself."""
    saved = dict(os.environ)
    wanted = environment() | more
    try:
        for name in saved.keys() - wanted.keys():
            del os.environ[name]
        os.environ.update(wanted)
        yield
    finally:
        os.environ.clear()
        os.environ.update(saved)
