"""Which sign-offs of a record's states stand, and what a reopening undoes."""

from __future__ import annotations

import pytest

from qmsctl.core.library import Library
from qmsctl.core.proof.closing import last_closing, signed_fields, signed_states
from tests.office import dossier, library_of

PATH = "records/actions/CA-2026-001.md"
CLOSED = "close lan qmr 2026-03-02T08:00:00+07:00\n"
REOPENED = "reopen lan qmr 2026-03-03T08:00:00+07:00\n"


def action(status: str) -> bytes:
    return f"---\nid: CA-2026-001\ntype: action\ntitle: Phân công\nstatus: {status}\ndue: 2026-03-31\nreason: a\ndone: 2026-03-30\nverified_by: lan\n---\n".encode()


def after(*rounds: tuple[str, str], now: str) -> Library:
    """The record as it is ``now``, after states that were signed."""
    made: dict[str, bytes] = {}
    for status, lines in rounds:
        made |= dossier({PATH: action(status)}, "CA-2026-001", lines)
    return library_of({**made, PATH: action(now)})


def told(library: Library) -> list[tuple[str, bool]]:
    return [(each.state.id, each.reopened is not None) for each in signed_states(library.by_id["CA-2026-001"], library)]


@pytest.mark.parametrize(
    ("lines", "reopened"),
    [
        (CLOSED, False),
        (CLOSED + REOPENED, True),
        (CLOSED + REOPENED.replace("03-03", "03-02"), True),
        (CLOSED + REOPENED.replace("03-03", "03-01"), False),
        (CLOSED + REOPENED.replace("lan qmr", "hoa clerk"), False),
        (CLOSED + REOPENED + CLOSED.replace("03-02", "03-04"), False),
    ],
)
def test_a_closing_stands_until_it_is_reopened(lines: str, reopened: bool) -> None:
    library = after(("cancelled", lines), now="cancelled")
    assert told(library) == [("cancelled", reopened)]
    closing = last_closing(signed_states(library.by_id["CA-2026-001"], library))
    assert closing is not None
    assert (closing.reopened is not None) == reopened
    assert bool(signed_fields(library.by_id["CA-2026-001"], library)) != reopened


def test_the_last_closing_is_the_latest_of_several() -> None:
    library = after(("cancelled", CLOSED + REOPENED), ("verified-effective", "verify lan qmr 2026-05-04T08:00:00+07:00\n"), now="verified-effective")
    assert told(library) == [("cancelled", True), ("verified-effective", False)]
    closing = last_closing(signed_states(library.by_id["CA-2026-001"], library))
    assert closing is not None
    assert closing.state.id == "verified-effective"
    fields = signed_fields(library.by_id["CA-2026-001"], library)
    assert {"done", "verified_by"} <= fields


def test_what_was_reopened_freezes_nothing_on_the_way_to_another_state() -> None:
    library = after(("cancelled", CLOSED + REOPENED), now="in-progress")
    assert signed_fields(library.by_id["CA-2026-001"], library) == frozenset()
    assert last_closing(()) is None
