"""The sign-offs a record's states ask for: who gave them, and whether a reopening undid them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qmsctl.core.approval import binds, held_role
from qmsctl.core.config import Config, People
from qmsctl.core.library import Library
from qmsctl.core.model import Dossier, Item, SignOff
from qmsctl.core.record_type import RecordType, State


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


def state_signoffs(
    kind: RecordType, dossiers: tuple[Dossier, ...], config: Config, people: People
) -> tuple[StateSignOff, ...]:
    """What the dossiers of one record hold of the sign-offs its states ask for, oldest first.

    Of several such sign-offs in one dossier the last counts.
    """
    found = (_in_dossier(kind, dossier, config, people) for dossier in dossiers)
    return tuple(sorted((each for each in found if each), key=lambda each: each.signoff.at))


def signed_states(record: Item, library: Library) -> tuple[StateSignOff, ...]:
    """The sign-offs that the states of ``record`` asked for, oldest first."""
    return state_signoffs(record.type, library.dossiers.get(record.id, ()), library.config, library.people)


def last_closing(signed: tuple[StateSignOff, ...]) -> StateSignOff | None:
    """The latest sign-off of a final state, reopened since or not."""
    return next((each for each in reversed(signed) if each.state.final), None)


def _in_dossier(kind: RecordType, dossier: Dossier, config: Config, people: People) -> StateSignOff | None:
    state = kind.states.get(dossier.state)
    if state is None or state.signoff is None:
        return None
    given = tuple(_given(state.signoff.meaning, state.signoff.roles, dossier, config, people))
    if not given:
        return None
    roles = kind.reopening.roles if kind.reopening else ()
    undone = (s for s in _given("reopen", roles, dossier, config, people) if s.at >= given[-1].at)
    return StateSignOff(state, dossier, given[-1], next(undone, None))


def _given(meaning: str, roles: tuple[str, ...], dossier: Dossier, config: Config, people: People) -> Iterator[SignOff]:
    for signoff in dossier.of(meaning):
        if (not roles or signoff.role in roles) and binds(signoff, dossier) and held_role(signoff, config, people):
            yield signoff
