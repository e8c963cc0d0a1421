"""``qmsctl sync``: fetch what others have made, merge it with one's own, and send that."""

from __future__ import annotations

import typer

from qmsctl.acts.syncing import Synced, sync
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.mend import command as command_of
from qmsctl.message import _

EXAMPLE = "qmsctl sync\nqmsctl sync --commit"


@spread()
def command(context: typer.Context, *, ending: o.Ending) -> None:
    """Fetch what others have made, merge it with yours and send that, to the one repository that this one was cloned from.

    What is sent is judged as a server would judge it. Nothing is forced, and of what cannot be merged nothing is changed. With
    --commit what you have written in an editor is saved first.
    """
    session: Session = context.obj
    done = sync(session.occasion(), ending)
    if done.saved:
        session.say(_("written by hand: {paths}", paths=done.saved))
    for path in done.paths:
        session.print(session.words(path))
    _tell(session, done)
    if done.unsaved and not ending.commit:
        session.warn(_("files here are changed and not saved in git, so they were not sent"), command_of("sync", commit=True))
    if done.faults:
        session.warn(_("what came has {count} error(s)", count=sum(each.count for each in done.faults)), command_of("check"))


def _tell(session: Session, done: Synced) -> None:
    if not done.received and not done.sent:
        session.say(_("nothing to fetch and nothing to send: here it is as at {address}", address=done.address))
    elif done.proposed:
        session.say(_("would fetch {received} commit(s) from {address} and send {sent}", received=done.received, sent=done.sent, address=done.address))
    else:
        fetched = _("{count} commit(s) fetched from {address}", count=done.received, address=done.address)
        session.say(fetched if done.received else _("nothing to fetch from {address}", address=done.address))
        session.say(_("{count} commit(s) sent", count=done.sent) if done.sent else _("nothing to send"))
    if done.proposed:
        session.say(_("nothing was written (--dry-run)"))
