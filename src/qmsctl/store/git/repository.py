"""A git repository as a set of named verbs; the only module that imports GitPython.

Reading goes through git's plumbing in as few processes as it takes, and so do commits (:mod:`qmsctl.store.git.commits`). GitPython
makes new repositories; importing it takes 75 ms, which nobody pays but who lays down a system.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from qmsctl.errors import Refusal, RepositoryError
from qmsctl.mend import Hole, git
from qmsctl.message import Message, _
from qmsctl.store.git import commit_stream as history
from qmsctl.store.git import discovery, objects, plumbing, refs
from qmsctl.store.git.commit_stream import Made, PastChange
from qmsctl.store.git.environment import own_environment
from qmsctl.store.git.heads import Heads, branch_of, check_lost, commit_of, head_of, heads_of
from qmsctl.store.git.identity import Identity, identity_of
from qmsctl.store.git.objects import Known, TreeEntry
from qmsctl.store.git.plumbing import GitFailed, Plumbing
from qmsctl.store.git.trees import Trees, folders_along
from qmsctl.value import dataclass, field

_OPERATIONS = {
    "MERGE_HEAD": _("merge"),
    "rebase-merge": _("rebase"),
    "rebase-apply": _("rebase"),
    "CHERRY_PICK_HEAD": _("cherry-pick"),
    "REVERT_HEAD": _("revert"),
    "BISECT_LOG": _("bisect"),
}


@dataclass(frozen=True, slots=True)
class Git:
    """One repository. Object ids are full hexadecimal names; ``top`` is ``None`` when bare."""

    plumbing: Plumbing
    _walked: dict[str, tuple[PastChange, ...]] = field(default_factory=dict, repr=False, compare=False)
    _folders: dict[tuple[str, str], bytes | None] = field(default_factory=dict, repr=False, compare=False)
    _meant: dict[str, refs.Named | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def discover(cls, folder: Path) -> Git | None:
        """The repository that holds ``folder``, or ``None``.

        Raises ``RepositoryError`` for one that belongs to a user the reader does not trust.
        """
        found = discovery.locate(folder)
        return cls(found) if found else None

    @classmethod
    def init(cls, folder: Path) -> Git:
        """Make ``folder`` a repository on branch ``main``, without template files."""
        import git as gitpython

        try:
            with own_environment(GIT_TEMPLATE_DIR=""):
                gitpython.Repo.init(folder, expand_vars=False, initial_branch="main").close()
        except (gitpython.GitError, OSError) as error:
            said = getattr(error, "stderr", "") or str(error)
            raise GitFailed("init", plumbing.reason(said.encode())) from error
        return cls(Plumbing(folder.resolve() / ".git", folder.resolve()))

    @property
    def git_dir(self) -> Path:
        """The folder of this work tree's ``HEAD`` and index."""
        return self.plumbing.git_dir

    @property
    def common_dir(self) -> Path:
        """The folder of objects and refs, which linked work trees share."""
        named = self.git_dir / "commondir"
        return (self.git_dir / named.read_text().strip()) if named.is_file() else self.git_dir

    @property
    def top(self) -> Path | None:
        """The root of the work tree."""
        return self.plumbing.work_tree

    def prefix(self, root: Path) -> str:
        """The path of a QMS folder from the top of the work tree; empty where they are one."""
        if self.top is None:
            return ""
        inside = Path(os.path.realpath(root)).relative_to(self.top).as_posix()
        return "" if inside == "." else inside

    def identity(self) -> Identity | None:
        """Whom git would name as the author of a commit, if that is no guess."""
        return identity_of(self.plumbing)

    def signing_key(self) -> str | None:
        """``user.signingKey`` of the configuration, as it stands there."""
        found = self.plumbing.ask("config", "-z", "--get", "user.signingKey", user_config=True)
        return found.decode("utf-8", "replace").rstrip("\0") or None if found else None

    def set_identity(self, identity: Identity) -> None:
        """Write ``user.name`` and ``user.email`` into this repository's own configuration."""
        for key, value in (("user.name", identity.name), ("user.email", identity.email)):
            self.plumbing.run("config", "--local", key, value)

    def head(self) -> str | None:
        """The commit of ``HEAD``; ``None`` in a repository without commits."""
        return head_of(self.plumbing, self.common_dir)

    def branch(self) -> str | None:
        """The branch that ``HEAD`` is on, born or not; ``None`` when detached."""
        return branch_of(self.plumbing)

    def heads(self) -> Heads:
        """What is checked out, and what every ref stands for."""
        return heads_of(self.plumbing, self.common_dir)

    def in_progress(self) -> Message | None:
        """The name of an unfinished merge, rebase, cherry-pick, revert or bisect."""
        marks = (word for mark, word in _OPERATIONS.items() if (self.git_dir / mark).exists())
        return next(marks, None)

    def is_shallow(self) -> bool:
        """Whether history was cut off by a shallow clone."""
        return (self.common_dir / "shallow").is_file()

    def is_partial(self) -> bool:
        """Whether objects may be missing because the clone filters them."""
        promised = ("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
        return self.plumbing.ask(*promised) is not None

    def object_format(self) -> str:
        """By which algorithm objects are named: ``sha1`` or ``sha256``."""
        return self.plumbing.run("rev-parse", "--show-object-format").decode().strip()

    def lacks(self, commit: str) -> bool:
        """Whether something of ``commit`` or of its history is not here. Costs a walk over all of it."""
        words = ("rev-list", "--objects", "--no-object-names", "--missing=print", commit, "--")
        return any(line.startswith(b"?") for line in self.plumbing.run(*words).splitlines())

    def resolve(self, ref: str) -> str:
        """The commit a person's ``ref`` names, branches before tags. Raises ``RepositoryError`` if there is none, ``GitFailed`` if it is lost."""
        meant = self._named(ref)
        commit = commit_of(self.plumbing, meant.revision) if meant else None
        if commit is None:
            check_lost(self.plumbing, self.common_dir, ref)
            if ref == "HEAD":
                raise RepositoryError(_("nothing has been committed in this repository yet"), git("add", "--all").then(git("commit")))
            raise RepositoryError(
                _("There is no commit {ref} in this repository.", ref=ref),
                git("for-each-ref").in_order_to(_("See the branches and tags")),
            )
        return commit

    def _named(self, ref: str) -> refs.Named | None:
        if ref not in self._meant:
            self._meant[ref] = refs.named(self.plumbing, ref)
        return self._meant[ref]

    def mistakable(self, ref: str) -> Message | None:
        """What a person is to know of a ``ref`` that could mean something else as well."""
        meant = self._named(ref)
        if meant is None or not meant.others:
            return None
        return _("“{ref}” is taken for {meant}, not for {others}", ref=ref, meant=meant.revision, others=meant.others)

    def tree(self, commit: str, prefix: str = "", known: Known | None = None) -> tuple[TreeEntry, ...]:
        """Every file below ``prefix`` in a commit; none where it has no such folder."""
        treeish = f"{commit}:{prefix}" if prefix else f"{commit}^{{tree}}"
        if prefix and not objects.holds(self.plumbing, commit, prefix):
            return ()
        return objects.tree(self.plumbing, treeish, known)

    def trees(self, commit: str, paths: Iterable[str]) -> Trees:
        """What a commit holds in the folders along ``paths``, read once. Raises ``RepositoryError`` where one is missing."""
        folders = folders_along(paths)
        unread = [folder for folder in folders if (commit, folder) not in self._folders]
        self._folders.update(((commit, folder), data) for folder, data in objects.folders(self.plumbing, commit, unread))
        try:
            return Trees.read(len(commit), {folder: self._folders[commit, folder] for folder in folders})
        except (LookupError, ValueError) as error:
            raise RepositoryError(
                _("git's objects are damaged or not all here: of the last commit a folder is missing, {path}", path=str(error.args[0]) or "."),
                git("fsck").in_order_to(_("See what is wrong")),
            ) from error

    def blobs(self, oids: Sequence[str]) -> Iterator[bytes]:
        """The bytes of each blob, in order, through one process. All are held in memory."""
        return objects.blobs(self.plumbing, oids)

    def check_sizes(self, names: Sequence[str]) -> None:
        """Raise :class:`GitFailed` for blobs too large to be held, see :func:`.objects.check_sizes`."""
        if names:
            objects.check_sizes(self.plumbing, names)

    def blob_at(self, place: str) -> bytes | None:
        """The bytes of ``rev:path``, or ``None`` where the commit has no such file. Raises :class:`GitFailed`."""
        return objects.blob_at(self.plumbing, place)

    def blob_sha256(self, oid: str) -> str:
        """The SHA-256 digest of a blob of any size."""
        return self.plumbing.sha256("cat-file", "blob", oid)

    def merge_bases(self, one: str, other: str) -> tuple[str, ...]:
        """The best common ancestors of two commits: none, mostly one, several after crossing merges."""
        found = self.plumbing.ask("merge-base", "--all", "--end-of-options", one, other)
        return tuple(found.decode().split()) if found else ()

    def history(self, start: Sequence[str], wanted: history.Wanted = bool) -> Iterator[PastChange]:
        """What each commit changed, newest first; see :func:`.commit_stream.changes`."""
        return history.changes(self.plumbing, start, wanted)

    def history_up_to(self, tip: str) -> tuple[PastChange, ...]:
        """What the commits up to ``tip`` changed of sign-offs and of ``qms.yaml`` in any folder; what lies behind a commit never changes, so it is walked once."""
        if tip not in self._walked:
            self._walked[tip] = tuple(history.changes(self.plumbing, (tip,), wanted=history.is_of_an_office))
        return self._walked[tip]

    def knows(self, tip: str, walked: tuple[PastChange, ...]) -> None:
        """What it would be told of the commits up to ``tip``."""
        self._walked[tip] = walked

    def made(self, tip: str, without: Sequence[str] = ()) -> Mapping[str, Made]:
        """When and on what every commit up to ``tip`` was made; see :func:`.commit_stream.made`."""
        return history.made(self.plumbing, tip, without)

    def check_writable(self, heads: Heads | None = None) -> Heads:
        """What is checked out. Raises ``Refusal`` where a change would be lost or mixed with unfinished work."""
        self.check_idle()
        heads = heads or self.heads()
        if heads.ref is None or not heads.ref.startswith("refs/heads/"):
            raise Refusal(
                _("No branch is checked out, so a change would be lost."),
                git("switch", Hole("branch")).in_order_to(_("Go back to a branch")),
            )
        return heads

    def check_idle(self) -> None:
        """Raise ``Refusal`` where there are no files, or work on them is unfinished; git is not asked."""
        if self.top is None:
            raise Refusal(
                _("A bare repository has no files to change."),
                git("clone", Hole("repository")).in_order_to(_("Work in a clone")),
            )
        operation = self.in_progress()
        if operation is not None:
            raise Refusal(
                _("A {operation} is not finished here.", operation=operation),
                git("status").in_order_to(_("Finish it or give it up; how it stands")),
            )
