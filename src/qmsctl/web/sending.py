"""Keeping in step with the others, as a button."""

from __future__ import annotations

from starlette.responses import Response

from qmsctl.acts.ending import Ending
from qmsctl.acts.sync_words import sync_words
from qmsctl.acts.syncing import sync
from qmsctl.errors import QmsError, UsageError
from qmsctl.message import _
from qmsctl.web.acting import PATIENCE
from qmsctl.web.forms import trouble_of
from qmsctl.web.keys import Keys
from qmsctl.web.pages import page
from qmsctl.web.request import Asked
from qmsctl.web.visit import Visit


def show_sync(visit: Visit, asked: Asked, keys: Keys) -> Response:
    """What is to be sent, and the button; then what was done."""
    token = keys.token(asked.path)
    title = _("Fetch and send")
    if not asked.is_sent:
        return page(visit, asked.path, "sync", title, told=(), faults=(), trouble=None, token=token, left=visit.unsent)
    if visit.house.read_only:
        raise UsageError(_("this page was opened to read: start it without --read-only"))
    try:
        done = sync(visit.occasion("sync"), Ending(commit=asked.first("save") == "yes", wait=PATIENCE))
    except QmsError as error:
        return page(visit, asked.path, "sync", title, 422, told=(), faults=(), trouble=trouble_of(error), token=token, left=visit.unsent)
    after = Visit(visit.house, visit.language, visit.heard)
    told = (*((_("written by hand: {paths}", paths=done.saved),) if done.saved else ()), *sync_words(done))
    return page(after, asked.path, "sync", title, told=told, faults=done.faults, trouble=None, token=token, left=after.unsent)
