"""The one place that a repository is kept in step with: its only remote, and there the branch of the same name."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence

from qmsctl.errors import Refusal, RepositoryError
from qmsctl.mend import Hole, Mend, advice, command
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.git.causes import OF_THE_DISK
from qmsctl.store.git.local_remote import check_local
from qmsctl.store.git.network import PROTOCOLS, Bare, bare
from qmsctl.store.git.plumbing import failed, reason
from qmsctl.store.git.repository import Git
from qmsctl.value import dataclass

_MINE, _THEIRS = "refs/heads/mine", "refs/heads/theirs"
_HELPER = regex(r"[A-Za-z0-9][A-Za-z0-9+.-]*::")
_SCHEME = regex(r"([A-Za-z0-9+.-]+)://")
_PASSWORD = regex(r"(?<=://)[^/@\s]*@")
_AWAY = regex(
    r"could not resolve|couldn't resolve|unable to access|failed to connect|connection (refused|timed out|reset|closed)|network is unreachable|no route to host|timed out",
    re.IGNORECASE,
)
_STRANGER = regex(r"permission denied|authentication failed|could not read (username|password)|terminal prompts disabled|host key verification", re.IGNORECASE)
_OTHER_NAMES = regex(r"unexpected capabilities\^\{\}|mismatched algorithms|does not support this repository's hash algorithm|different object format", re.IGNORECASE)
_OF_THE_DISK = regex(OF_THE_DISK)
_FAILED = regex(r"^!\t[^\t]*\t\[remote rejected\] \((failed to|unable to|unpack)", re.MULTILINE)
"""What receives there names its own faults so; what it was told to refuse, otherwise."""
_REJECTED = regex(r"^!\t[^\t]*\t\[rejected\]", re.MULTILINE)


class Overtaken(Exception):
    """Somebody else has sent something since this was fetched."""


@dataclass(frozen=True, slots=True)
class Remote:
    """The remote called ``name`` at ``address``, and the branch that is kept in step; ``asks`` where a person can be asked for a password."""

    git: Git
    name: str
    address: str
    branch: str
    asks: bool = False

    @property
    def tracking(self) -> str:
        """The ref under which this repository remembers the branch there."""
        return f"refs/remotes/{self.name}/{self.branch}"

    @property
    def shown(self) -> str:
        """Its address without the password that may stand in it."""
        return _PASSWORD.sub("", self.address)

    def fetch(self, head: str) -> str | None:
        """The commit of the branch there, fetched and remembered; ``None`` where it has no such branch yet.

        Into a clone that was made without a part of the objects, and lacks some, all of them are fetched.
        Raises ``RepositoryError`` where it cannot be reached, or has not all that is missing.
        """
        lacks = self.git.is_partial() and self.git.lacks(head)
        last = self.last()
        with bare(self.git, {_MINE: head} | ({"refs/heads/last": last} if last else {})) as place:
            if not self._has_branch(place):
                return None
            refspec = f"+refs/heads/{self.branch}:{_THEIRS}"
            quietly = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-prune")
            self._check_taken(head, place.remote("fetch", *quietly, *(["--refetch"] if lacks else []), "--", self.address, refspec, asks=self.asks))
            found = place.local("rev-parse", "--verify", "--quiet", _THEIRS).stdout.decode().strip()
        if lacks and self.git.lacks(head):
            raise RepositoryError(_("this clone was made without a part of its objects, and {address} has not all of those that are missing", address=self.shown), _TELL)
        self.git.plumbing.run("update-ref", "-m", "qmsctl sync", self.tracking, found)
        return found

    def last(self) -> str | None:
        """The commit of the branch there as it was last seen; ``None`` where it never was."""
        found = self.git.plumbing.ask("rev-parse", "--verify", "--quiet", f"{self.tracking}^{{commit}}")
        return found.decode().strip() if found else None

    def seen(self) -> tuple[str, ...]:
        """The commits at which the branch there was seen, the last first, as far as git remembers them."""
        last = self.last()
        found = self.git.plumbing.ask("reflog", "show", "--format=%H", self.tracking, "--") if last else None
        return (last, *(found or b"").decode().split()) if last else ()

    def push(self, commit: str) -> None:
        """Send ``commit`` as the branch. Raises :class:`Overtaken`, or ``Refusal`` in the words of the server."""
        with bare(self.git, {_MINE: commit}) as place:
            words = ("push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", "--", self.address)
            done = place.remote(*words, f"{commit}:refs/heads/{self.branch}", asks=self.asks)
        if done.returncode != 0:
            self._not_sent(done.stdout.decode("utf-8", "replace"), done.stderr)
        self.git.plumbing.run("update-ref", "-m", "qmsctl sync", self.tracking, commit)

    def _has_branch(self, place: Bare) -> bool:
        done = place.remote("ls-remote", "--refs", "--", self.address, f"refs/heads/{self.branch}", asks=self.asks)
        if done.returncode != 0:
            raise self._unreachable(done.stderr)
        return bool(done.stdout.strip())

    def _check_taken(self, head: str, done: subprocess.CompletedProcess[bytes]) -> None:
        """Raise for whatever kept it from being taken over: first what is amiss on this machine, then what was sent."""
        if done.returncode == 0:
            return
        self._check_names(done.stderr)
        own = b"\n".join(line for line in done.stderr.splitlines() if not line.startswith(b"remote: "))
        if _OF_THE_DISK.search(own.decode("utf-8", "replace")):
            raise failed("fetch", done.returncode, own)
        if not self.git.is_partial():
            self.git.plumbing.run("rev-list", "--objects", "--quiet", head, "--")
        raise RepositoryError(_("what {address} sent is damaged; nothing of it was taken over", address=self.shown), _TELL)

    def _check_names(self, stderr: bytes) -> None:
        """Raise ``RepositoryError`` where the objects there bear other names, between which git does not translate."""
        if _OTHER_NAMES.search(stderr.decode("utf-8", "replace")):
            own = self.git.object_format()
            raise RepositoryError(
                _("this repository names its objects by {algorithm}, the one at {address} by another algorithm, and git exchanges nothing between the two",
                  algorithm=own.replace("sha", "SHA-"), address=self.shown),
                git_command("init", "--bare", f"--object-format={own}", Hole("folder")).in_order_to(_("make one there that does")),
            )

    def _not_sent(self, listed: str, stderr: bytes) -> None:
        if _REJECTED.search(listed):
            raise Overtaken
        said = [line.removeprefix("remote: ").rstrip() for line in stderr.decode("utf-8", "replace").splitlines() if line.startswith("remote: ")]
        words = [line for line in said if line] or [reason(stderr)]
        if _FAILED.search(listed):
            raise RepositoryError(
                _("the server cannot take what you sent, for something is amiss there: {reason}; it stays on this machine", reason=reason("\n".join(words).encode())),
                _TELL.then(command("sync")),
            )
        if "[remote rejected]" in listed:
            raise Refusal(
                _("the server does not take what you sent: {reason}; it stays on this machine", reason=" ".join(words)),
                advice(_("mend what it says")).then(command("sync")),
            )
        self._check_names(stderr)
        raise self._unreachable(stderr)

    def _unreachable(self, stderr: bytes) -> RepositoryError:
        said = stderr.decode("utf-8", "replace")
        if _STRANGER.search(said):
            return RepositoryError(
                _("{address} does not let you in: {reason}; nothing was sent", address=self.shown, reason=reason(stderr)), _TELL
            )
        if _AWAY.search(said):
            return RepositoryError(
                _("{address} cannot be reached now; what you have saved stays on this machine", address=self.shown),
                command("sync").in_order_to(_("once there is a network again")),
            )
        return RepositoryError(
            _("there is no repository to be found at {address}: {reason}", address=self.shown, reason=_PASSWORD.sub("", reason(stderr))),
            git_command("remote", "set-url", self.name, Hole("address")).in_order_to(_("where it lies elsewhere")),
        )


_TELL: Mend = advice(_("ask whoever looks after the server"))


def only_remote(git: Git, *, asks: bool = False) -> Remote:
    """The remote of ``git`` and the branch that is checked out. Raises ``Refusal`` where it is not clear or not safe."""
    branch = git.check_writable().branch or ""
    settings = _settings(git)
    names = sorted({key.split(".", 1)[1].rpartition(".")[0] for key in settings if key.startswith("remote.") and key.endswith(".url")})
    if not names:
        raise Refusal(
            _("this repository knows no other that it could send to and fetch from"),
            git_command("remote", "add", "origin", Hole("address")).then(command("sync")),
        )
    if len(names) > 1:
        raise Refusal(
            _("this repository knows several others, {names}, and qmsctl keeps in step with one", names=tuple(names)),
            git_command("remote", "remove", Hole("name")).in_order_to(_("take out those that are not it")),
        )
    address = _address(git, names[0], settings)
    there = settings.get(f"branch.{branch}.merge", (f"refs/heads/{branch}",))[-1]
    if there != f"refs/heads/{branch}":
        raise Refusal(
            _("the branch {branch} is tied to another one there, {other}", branch=branch, other=there.removeprefix("refs/heads/")),
            git_command("branch", "--unset-upstream").in_order_to(_("untie it")),
        )
    found = Remote(git, names[0], address, branch, asks)
    if git.plumbing.ask("check-ref-format", found.tracking) is None:
        raise Refusal(_("“{name}” is no name for a remote", name=names[0]), git_command("remote", "rename", names[0], "origin"))
    return found


def _settings(git: Git) -> Mapping[str, Sequence[str]]:
    """What the repository's own file of settings says of remotes and branches; what that file includes does not count."""
    listed = git.plumbing.ask("config", "--local", "--no-includes", "-z", "--get-regexp", r"^(remote|branch)\.") or b""
    found: dict[str, list[str]] = {}
    for pair in listed.decode("utf-8", "surrogateescape").split("\0"):
        key, _newline, value = pair.partition("\n")
        if key:
            found.setdefault(key, []).append(value)
    return found


def _address(git: Git, name: str, settings: Mapping[str, Sequence[str]]) -> str:
    addresses = {*settings[f"remote.{name}.url"], *settings.get(f"remote.{name}.pushurl", ())}
    again = git_command("remote", "set-url", name, Hole("address"))
    if len(addresses) > 1:
        raise Refusal(
            _("{name} has several addresses: {addresses}", name=name, addresses=tuple(_PASSWORD.sub("", each) for each in sorted(addresses))),
            git_command("config", "--unset-all", f"remote.{name}.pushurl").then(again),
        )
    address = addresses.pop()
    scheme = _SCHEME.match(address)
    if not address or address.startswith("-") or _HELPER.match(address) or (scheme and scheme[1].lower() not in PROTOCOLS):
        raise Refusal(
            _("{address} is no address that qmsctl goes to; one with {protocols} or a folder is expected", address=_PASSWORD.sub("", address), protocols=PROTOCOLS),
            again,
        )
    is_path = not scheme and ":" not in address.split("/", 1)[0]
    found = str(git.top / address) if is_path and git.top is not None else address
    check_local(found)
    return found
