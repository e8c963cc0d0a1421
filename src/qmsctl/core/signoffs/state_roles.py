"""Who may sign a state of a record: its type proposes roles, the office's matrix of the day decides."""

from __future__ import annotations

from datetime import date

from qmsctl.core.office.config import Config
from qmsctl.core.types.record_type import RecordType, State


def state_roles(kind: RecordType, state: State | None, day: date, config: Config) -> tuple[str, ...]:
    """The roles of which one signs ``state`` on ``day``; none where anybody may, or where nobody has to sign."""
    if state is None or state.signoff is None:
        return ()
    entry = config.matrix(kind.name, day)
    own = entry.sign.get(state.id, ()) if entry and entry.type == kind.name else ()
    return own or state.signoff.roles
