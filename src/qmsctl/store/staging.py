"""Building the tree of a commit on an index of its own, and bringing it into the repository."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qmsctl.errors import Refusal, RepositoryError
from qmsctl.mend import advice
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.plumbing import GitFailed, Plumbing

_NO_OBJECT = "0" * 40


class IndexBehind(RepositoryError):
    """The commit is made; what is staged is not as it says."""


def check_unlocked(git: Plumbing) -> None:
    """Raise ``Refusal`` while another git command holds the index."""
    lock = git.git_dir / "index.lock"
    if lock.exists():
        raise Refusal(
            _("Another git command is at work here, or one was broken off."),
            advice(_("Wait for it to end; if there is none, delete {path}", path=str(lock))),
        )


def write_tree(
    git: Plumbing,
    parent: str | None,
    contents: Mapping[str, bytes | None],
    modes: Mapping[str, str],
) -> tuple[str, bytes]:
    """The tree of ``parent`` with ``contents`` put in, and the index lines that put them there."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir=git.git_dir, prefix="qmsctl-") as folder:
        lines = _index_lines(contents, _hash(git, contents, Path(folder)), modes)
        index = Path(folder) / "index"
        if parent:
            git.run("read-tree", parent, index=index)
        git.run("update-index", "-z", "--index-info", stdin=lines, index=index)
        tree = git.run("write-tree", index=index).decode().strip()
    if len(tree) != len(_NO_OBJECT):
        raise RepositoryError(
            _("This repository names its objects by SHA-256; qmsctl reads it but cannot commit.")
        )
    return tree, lines


def _hash(git: Plumbing, contents: Mapping[str, bytes | None], folder: Path) -> Mapping[str, str]:
    """Store every content as a blob, through one process; the id of each by its path."""
    paths = [path for path, content in contents.items() if content is not None]
    names = []
    for number, path in enumerate(paths):
        copy = folder / str(number)
        copy.write_bytes(contents[path] or b"")
        names.append(f"{copy}\n")
    listed = git.run(
        "hash-object", "-w", "--no-filters", "--stdin-paths", stdin="".join(names).encode()
    )
    return dict(zip(paths, listed.decode().split(), strict=True))


def _index_lines(
    contents: Mapping[str, bytes | None], oids: Mapping[str, str], modes: Mapping[str, str]
) -> bytes:
    lines = []
    for path in contents:
        executable = modes.get(path) == "100755"
        mode = "0" if path not in oids else "100755" if executable else "100644"
        lines.append(f"{mode} {oids.get(path, _NO_OBJECT)}\t{path}\0")
    return "".join(lines).encode()


def publish(git: Plumbing, commit: str, parent: str | None, message: str, lines: bytes) -> None:
    """Move the branch from ``parent`` to ``commit``, and the same paths in the index with it."""
    subject = f"commit: {message.partition(chr(10))[0]}"
    try:
        git.run("update-ref", "-m", subject, "HEAD", commit, parent or _NO_OBJECT)
    except GitFailed as error:
        raise Refusal(
            _("The branch could not be moved: {reason}", reason=error.reason),
            advice(_("wait until no other git command is at work; delete a lock that one left behind")),
        ) from error
    try:
        git.run("update-index", "-z", "--index-info", stdin=lines)
    except GitFailed as error:
        raise IndexBehind(
            _("The commit is made, but git's index stayed behind: {reason}", reason=error.reason),
            git_command("reset", "--quiet").in_order_to(_("Bring it up to date")),
        ) from error
