"""Attacks with sign-offs of another office, and with its code; and what is honest and looks like it.

The office has chosen the second format. Each change comes in by fast-forward, merge, squash and rebase.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import test_signoff_attacks as plain
from tests.desk import Change, Desk, Once, approve, procedure, qmsctl
from tests.landing import accept, caught, errors, landed, passes
from tests.test_signoff_attacks import TODAY

FOREIGN, CODE = {"sign-off-of-another-office"}, {"office-code-changed"}
NAMED = "code: TA}"
NC2 = "records/nonconformities/NC-2026-002.md"


def prepare(desk: Desk) -> None:
    """An office of format 2 with a procedure to approve, and a nonconformity to confirm."""
    desk.run("upgrade")
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in(NC2)
    desk.commit("format 2")


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    """The same, accepted."""
    return once(settled, prepare, accept)


def renamed(desk: Desk, code: str = "TA-TAPHUAN", more: str = "") -> None:
    desk.edit("qms.yaml", NAMED, f"code: {code}{more}}}")


def in_a_copy(desk: Desk) -> None:
    """Whatever is signed now is signed in a copy of the office that was given a code of its own."""
    renamed(desk)


def brought_back(desk: Desk) -> None:
    desk.edit("qms.yaml", "code: TA-TAPHUAN}", NAMED)


def from_a_copy(desk: Desk, subject: str, name: str) -> None:
    """As if this one had been signed there, on the same bytes."""
    desk.edit(f"{desk.dossiers(subject)[0]}/{name}.md", "office: TA\n", "office: TA-TAPHUAN\n")


# -- attacks --------------------------------------------------------------------------------------


def approved_in_a_copy_for_training(desk: Desk) -> None:
    in_a_copy(desk)
    approve(desk, "QT-02", TODAY)
    brought_back(desk)


def only_the_approval_is_from_a_copy(desk: Desk) -> None:
    approve(desk, "QT-02", TODAY)
    from_a_copy(desk, "QT-02", "approve.binh")


def adopted_in_a_copy(desk: Desk) -> None:
    scan = desk.root.parent / "qd.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    in_a_copy(desk)
    desk.run("adopt", "QT-02", "--basis", "12/QĐ-UBND", "--basis-date", "2026-08-01", "--basis-file", scan, by="binh")
    brought_back(desk)


def withdrawn_in_a_copy(desk: Desk) -> None:
    in_a_copy(desk)
    desk.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh")
    brought_back(desk)


def acknowledged_in_a_copy(desk: Desk) -> None:
    in_a_copy(desk)
    desk.run("acknowledge", "QT-01", by="hoa")
    brought_back(desk)


def returned_in_a_copy(desk: Desk) -> None:
    desk.run("submit", "QT-02", by="minh")
    desk.run("return", "QT-02", "-m", "Sai", by="lan")
    from_a_copy(desk, "QT-02", "return.lan")


def record_confirmed_in_a_copy(desk: Desk) -> None:
    in_a_copy(desk)
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa")
    brought_back(desk)


def record_reopened_in_a_copy(desk: Desk) -> None:
    in_a_copy(desk)
    desk.run("reopen", "NC-2026-001", "--reason", "Lại quá hẹn", by="lan")
    brought_back(desk)


def no_office_named(desk: Desk) -> None:
    desk.run("submit", "QT-02", by="minh")
    folder = desk.dossiers("QT-02")[0]
    desk.edit(f"{folder}/author.minh.md", "office: TA\n", "")


def no_office_named_and_backdated(desk: Desk) -> None:
    no_office_named(desk)
    folder = desk.dossiers("QT-02")[0]
    desk.edit(f"{folder}/author.minh.md", f"at: {TODAY}", "at: 2026-07-20")


def code_exchanged(desk: Desk) -> None:
    renamed(desk)


def code_taken_out(desk: Desk) -> None:
    desk.edit("qms.yaml", f", {NAMED}", "}")


def code_of_a_copy_made_a_former_one(desk: Desk) -> None:
    approved_in_a_copy_for_training(desk)
    renamed(desk, "TA", f", former: [{{code: TA-TAPHUAN, until: {TODAY}}}]")


def former_until_a_day_to_come(desk: Desk) -> None:
    renamed(desk, "UBND-TA", ", former: [{code: TA, until: 2030-01-01}]")


def former_ends_before_what_was_signed(desk: Desk) -> None:
    """The office's own sign-offs would be those of another."""
    approve(desk, "QT-02", TODAY)
    desk.commit("approved")
    desk.git("tag", "--force", "accepted")
    renamed(desk, "UBND-TA", ", former: [{code: TA, until: 2026-08-01}]")


ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    (approved_in_a_copy_for_training, FOREIGN),
    (only_the_approval_is_from_a_copy, FOREIGN),
    (adopted_in_a_copy, FOREIGN),
    (withdrawn_in_a_copy, FOREIGN),
    (acknowledged_in_a_copy, FOREIGN),
    (returned_in_a_copy, FOREIGN),
    (record_confirmed_in_a_copy, FOREIGN | {"state-without-gate"}),
    (record_reopened_in_a_copy, FOREIGN | {"closed-record-changed"}),
    (no_office_named, FOREIGN),
    (no_office_named_and_backdated, FOREIGN),
    (code_exchanged, CODE),
    (code_taken_out, CODE | {"configuration-invalid"}),
    (code_of_a_copy_made_a_former_one, CODE),
    (former_until_a_day_to_come, CODE),
    (former_ends_before_what_was_signed, FOREIGN),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


def test_what_was_signed_elsewhere_puts_nothing_in_force(accepted: Desk) -> None:
    approved_in_a_copy_for_training(accepted)
    assert accepted.row("QT-02")["status"] == "in-review"
    withdrawn_in_a_copy(accepted)
    assert accepted.row("QT-01")["status"] == "effective"
    said = accepted.run("verify", "QT-02", code=1)
    assert "signed this in the office TA-TAPHUAN" in " ".join(said.out.split())


def test_signed_again_here_it_counts(accepted: Desk) -> None:
    approved_in_a_copy_for_training(accepted)
    for words, person in (("submit", "minh"), ("review", "lan"), ("approve", "binh")):
        accepted.run(words, "QT-02", "--again", by=person)
    assert accepted.row("QT-02")["status"] == "approved"
    for way, there, base in landed(accepted):
        assert errors(there, base) == set(), way


# -- honest changes -------------------------------------------------------------------------------


def signed_here(desk: Desk) -> None:
    approve(desk, "QT-02", TODAY)
    desk.run("acknowledge", "QT-01", by="hoa")
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa")


def office_renamed(desk: Desk) -> None:
    approve(desk, "QT-02", TODAY)
    renamed(desk, "UBND-TA", f", former: [{{code: TA, until: {TODAY}}}]")
    desk.run("acknowledge", "QT-01", by="hoa")


def merged_with_another_office(desk: Desk) -> None:
    """What the other one had in force comes along, with the sign-offs it has there, and the decision that joined them."""
    renamed(desk, "BH")
    desk.write("documents/procedures/QT-03.md", procedure("QT-03", "Khai sinh", "2026-08-03"))
    approve(desk, "QT-03", TODAY)
    desk.edit("qms.yaml", "code: BH}", f"code: TA, former: [{{code: BH, until: {TODAY}, basis: {{number: 34/NQ-HĐND, date: 2026-07-20}}}}]}}")



HONEST: tuple[Change, ...] = (signed_here, office_renamed, merged_with_another_office)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change, without_base=True)


def test_every_meaning_names_the_office(accepted: Desk) -> None:
    signed_here(accepted)
    accepted.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh")
    accepted.run("reopen", "NC-2026-001", "--reason", "Lại quá hẹn", by="lan")
    accepted.git("add", "--all")
    new = [path for path in accepted.git("diff", "--name-only", "accepted").splitlines() if path.startswith("signoffs/") and "." in Path(path).stem]
    assert {Path(path).name.partition(".")[0] for path in new} == {"author", "review", "approve", "acknowledge", "confirm", "withdraw", "reopen"}
    assert [path for path in new if "\noffice: TA\n" not in accepted.read(path)] == []


def test_an_office_of_the_first_format_signs_as_before(settled: Desk) -> None:
    folder = plain.draft_submitted(settled)
    assert "office:" not in settled.read(f"{folder}/author.minh.md")


def test_what_was_signed_on_the_day_of_the_upgrade_needs_no_office(settled: Desk) -> None:
    folder = plain.draft_submitted(settled)
    settled.run("upgrade")
    assert settled.read("qms.yaml").endswith("stricter_from: 2026-08-04\n")
    assert settled.errors() == []
    settled.run("review", "QT-02", by="lan")
    assert "\noffice: TA\n" in settled.read(f"{folder}/review.lan.md")


# -- the code ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("organization: {name: UBND phường Tân An}", "organization: {name: UBND phường Tân An, code: UBND-TA}"),
        ("organization: {name: UBND phường Tân An, code: ''}", "organization: {name: UBND phường Tân An, code: UBND-TA}"),
        ("organization:\n  name: UBND phường Tân An", "organization:\n  name: UBND phường Tân An\n  code: UBND-TA"),
    ],
)
def test_upgrade_asks_for_a_code_and_writes_it(desk: Desk, before: str, after: str) -> None:
    desk.edit("qms.yaml", "organization: {name: UBND phường Tân An, code: TA}", before)
    said = desk.refused("upgrade")
    assert "the organization has no code" in said.err
    assert "--code" in said.err
    desk.run("upgrade", "--code", "UBND-TA")
    assert desk.read("qms.yaml").startswith(f"{after}\n")
    assert desk.errors() == []


def test_upgrade_gives_no_second_code(desk: Desk) -> None:
    assert "the code of the organization is TA already" in desk.refused("upgrade", "--code", "UBND-TA").err


@pytest.mark.parametrize(("lang", "title", "code"), [("en", "Tân An (training)", "TA-TRAINING"), ("vi", "Tân An (tập huấn)", "TA-TAPHUAN")])
def test_a_system_for_training_has_a_code_of_its_own(home: Path, tmp_path: Path, lang: str, title: str, code: str) -> None:
    said = qmsctl("--lang", lang, "--today", TODAY, "init", tmp_path / "a", "--organization", "Tân An", "--code", "TA", "--training", "--name", "Minh", "--email", "m@x.example")
    assert said.code == 0, said.err
    text = (tmp_path / "a/qms.yaml").read_text(encoding="utf-8")
    assert f'name: "{title}"' in text or f"name: {title}" in text
    assert f"code: {code}" in text or f'code: "{code}"' in text
    assert qmsctl("--today", TODAY, "-C", tmp_path / "a", "check").code == 0
