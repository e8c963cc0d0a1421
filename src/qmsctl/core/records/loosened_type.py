"""Whether a type of record asks less of records opened on some day than it did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.records.retention import Retention
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Message, _

_SOME_DAY = date(2001, 1, 1)


def loosened(was: RecordType, now: RecordType, first: date) -> Iterator[Message]:
    """What ``now`` loosens of ``was`` for records opened before ``first``; of each kind the first."""
    days = sorted({date.min, *_starts(was), *_starts(now)})
    said: set[str] = set()
    for day in days:
        for kind, message in _less(was.as_of(day), now.as_of(day)) if day < first else ():
            if kind not in said:
                said.add(kind)
                yield message


def _starts(found: RecordType) -> Iterator[date]:
    earlier = found.earlier
    while earlier is not None:
        yield earlier.start
        earlier = earlier.earlier


def _less(was: RecordType, now: RecordType) -> Iterator[tuple[str, Message]]:
    if _is_shorter(Retention.parse(was.retention), Retention.parse(now.retention)):
        yield "retention", _("they were kept “{was}”, and are to be kept “{now}”", was=was.retention, now=now.retention or "—")
    for name, state in was.states.items():
        other = now.states.get(name)
        if other is not None and state.final and not other.final:
            yield f"final {name}", _("“{state}” was final, and is to be no more", state=state.label)
        gone = tuple(each for each in state.freezes if other is not None and each not in other.freezes and not other.final)
        if gone:
            yield f"freezes {name}", _("“{state}” froze {sections}, and is to do so no more", state=state.label, sections=gone)
    if _is_wider(was, now):
        yield "reopen", _("they are to be reopened by more roles than before")


def _is_wider(was: RecordType, now: RecordType) -> bool:
    """Roles that are not named are anybody's."""
    before, after = was.reopening, now.reopening
    if before is None or after is None:
        return after is not None
    return bool(before.roles) and (not after.roles or not set(after.roles) <= set(before.roles))


def _is_shorter(was: Retention | None, now: Retention | None) -> bool:
    """True if what was kept might go earlier; of what a law says without a time nobody can tell but where both do."""
    if was is None or was == now or (now is not None and now.is_permanent):
        return False
    if now is None or was.is_permanent or (was.time is None) != (now.time is None):
        return True
    return bool(was.time and now.time and now.time.after(_SOME_DAY, _always) < was.time.after(_SOME_DAY, _always))


def _always(_day: date) -> bool:
    return True
