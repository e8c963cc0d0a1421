"""What else has to do with a record: what names it, what it repeats, and what repeats it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from qmsctl.cli.formats.table import wrapped
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.mentions import mentions
from qmsctl.core.model import Item
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.records.repeats_words import told
from qmsctl.message import Message, _

_MOST = 12


def related_lines(session: Session, library: Library, shown: Item) -> Iterator[str]:
    """Lines for people; nothing of what the record names itself."""
    own = {each.value.text for each in mentions((shown,), "reference")}
    names = dict.fromkeys(each.item.id for each in mentions(library.items, "reference") if each.value.text == shown.id)
    others = [name for name in names if name not in own and name != shown.id]
    if others:
        rest = len(others) - _MOST
        yield _line(session, _("Named in"), (*islice(others, _MOST), *((_("{count} more", count=rest),) if rest > 0 else ())))
    if shown.type.name == NONCONFORMITY:
        repeats = Repeats(library)
        for words, found in ((_("Repeats"), repeats.before(shown)), (_("Came back in"), repeats.after(shown))):
            if found:
                yield _line(session, words, told(found, library))


def _line(session: Session, words: Message, found: tuple[object, ...]) -> str:
    return wrapped(session.terminal, f"{session.words(words)}: {'; '.join(session.words(each) for each in found)}", "  ", "    ")
