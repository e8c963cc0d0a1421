"""What stood at the place that is kept in step with, and does not any more: nobody sends that again without knowing."""

from __future__ import annotations

from collections.abc import Collection

from qmsctl.errors import Refusal
from qmsctl.mend import Mend, advice
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.remote import Remote
from qmsctl.store.git.repository import Git

_KEPT = "kept"
"""The branch that is proposed for what would be left out."""


def check_not_taken_back(git: Git, remote: Remote, ours: str, theirs: str | None, seen: Collection[str]) -> None:
    """Raise ``Refusal`` where what would be sent was there before, by the commits at which the branch was ``seen``."""
    if not seen:
        return
    if theirs is None:
        raise Refusal(
            _("there is no branch {branch} at {address} any more, which was there before: it was deleted, or the address is another now; nothing was sent",
              branch=remote.branch, address=remote.shown),
            _asked().then(_again(remote)),
        )
    words = git.plumbing.run("rev-list", ours, f"^{theirs}", "--").decode().split()
    gone = next((each for each in words if each in seen), None)
    if gone is None:
        return
    count = len(git.plumbing.run("rev-list", gone, f"^{theirs}", "--").split())
    left_out = git_command("branch", _KEPT).then(git_command("rebase", "--onto", theirs[:12], gone[:12]))
    raise Refusal(
        _("{count} commit(s) that stood at {address} before were taken back there, the last of them {commit}; nothing was changed and nothing sent",
          count=count, address=remote.shown, commit=gone[:12]),
        _asked().then(left_out.in_order_to(_("take them back here, too; they stay on the branch {name}", name=_KEPT)))
        .or_else(_again(remote)),
    )


def _asked() -> Mend:
    return advice(_("ask whoever looks after the server why"))


def _again(remote: Remote) -> Mend:
    return git_command("push", remote.name, remote.branch).in_order_to(_("have them there again"))
