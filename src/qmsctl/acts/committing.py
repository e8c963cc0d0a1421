"""The commit of exactly what an act wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from qmsctl.acts.done import Done, NotCommitted
from qmsctl.acts.occasion import Occasion
from qmsctl.core.edit import Edit
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, Mend
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git import Git
from qmsctl.store.identity import Identity


def committer(git: Git | None, identity: Identity | None) -> Identity:
    """Who a commit would be by. Raises ``Refusal``, before anything is written, where there can be none."""
    if git is None:
        raise Refusal(_("there is no git repository to commit to; nothing was written"), git_command("init").in_order_to(_("make one")))
    if identity is None:
        raise Refusal(
            _("git does not know who you are, so it cannot commit; nothing was written"),
            git_command("config", "user.name", Hole("name")).then(git_command("config", "user.email", Hole("email"))),
        )
    git.check_committable()
    return identity


def committed(occasion: Occasion, author: Identity | None, done: Done, top: Path | None = None) -> Done:
    """``done`` with its commit in the name of ``author``; as it is where there is none.

    Paths of the edit are from the QMS folder, or from ``top`` if that is given. Raises :class:`NotCommitted`.
    """
    place = occasion.place
    if author is None or place.git is None or place.root is None:
        return done
    subject = occasion.words(done.edit.summary)
    try:
        found = _contents(top or place.root, done.edit)
        whole = found if top else {place.from_top(path): data for path, data in found.items()}
        moment = occasion.moment(done.library)
        return replace(done, commit=place.git.commit(whole, subject, author, moment))
    except Exception as error:
        raise NotCommitted(done, error, _by_hand(top or place.root, done.edit, subject)) from error


def _by_hand(folder: Path, edit: Edit, subject: str) -> Mend:
    """The lines of git that commit exactly what ``edit`` wrote below ``folder``, wherever they are typed."""
    there, paths = ("-C", str(folder)), tuple(change.path for change in edit.changes)
    return git_command(*there, "add", "--", *paths).then(git_command(*there, "commit", "-m", subject, "--", *paths))


def _contents(root: Path, edit: Edit) -> Mapping[str, bytes | None]:
    """The files of ``edit`` and of its subjects as they are below ``root`` now."""
    paths = {*(change.path for change in edit.changes), *edit.subjects}
    return {path: _bytes(root / path) for path in sorted(paths)}


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
