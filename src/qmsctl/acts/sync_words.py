"""What keeping in step did, in words."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.acts.syncing import Synced
from qmsctl.message import Message, _


def sync_words(done: Synced) -> Iterator[Message]:
    """What went each way, a sentence each."""
    if not done.received and not done.sent:
        yield _("nothing to fetch and nothing to send: here it is as at {address}", address=done.address)
    elif done.proposed:
        yield _("would fetch {received} commit(s) from {address} and send {sent}", received=done.received, sent=done.sent, address=done.address)
    else:
        fetched = _("{count} commit(s) fetched from {address}", count=done.received, address=done.address)
        yield fetched if done.received else _("nothing to fetch from {address}", address=done.address)
        yield _("{count} commit(s) sent", count=done.sent) if done.sent else _("nothing to send")
