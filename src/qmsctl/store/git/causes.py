"""Why a git command failed, and the way out: known by what git says, in English whatever the language of its user.

What none of these knows is told as git told it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from errno import EAGAIN, EMFILE, ENFILE, ENOMEM

from qmsctl.mend import Mend, advice, git
from qmsctl.message import Message, _
from qmsctl.store.machine.system_words import plain

Cause = tuple[Message, Mend]

BACKUP: Mend = advice(_("where nothing else has them, put .git back from the last copy of the folder"))

REFETCH: Mend = git("fetch", "--refetch").in_order_to(_("fetch them again from where they are kept")).or_else(BACKUP)
"""What brings back objects that are lost or damaged."""

UNFILTERED: Mend = git("fetch", "--refetch", "--no-filter").in_order_to(_("fetch what it left out")).or_else(
    advice(_("in a CI file: a clone without a filter")),
)
"""What makes a partial clone whole."""

_CONFIG: Mend = advice(_("correct that line first"))
_VARIABLES: Mend = advice(_("correct the variables whose names begin with GIT_CONFIG_, or take them away: {command}", command="unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS"))
_NEWER: Mend = advice(_("Install it from https://git-scm.com/downloads"))
_HEAD: Mend = advice(_("write “ref: refs/heads/” and the name of your branch into .git/HEAD"))
_REF: Mend = git("fsck").in_order_to(_("see which it is")).then(
    advice(_("write its last commit, which stands at the end of the file of that name below .git/logs/, into the file of that name below .git/")),
).or_else(BACKUP)
_INDEX: Mend = advice(_("delete .git/index")).then(git("reset", "--quiet"))
_SHALLOW: Mend = advice(_("delete .git/shallow")).then(git("fetch", "--refetch"))
_FSCK: Mend = git("fsck").in_order_to(_("See what is wrong"))

_LIMITS: Mend = advice(_("end other programs, or have the limits raised, which this shows: {command}", command="ulimit -a"))
_SHORT = (EMFILE, ENFILE, ENOMEM, EAGAIN)
"""What there is too little of when a program is started: open files, memory, processes."""

_CLOSED: Mend = advice(_("have whoever owns the files give you the right to read all below .git"))

_FULL: Mend = advice(_("make room; what is left is shown by: {command}", command="df -h ."))
_WRITABLE: Mend = advice(_("check free space and permissions: {command}", command="df -h . ; ls -ld .git"))
_READ_ONLY: Mend = advice(_("this disk can only be read: work in a folder on another one"))
_NO_ROOM = r"[Nn]o space left|[Oo]ut of disk ?space|[Qq]uota exceeded"
_ONLY_READ = r"[Rr]ead-only file system"
_CLOSED_TO_YOU = r"[Pp]ermission denied"
_NOT_WRITTEN = r"write error|([Uu]nable|[Ff]ailed) to write|([Cc]ould not|[Cc]ouldn't) write"
OF_THE_DISK = f"{_NO_ROOM}|{_ONLY_READ}|{_CLOSED_TO_YOU}|{_NOT_WRITTEN}"
"""How a line is known that says why this machine could not write or read."""

_CAUSES: tuple[tuple[str, Callable[[str], Message], Mend], ...] = (
    (_NO_ROOM, lambda why: _("git has no room left to write: {reason}", reason=why), _FULL),
    (_ONLY_READ, lambda why: _("git cannot write there: {reason}", reason=why), _READ_ONLY),
    (
        _CLOSED_TO_YOU,
        lambda why: _("a part of .git is closed to you: {reason}", reason=why),
        _CLOSED,
    ),
    (_NOT_WRITTEN, lambda why: _("git could not write: {reason}", reason=why), _WRITABLE),
    (
        r"not a git repository",
        lambda why: _("git takes what lies in .git for no repository, as its HEAD or another part is missing, damaged or closed to you: {reason}", reason=why),
        _HEAD,
    ),
    (
        r"command-line config|\bGIT_CONFIG_",
        lambda why: _("git's settings in the variables of this session cannot be read: {reason}", reason=why),
        _VARIABLES,
    ),
    (
        r"\bconfig (line|file|value|variable)|in file .*config\b|in config|bad (numeric|boolean) |configuration file|include depth",
        lambda why: _("git's configuration cannot be read: {reason}", reason=why),
        _CONFIG,
    ),
    (
        r"repo version|repository (extension|format)|ref storage|hash algorithm",
        lambda why: _("this repository was made for a newer git than there is here: {reason}", reason=why),
        _NEWER,
    ),
    (
        r"shallow",
        lambda why: _("git's note of where history was cut off is damaged: {reason}", reason=why),
        _SHALLOW,
    ),
    (
        r"[Nn]o such ref|(bad|broken) ref\b|reference broken|packed-refs|bad object refs/|refs/\S+ does not point",
        lambda why: _("a branch or tag cannot be read, for git's note of it is damaged or names what is missing: {reason}", reason=why),
        _REF,
    ),
    (
        r"promisor|could not fetch|lazy.fetch",
        lambda why: _("this clone was made without what is asked for (a partial clone), and qmsctl fetches nothing: {reason}", reason=why),
        UNFILTERED,
    ),
    (
        r"index file|bad index|bad signature|index uses|cache entr",
        lambda why: _("git's index is damaged: {reason}", reason=why),
        _INDEX,
    ),
    (
        r"missing|bad (object|tree)|corrupt|[Uu]nable to (read|unpack|find|parse|normalize)|[Cc]ould not (read|parse)|alid (object|commit)|not a (valid|tree)|inflate|pack|object file",
        lambda why: _("objects of git are missing here or damaged: {reason}", reason=why),
        REFETCH,
    ),
)
"""The first that speaks of a line counts: how the line is known, what is told of it, and the mend."""


def cause(verb: str, status: int, stderr: bytes) -> Cause:
    """What to tell of a git that did not carry out ``verb``, and how to mend it; ``status`` is negative where a signal ended it."""
    if status < 0:
        return _ended(verb, -status)
    said = [line.removeprefix("fatal: ").removeprefix("error: ") for line in _lines(stderr)]
    for pattern, tell, mend in _CAUSES:
        for line in said:
            if re.search(pattern, line):
                return tell(line), mend
    if said:
        return _("Git could not carry out {verb}: {reason}", verb=verb, reason=said[0]), _FSCK
    return _("Git could not carry out {verb} and gave no reason (exit status {status})", verb=verb, status=status), _FSCK


def _lines(stderr: bytes) -> Iterator[str]:
    """The lines that name errors; where there are none, the last that is no hint."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    errors = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    yield from errors or [line for line in lines if not line.startswith("hint:")][-1:]


def _ended(verb: str, number: int) -> Cause:
    import signal

    names = {each.value: each.name for each in signal.Signals}
    message = _("git was ended by force ({signal}) before it had carried out {verb}", verb=verb, signal=names.get(number, str(number)))
    return message, advice(_("see whether memory is short here, and run the command again"))


def cannot_start(error: OSError, found: str | None) -> Cause:
    """The same of a git that does not start; ``found`` is the file of that name where programs are looked for."""
    download = advice(_("Install it from https://git-scm.com/downloads"))
    if found is None:
        return _("Git is not installed, or not where programs are looked for."), download
    if isinstance(error, PermissionError):
        return _("{path} may not be run by you, and qmsctl needs it", path=found), advice(_("have its permissions put right: {command}", command=f"chmod a+rx {found}")).or_else(download)
    mend = _LIMITS if error.errno in _SHORT else download
    return _("{path} cannot be started: {reason}", path=found, reason=plain(error)), mend


def silent(minutes: int) -> Cause:
    """The same of a git that did not come to an end."""
    message = _("git did not come to an end within {count} minute(s) and was stopped", count=minutes)
    return message, advice(_("see whether the disk or the network drive with the files answers, and run the command again"))


def endless(commit: str) -> Cause:
    """The same of a git that did not come to the end of what one commit changed."""
    message = _("git did not come to the end of what the commit {commit} changed; folders that hold each other many times over have none", commit=commit[:12])
    find = git("branch", "--all", "--contains", commit[:12]).in_order_to(_("see which branches lead to it"))
    return message, find.then(advice(_("delete them, here and on the server, and run the command again")))
