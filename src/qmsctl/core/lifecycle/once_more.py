"""Which sign-off a person may give again: one that does not count, in whatever dossier it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmsctl.core.asked import who_signed
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, choose_role
from qmsctl.core.proof.filing import meaning_of
from qmsctl.core.proof.lateness import is_outgrown
from qmsctl.core.proof.roles_asked import roles_asked
from qmsctl.core.proof.worth import may_take_up, stands, taken_up
from qmsctl.errors import Refusal
from qmsctl.message import _


def to_give_again(
    library: Library, subject: str, meaning: str, act: Act, *, state: str | None = None, text: str | None = None
) -> Dossier | None:
    """The dossier with a sign-off that the actor has to give again, the latest of several; of a ``state``, if one is named.

    It is of the very bytes of ``text``, a digest, unless ``act`` asks to sign again. Then it may lie further back, be
    somebody else's which was not theirs to give, or such that a change could not bring it any more.
    Raises :class:`Refusal` where ``act`` asks and there is none.
    """
    of_text = None if act.again else text
    found = [
        each for each in library.dossiers.get(subject, ())
        if each.copy and of_text in (None, each.copy.sha256) and state in (None, each.state) and not _is_past(each, meaning, act)
    ]
    newest = sorted(found, key=lambda d: (d.revision or 0, d.signoffs[-1].at if d.signoffs else library.now), reverse=True)
    own = next((d for d in newest if any(_void(library, d, meaning, act))), None)
    if own is not None or not act.again:
        return own
    other = next((d for d in newest if any(_others(library, d, meaning, act))), None)
    other = other or next((d for d in newest if any(_aged(library, d, meaning, act))), None)
    if other is None:
        raise Refusal(_("there is no sign-off on {id} for {name} to give again", id=subject, name=library.people.name(act.actor.person)),
                      who_signed(subject))
    return other


def once(library: Library, dossier: Dossier, given: Iterable[SignOff], act: Act) -> None:
    """Refuse a sign-off that one of ``given`` is already, and that counts: a second one would say nothing new."""
    for signoff in () if act.again else given:
        for person in act.people or (act.actor.person,):
            if person in signoff.by and stands(signoff, dossier, library):
                raise Refusal(
                    _("{name} signed this on {at} already, as “{meaning}”",
                      name=library.people.name(person), at=signoff.at, meaning=meaning_of(signoff, library)),
                    who_signed(signoff.subject),
                )


def _is_past(dossier: Dossier, meaning: str, act: Act) -> bool:
    """True where another one would bring back what is over; that of a state takes the first one's place, and brings nothing back."""
    return _is_over(dossier, meaning) and not (act.again and dossier.revision is None)


def _is_over(dossier: Dossier, meaning: str) -> bool:
    """True where the sign-off has been undone by a reopening, or the text returned."""
    undoing = "return" if dossier.revision is not None else "reopen"
    last = max((each.at for each in dossier.of(undoing)), default=None)
    return last is not None and meaning != undoing and all(each.at <= last for each in dossier.of(meaning))


def _open(library: Library, dossier: Dossier, meaning: str) -> Iterator[SignOff]:
    return (each for each in dossier.of(meaning) if taken_up(each, dossier, library) is None)


def _void(library: Library, dossier: Dossier, meaning: str, act: Act) -> Iterator[SignOff]:
    return (each for each in _open(library, dossier, meaning) if act.actor.person in each.by and not stands(each, dossier, library))


def _aged(library: Library, dossier: Dossier, meaning: str, act: Act) -> Iterator[SignOff]:
    return (each for each in _open(library, dossier, meaning) if act.actor.person in each.by and is_outgrown(each, dossier, library.today, library))


def _others(library: Library, dossier: Dossier, meaning: str, act: Act) -> Iterator[SignOff]:
    for each in _open(library, dossier, meaning):
        role = act.role or choose_role(library, act.actor.person, act.at.date(), roles_asked(each, dossier, library))
        if may_take_up(act.actor.person, role, each, dossier, library) and not stands(each, dossier, library):
            yield each
