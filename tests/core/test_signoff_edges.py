"""Sign-offs at their edges: who stands alone, what came too early, what a later paper undoes, and what it is all called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from qmsctl.core.dossier import Basis, SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.office.people import People
from qmsctl.core.signoffs.approval import authors, counts, entered_by_author
from qmsctl.core.signoffs.one_person import adopts_alone, is_staffed, sole_holder, stands_alone
from qmsctl.core.signoffs.order import early
from qmsctl.core.signoffs.signoff_file import read_signoff
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.signoffs.status import Standing
from qmsctl.core.signoffs.status_labels import document_status, level_words, status_words
from tests.core.test_approval import signoff
from tests.core.test_status import APPROVE, AUTHOR, FULL, PATH, REVIEW, files, shape, stand, text
from tests.office import QMS_YAML, library_of, office

DAY = date(2026, 1, 6)
ATTACHED = "basis={number:␣12,␣date:␣2026-01-05,␣file:␣attachments/a.pdf,␣sha256:␣x}"
ROLES = "roles: [{id: director, title: Chủ}, {id: qmr, title: Đại diện}, {id: clerk, title: Thợ}]\n"


def spaced(made: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data.replace("␣".encode(), b" ") for path, data in made.items()}


def small(approval: str, *people: str, strict: str = "2025-01-01") -> Library:
    """An office of these people (``id role role``), with this approval matrix."""
    lines = [f"  - {{id: {name}, name: {name}, roles: [{', '.join(f'{{role: {role}, from: 2025-01-01}}' for role in roles)}]}}" for name, *roles in map(str.split, people)]
    config = f"language: en\ntime_zone: Asia/Ho_Chi_Minh\nformat: 2\nstricter_from: {strict}\n{ROLES}approval:\n{approval}"
    return library_of({"qms.yaml": config, "people.yaml": "people:\n" + "\n".join(lines) + "\n"})


BOTH = "  - {from: 2025-01-01, type: procedure, review: [qmr], approve: [director]}\n"
ONE = "  - {from: 2025-01-01, type: procedure, review: [], approve: [director]}\n"


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (("an director qmr",), "an"),
        (("an director qmr", "ba clerk"), "an"),
        (("an director", "ba qmr"), None),
        (("an director qmr", "ba qmr"), None),
        (("an director",), None),
        ((), None),
    ],
)
def test_who_holds_all_the_roles_alone(people: tuple[str, ...], expected: str | None) -> None:
    library = small(BOTH, *people)
    assert sole_holder("procedure", DAY, library.config, library.people) == expected


def test_nobody_is_alone_where_the_matrix_asks_for_nothing() -> None:
    library = small(BOTH, "an director qmr")
    assert sole_holder("policy", DAY, library.config, library.people) is None
    assert sole_holder("procedure", date(2024, 12, 31), library.config, library.people) is None


def adoption(**more: object) -> SignOff:
    found = library_of(spaced(files((text(), f"adopt an director 2026-01-06T08:00:00+07:00 {ATTACHED}\n")))).dossiers["QT-07"][0].signoffs[0]
    return replace(found, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "strict", "expected"),
    [
        (adoption(), "2025-01-01", True),
        (adoption(), "2026-01-06", True),
        (adoption(), "2026-01-07", False),
        (adoption(meaning="approve"), "2025-01-01", False),
        (adoption(basis=None), "2025-01-01", False),
        (adoption(by=("ba",)), "2025-01-01", False),
    ],
)
def test_who_adopts_alone(given: SignOff, strict: str, expected: bool) -> None:
    library = small(BOTH, "an director qmr", "ba clerk", strict=strict)
    assert adopts_alone(given, "procedure", library.config, library.people) is expected
    assert not adopts_alone(given, "policy", library.config, library.people)


@pytest.mark.parametrize(
    ("given", "approval", "people", "expected"),
    [
        (adoption(), BOTH, ("an director qmr", "ba clerk"), True),
        (adoption(), ONE, ("an director", "ba clerk"), False),
        (adoption(), ONE, ("an director",), True),
        (adoption(approved_by="an"), BOTH, ("an director qmr",), True),
        (adoption(approved_by="ba"), BOTH, ("an director qmr", "ba clerk"), False),
        (adoption(by=("ba",)), BOTH, ("an director qmr", "ba clerk"), False),
        (adoption(), BOTH, ("an director", "ba qmr"), False),
        (adoption(meaning="approve"), BOTH, ("an director qmr",), False),
    ],
)
def test_who_stands_alone(given: SignOff, approval: str, people: tuple[str, ...], expected: bool) -> None:
    library = small(approval, *people)
    assert stands_alone(given, "procedure", library.config, library.people) is expected


def test_a_later_adoption_counts_where_one_person_holds_all() -> None:
    """Anywhere else what was approved once is approved by those who have to, not by a paper."""
    second = f"adopt an director 2026-03-06T08:00:00+07:00 {ATTACHED.replace('2026-01-05', '2026-03-05')}\n"
    made = files((text(), f"adopt an director 2026-01-06T08:00:00+07:00 {ATTACHED}\n"), (text(2), second))
    alone, several = (small(BOTH, *people) for people in (("an director qmr",), ("an director qmr", "ba qmr")))

    def found(office: Library) -> Standing:
        config = {path: office.outside.read(path) for path in ("qms.yaml", "people.yaml")}
        return library_of({**config, **spaced(made)}).standing("QT-07")

    assert [each.revision for each in found(alone).approved] == [1, 2]
    assert [each.revision for each in found(several).approved] == [1]
    assert [(each.adopted, each.effective_on) for each in found(several).rounds] == [(True, date(2026, 1, 5)), (False, None)]


ORDERED = "  - {from: 2025-01-01, type: policy, review: [qmr, clerk], approve: [director], order: review-first}\n"


@pytest.mark.parametrize(
    ("approval", "signed", "expected"),
    [
        (ORDERED, "review qmr 06, review clerk 08, approve director 07", True),
        (ORDERED, "review qmr 06, review clerk 08, approve director 08", False),
        (ORDERED, "review qmr 06, review clerk 08, approve director 09", False),
        (ORDERED, "review qmr 06, approve director 09", True),
        (ORDERED, "approve director 09", True),
        (ORDERED.replace("[qmr, clerk]", "[qmr]"), "review qmr 06, approve director 07, review clerk 08", False),
        (ORDERED.replace("[qmr, clerk]", "[]"), "approve director 07", False),
        (ORDERED.replace(", order: review-first", ""), "approve director 07", False),
    ],
)
def test_an_approval_before_the_last_review_is_early(approval: str, signed: str, expected: bool) -> None:
    config = small(approval, "an director", "ba qmr", "cu clerk").config
    persons = {"director": "an", "qmr": "ba", "clerk": "cu"}
    given = [
        signoff(meaning, persons[role], role, f"2026-01-{day}T08:00:00+07:00", path=f"{meaning}.{role}")
        for meaning, role, day in (each.split() for each in signed.split(", "))
    ]
    given.sort(key=lambda each: each.at)
    assert early("policy", given, config) == ({"approve.director"} if expected else frozenset())
    assert early("procedure", given, config) == frozenset()


RETURNED = AUTHOR + "return lan qmr 2026-01-06T09:00:00+07:00\n"


@pytest.mark.parametrize(("decided", "expected"), [("2026-01-07", "clean"), ("2026-01-06", "returned"), ("2026-01-05", "returned")])
def test_a_paper_counts_after_a_return_where_it_is_later(decided: str, expected: str) -> None:
    paper = ATTACHED.replace("2026-01-05", decided)
    found = stand(spaced(files((text(), f"{RETURNED}adopt lan qmr 2026-01-08T08:00:00+07:00 {paper}\n"))))
    assert found.working == expected


def test_an_approval_after_a_return_is_none_whatever_paper_it_names() -> None:
    paper = ATTACHED.replace("2026-01-05", "2026-01-07")
    assert stand(spaced(files((text(), f"{RETURNED}{REVIEW.replace('01-06', '01-07')}approve binh director 2026-01-08T08:00:00+07:00 {paper}\n")))).working == "returned"


@pytest.mark.parametrize(
    ("who", "decided", "strict", "expected"),
    [
        ("binh director", "2026-01-08", "", "clean"),
        ("binh director", "2026-01-09", "", "in-review"),
        ("lan qmr", "2026-01-08", "", "clean"),
        ("lan qmr", "2026-01-08", "format: 2\nstricter_from: 2026-01-08\n", "in-review"),
        ("lan qmr", "2026-01-08", "format: 2\nstricter_from: 2026-01-09\n", "clean"),
        ("binh director", "2026-01-08", "format: 2\nstricter_from: 2026-01-08\n", "clean"),
    ],
)
def test_who_adopts_and_on_which_paper(who: str, decided: str, strict: str, expected: str) -> None:
    made = files((text(), f"adopt {who} 2026-01-08T08:00:00+07:00 {ATTACHED.replace('2026-01-05', decided)}\n"))
    assert stand(spaced(made), qms_yaml=f"{QMS_YAML}{strict}".encode()).working == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("return lan qmr 2026-01-06T09:00:00+07:00", "returned"),
        ("return minh qmr 2026-01-06T09:00:00+07:00", "in-review"),
        ("return minh clerk 2026-01-06T09:00:00+07:00", "in-review"),
        ("return lan unit-head 2026-01-06T09:00:00+07:00", "in-review"),
    ],
)
def test_who_may_return(line: str, expected: str) -> None:
    assert stand(files((text(), f"{AUTHOR}{line}\n"))).working == expected


def test_nobody_may_return_what_the_matrix_does_not_know() -> None:
    config = QMS_YAML.replace("  - {from: 2025-01-01, type: default, review: [], approve: [director]}\n", "").replace("type: procedure", "type: policy")
    assert stand(files((text(), RETURNED)), qms_yaml=config.encode()).working == "in-review"


def test_what_is_approved_cannot_be_returned_and_what_is_approved_too_early_can() -> None:
    late = "return lan qmr 2026-01-09T09:00:00+07:00\n"
    assert stand(files((text(), FULL + late))).working == "clean"
    ordered = QMS_YAML.replace("approve: [[director, deputy-director]]}", "approve: [[director, deputy-director]], order: review-first}")
    strict = f"{ordered}format: 2\nstricter_from: 2025-01-01\n".encode()
    before = AUTHOR + APPROVE.replace("01-07", "01-05") + REVIEW
    assert shape(stand(files((text(), before)), qms_yaml=strict)) == ("in-review", "in-review", None, 1)
    assert stand(files((text(), before + late)), qms_yaml=strict).working == "returned"


def statuses(found: Standing) -> list[str]:
    return [found.status_of(each) for each in found.rounds]


def test_where_each_round_stands() -> None:
    back = FULL.replace("approve binh director", "return binh director")
    assert statuses(stand(files((text(), FULL), (text(2), FULL.replace("-01-", "-02-"))))) == ["superseded", "effective"]
    assert statuses(stand(files((text(), FULL), (text(2), AUTHOR.replace("-01-", "-02-"))))) == ["effective", "in-review"]
    assert statuses(stand(files((text(), back)))) == ["returned"]
    two = files((text(), FULL), (text(2), back.replace("-01-", "-02-")), (text(2, body="other"), FULL.replace("-01-", "-03-")))
    assert statuses(stand(two)) == ["superseded", "superseded", "effective"]
    coming = files((text(), FULL), (text(2, "effective: 2026-12-01\n"), FULL.replace("-01-", "-02-")))
    assert statuses(stand(coming)) == ["effective", "approved"]


def test_a_revision_is_its_approved_submission_else_the_latest() -> None:
    back = AUTHOR + "return lan qmr 2026-01-06T09:00:00+07:00\n"
    later = AUTHOR.replace("-01-", "-02-")
    found = stand(files((text(), back), (text(body="other"), later)))
    latest = found.revision(1)
    assert latest is not None
    assert latest.returned is None
    assert found.revision(2) is None
    approved = stand(files((text(), FULL), (text(body="other"), later))).revision(1)
    assert approved is not None
    assert approved.approved_on == date(2026, 1, 7)


def test_what_was_never_submitted() -> None:
    found = stand(files((text(3), "")))
    assert (found.working, found.draft, found.rounds) == ("draft", 3, ())
    assert found.sha256 is not None
    gone = stand({})
    assert (gone.working, gone.status, gone.draft, gone.sha256) == ("absent", "absent", None, None)


def test_a_text_that_came_later_was_not_there_on_an_earlier_day() -> None:
    """What lay in its dossiers by then is told of that day."""
    submitted = files((text(2), FULL.replace("-01-", "-03-")))
    seen = library_of(submitted, date(2026, 2, 1), clock=library_of({}).now)
    assert seen.standing("QT-07").working == "absent"
    draft = library_of({**submitted, PATH: text(1)}, date(2026, 2, 1), clock=library_of({}).now)
    assert draft.standing("QT-07").working == "draft"
    same = files((text(), FULL), (text(2), FULL.replace("-01-", "-03-")))
    assert library_of({**same, PATH: text(1)}, date(2026, 2, 1), clock=library_of({}).now).standing("QT-07").working == "clean"


def test_the_matrix_of_the_office_says_who_signs_a_state_before_its_type_does() -> None:
    of_type = small(ONE, "an director")
    kind = of_type.types.get("nonconformity")
    assert kind is not None
    closed = kind.states["closed"]
    assert closed.signoff is not None
    usual = closed.signoff.roles
    assert state_roles(kind, closed, DAY, of_type.config) == usual
    own = small("  - {from: 2026-01-06, type: nonconformity, approve: [director], sign: {closed: [clerk]}}\n", "an director").config
    assert state_roles(kind, closed, DAY, own) == ("clerk",)
    assert state_roles(kind, closed, date(2026, 1, 5), own) == usual
    other = small("  - {from: 2025-01-01, type: nonconformity, approve: [director], sign: {confirmed: [clerk]}}\n", "an director").config
    assert state_roles(kind, closed, DAY, other) == usual
    default = small("  - {from: 2025-01-01, type: default, approve: [director], sign: {closed: [clerk]}}\n", "an director").config
    assert state_roles(kind, closed, DAY, default) == usual
    assert state_roles(kind, None, DAY, own) == ()
    assert state_roles(kind, kind.states["planned"], DAY, own) == ()


AGAIN = AUTHOR.replace("01-05", "01-08")


def test_who_submits_again_after_a_return_is_in_review() -> None:
    assert stand(files((text(), RETURNED + AGAIN))).working == "in-review"
    assert stand(files((text(), RETURNED + REVIEW.replace("01-06", "01-08")))).working == "returned"


def test_what_one_person_signs_again_takes_the_place_of_the_first_and_is_the_latest() -> None:
    (found,) = stand(files((text(), AUTHOR + REVIEW + AGAIN))).rounds
    assert [(each.meaning, each.at.day) for each in found.signoffs] == [("review", 6), ("author", 8)]


def test_each_reading_stands_for_itself() -> None:
    read = "acknowledge hoa clerk 2026-02-0{}T08:00:00+07:00\n"
    (found,) = stand(files((text(), FULL + read.format(1) + read.format(2)))).rounds
    assert [each.at.day for each in found.signoffs if each.meaning == "acknowledge"] == [1, 2]


def test_a_return_counts_until_the_matrix_of_its_own_type_is_filled() -> None:
    late = "return lan qmr 2026-01-09T09:00:00+07:00\n"
    assert stand(files((text(), AUTHOR + APPROVE + late))).working == "returned"


def test_each_entry_of_the_matrix_has_reviews_of_its_own() -> None:
    later = ORDERED.replace("2025-01-01", "2026-01-09").replace("[director]", "[[director, clerk]]")
    config = small(ORDERED.replace("[qmr, clerk]", "[qmr]") + later, "an director", "ba qmr", "cu clerk").config
    given = [
        signoff("review", "ba", "qmr", "2026-01-06T08:00:00+07:00", path="review"),
        signoff("approve", "an", "director", "2026-01-07T08:00:00+07:00", path="first"),
        signoff("approve", "an", "director", "2026-01-09T08:00:00+07:00", path="second"),
    ]
    assert early("policy", given, config) == {"second"}


@pytest.mark.parametrize(("strict", "expected"), [("2026-01-06", {"minh"}), ("2026-01-05", {"minh", "binh"}), ("2025-01-01", {"minh", "binh"})])
def test_who_submits_in_the_name_of_another_is_an_author_too(strict: str, expected: set[str]) -> None:
    made = spaced(files((text(), AUTHOR.replace("\n", f" entered_by=binh {ATTACHED}\n") + REVIEW + APPROVE)))
    library = library_of({**made, "qms.yaml": f"{QMS_YAML}format: 2\nstricter_from: {strict}\n"})
    (own,) = library.dossiers["QT-07"]
    assert authors(own, library.config) == expected
    approval = next(each for each in own.signoffs if each.meaning == "approve")
    assert counts(approval, own, library.config, library.people) == ("binh" not in expected)
    other = replace(approval, by=("hung",), role="deputy-director", entered_by="binh")
    assert entered_by_author(other, own, library.config) == ("binh" in expected)
    assert counts(other, own, library.config, library.people) == ("binh" not in expected)


WORDS = {
    "effective": "in force", "approved": "approved, not yet in force", "withdrawn": "withdrawn", "in-review": "in review", "returned": "returned",
    "draft": "draft", "changed": "changed without a raised revision", "absent": "without a working text", "superseded": "superseded",
    "destroyed": "destroyed", "overtaken": "submitted, but the text went on", "other": "other",
}
LEVELS = {
    "entered": "entered by somebody else", "declared": "declared, not signed", "evidenced": "evidenced in writing",
    "signed": "signed with an OpenSSH key", "other": "other",
}


def test_what_statuses_and_levels_are_called() -> None:
    assert {name: str(document_status(name)) for name in WORDS} == WORDS
    assert {name: str(level_words(name)) for name in LEVELS} == LEVELS
    kind = library_of({}).types.get("nonconformity")
    assert kind is not None
    assert status_words(kind, "closed") is kind.states["closed"].label
    assert str(status_words(kind, "draft")) == "draft"
    assert str(status_words(None, "effective")) == "in force"


WRITTEN = """\
---
type: signoff
subject: NC-2026-001
state: closed
sha256: abc
meaning: close
by: [an, ba]
role: qmr
at: 2026-01-06T08:00:00+07:00
capacity: thay
on_behalf_of: UBND
effective: 2026-02-01
entered_by: ba
basis: {number: 12/QĐ, date: 2026-01-05, file: attachments/a.pdf, sha256: def}
approved_by: {name: Lê Văn Tám, title: Chủ tịch, body: UBND huyện}
instead_of: close.an.md
office: TA
---
"""


def written(text: str) -> SignOff | None:
    (item,) = library_of({"signoffs/NC-2026-001/closed-abc/close.an.md": text}).signoff_items
    return read_signoff(item)


def test_what_a_sign_off_file_says() -> None:
    assert written(WRITTEN) == SignOff(
        path="signoffs/NC-2026-001/closed-abc/close.an.md", subject="NC-2026-001", revision=None, state="closed", sha256="abc", meaning="close",
        by=("an", "ba"), role="qmr", at=datetime(2026, 1, 6, 1, tzinfo=UTC), capacity="thay", on_behalf_of="UBND", effective=date(2026, 2, 1),
        entered_by="ba", basis=Basis("12/QĐ", date(2026, 1, 5), "attachments/a.pdf", "def"),
        approved_by=PaperApprover("Lê Văn Tám", "Chủ tịch", "UBND huyện"), instead_of="close.an.md", office="TA",
    )


@pytest.mark.parametrize("line", ["subject", "sha256", "meaning", "by", "at"])
def test_without_what_makes_it_one_it_is_none(line: str) -> None:
    assert written(re.sub(rf"(?m)^{line}: .*\n", "", WRITTEN)) is None


@pytest.mark.parametrize(
    ("approver", "expected"),
    [("tam", "tam"), ('""', None), ("[tam]", None), ("{}", PaperApprover("", "")), ("{title: Chủ tịch}", PaperApprover("", "Chủ tịch"))],
)
def test_who_approved_the_paper(approver: str, expected: object) -> None:
    found = written(re.sub(r"(?m)^approved_by: .*$", f"approved_by: {approver}", WRITTEN))
    assert found is not None
    assert found.approved_by == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (f"adopt binh director 2026-01-08T08:00:00+07:00 effective=2026-03-01 {ATTACHED}\n", date(2026, 3, 1)),
        (FULL.replace("lan qmr 2026-01-06T08:00:00+07:00", "lan qmr 2026-01-06T08:00:00+07:00 effective=2026-03-01"), date(2026, 1, 7)),
        (FULL.replace("binh director 2026-01-07T08:00:00+07:00", "binh director 2026-01-07T08:00:00+07:00 effective=2026-03-01"), date(2026, 3, 1)),
    ],
)
def test_who_approves_says_from_which_day_on(lines: str, expected: date) -> None:
    (found,) = stand(spaced(files((text(), lines)))).rounds
    assert found.effective_on == expected


@pytest.mark.parametrize(
    ("role", "day", "status"),
    [
        ("binh director", "2026-02-01", "withdrawn"),
        ("hung deputy-director", "2026-06-01", "withdrawn"),
        ("hung deputy-director", "2026-06-02", "effective"),
        ("lan qmr", "2026-02-01", "effective"),
    ],
)
def test_who_approves_the_type_withdraws_it(role: str, day: str, status: str) -> None:
    assert stand(files((text(), f"{FULL}withdraw {role} 2026-02-01T08:00:00+07:00 effective={day}\n"))).status == status


@pytest.mark.parametrize(("hour", "status"), [(16, "approved"), (17, "effective")])
def test_a_revision_takes_effect_at_midnight_of_the_office(hour: int, status: str) -> None:
    library = library_of(files((text(more="effective: 2026-06-01\n"), FULL)))
    early = replace(library, now=datetime(2026, 5, 31, hour, tzinfo=UTC), _standings={})
    assert (early.standing("QT-07").status, early.standing("QT-07").subject) == (status, "QT-07")


def test_a_later_submission_hides_no_working_text_today() -> None:
    made = files((text(), FULL))
    made.update({path.replace("/1-", "/2-"): data for path, data in made.items() if path.startswith("signoffs/") and path.endswith("QT-07.md")})
    assert stand(made).working == "clean"


def test_an_office_is_staffed_where_every_place_of_today_can_be_filled() -> None:
    found, day = office(""), date(2026, 6, 1)
    assert is_staffed(found.config, found.people, day)
    assert not is_staffed(found.config, People(tuple(each for each in found.people.all if each.id != "binh")), day)
