"""The commit of exactly what an act writes: by whom it can be, and what it is to say."""

from __future__ import annotations

from qmsctl.acts.occasion import Occasion
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.errors import Refusal
from qmsctl.mend import Hole
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.commits import check_unlocked
from qmsctl.store.git.identity import Identity
from qmsctl.store.git.intent import Wish
from qmsctl.store.git.repository import Git


def committer(git: Git | None, identity: Identity | None) -> Identity:
    """Who a commit would be by. Raises ``Refusal``, before anything is written, where there can be none."""
    if git is None:
        raise Refusal(_("there is no git repository to commit to; nothing was written"), git_command("init").in_order_to(_("make one")))
    if identity is None:
        raise Refusal(
            _("git does not know who you are, so it cannot commit; nothing was written"),
            git_command("config", "user.name", Hole("name")).then(git_command("config", "user.email", Hole("email"))),
        )
    check_unlocked(git)
    return identity


def wished(occasion: Occasion, author: Identity | None, library: Library, edit: Edit, along: tuple[str, ...] = ()) -> Wish | None:
    """The commit of ``edit``, its subjects and what it takes ``along``, in the name of ``author``; none where there is nobody."""
    if author is None:
        return None
    return Wish(author, occasion.moment(library), occasion.words(edit.summary), tuple(dict.fromkeys((*edit.subjects, *along))))
