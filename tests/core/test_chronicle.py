"""What became of a document's submissions, which texts may be compared, and who has read one."""

from __future__ import annotations

from datetime import date

import pytest

from qmsctl.core.comparison.chronicle import chapters, signed_copies
from qmsctl.core.comparison.revision_pair import read_span, revision_pair
from qmsctl.core.duties.readers import readers
from qmsctl.core.library import Library
from qmsctl.core.listing import rows
from qmsctl.errors import Refusal, UsageError
from tests.office import library_of, office


def text(revision: int, extra: str = "", body: str = "") -> str:
    return f"```md documents/policy/CSCL.md\n---\nid: CSCL\ntype: policy\ntitle: Chính sách\nrevision: {revision}\n{extra}owner: lan\n---\n{body}```\n"


def signed(*lines: str) -> str:
    return "```dossier CSCL\n" + "\n".join(lines) + "\n```\n"


def approved(month: int, day: int = 6) -> str:
    at = f"2026-{month:02d}-{day:02d}T08:00:00+07:00"
    return signed(f"author lan {at}", f"approve binh director {at}")


def told(library: Library) -> list[tuple[int, str, date | None, date | None]]:
    return [(each.round.revision, each.status, each.start, each.end) for each in chapters(library, "CSCL")]


STORY = (
    text(1, body="một\n") + signed("author lan 2026-01-04T08:00:00+07:00", "return binh director 2026-01-05T08:00:00+07:00")
    + text(1, body="hai\n") + signed("author lan 2026-01-05T09:00:00+07:00")
    + text(1, body="ba\n") + approved(1)
    + text(2, "effective: 2026-03-10\n") + approved(3)
    + text(3, "effective: 2026-07-01\n") + approved(5)
    + text(4)
)


def test_every_submission_has_its_chapter() -> None:
    assert told(office(STORY)) == [
        (1, "returned", None, None),
        (1, "overtaken", None, None),
        (1, "superseded", date(2026, 1, 6), date(2026, 3, 9)),
        (2, "effective", date(2026, 3, 10), date(2026, 6, 30)),
        (3, "approved", date(2026, 7, 1), None),
    ]


def test_a_revision_that_a_later_one_overtook_was_never_in_force() -> None:
    story = text(1, "effective: 2026-05-01\n") + approved(1) + text(2) + approved(2)
    assert told(office(story)) == [(1, "superseded", None, None), (2, "effective", date(2026, 2, 6), None)]


def test_a_withdrawal_ends_it() -> None:
    story = text(1) + signed(
        "author lan 2026-01-04T08:00:00+07:00",
        "approve binh director 2026-01-05T08:00:00+07:00",
        "withdraw binh director 2026-05-05T08:00:00+07:00 effective=2026-05-10",
    )
    assert told(office(story)) == [(1, "withdrawn", date(2026, 1, 5), date(2026, 5, 9))]


def test_a_submission_under_way() -> None:
    assert told(office(text(1) + signed("author lan 2026-01-04T08:00:00+07:00"))) == [(1, "in-review", None, None)]


def test_signed_states_of_a_record_come_in_their_order() -> None:
    record = "```md records/nonconformities/NC-2026-001.md\n---\nid: NC-2026-001\ntype: nonconformity\ntitle: x\nstatus: {}\n---\n```\n"
    story = record.format("confirmed") + "```dossier NC-2026-001\nconfirm lan qmr 2026-03-04T08:00:00+07:00\n```\n"
    story += record.format("rejected") + "```dossier NC-2026-001\nclose lan qmr 2026-02-04T08:00:00+07:00\n```\n"
    assert [dossier.state for dossier in signed_copies(office(story), "NC-2026-001")] == ["rejected", "confirmed"]


# -- a day that lies behind --------------------------------------------------------------------------


def as_of(story: str, day: str) -> Library:
    found = office(story)
    return library_of(dict(found.outside.data), date.fromisoformat(day), clock=found.now)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("day", "revision", "draft"),
    [("2026-01-05", None, None), ("2026-01-06", 1, None), ("2026-03-09", 1, None), ("2026-03-10", 2, None), ("2026-06-01", 2, 4)],
)
def test_what_was_in_force_on_a_day(day: str, revision: int | None, draft: int | None) -> None:
    standing = as_of(STORY, day).standing("CSCL")
    assert (standing.in_force.revision if standing.in_force else None, standing.draft) == (revision, draft)


def test_a_list_of_a_past_day_has_nothing_that_came_later() -> None:
    assert [row.id for row in rows(as_of(STORY, "2026-01-03"))] == []
    assert [(row.id, row.revision, row.status, row.draft) for row in rows(as_of(STORY, "2026-02-01"))] == [
        ("CSCL", 1, "effective", None)
    ]
    assert [row.id for row in rows(as_of(text(1), "2026-01-03"))] == ["CSCL"], "nobody knows since when a draft is there"


# -- which texts are compared ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "old", "new"),
    [("..", 1, 2), ("1..2", 1, 2), ("1..3", 1, 3), ("2..", 2, None), ("2..draft", 2, None), ("..draft", 3, None), ("..3", 2, 3), ("3..1", 3, 1)],
)
def test_a_pair_as_people_name_it(span: str, old: int, new: int | None) -> None:
    one, two = revision_pair(office(STORY), "CSCL", span)
    assert one.round is not None
    assert one.round.revision == old
    assert one.round.approved_on is not None
    assert (two.round.revision if two.round else None) == new
    assert two.item.revision == (new or 4)


@pytest.mark.parametrize("span", ["2", "2-3", "2...3", "a..b", "2..3..4", "٢..3", "1..-2", "1 .. 2", ""])
def test_what_is_no_pair(span: str) -> None:
    with pytest.raises(UsageError):
        read_span(span)


@pytest.mark.parametrize(
    ("story", "subject", "span", "message"),
    [
        (STORY, "CSCL", "2..9", "no revision 9"),
        (STORY, "CSCL", "9..2", "no revision 9"),
        (STORY, "CSCL", "..1", "no approved revision before revision 1"),
        (text(1), "CSCL", "..", "no revision of CSCL is in force"),
        (text(1), "CSCL", "1..draft", "no revision 1"),
        (STORY, "QT-99", "..", "there is no document or record"),
        (STORY + "```md records/actions/CA-2026-001.md\n---\nid: CA-2026-001\ntype: action\nstatus: planned\n---\n```\n", "CA-2026-001", "..", "is a record"),
    ],
)
def test_what_cannot_be_compared(story: str, subject: str, span: str, message: str) -> None:
    with pytest.raises(Refusal, match=message):
        revision_pair(office(story), subject, span)


# -- readers -----------------------------------------------------------------------------------------


def test_readers_are_asked_where_somebody_has_signed_or_the_office_asks() -> None:
    story = text(1, "distribution: [ho-tich, lanh-dao]\n") + approved(1)
    found = office(story)
    in_force = found.standing("CSCL").in_force
    assert in_force
    assert (readers(found, in_force).units, readers(found, in_force).asked) == (("ho-tich", "lanh-dao"), ())
    story = text(1, "distribution: [ho-tich, lanh-dao]\n") + signed(
        "author lan 2026-01-06T08:00:00+07:00",
        "approve binh director 2026-01-06T08:00:00+07:00",
        "acknowledge hung deputy-director 2026-01-07T08:00:00+07:00",
    )
    found = office(story)
    in_force = found.standing("CSCL").in_force
    assert in_force
    people = readers(found, in_force)
    assert [person.id for person in people.asked] == ["binh", "hung", "lan", "minh"]
    assert [person.id for person in people.unread] == ["minh"]
    assert [person.id for person in people.of("lanh-dao")] == []
