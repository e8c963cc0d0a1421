"""What a commit leaves out or takes along without a word: neither happens to what a command writes."""

from __future__ import annotations

from pathlib import Path

from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.records.named_files import proofs
from qmsctl.core.source import EntryKind
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, advice
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.ignored import ignored
from qmsctl.store.git.plumbing import GitFailed
from qmsctl.store.history.cleanliness import edited
from qmsctl.store.place import Place
from qmsctl.store.writing.paths import inside


def check_kept(place: Place, edit: Edit) -> None:
    """Raise ``Refusal`` for a new file that a ``.gitignore`` or the user's own list keeps out of git."""
    new = [place.from_top(change.path) for change in edit.changes if change.before is None and change.after is not None]
    if place.git is None or not new:
        return
    try:
        left_out = ignored(place.git, new)
    except GitFailed:
        for change in edit.changes:  # git asks nothing of what lies behind a link, and to write there is refused
            inside(place.root or Path(), change.path)
        raise
    if left_out:
        raise Refusal(
            _("git would leave out {paths}, for a list of names to ignore has them; nothing was written", paths=left_out),
            git_command("-C", str(place.git.top), "check-ignore", "--verbose", "--", *left_out).in_order_to(_("see which list it is")).then(
                advice(_("take the name out there, or give the file another")),
            ),
        )


def own_edits(place: Place, library: Library, edit: Edit) -> tuple[str, ...]:
    """What a commit of ``edit``, which is made from ``library``, takes along besides, so that whoever clones it has the whole.

    These are the subjects that somebody has changed since the last commit, and what proves something about them and came since then:
    sign-offs, their copies and evidence. Raises ``Refusal`` where another file that the edit writes was changed, for the commit
    would take along what it is not about.
    """
    written = {change.path: change.before for change in edit.changes if change.before is not None and change.before != change.after}
    made = [change.path for change in edit.changes]
    proving = [path for path in proofs(edit.subjects, library) if path not in made and path not in edit.subjects]
    there = (path for path in (*edit.subjects, *proving) if path not in written and library.files.get(path) is EntryKind.FILE)
    found = edited(place, {**written, **{path: library.outside.read(path) for path in there}}, made)
    new = _new(place, [path for path in found if path in proving])
    others = tuple(path for path in found if path not in edit.subjects and path not in proving)
    if others:
        into = ("-C", str(place.root))
        raise Refusal(
            _("what you have edited in {paths} is in no commit yet, and would go unnamed into the one of this command; nothing was written", paths=others),
            git_command(*into, "add", "--", *others).then(git_command(*into, "commit", "-m", Hole("words"), "--", *others)).in_order_to(_("commit it first")),
        )
    return tuple(path for path in found if path in edit.subjects or path in new)


def _new(place: Place, paths: list[str]) -> frozenset[str]:
    """Those that the last commit lacks, and that git is not to leave out; what it has in another form somebody has changed or hidden."""
    if not paths or place.git is None or place.commit is None:
        return frozenset()
    held = place.git.trees(place.commit, [place.from_top(path) for path in paths])
    lacking = {place.from_top(path): path for path in paths if held.at(place.from_top(path)) is None}
    left_out = ignored(place.git, tuple(lacking)) if lacking else ()
    return frozenset(path for whole, path in lacking.items() if whole not in left_out)
