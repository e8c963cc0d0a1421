"""What a person needs to know where two people's work cannot be merged by itself: what happened, how it stands, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qmsctl.core.reading import is_controlled, parse
from qmsctl.core.text.ids import is_id
from qmsctl.core.types.type_set import TypeSet
from qmsctl.errors import Refusal
from qmsctl.mend import Mend, advice, command
from qmsctl.mend import git as git_command
from qmsctl.message import Message, _
from qmsctl.store.git import Git
from qmsctl.store.loading import Place
from qmsctl.store.remote import Remote


class _Conflict(NamedTuple):
    """A path from the top, and its bytes in the common ancestor, here and there; ``None`` where it has no such file."""

    path: str
    before: bytes | None
    ours: bytes | None
    theirs: bytes | None

    @property
    def is_of_two(self) -> bool:
        """True for a file that both sides made under one name."""
        return self.before is None and self.ours is not None and self.theirs is not None


def conflict(place: Place, remote: Remote, types: TypeSet, ours: str, theirs: str, paths: Sequence[str]) -> Refusal:
    """The refusal for these ``paths`` from the top. Where two people made one id it names the command that mends it."""
    git = remote.git
    found = [_conflict(git, path, ours, theirs) for path in paths]
    others = sorted({change.name for change in git.history(paths, (theirs, "--not", ours))})
    twins = [(each, name) for each in found if each.is_of_two and (name := _id_of(place, each.path))]
    if twins:
        each, name = twins[0]
        return Refusal(
            _("{others} and you have both made {id}: “{theirs}” there, “{ours}” here; nothing was changed and nothing sent",
              others=tuple(others), id=name, theirs=_title(each.path, each.theirs, types), ours=_title(each.path, each.ours, types)),
            command("renumber", name).in_order_to(_("yours takes the next number")).then(command("sync")),
        )
    return Refusal(_said(found, others), _way_out(remote, found))


def _said(found: Iterable[_Conflict], others: Sequence[str]) -> Message:
    deleted = tuple(each.path for each in found if each.ours is None or each.theirs is None)
    if deleted:
        return _("{others} and you have done different things with {paths}: one has deleted it, the other changed it; nothing was changed and nothing sent",
                 others=tuple(others), paths=deleted)
    return _("{others} and you have changed the same lines of {paths}; nothing was changed and nothing sent",
             others=tuple(others), paths=tuple(each.path for each in found))


def _way_out(remote: Remote, found: Iterable[_Conflict]) -> Mend:
    """The merge by hand, and the way back out of it."""
    paths = tuple(each.path for each in found)
    merged = git_command("merge", f"{remote.name}/{remote.branch}")
    chosen = advice(_("in the files named, keep what is to stay between <<<<<<< and >>>>>>>, and take out these marks"))
    saved = git_command("add", "--", *paths).then(git_command("commit", "--no-edit")).then(command("sync"))
    back = git_command("merge", "--abort").in_order_to(_("to be back where you were, in the middle of it"))
    return merged.then(chosen).then(saved).or_else(back)


def _conflict(git: Git, path: str, ours: str, theirs: str) -> _Conflict:
    bases = git.merge_bases(ours, theirs)
    before = next((data for base in bases if (data := git.blob_at(f"{base}:{path}")) is not None), None)
    return _Conflict(path, before, git.blob_at(f"{ours}:{path}"), git.blob_at(f"{theirs}:{path}"))


def _id_of(place: Place, path: str) -> str | None:
    """The id of a document or record whose file lies at ``path`` from the top."""
    inside = path.removeprefix(f"{place.prefix}/") if place.prefix else path
    name = inside.rpartition("/")[2].removesuffix(".md")
    return name if inside.startswith(("documents/", "records/")) and is_controlled(inside) and is_id(name) else None


def _title(path: str, data: bytes | None, types: TypeSet) -> str:
    fields = parse(path, data or b"", types).fields
    return (fields.text("title") if fields else None) or "…"
