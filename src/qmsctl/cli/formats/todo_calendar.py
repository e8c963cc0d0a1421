"""Tasks as a calendar of whole-day events (iCalendar, RFC 5545), made by the library icalendar."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from qmsctl import __version__
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.tasks.task import Task
from qmsctl.core.tasks.task_words import unit_words, whose_words
from qmsctl.core.text.characters import visible
from qmsctl.errors import Refusal
from qmsctl.mend import Mend, advice
from qmsctl.message import _
from qmsctl.regex import regex

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_NOT_IN_UID = regex(r"[^a-z0-9]+", re.ASCII)


def todo_calendar(session: Session, library: Library, tasks: list[Task]) -> bytes:
    """The tasks that have a day. A task keeps its UID when its day moves, so that a calendar moves it too."""
    try:
        from icalendar import Calendar
    except ImportError:
        raise Refusal(_("a calendar needs the library icalendar, which is not installed"),
                      advice(_("pip install 'qmsctl[calendar]'"))) from None
    found = Calendar()
    found.add("prodid", f"-//qmsctl//qmsctl {__version__}//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", session.words(_("Quality tasks: {name}", name=library.config.name)))
    for task in tasks:
        _add(found, session, library, task)
    data: bytes = found.to_ical()
    return data


def _add(calendar: Calendar, session: Session, library: Library, task: Task) -> None:
    if task.due is None:
        return
    from icalendar import Event

    event: Event = Event()
    words = session.words
    event.add("uid", _uid(library, task))
    event.add("dtstamp", session.moment(library).astimezone(UTC))
    event.add("dtstart", task.due)
    event.add("dtend", task.due + timedelta(days=1))
    event.add("summary", words(_("{id} {what}: {title}", id=task.id, what=task.what, title=task.title)))
    whose = ", ".join(filter(None, (whose_words(library, task), unit_words(library, task))))
    event.add("description", "\n".join((words(_("In charge: {name}", name=whose)), _lasting(session, task.next), words(task.path))))
    event.add("categories", [words(task.type.label)])
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)


def _lasting(session: Session, mend: Mend) -> str:
    """The mend as it is read on another day, wherever the calendar is."""
    return " ".join(visible(mend.render(session.translate, session.language)).splitlines())


def _uid(library: Library, task: Task) -> str:
    office = _NOT_IN_UID.sub("-", library.config.code.lower()).strip("-") or "qms"
    key = _NOT_IN_UID.sub("-", task.key.lower()).strip("-")
    return f"{task.id.lower()}-{key}@{office}.qmsctl"
