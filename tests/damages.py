"""States of a repository in which a part of it cannot be seen: what was broken, and what a command has to say of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.desk import Desk, git

Break = Callable[[Desk, Path], Desk | None]

NEEDS_HISTORY = frozenset({"check", "check --base", "check --staged", "verify", "kit", "history", "report", "new", "hook"})
"""The commands that ask git for what was."""
ALL = NEEDS_HISTORY | {"list", "show", "diff", "todo"}


@dataclass(frozen=True)
class Damage:
    """``make`` breaks an office, and may give another one; its sentence is like the pattern ``says``, in the commands that ``tell`` of it."""

    make: Break
    says: str
    tell: frozenset[str] = NEEDS_HISTORY
    mend: tuple[str, ...] = ()
    """The words of the git command that it names, where that alone mends it."""


def _git_dir(desk: Desk) -> Path:
    return desk.root / ".git"


def _loose(desk: Desk, name: str) -> Path:
    oid = desk.git("rev-parse", name).strip()
    return _git_dir(desk) / "objects" / oid[:2] / oid[2:]


def loosened(desk: Desk) -> None:
    """Every object in a file of its own, as git first keeps it."""
    folder = _git_dir(desk) / "objects/pack"
    packs = [path.read_bytes() for path in folder.glob("*.pack")]
    shutil.rmtree(folder)
    for pack in packs:
        subprocess.run(["git", "unpack-objects", "-q"], cwd=desk.root, input=pack, check=True)


def lacks(name: str) -> Break:
    """Without the object that ``name`` stands for."""
    return lambda desk, _tmp: _loose(desk, name).unlink()


def scribbled(name: str, data: bytes = b"garbage\n") -> Break:
    """With other bytes in place of an object."""

    def make(desk: Desk, _tmp: Path) -> None:
        path = _loose(desk, name)
        path.chmod(0o644)
        path.write_bytes(data)

    return make


def holds(path: str, data: bytes) -> Break:
    """With other bytes in a file of git's."""

    def make(desk: Desk, _tmp: Path) -> None:
        (_git_dir(desk) / path).write_bytes(data)

    return make


def without(path: str) -> Break:
    """Without a file or folder of git's."""

    def make(desk: Desk, _tmp: Path) -> None:
        target = _git_dir(desk) / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()

    return make


def packed(then: Break) -> Break:
    """With the refs in one file, before it breaks."""

    def make(desk: Desk, tmp: Path) -> Desk | None:
        desk.git("pack-refs", "--all")
        return then(desk, tmp)

    return make


def configured(*settings: tuple[str, str]) -> Break:
    """With other settings."""

    def make(desk: Desk, _tmp: Path) -> None:
        for key, value in settings:
            desk.git("config", key, value)

    return make


def cloned(*options: str, gone: bool = False) -> Break:
    """A clone, whose origin may be gone."""

    def make(desk: Desk, tmp: Path) -> Desk:
        desk.git("config", "uploadpack.allowFilter", "true")
        git(tmp, "clone", "--quiet", *options, f"file://{desk.root}", str(tmp / "clone"))
        clone = desk.at(tmp / "clone")
        clone.sit(desk.me)
        clone.git("branch", "main", "origin/main")
        if gone:
            shutil.rmtree(desk.root)
        return clone

    return make


def _borrowing(desk: Desk, tmp: Path) -> Desk:
    """A clone that borrows the objects of one that is gone."""
    git(tmp, "clone", "--quiet", "--shared", str(desk.root), str(tmp / "clone"))
    clone = desk.at(tmp / "clone")
    clone.sit(desk.me)
    clone.git("branch", "main", "origin/main")
    shutil.rmtree(desk.root)
    return clone


def _emptied(desk: Desk, _tmp: Path) -> None:
    shutil.rmtree(_git_dir(desk))
    _git_dir(desk).mkdir()


def _astray(desk: Desk, _tmp: Path) -> None:
    shutil.rmtree(_git_dir(desk))
    _git_dir(desk).write_text("gitdir: /nonexistent/elsewhere\n")


def _unpacked(file: str) -> Break:
    """All in one pack, of which a part is missing."""

    def make(desk: Desk, _tmp: Path) -> None:
        desk.git("gc", "--quiet")
        next((_git_dir(desk) / "objects/pack").glob(file)).unlink()

    return make


def _bare(desk: Desk, tmp: Path) -> Desk:
    git(tmp, "clone", "--quiet", "--bare", str(desk.root), str(tmp / "office.git"))
    return desk.at(tmp / "office.git")


_OBJECTS = "objects of git are missing here or damaged|damaged or names what is missing"
_REF = "a branch or tag cannot be read"

DAMAGES: Mapping[str, Damage] = {
    "commit missing": Damage(lacks("HEAD"), _OBJECTS),
    "commit empty": Damage(scribbled("HEAD", b""), _OBJECTS),
    "commit garbage": Damage(scribbled("HEAD"), _OBJECTS),
    "older commit missing": Damage(lacks("HEAD~2"), _OBJECTS),
    "older commit garbage": Damage(scribbled("HEAD~2"), _OBJECTS),
    "tree missing": Damage(lacks("HEAD:signoffs"), _OBJECTS),
    "older tree missing": Damage(lacks("HEAD~2:signoffs/QT-01"), _OBJECTS),
    "root of an older tree missing": Damage(lacks("HEAD~2^{tree}"), _OBJECTS),
    "text of the base missing": Damage(lacks("HEAD~1:documents/procedures/QT-02.md"), _OBJECTS, frozenset({"check --base"})),
    "objects gone": Damage(without("objects"), "it lacks objects", ALL),
    "pack gone": Damage(_unpacked("*.pack"), _OBJECTS),
    "index of the pack gone": Damage(_unpacked("*.idx"), _OBJECTS),
    "lender gone": Damage(_borrowing, _OBJECTS),
    "HEAD garbage": Damage(holds("HEAD", b"garbage\n"), "HEAD or another part is missing, damaged"),
    "HEAD empty": Damage(holds("HEAD", b""), "HEAD or another part is missing, damaged"),
    "HEAD full of zeros": Damage(holds("HEAD", b"\0" * 41), "HEAD or another part is missing, damaged"),
    "HEAD names what is not here": Damage(holds("HEAD", b"1" * 40 + b"\n"), _OBJECTS),
    "HEAD gone": Damage(without("HEAD"), "it lacks HEAD", ALL),
    "refs gone": Damage(without("refs"), "it lacks refs", ALL),
    "branch empty": Damage(holds("refs/heads/work", b""), _REF),
    "branch garbage": Damage(holds("refs/heads/work", b"garbage\n"), _REF),
    "branch full of zeros": Damage(holds("refs/heads/work", b"\0" * 41), _REF),
    "branch names what is not here": Damage(holds("refs/heads/work", b"1" * 40 + b"\n"), _OBJECTS),
    "base empty": Damage(holds("refs/heads/main", b""), _REF, frozenset({"check --base", "new"})),
    "other branch empty": Damage(holds("refs/heads/other", b""), _REF, frozenset({"check --base", "new"})),
    "packed refs garbage": Damage(packed(holds("packed-refs", b"garbage\n")), _REF),
    "packed refs empty": Damage(packed(holds("packed-refs", b"")), _REF),
    "packed refs gone": Damage(packed(without("packed-refs")), _REF),
    "configuration garbage": Damage(holds("config", b"[core\nx"), "git's configuration cannot be read"),
    "configuration of a newer git": Damage(configured(("core.repositoryformatversion", "99")), "made for a newer git"),
    "extension of a newer git": Damage(configured(("core.repositoryformatversion", "1"), ("extensions.other", "1")), "made for a newer git"),
    "note of the cut garbage": Damage(holds("shallow", b"garbage\n"), "where history was cut off is damaged"),
    "index garbage": Damage(holds("index", b"garbage\n"), "git's index is damaged", ALL),
    "index cut off": Damage(holds("index", b"DIRC\0\0\0\3\0\0\0\1"), "git's index is damaged", ALL),
    "git directory empty": Damage(_emptied, "it lacks HEAD, objects, refs", ALL),
    "git directory elsewhere": Damage(_astray, "names no git repository", ALL),
    "bare": Damage(_bare, "is a bare repository", ALL),
    "treeless": Damage(cloned("--filter=tree:0", gone=True), "a partial clone"),
    "treeless, origin there": Damage(cloned("--filter=tree:0"), "a partial clone", mend=("fetch", "--refetch", "--no-filter")),
    "shallow": Damage(cloned("--depth=2", "--no-single-branch"), "history|older commits", frozenset({"check --base", "verify", "kit"}), mend=("fetch", "--unshallow")),
}
