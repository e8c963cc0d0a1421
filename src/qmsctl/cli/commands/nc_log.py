"""How ``qmsctl nc log`` comes to what it writes: from options, a file, a finding, and the answers of a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.making import make
from qmsctl.acts.occasion import Occasion
from qmsctl.cli.arguments import read_given
from qmsctl.cli.session import Session
from qmsctl.cli.telling import tell
from qmsctl.core.auditing.questions import Say
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, usable_type
from qmsctl.core.lifecycle.logging import from_finding, log
from qmsctl.core.records.notes import Noted, read_notes
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.records.repeats_words import told
from qmsctl.core.tasks.assumed import assumed
from qmsctl.core.tasks.next_step import begun
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, advice, command
from qmsctl.message import _
from qmsctl.value import dataclass, replace

TYPE = "nonconformity"


@dataclass(frozen=True, slots=True)
class Known:
    """What the command line says; ``ask`` whether a person at a terminal may be asked for the rest."""

    fields: Mapping[str, str]
    texts: Mapping[str, str]
    file: Path | None
    finding: str | None
    ask: bool


def log_all(session: Session, known: Known, by: str | None, ending: Ending) -> None:
    """Log what is known, and say how it goes on."""
    if known.file and known.finding:
        raise UsageError(_("--from-file and --from-finding are two ways to the same: one of them is expected"))
    asks = known.ask and not known.file and session.terminal.asks
    if not (known.file or known.finding or asks or known.fields.get("title")):
        raise _untitled(None, 1)
    occasion = session.occasion()
    written = read_given(known.file) if known.file else b""
    answered = _answered(session, occasion, known, by) if asks else None

    def logged(library: Library, who: str | None, body: Body, _say: Say) -> Edit:
        return log(library, TYPE, answered or _notes(library, known, written), who, body)

    done = make(occasion, by, logged, ending)
    tell(session, done)
    if not done.proposed:
        _say_next(session, done, known.fields if not (answered or known.file or known.finding) else None)


def _answered(session: Session, occasion: Occasion, known: Known, by: str | None) -> list[Noted]:
    """What is known, and what a person at the terminal says to the rest."""
    from qmsctl.cli.nc_questions import completed

    library = session.library(occasion.place)
    found, person = usable_type(library, TYPE), occasion.person(library, by)
    return [completed(session, library, found, each, person) for each in _known(library, known)]


def _notes(library: Library, known: Known, written: bytes) -> list[Noted]:
    """One note for each record."""
    notes = _known(library, known, written)
    for number, each in enumerate(notes, 1):
        if not each.fields.get("title"):
            raise _untitled(known.file, number)
    return notes


def _known(library: Library, known: Known, written: bytes = b"") -> list[Noted]:
    """The same, be it named yet or not; what the command line says comes before what file and finding say."""
    sources: tuple[Noted, ...] = (Noted(),)
    if known.file:
        sources = read_notes(known.file.name, written, usable_type(library, TYPE))
    elif known.finding:
        sources = (from_finding(library, known.finding),)
    return [replace(each, fields={**each.fields, **known.fields}, texts={**each.texts, **known.texts}) for each in sources]


def _untitled(file: Path | None, number: int) -> UsageError:
    if file:
        return UsageError(_("record {number} in {path} has no title", number=number, path=file.name), advice(_("add a line with its title")))
    ways = command("nc log", from_file=Hole("file")).or_else(command("nc log", from_finding=Hole("id")))
    return UsageError(_("no description was given"), command("nc log", Hole("title")).in_order_to(_("in one sentence")).or_else(ways))


def _say_next(session: Session, done: Done, given: Collection[str] | None) -> None:
    """What the new records repeat, and what is to be done with the first of them."""
    library = done.library
    made = [each for each in library.by_type.get(TYPE, ()) if each.id in done.made]
    repeats = Repeats(library)
    for each in made:
        found = repeats.before(each)
        if found:
            session.say(_("{id} repeats {earlier}", id=each.id, earlier=told(found, library)))
    for message in assumed(made[0], given) if given is not None else ():
        session.say(message)
    session.say_next(begun(made[0], library))
