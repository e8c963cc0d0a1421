"""Attacks on authors, on papers that are adopted and on offices of one person, and honest changes that look like them.

The office has chosen the second format. Each change comes in as the others do, by fast-forward, merge, squash and rebase.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests import test_signoff_attacks as plain
from tests.desk import Change, Desk, Once, procedure
from tests.landing import accept, caught, errors, landed
from tests.test_signoff_attacks import EVIDENCE, QT, TODAY, sign_by_hand

QT2 = "documents/procedures/QT-02.md"
PAPERS = "attachments/decisions"
EARLY, SUBMITTED = "2026-08-03T01:00:00+07:00", "2026-08-03T21:00:00+07:00"


def settle(desk: Desk, what: str) -> None:
    """What the attack begins from, accepted by then."""
    desk.commit(what)
    assert desk.errors() == [], desk.diagnostics()
    desk.git("tag", "--force", "accepted")


def on(desk: Desk, number: str, day: str, name: str = "qd.pdf") -> str:
    """The basis of a sign-off by hand: a paper, which is there as a file."""
    data = f"%PDF-1.7 {name}".encode()
    desk.write(f"{PAPERS}/{name}", data)
    return f"basis: {{number: {number}, date: {day}, file: {PAPERS}/{name}, sha256: {hashlib.sha256(data).hexdigest()}}}"


def scan(desk: Desk, name: str = "qd.pdf") -> str:
    """A paper that lies somewhere on the computer."""
    path = desk.root.parent / name
    path.write_bytes(f"%PDF-1.7 {name}".encode())
    return str(path)


def person(desk: Desk, name: str, roles: str, period: str = "") -> None:
    """Somebody more in people.yaml."""
    desk.write("people.yaml", desk.read("people.yaml") + f"  - {{id: {name}, name: {name.title()}, email: {name}@tan-an.example, unit: ho-tich, roles: [{roles}]{period}}}\n")


def give_format_2(desk: Desk) -> None:
    """The second format since July, and somebody who left in June: nam, deputy director until then."""
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    person(desk, "nam", "{role: deputy-director, from: 2024-01-01, until: 2026-06-30, basis: {number: 3/QĐ-UBND, date: 2023-12-29}}", ", until: 2026-06-30")
    desk.commit("format 2")


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    """An office of the second format, accepted."""
    return once(settled, give_format_2, accept)


def frozen(desk: Desk) -> str:
    """The dossier of QT-02 with no sign-off of a person who works here: what an attacker begins with."""
    folder = plain.draft_submitted(desk)
    (desk.root / folder / "author.minh.md").unlink()
    return folder


def returned(desk: Desk) -> None:
    """QT-02 submitted and sent back, accepted as such."""
    desk.run("submit", "QT-02", by="minh", day="2026-08-01")
    desk.run("return", "QT-02", "-m", "Thiếu thời hạn", by="lan", day="2026-08-01")
    settle(desk, "returned")


# -- authors --------------------------------------------------------------------------------------


def an_author_who_had_left(desk: Desk) -> None:
    folder = frozen(desk)
    sign_by_hand(desk, folder, "author", "nam", at=SUBMITTED)
    sign_by_hand(desk, folder, "review", "lan", "role: qmr", at="2026-08-03T22:00:00+07:00")
    sign_by_hand(desk, folder, "approve", "binh", "role: director")


def entered_by_somebody_who_had_left(desk: Desk) -> None:
    folder = plain.draft_submitted(desk)
    sign_by_hand(desk, folder, "review", "lan", "role: qmr", "entered_by: nam", on(desk, "7/PTK", TODAY))


def the_approver_entered_the_author(desk: Desk) -> None:
    """With any paper, and a clerk for a name."""
    folder = frozen(desk)
    sign_by_hand(desk, folder, "author", "hoa", "entered_by: binh", on(desk, "7/PTK", TODAY), at=SUBMITTED)
    sign_by_hand(desk, folder, "review", "lan", "role: qmr", at="2026-08-03T22:00:00+07:00")
    sign_by_hand(desk, folder, "approve", "binh", "role: director")


def the_approver_entered_it_before_the_stricter_day(desk: Desk) -> None:
    """The day of the sign-offs is chosen by whoever writes them."""
    desk.write("qms.yaml", desk.read("qms.yaml").replace("stricter_from: 2026-07-01", "stricter_from: 2026-08-04"))
    desk.git("commit", "--quiet", "--all", "--amend", "-m", "format 2")
    desk.git("tag", "--force", "accepted")
    the_approver_entered_the_author(desk)


# -- papers ---------------------------------------------------------------------------------------


def adopted_by_hand(desk: Desk, person: str, role: str, *fields: str) -> None:
    sign_by_hand(desk, frozen(desk), "adopt", person, f"role: {role}", *fields, at=EARLY)


def adopted_by_a_reviewer(desk: Desk) -> None:
    adopted_by_hand(desk, "lan", "qmr", on(desk, "12/QĐ-UBND", "2025-09-15"))


def adopted_past_the_return(desk: Desk) -> None:
    """An old paper is found for what the reviewer has sent back."""
    returned(desk)
    sign_by_hand(desk, desk.dossiers("QT-02")[0], "adopt", "binh", "role: director", on(desk, "12/QĐ-UBND", "2025-09-15"))


def another_text_adopted_past_the_return(desk: Desk) -> None:
    returned(desk)
    desk.edit(QT2, "time: 4h", "time: 5h")
    folder = _submitted_anew(desk)
    sign_by_hand(desk, folder, "adopt", "binh", "role: director", on(desk, "12/QĐ-UBND", "2025-09-15"))


def adopted_under_the_next_number_past_the_return(desk: Desk) -> None:
    returned(desk)
    desk.edit(QT2, "revision: 1", "revision: 2\nchange: Bổ sung")
    folder = _submitted_anew(desk)
    sign_by_hand(desk, folder, "adopt", "binh", "role: director", on(desk, "12/QĐ-UBND", "2025-09-15"))


def _submitted_anew(desk: Desk) -> str:
    """The dossier of a text that was changed, without the sign-off of an author."""
    data = desk.read(QT2)
    revision = "2" if "revision: 2" in data else "1"
    folder = f"signoffs/QT-02/{revision}-{plain.sha256(data)[:8]}"
    desk.write(f"{folder}/QT-02.md", data)
    return folder


def adopted_after_the_return_in_the_words_of_a_paper(desk: Desk) -> None:
    returned(desk)
    fields = (on(desk, "12/QĐ-UBND", "2026-08-02"), "approved_by: {name: Phan Văn An, title: Chủ tịch, body: UBND xã Tân Bình}")
    sign_by_hand(desk, desk.dossiers("QT-02")[0], "adopt", "binh", "role: director", *fields)


def approved_on_paper_by_a_clerk(desk: Desk) -> None:
    adopted_by_hand(desk, "binh", "director", on(desk, "12/QĐ-UBND", "2025-09-15"), "approved_by: hoa")


def approved_on_paper_by_somebody_who_had_left(desk: Desk) -> None:
    adopted_by_hand(desk, "binh", "director", on(desk, "12/QĐ-UBND", "2026-07-15"), "approved_by: nam")


def approved_on_paper_by_half_a_name(desk: Desk) -> None:
    adopted_by_hand(desk, "binh", "director", on(desk, "12/QĐ-UBND", "2020-07-15"), "approved_by: {name: Phan Văn An}")


def evidence_of_a_record_for_a_paper(desk: Desk) -> None:
    basis = f"basis: {{number: 12/QĐ, date: 2025-09-15, file: {EVIDENCE}, sha256: {hashlib.sha256((desk.root / EVIDENCE).read_bytes()).hexdigest()}}}"
    adopted_by_hand(desk, "binh", "director", basis)


def evidence_under_another_name(desk: Desk) -> None:
    data = (desk.root / EVIDENCE).read_bytes()
    desk.write(f"{PAPERS}/qd-12.png", data)
    basis = f"basis: {{number: 12/QĐ, date: 2025-09-15, file: {PAPERS}/qd-12.png, sha256: {hashlib.sha256(data).hexdigest()}}}"
    adopted_by_hand(desk, "binh", "director", basis)


def paper_under_another_number(desk: Desk) -> None:
    adopted_by_hand(desk, "binh", "director", on(desk, "12/QĐ-UBND", "2025-09-15"))
    desk.write("documents/procedures/QT-03.md", procedure("QT-03", "Khai sinh", "2027-01-01"))
    desk.run("adopt", "QT-03", "--basis", "13/QĐ-UBND", "--basis-date", "2025-09-15", "--basis-file", desk.root / PAPERS / "qd.pdf", by="binh", code=3)
    data = desk.read("documents/procedures/QT-03.md")
    folder = f"signoffs/QT-03/1-{plain.sha256(data)[:8]}"
    desk.write(f"{folder}/QT-03.md", data)
    sign_by_hand(desk, folder, "adopt", "binh", "role: director", on(desk, "13/QĐ-UBND", "2025-09-15"))


# -- one person -----------------------------------------------------------------------------------


def later_revision_adopted(desk: Desk) -> None:
    """Where several hold the roles, a later revision is reviewed and approved here."""
    desk.run("revise", "QT-01", "--change", "Rút ngắn", by="minh")
    data = desk.read(QT)
    folder = f"signoffs/QT-01/3-{plain.sha256(data)[:8]}"
    desk.write(f"{folder}/QT-01.md", data)
    sign_by_hand(desk, folder, "adopt", "binh", "role: director", on(desk, "90/QĐ-UBND", TODAY))


def only_left(desk: Desk) -> None:
    """binh holds every role, and all the others end theirs yesterday."""
    text = desk.read("people.yaml").replace(", from: 2025-01-01}", ", from: 2025-01-01, until: 2026-08-02}")
    (own,) = (each for each in text.splitlines() if "id: binh," in each)
    text = text.replace(own, own.replace(", until: 2026-08-02", "").replace("roles: [", "roles: [{role: qmr, from: 2026-08-03}, "))
    desk.write("people.yaml", text)


def alone_by_the_change_itself(desk: Desk) -> None:
    only_left(desk)
    later_revision_adopted(desk)


def submitted_and_approved_by_one(desk: Desk) -> None:
    only_left(desk)
    desk.commit("one person")
    desk.git("tag", "--force", "accepted")
    folder = frozen_by_binh(desk)
    sign_by_hand(desk, folder, "approve", "binh", "role: director")


def frozen_by_binh(desk: Desk) -> str:
    desk.run("submit", "QT-02", by="binh")
    (folder,) = desk.dossiers("QT-02")
    sign_by_hand(desk, folder, "review", "binh", "role: qmr", at="2026-08-03T22:30:00+07:00")
    return folder


ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    (an_author_who_had_left, {"signer-absent"}),
    (entered_by_somebody_who_had_left, {"signer-absent"}),
    (the_approver_entered_the_author, {"approved-by-author"}),
    (the_approver_entered_it_before_the_stricter_day, {"approved-by-author"}),
    (adopted_by_a_reviewer, {"signer-without-role"}),
    (adopted_past_the_return, {"paper-before-submission"}),
    (another_text_adopted_past_the_return, {"paper-before-submission"}),
    (adopted_under_the_next_number_past_the_return, {"paper-before-submission"}),
    (adopted_after_the_return_in_the_words_of_a_paper, {"paper-before-submission"}),
    (approved_on_paper_by_a_clerk, {"paper-approver-without-role"}),
    (approved_on_paper_by_somebody_who_had_left, {"paper-approver-without-role"}),
    (approved_on_paper_by_half_a_name, {"field-invalid"}),
    (evidence_of_a_record_for_a_paper, {"paper-reused"}),
    (evidence_under_another_name, {"paper-reused"}),
    (paper_under_another_number, {"paper-reused"}),
    (later_revision_adopted, {"adopted-after-approval"}),
    (alone_by_the_change_itself, {"adopted-after-approval"}),
    (submitted_and_approved_by_one, {"approved-by-author"}),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


# -- honest changes -------------------------------------------------------------------------------


def adopted(desk: Desk, *words: str, by: str = "binh") -> None:
    desk.run("adopt", "QT-02", "--basis", "12/QĐ-UBND", "--basis-date", "2025-09-15", "--basis-file", scan(desk), *words, by=by)


def approved_on_paper_by_the_director(desk: Desk) -> None:
    adopted(desk, "--approved-by", "binh")


def approved_on_paper_by_who_has_left(desk: Desk) -> None:
    adopted(desk, "--approved-by", "nam", by="hung")


def approved_on_paper_before_the_merger(desk: Desk) -> None:
    desk.run(
        "adopt", "QT-02", "--basis", "5/QĐ-UBND", "--basis-date", "2021-03-15", "--basis-file", scan(desk),
        "--approved-by", "Phan Văn An; Chủ tịch, Trưởng ban ISO; UBND xã Tân Bình", by="binh",
    )
    (folder,) = desk.dossiers("QT-02")
    assert 'approved_by: {name: Phan Văn An, title: "Chủ tịch, Trưởng ban ISO", body: UBND xã Tân Bình}' in desk.read(f"{folder}/adopt.binh.md")


def entered_for_the_director_by_the_secretary(desk: Desk) -> None:
    adopted(desk, "--by", "binh", by="hoa")


def two_hundred_papers_on_one_decision(desk: Desk) -> None:
    ids = [f"QT-{number}" for number in range(100, 300)]
    for each in ids:
        desk.write(f"documents/procedures/{each}.md", procedure(each, f"Thủ tục {each}", "2025-10-01"))
    desk.run("adopt", *ids, "--basis", "12/QĐ-UBND", "--basis-date", "2025-09-15", "--basis-file", scan(desk), "--approved-by", "binh", by="hung")


def returned_and_signed_on_paper_later(desk: Desk) -> None:
    returned(desk)
    desk.run("adopt", "QT-02", "--basis", "88/QĐ-UBND", "--basis-date", "2026-08-02", "--basis-file", scan(desk), "--approved-by", "binh", by="hung")
    assert desk.row("QT-02", day="2027-06-01")["status"] == "effective"


def submitted_and_signed_on_paper_that_day(desk: Desk) -> None:
    desk.run("submit", "QT-02", by="minh")
    desk.run("adopt", "QT-02", "--basis", "88/QĐ-UBND", "--basis-date", TODAY, "--basis-file", scan(desk), by="binh")


def the_secretary_enters_what_the_author_signed(desk: Desk) -> None:
    desk.run("submit", "QT-02", "--by", "minh", "--basis", "7/PTK", "--basis-date", TODAY, "--basis-file", scan(desk), by="hoa")
    desk.run("review", "QT-02", by="lan")
    desk.run("approve", "QT-02", by="binh")


def submitted_again_by_somebody_who_is_here(desk: Desk) -> None:
    sign_by_hand(desk, frozen(desk), "author", "nam", at=EARLY)
    desk.run("submit", "QT-02", "--again", by="minh")
    desk.run("review", "QT-02", by="lan")
    desk.run("approve", "QT-02", by="binh")


def adopted_again_with_the_approver(desk: Desk) -> None:
    approved_on_paper_by_a_clerk(desk)
    desk.run(
        "adopt", "QT-02", "--again", "--basis", "12/QĐ-UBND", "--basis-date", "2025-09-15",
        "--basis-file", desk.root / PAPERS / "qd.pdf", "--approved-by", "binh", by="binh",
    )


HONEST: tuple[Change, ...] = (
    approved_on_paper_by_the_director, approved_on_paper_by_who_has_left, approved_on_paper_before_the_merger,
    entered_for_the_director_by_the_secretary, two_hundred_papers_on_one_decision, returned_and_signed_on_paper_later,
    submitted_and_signed_on_paper_that_day, the_secretary_enters_what_the_author_signed,
    submitted_again_by_somebody_who_is_here, adopted_again_with_the_approver,
)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    change(accepted)
    for way, there, base in landed(accepted):
        assert errors(there, base) == set(), way
        assert {each["rule"] for each in there.diagnostics() if each["severity"] == "warning"} == set(), way


def a_firm_of_one(desk: Desk) -> None:
    """Since yesterday binh holds all the roles, and nobody else works here."""
    only_left(desk)
    desk.commit("one person")
    desk.git("tag", "--force", "accepted")


def test_a_firm_of_one_adopts_revision_after_revision_and_is_seen_to(accepted: Desk) -> None:
    desk = accepted
    a_firm_of_one(desk)
    desk.run("adopt", "QT-02", "--basis", "1/2026", "--basis-date", TODAY, "--basis-file", scan(desk), by="binh")
    desk.commit("adopted")
    desk.today = "2026-08-04"
    desk.run("revise", "QT-02", "--change", "Rút ngắn", "--effective", "2026-08-04")
    desk.edit(QT2, "time: 4h", "time: 2h")
    desk.run("adopt", "QT-02", "--basis", "2/2026", "--basis-date", "2026-08-04", "--basis-file", scan(desk, "hai.pdf"))
    for way, there, base in landed(desk):
        assert errors(there, base) == set(), way
        there.lang = "en"
        row = there.row("QT-02")
        assert (row["revision"], row["status"]) == (2, "effective"), way
        found = [each for each in there.diagnostics() if each["rule"] == "one-person"]
        assert [each["severity"] for each in found] == ["warning"], way
        assert "one person stands behind it" in found[0]["message"]
    assert "    one person" in desk.run("show", "QT-02").out


def test_a_firm_of_one_is_told_to_adopt(accepted: Desk) -> None:
    desk = accepted
    a_firm_of_one(desk)
    desk.run("submit", "QT-02", by="binh")
    desk.run("review", "QT-02")
    assert "qmsctl adopt QT-02" in desk.run("todo", "--for", "binh").out
    said = desk.refused("approve", "QT-02")
    assert "[approved-by-author]" in said.err
    assert 'qmsctl adopt QT-02 --basis "…" --basis-date "…" --basis-file "…"' in said.err
    desk.run("adopt", "QT-02", "--basis", "1/2026", "--basis-date", TODAY, "--basis-file", scan(desk))
    desk.commit("adopted")
    assert errors(desk, "accepted") == set()


def test_who_approved_the_paper_is_told_apart_from_who_entered_it(accepted: Desk) -> None:
    desk = accepted
    approved_on_paper_by_who_has_left(desk)
    assert desk.run("show", "QT-02", "--format", "json").json["signoffs"][0]["approved_by"] == "nam"
    for command in (("show", "QT-02"), ("verify", "QT-02")):
        assert "paper approved by Nam, Phó Chủ tịch" in " ".join(desk.run(*command, code=None).out.split()), command
    for report in ("register", "audit"):
        page = desk.root.parent / f"{report}.html"
        desk.run("report", report, "-o", page, *(("--with-documents",) if report == "audit" else ()), day="2027-06-01")
        assert "paper approved by Nam, Phó Chủ tịch" in page.read_text(encoding="utf-8"), report
    assert '<span class="name">Nam</span>' in page.read_text(encoding="utf-8"), "in the approval block of the print"


@pytest.mark.parametrize("words", ["ghost", "Phan Văn An", ", Chủ tịch", "Phan Văn An,", " "])
def test_nobody_is_no_approver(accepted: Desk, words: str) -> None:
    said = accepted.refused("adopt", "QT-02", "--basis", "1", "--basis-date", "2025-09-15", "--approved-by", words, by="binh")
    assert "name, title, body" in said.err


def test_a_reviewer_who_is_the_author_is_said(accepted: Desk) -> None:
    desk = accepted
    desk.run("submit", "QT-02", by="lan")
    desk.run("review", "QT-02")
    assert "is its author as well: that is one person" in desk.run("check").out
    desk.run("approve", "QT-02", by="binh")
    desk.commit("approved")
    assert errors(desk, "accepted") == set()
    assert "also the author" in desk.run("show", "QT-02").out


ALONE = "  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2026-08-03}, {role: qmr, from: 2026-08-03}]}\n"
HELPER = "  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: van-phong, roles: []}\n"


@pytest.mark.parametrize(("people", "way"), [(ALONE, "qmsctl adopt"), (ALONE + HELPER, "qmsctl submit")])
def test_only_who_works_alone_is_sent_to_paper_at_once(home: Path, tmp_path: Path, people: str, way: str) -> None:
    """What a person alone has submitted they could not approve, and an older paper could not be adopted any more."""
    desk = Desk(tmp_path / "firm", TODAY, "binh")
    desk.root.mkdir()
    desk.git("init", "--quiet", "-b", "main")
    desk.sit("binh")
    desk.run("init", desk.root, "--profile", "company", "--organization", "Tân An", "--code", "CT-TA")
    desk.write("people.yaml", f"people:\n{people}")
    hints = [each["hint"] for each in desk.diagnostics() if each["rule"] == "required-document-missing"]
    assert hints
    assert all(f"{way} " in each for each in hints), hints


@pytest.mark.parametrize(("number", "verb"), [("x", "submit"), ("1.0", "adopt")])
def test_a_text_without_a_revision_is_named_in_one_sentence(accepted: Desk, number: str, verb: str) -> None:
    accepted.edit(accepted.path_of("QT-02"), "revision: 1", f"revision: {number}")
    paper = ("--basis", "1/2026", "--basis-date", TODAY, "--basis-file", scan(accepted)) if verb == "adopt" else ()
    said = accepted.refused(verb, "QT-02", *paper)
    assert "has no revision that is a whole number" in said.err
    assert "None" not in said.err
