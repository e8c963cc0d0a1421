"""The status of a document as a function of its dossiers and the day."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.library import Library
from qmsctl.core.signoffs.status import Standing
from tests.office import PEOPLE_YAML, QMS_YAML, dossier, library_of

PATH = "documents/procedures/QT-07.md"
AUTHOR = "author minh 2026-01-05T08:00:00+07:00\n"
REVIEW = "review lan qmr 2026-01-06T08:00:00+07:00\n"
APPROVE = "approve binh director 2026-01-07T08:00:00+07:00\n"
FULL = AUTHOR + REVIEW + APPROVE


def text(revision: int = 1, more: str = "", body: str = "text", kind: str = "procedure") -> bytes:
    return f"---\nid: QT-07\ntype: {kind}\ntitle: A\nrevision: {revision}\nowner: minh\n{more}---\n{body}\n".encode()


def files(*rounds: tuple[bytes, str]) -> dict[str, bytes]:
    """The working text of the last round, and the dossiers of all."""
    made: dict[str, bytes] = {}
    for data, lines in rounds:
        made[PATH] = data
        made.update(dossier(made, "QT-07", lines) if lines else {})
    return made


def stand(made: dict[str, bytes], today: date = date(2026, 6, 1), **more: bytes) -> Standing:
    library = library_of({**made, **{name.replace("_", "."): data for name, data in more.items()}}, today)
    return library.standing("QT-07")


def shape(found: Standing) -> tuple[str, str, int | None, int | None]:
    return (found.status, found.working, found.in_force.revision if found.in_force else None, found.draft)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("", ("draft", "draft", None, 1), id="nothing signed"),
        pytest.param(AUTHOR, ("in-review", "in-review", None, 1), id="submitted"),
        pytest.param(AUTHOR + REVIEW, ("in-review", "in-review", None, 1), id="reviewed"),
        pytest.param(AUTHOR + APPROVE, ("in-review", "in-review", None, 1), id="approved, not reviewed"),
        pytest.param(FULL, ("effective", "clean", 1, None), id="all places filled"),
        pytest.param(AUTHOR + REVIEW + "approve hung deputy-director 2026-01-07T08:00:00+07:00\n", ("effective", "clean", 1, None), id="any one of a choice"),
        pytest.param(AUTHOR + REVIEW + "approve minh clerk 2026-01-07T08:00:00+07:00\n", ("in-review", "in-review", None, 1), id="self-approval"),
        pytest.param(AUTHOR + REVIEW + "approve duc deputy-director 2026-01-07T08:00:00+07:00\n", ("in-review", "in-review", None, 1), id="departed"),
        pytest.param(AUTHOR + REVIEW + "approve lan qmr 2026-01-07T08:00:00+07:00\n", ("in-review", "in-review", None, 1), id="role of no place"),
        pytest.param(FULL + "withdraw binh director 2026-05-01T08:00:00+07:00\n", ("withdrawn", "clean", None, None), id="withdrawn"),
        pytest.param(FULL + "withdraw lan qmr 2026-05-01T08:00:00+07:00\n", ("effective", "clean", 1, None), id="withdrawn by nobody entitled"),
        pytest.param(FULL + "withdraw binh director 2026-05-01T08:00:00+07:00 effective=2026-07-01\n", ("effective", "clean", 1, None), id="withdrawn from a later day"),
        pytest.param(AUTHOR + "return lan qmr 2026-01-06T08:00:00+07:00\n", ("returned", "returned", None, 1), id="returned"),
        pytest.param(AUTHOR + REVIEW + "return binh director 2026-01-06T09:00:00+07:00\n" + APPROVE, ("returned", "returned", None, 1), id="approved after the return"),
        pytest.param(AUTHOR + "approve binh director 2026-06-02T08:00:00+07:00\n" + REVIEW, ("in-review", "in-review", None, 1), id="tomorrow's approval"),
        pytest.param("adopt lan qmr 2026-01-07T08:00:00+07:00 basis={number:12,date:2026-01-05}\n".replace("{number:12,date:2026-01-05}", "{number:␣12,␣date:␣2026-01-05}"), ("effective", "clean", 1, None), id="adopted"),
        pytest.param("adopt lan qmr 2026-01-07T08:00:00+07:00\n", ("in-review", "in-review", None, 1), id="adopted without a decision"),
        pytest.param("adopt lan qmr 2026-01-07T08:00:00+07:00 basis={number:␣12,␣date:␣2026-01-08}\n", ("in-review", "in-review", None, 1), id="adopted before the decision"),
        pytest.param("adopt minh clerk 2026-01-07T08:00:00+07:00 basis={number:␣12,␣date:␣2026-01-05}\n", ("in-review", "in-review", None, 1), id="adopted by nobody entitled"),
    ],
)
def test_one_round(lines: str, expected: tuple[str, str, int | None, int | None]) -> None:
    made = {path: data.replace("␣".encode(), b" ") for path, data in files((text(), lines)).items()}
    assert shape(stand(made)) == expected


def test_effective_on_the_latest_of_three_days() -> None:
    assert effective(files((text(), FULL))) == date(2026, 1, 7)
    assert effective(files((text(more="effective: 2026-02-01\n"), FULL))) == date(2026, 2, 1)
    assert effective(files((text(more="effective: 2025-02-01\n"), FULL))) == date(2026, 1, 7)
    assert effective(files((text(more="effective: 2026-02-01\n"), FULL.rstrip() + " effective=2026-03-01\n"))) == date(2026, 3, 1)


def effective(made: dict[str, bytes]) -> date | None:
    return stand(made).rounds[0].effective_on


def test_a_late_signature_takes_effect_on_its_day() -> None:
    made = files((text(more="effective: 2026-01-10\n"), AUTHOR + REVIEW + "approve binh director 2026-03-15T08:00:00+07:00\n"))
    assert stand(made, date(2026, 3, 14)).status == "in-review"
    found = stand(made, date(2026, 3, 15))
    assert found.status == "effective"
    assert found.in_force is not None
    assert found.in_force.effective_on == date(2026, 3, 15)


def test_approved_and_coming_beside_the_one_in_force() -> None:
    made = files((text(), FULL), (text(2, "effective: 2026-07-01\n"), FULL.replace("2026-01", "2026-05")))
    found = stand(made)
    assert shape(found) == ("effective", "clean", 1, None)
    assert found.coming is not None
    assert found.coming.revision == 2
    later = stand(made, date(2026, 7, 1))
    assert shape(later) == ("effective", "clean", 2, None)
    assert later.coming is None


def test_a_draft_never_touches_what_is_in_force() -> None:
    assert shape(stand(files((text(), FULL), (text(2), "")))) == ("effective", "draft", 1, 2)
    assert shape(stand(files((text(), FULL), (text(2), AUTHOR)))) == ("effective", "in-review", 1, 2)


def test_other_bytes_under_an_approved_revision() -> None:
    assert shape(stand(files((text(), FULL), (text(body="other"), "")))) == ("effective", "changed", 1, None)


def test_a_crlf_checkout_is_clean() -> None:
    made = files((text(), FULL))
    assert shape(stand({path: data.replace(b"\n", b"\r\n") for path, data in made.items()})) == ("effective", "clean", 1, None)


def test_returned_changed_and_submitted_again() -> None:
    returned = AUTHOR + "return lan qmr 2026-01-05T09:00:00+07:00\n"
    assert shape(stand(files((text(), returned), (text(body="better"), "")))) == ("draft", "draft", None, 1)
    assert shape(stand(files((text(), returned), (text(body="better"), FULL)))) == ("effective", "clean", 1, None)


def test_withdrawn_does_not_bring_the_one_before_back() -> None:
    second = FULL.replace("2026-01", "2026-02") + "withdraw binh director 2026-05-01T08:00:00+07:00\n"
    found = stand(files((text(), FULL), (text(2), second)))
    assert shape(found) == ("withdrawn", "clean", None, None)
    assert found.withdrawn is not None
    assert found.withdrawn.revision == 2


def test_of_two_approved_dossiers_of_one_revision_the_working_text_has_one() -> None:
    made = files((text(), FULL), (text(body="twin"), FULL.replace("T08", "T09")))
    found = stand(made)
    assert [r.revision for r in found.approved] == [1, 1]
    assert found.working == "changed"


def test_a_matrix_that_asks_for_more_since_changes_nothing() -> None:
    stricter = QMS_YAML + "\n"
    stricter = stricter.replace("review_every", "  - {from: 2026-03-01, type: procedure, review: [qmr, unit-head], approve: [director, deputy-director]}\nreview_every")
    assert shape(stand(files((text(), FULL)), qms_yaml=stricter.encode())) == ("effective", "clean", 1, None)
    late = FULL.replace("2026-01-07", "2026-03-07")
    assert shape(stand(files((text(), late)), qms_yaml=stricter.encode())) == ("in-review", "in-review", None, 1)
    more = late + "review lan unit-head 2026-03-08T08:00:00+07:00\napprove hung deputy-director 2026-03-09T08:00:00+07:00\n"
    made = files((text(), AUTHOR + REVIEW + more.removeprefix(AUTHOR + REVIEW).replace("review lan", "review hoa").replace("unit-head", "unit-head")))
    people = PEOPLE_YAML.replace("unit: mot-cua, roles: [{role: clerk, from: 2025-01-01}]", "unit: mot-cua, roles: [{role: unit-head, from: 2025-01-01}]")
    found = stand(made, qms_yaml=stricter.encode(), people_yaml=people.encode())
    assert found.status == "effective"
    assert found.rounds[0].approved_on == date(2026, 3, 9)


def test_a_departure_afterwards_changes_nothing() -> None:
    people = PEOPLE_YAML.replace("unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]", "unit: lanh-dao, until: 2026-02-28, roles: [{role: director, from: 2025-01-01}]")
    assert people != PEOPLE_YAML
    assert shape(stand(files((text(), FULL)), people_yaml=people.encode())) == ("effective", "clean", 1, None)


def test_a_return_that_binds_nothing_returns_nothing() -> None:
    made = files((text(), FULL))
    folder = next(path for path in made if path.endswith("approve.binh.md")).rpartition("/")[0]
    bogus = made[f"{folder}/approve.binh.md"].replace(b"meaning: approve", b"meaning: return").replace(b"2026-01-07", b"2026-04-01")
    other_bytes = re.sub(rb"sha256: \w+", b"sha256: " + b"0" * 64, bogus)
    without_the_role = bogus.replace(b"by: binh", b"by: minh")
    for each in (other_bytes, without_the_role):
        assert shape(stand({**made, f"{folder}/return.x.md": each})) == ("effective", "clean", 1, None)


def test_without_a_working_text_or_a_copy() -> None:
    made = files((text(), FULL))
    gone = {path: data for path, data in made.items() if path != PATH}
    assert shape(stand(gone)) == ("effective", "absent", 1, None)
    without_copy = {path: data for path, data in made.items() if not path.endswith("/QT-07.md") or path == PATH}
    assert shape(stand(without_copy)) == ("draft", "draft", None, 1)
    changed_copy = {path: data + b"x" if path.startswith("signoffs") and path.endswith("/QT-07.md") else data for path, data in made.items()}
    assert stand(changed_copy).approved == ()


def test_the_first_and_the_last_moment_of_time_crash_nothing() -> None:
    for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert stand(files((text(), FULL + f"approve hung deputy-director {at}\n"))).status == "effective"


SIGNERS = {"minh": "clerk", "lan": "qmr", "binh": "director", "hung": "deputy-director", "duc": "deputy-director", "hoa": "clerk"}
SIGNING = st.tuples(
    st.sampled_from(["author", "review", "approve", "return", "withdraw", "acknowledge"]), st.sampled_from(sorted(SIGNERS)), st.integers(5, 27)
).map(lambda s: f"{s[0]} {s[1]} {SIGNERS[s[1]]} 2026-01-{s[2]:02d}T08:00:00+07:00\n")


def facts(library: Library) -> tuple[object, ...]:
    found = library.standing("QT-07")
    rounds = [(r.revision, r.approved_on, r.effective_on, r.withdrawn_on, bool(r.returned), len(r.signoffs), r.open_places) for r in found.rounds]
    return (*shape(found), rounds)


@settings(max_examples=60)
@given(st.lists(SIGNING, max_size=7), st.lists(SIGNING, max_size=4), st.randoms(use_true_random=False))
def test_the_status_depends_on_the_set_of_files_alone(first: list[str], second: list[str], chance: random.Random) -> None:
    made = files((text(), "".join(first)), (text(2), "".join(second)))
    paths = list(made)
    chance.shuffle(paths)
    assert facts(library_of(made)) == facts(library_of({path: made[path] for path in paths}))


@settings(max_examples=60)
@given(
    st.lists(SIGNING, max_size=6),
    st.sampled_from(["author", "review", "approve", "adopt", "withdraw", "return"]),
    st.sampled_from(["hoa", "duc", "nobody", "minh"]),
    st.sampled_from(["director ", "qmr ", "clerk ", "deputy-director ", ""]),
    st.integers(5, 27),
)
def test_an_outsiders_signoff_never_approves(first: list[str], meaning: str, by: str, role: str, day: int) -> None:
    """None of these hold an approving or reviewing role in 2026."""
    before = files((text(), "".join(("author lan 2026-01-05T07:00:00+07:00\n", *first))))
    added = dossier(before, "QT-07", f"{meaning} {by} {role}2026-01-{day:02d}T09:00:00+07:00 basis={{number:␣1,␣date:␣2026-01-01}}\n")
    path, data = next((p, d) for p, d in added.items() if not p.endswith("/QT-07.md"))
    after = {**before, path.replace(".md", ".outsider.md"): data.replace("␣".encode(), b" ")}
    was, now = stand(before), stand(after)
    assert len(now.approved) <= len(was.approved)
    assert now.in_force is None or was.in_force is not None
    assert (was.withdrawn is None) == (now.withdrawn is None) or not now.approved


def test_of_what_is_signed_again_the_latest_decides() -> None:
    again = FULL + "approve binh director 2026-03-02T08:00:00+07:00\n"
    made = files((text(), again))
    assert effective(made) == date(2026, 3, 2)
    assert stand(made, date(2026, 2, 1)).status == "effective", "as it was seen then"
    assert [s.path.rpartition("/")[2] for s in stand(made).rounds[0].approvals] == ["approve.binh.2.md"]


def test_of_one_person_in_two_roles_both_count() -> None:
    lines = AUTHOR + REVIEW + "approve binh director 2026-01-07T08:00:00+07:00\napprove binh deputy-director 2026-01-08T08:00:00+07:00\n"
    found = stand(files((text(), lines)), people_yaml=PEOPLE_YAML.replace("{role: director, from: 2025-01-01}]", "{role: director, from: 2025-01-01}, {role: deputy-director, from: 2025-01-01}]").encode())
    assert len(found.rounds[0].approvals) == 2
