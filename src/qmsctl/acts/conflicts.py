"""What a person needs to know where two people's work cannot be merged by itself: what happened, how it stands, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qmsctl.core.reading import is_controlled, parse
from qmsctl.core.text.ids import is_id
from qmsctl.core.types.type_set import TypeSet
from qmsctl.errors import Refusal
from qmsctl.mend import Mend, advice, command
from qmsctl.mend import git as git_command
from qmsctl.message import Message, _
from qmsctl.store.git.objects import TreeEntry
from qmsctl.store.git.remote import Remote
from qmsctl.store.git.repository import Git
from qmsctl.store.place import Place


def given_twice(place: Place, remote: Remote, types: TypeSet, base: str, ours: str, theirs: str) -> Refusal | None:
    """The refusal where both sides have given one id to two things since they went apart at ``base``, wherever their files lie."""
    git = remote.git
    known, mine, others = (_files(git, place, commit) for commit in (base, ours, theirs))
    for name in sorted((mine.keys() & others.keys()) - known.keys()):
        if mine[name].oid != others[name].oid:
            titles = [_title(each.path, git.blob_at(f"{commit}:{each.path}"), types) for each, commit in ((mine[name], ours), (others[name], theirs))]
            return Refusal(
                _("{others} and you have both made {id}: “{theirs}” there, “{ours}” here; nothing was changed and nothing sent",
                  others=_authors(git, (others[name].path,), ours, theirs), id=name, ours=titles[0], theirs=titles[1]),
                command("renumber", name).in_order_to(_("yours takes the next number")).then(command("sync")),
            )
    return None


def _files(git: Git, place: Place, commit: str) -> Mapping[str, TreeEntry]:
    """The files of documents and records in a commit by their id, with paths from the top."""
    return {name: each for each in git.tree(commit) if (name := _id_of(place, each.path))}


def conflict(remote: Remote, ours: str, theirs: str, paths: Sequence[str]) -> Refusal:
    """The refusal for these ``paths`` from the top, which both sides have changed."""
    git = remote.git
    gone = tuple(path for path in paths if any(git.blob_at(f"{commit}:{path}") is None for commit in (ours, theirs)))
    return Refusal(_said(_authors(git, paths, ours, theirs), gone, paths), _way_out(remote, paths))


def _authors(git: Git, paths: Sequence[str], ours: str, theirs: str) -> tuple[str, ...]:
    """Who has changed the paths there."""
    return tuple(sorted({change.name for change in git.history((theirs, "--not", ours), frozenset(paths).__contains__)}))


def _said(others: tuple[str, ...], gone: tuple[str, ...], paths: Sequence[str]) -> Message:
    if gone:
        return _("{others} and you have done different things with {paths}: one has deleted it, the other changed it; nothing was changed and nothing sent",
                 others=others, paths=gone)
    return _("{others} and you have changed the same lines of {paths}; nothing was changed and nothing sent", others=others, paths=tuple(paths))


def _way_out(remote: Remote, paths: Sequence[str]) -> Mend:
    """The merge by hand, and the way back out of it."""
    merged = git_command("merge", f"{remote.name}/{remote.branch}")
    chosen = advice(_("in the files named, keep what is to stay between <<<<<<< and >>>>>>>, and take out these marks"))
    saved = git_command("add", "--", *paths).then(git_command("commit", "--no-edit")).then(command("sync"))
    back = git_command("merge", "--abort").in_order_to(_("to be back where you were, in the middle of it"))
    return merged.then(chosen).then(saved).or_else(back)


def _id_of(place: Place, path: str) -> str | None:
    """The id of a document or record whose file lies at ``path`` from the top."""
    inside = path.removeprefix(f"{place.prefix}/") if place.prefix else path
    name = inside.rpartition("/")[2].removesuffix(".md")
    return name if inside.startswith(("documents/", "records/")) and is_controlled(inside) and is_id(name) else None


def _title(path: str, data: bytes | None, types: TypeSet) -> str:
    fields = parse(path, data or b"", types).fields
    return (fields.text("title") if fields else None) or "…"
