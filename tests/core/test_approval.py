"""Which sign-offs count, and which places of the matrix they fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qmsctl.core.dossier import Basis, Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.matrix import MatrixEntry
from qmsctl.core.signoffs.approval import binds, completed, counts, day_of, missing
from tests.office import office

VN = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = office(
    "```md documents/policy/CSCL.md\n---\nid: CSCL\ntype: policy\ntitle: A\nrevision: 1\nowner: lan\n---\n```\n"
    "```dossier CSCL\nauthor lan 2026-01-05T08:00:00+07:00\n```\n"
)
DOSSIER = OFFICE.dossiers["CSCL"][0]


def signoff(meaning: str, by: str, role: str | None, at: str = "2026-01-06T08:00:00+07:00", **more: object) -> SignOff:
    copy = DOSSIER.copy
    assert copy is not None
    made = SignOff("signoffs/x.md", "CSCL", 1, None, copy.sha256, meaning, tuple(by.split()), role, datetime.fromisoformat(at))
    return replace(made, **more)  # type: ignore[arg-type]


def ok(given_: SignOff, dossier: Dossier = DOSSIER, library: Library = OFFICE) -> bool:
    return counts(given_, dossier, library.config, library.people)


def entry(review: tuple[tuple[str, ...], ...], approve: tuple[tuple[str, ...], ...]) -> MatrixEntry:
    return MatrixEntry(date(2025, 1, 1), "default", review, approve, ())


GOOD = signoff("approve", "binh", "director")


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        pytest.param(GOOD, True, id="good"),
        pytest.param(replace(GOOD, sha256="0" * 64), False, id="other bytes"),
        pytest.param(replace(GOOD, sha256=""), False, id="no bytes"),
        pytest.param(replace(GOOD, subject="QT-01"), False, id="other document"),
        pytest.param(replace(GOOD, revision=2), False, id="next revision"),
        pytest.param(replace(GOOD, revision=None, state="1"), False, id="a state in place of a revision"),
        pytest.param(replace(GOOD, revision=None), False, id="neither"),
        pytest.param(replace(GOOD, role="qmr"), False, id="role not held"),
        pytest.param(replace(GOOD, by=("minh",)), False, id="person without the role"),
        pytest.param(replace(GOOD, by=("nobody",)), False, id="unknown person"),
        pytest.param(replace(GOOD, by=("binh", "minh")), False, id="one of two without the role"),
        pytest.param(replace(GOOD, by=("lan",), role="qmr"), False, id="the author approves"),
        pytest.param(replace(GOOD, by=("binh", "lan"), role=None), False, id="the author among others"),
        pytest.param(replace(GOOD, entered_by="lan"), False, id="entered by the author with nothing to show"),
        pytest.param(replace(GOOD, entered_by="lan", basis=Basis("1", date(2026, 1, 6))), False, id="a number alone is no evidence"),
        pytest.param(replace(GOOD, entered_by="lan", basis=Basis(file="attachments/a.pdf", sha256="0" * 64)), True, id="entered by the author with evidence"),
        pytest.param(replace(GOOD, entered_by="lan", basis=Basis(file="README.md", sha256="0" * 64)), False, id="any other file is no evidence"),
        pytest.param(replace(GOOD, meaning="adopt", by=("lan",), role="qmr"), False, id="the author adopts with nothing to show"),
        pytest.param(replace(GOOD, meaning="adopt", by=("lan",), role="qmr", basis=Basis("1", date(2026, 1, 6), "attachments/a.pdf", "0" * 64)), True, id="the author adopts a paper"),
        pytest.param(replace(GOOD, entered_by="hoa"), True, id="entered by a third person"),
        pytest.param(replace(GOOD, by=("duc",), role="deputy-director"), False, id="departed before"),
        pytest.param(replace(GOOD, by=("duc",), role="deputy-director", at=datetime(2025, 12, 31, 23, 0, tzinfo=VN)), True, id="on the last day"),
        pytest.param(replace(GOOD, by=("lan",), role="qmr", meaning="review"), True, id="an author may review"),
    ],
)
def test_what_counts(given_: SignOff, expected: bool) -> None:
    assert ok(given_) is expected


def test_nothing_binds_without_a_copy_or_to_another_folder() -> None:
    assert binds(GOOD, DOSSIER)
    assert not binds(GOOD, replace(DOSSIER, copy=None))
    assert not binds(GOOD, replace(DOSSIER, subject="QT-01"))
    assert not binds(GOOD, replace(DOSSIER, key="2-12345678"))


def test_the_day_is_that_of_the_office() -> None:
    late = signoff("approve", "duc", "deputy-director", "2025-12-31T18:00:00+00:00")
    assert day_of(late, OFFICE.config) == date(2026, 1, 1)
    assert not ok(late)


@pytest.mark.parametrize(
    ("review", "approve", "given_", "open_"),
    [
        ((), (("a",),), ("a",), 0),
        ((), (("a",),), ("b",), 1),
        ((), (("a", "b"), ("b",)), ("b", "a"), 0),
        ((), (("a", "b"), ("a",)), ("a", "b"), 0),
        ((), (("a", "b"), ("b", "c"), ("a",)), ("a", "b", "c"), 0),
        ((), (("a", "b"), ("b", "c"), ("a",)), ("c", "b", "a"), 0),
        ((), (("a",), ("a",)), ("a",), 1),
        ((), (("a",), ("a",)), ("a", "a"), 0),
        ((), (("a", "b"), ("a", "b"), ("a", "b")), ("a", "b"), 1),
        ((("a",),), (("a",),), ("a",), 1),
        ((), ((),), ("a",), 1),
    ],
)
def test_places_are_filled_one_each_in_any_order(
    review: tuple[tuple[str, ...], ...], approve: tuple[tuple[str, ...], ...], given_: tuple[str, ...], open_: int
) -> None:
    for order in permutations(given_):
        signed = [signoff("approve", f"x{number}", role) for number, role in enumerate(order)]
        assert len(missing(entry(review, approve), signed)) == open_


def test_one_person_fills_one_place_in_whatever_roles() -> None:
    wanted = entry((), (("a", "b"), ("a", "b")))
    assert len(missing(wanted, [signoff("approve", "x", "a"), signoff("approve", "x", "b")])) == 1
    assert missing(wanted, [signoff("approve", "x", "a"), signoff("approve", "y", "a")]) == ()


ROLES = st.sampled_from("abcd")


@settings(max_examples=200)
@given(st.lists(st.lists(ROLES, min_size=1, max_size=3), max_size=4), st.lists(st.sets(ROLES, min_size=1, max_size=2), max_size=5))
@example([["a", "b"], ["a"], ["a"], ["a"]], [{"a", "b"}, {"c"}, {"b"}, {"c"}, {"b"}])
def test_the_matching_is_the_largest_there_is(slots: list[list[str]], people: list[set[str]]) -> None:
    found = missing(entry((), tuple(map(tuple, slots))), [signoff("approve", f"x{number}", role) for number, roles in enumerate(people) for role in sorted(roles)])
    padded = [*map(frozenset, people), *[frozenset()] * len(slots)]
    best = max((sum(not roles.isdisjoint(slot) for roles, slot in zip(order, slots, strict=False)) for order in set(permutations(padded, len(slots)))), default=0)
    assert len(found) == len(slots) - best


def test_a_meaning_fills_only_places_of_its_own() -> None:
    wanted = entry((("a",),), (("b",),))
    assert [place.meaning for place in missing(wanted, [signoff("approve", "x", "a"), signoff("review", "x", "b")])] == ["review", "approve"]
    assert [place.meaning for place in missing(wanted, [signoff("author", "x", "a"), signoff("approve", "x", "b")])] == ["review"]


def test_completed_on_the_last_signature_that_was_needed() -> None:
    rows = [signoff("author", "minh", None, "2026-01-05T08:00:00+07:00"), signoff("review", "lan", "qmr", "2026-01-06T08:00:00+07:00"), signoff("approve", "binh", "director", "2026-01-07T08:00:00+07:00"), signoff("approve", "hung", "director", "2026-01-09T08:00:00+07:00")]
    assert completed("procedure", rows, OFFICE.config)[0] == rows[2].at
    assert completed("procedure", rows[1:], OFFICE.config)[0] is None, "nobody submitted it"
    assert completed("procedure", [rows[0], *rows[2:]], OFFICE.config)[0] is None
    assert completed("policy", rows[:2], OFFICE.config)[0] is None
    assert completed("policy", (), OFFICE.config) == (None, ())


def test_a_long_row_of_people_who_move_up_by_one_is_no_matter() -> None:
    """Each signs in two roles of neighbouring places; the last one fits in only where all the others move."""
    count = 3_000
    places = tuple((f"r{number}",) for number in range(count))
    given_ = [signoff("approve", f"p{number}", role) for number in range(count - 1) for role in (f"r{number}", f"r{number + 1}")]
    last = signoff("approve", "last", "r0")
    assert len(missing(entry((), places), given_)) == 1
    assert not missing(entry((), places), [*given_, last])


def test_the_first_moment_at_which_all_places_were_filled_is_found_among_many() -> None:
    days = [f"2026-01-{day:02}T{hour:02}:00:00+07:00" for day in range(6, 28) for hour in range(24)]
    author = signoff("author", "lan", None)
    given_ = [signoff("approve", "binh", "director" if at >= "2026-01-20T07" else "qmr", at) for at in days]
    at, open_ = completed("policy", [author, *given_], OFFICE.config)
    assert at == datetime.fromisoformat("2026-01-20T07:00:00+07:00")
    assert not open_
