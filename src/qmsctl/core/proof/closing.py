"""The sign-offs a record's states ask for: who gave them, and whether a reopening undid them."""

from __future__ import annotations

from datetime import datetime

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Config
from qmsctl.core.office.people import People
from qmsctl.core.signoffs.approval import day_of, given
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.types.record_type import RecordType, State
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class StateSignOff:
    """The sign-off a state asked for, with its dossier; ``reopened`` is what undid it, if anything."""

    state: State
    dossier: Dossier
    signoff: SignOff
    reopened: SignOff | None

    @property
    def copy(self) -> Item:
        """The bytes that were signed."""
        assert self.dossier.copy is not None  # a sign-off binds only where there is a copy
        return self.dossier.copy

    @property
    def since(self) -> datetime:
        """The moment from which the state was signed: that of the sign-off whose place this one took, if it took one's."""
        return since(self.signoff, self.dossier)


def state_signoffs(
    kind: RecordType, dossiers: tuple[Dossier, ...], config: Config, people: People
) -> tuple[StateSignOff, ...]:
    """What the dossiers of one record hold of the sign-offs its states ask for, oldest first.

    Of several such sign-offs in one dossier the last counts; one that was given again after a reopening counts from
    the moment of the one whose place it took.
    """
    found = (_in_dossier(kind, dossier, config, people) for dossier in dossiers)
    return tuple(sorted((each for each in found if each), key=lambda each: each.since))


def signed_states(record: Item, library: Library) -> tuple[StateSignOff, ...]:
    """The sign-offs that the states of ``record`` asked for, oldest first."""
    return state_signoffs(record.type, library.dossiers.get(record.id, ()), library.config, library.people)


def last_closing(signed: tuple[StateSignOff, ...]) -> StateSignOff | None:
    """The latest sign-off of a final state, reopened since or not."""
    return next((each for each in reversed(signed) if each.state.final), None)


def fields_up_to(kind: RecordType, state: str) -> frozenset[str]:
    """The fields that belong to ``state`` and to the states that lead to it: a sign-off of it freezes them."""
    states = {each.id for each in kind.chain(state)}
    return frozenset(name for name in kind.fields if kind.state_of(name) in states)


def signed_fields(record: Item, library: Library) -> frozenset[str]:
    """The fields that the sign-offs of the states behind ``record`` froze."""
    behind = {each.id for each in record.type.chain(record.status or "")}
    signed = (each.state.id for each in signed_states(record, library) if each.state.id in behind and not each.reopened)
    return frozenset(name for state in signed for name in fields_up_to(record.type, state))


def _in_dossier(kind: RecordType, dossier: Dossier, config: Config, people: People) -> StateSignOff | None:
    state = kind.states.get(dossier.state)
    if state is None or state.signoff is None:
        return None
    signed = given(state.signoff.meaning, (), dossier, config, people)
    asked = (each for each in signed if _is_asked(each, state_roles(kind, state, day_of(each, config), config)))
    last = max(asked, key=lambda each: since(each, dossier), default=None)
    if last is None:
        return None
    way = kind.reopening
    undone = (s for s in given("reopen", way.roles, dossier, config, people) if s.at >= since(last, dossier)) if way else iter(())
    return StateSignOff(state, dossier, last, next(undone, None))


def since(signoff: SignOff, dossier: Dossier) -> datetime:
    """Its own moment, or that of the sign-off of the same meaning whose place it took."""
    place = dossier.places.get(f"{dossier.folder}/{signoff.instead_of}") if signoff.instead_of else None
    first = dossier.signoffs[place] if place is not None else signoff
    return min(first.at, signoff.at) if first.meaning == signoff.meaning else signoff.at


def _is_asked(signoff: SignOff, roles: tuple[str, ...]) -> bool:
    return not roles or signoff.role in roles
