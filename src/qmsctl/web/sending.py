"""Keeping in step with the others, as a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from qmsctl.acts.ending import Ending
from qmsctl.acts.sync_words import sync_words
from qmsctl.acts.syncing import sync
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.errors import QmsError, UsageError
from qmsctl.message import Message, _
from qmsctl.web.acting import PATIENCE
from qmsctl.web.forms import Trouble, trouble_of
from qmsctl.web.keys import Keys
from qmsctl.web.pages import bar_of_error, message_of, page
from qmsctl.web.request import Asked
from qmsctl.web.visit import Visit

TITLE = _("Fetch and send")


def show_sync(visit: Visit, asked: Asked, keys: Keys) -> Response:
    """What is to be sent, and the button; then what was done."""
    token = keys.token(asked.path)
    if not asked.is_sent:
        return page(visit, asked.path, "sync", TITLE, told=(), faults=(), trouble=None, token=token, left=visit.unsent)
    if visit.house.read_only:
        raise UsageError(_("this page was opened to read: start it without --read-only"))
    try:
        done = sync(visit.occasion("sync"), Ending(commit=asked.first("save") == "yes", wait=PATIENCE))
    except QmsError as error:
        return _told(visit, asked, 422, token, trouble=trouble_of(error))
    told = (*((_("written by hand: {paths}", paths=done.saved),) if done.saved else ()), *sync_words(done))
    return _told(Visit(visit.house, visit.language, visit.heard), asked, 200, token, told, done.faults)


def _told(visit: Visit, asked: Asked, code: int, token: str, told: Sequence[Message] = (), faults: Sequence[Diagnostic] = (), trouble: Trouble | None = None) -> Response:
    """What was done, or why it was not, though nothing of the office can be read any more."""
    said: dict[str, Any] = {"told": told, "faults": faults, "token": token}
    try:
        return page(visit, asked.path, "sync", TITLE, code, trouble=trouble, left=visit.unsent, **said)
    except Exception as error:  # noqa: BLE001 — whatever keeps the page from being whole, what was done is done
        return page(visit, asked.path, "sync", TITLE, 500, bar_of_error(visit, asked.path), trouble=trouble or Trouble(message_of(error), (), ()), left=None, **said)
