"""Of many subjects the good ones are one change, the rest is named; with ``--all`` all or none."""

from __future__ import annotations

import pytest

from tests.desk import Desk, procedure
from tests.test_signoff_attacks import QT

QT2, QT3, QT4 = (f"documents/procedures/QT-0{number}.md" for number in (2, 3, 4))


@pytest.fixture
def three(settled: Desk) -> Desk:
    """Three drafts, of which QT-03 has an error."""
    settled.write(QT3, procedure("QT-03", "Khai sinh", "2026-09-01").replace("unit-head", "nobody"))
    settled.write(QT4, procedure("QT-04", "Khai tử", "2026-09-01"))
    settled.commit("drafts")
    return settled


def submitted(desk: Desk) -> list[str]:
    return [name for name in ("QT-02", "QT-03", "QT-04") if (desk.root / "signoffs" / name).is_dir()]


def test_the_good_ones_are_written_as_one_change_and_the_rest_is_named(three: Desk) -> None:
    before = three.git("rev-parse", "HEAD").strip()
    said = three.run("submit", "QT-02", "QT-03", "QT-01", "QT-04", "QT-99", "--commit", by="minh", code=1)
    assert submitted(three) == ["QT-02", "QT-04"]
    assert three.git("rev-list", "--count", f"{before}..HEAD").strip() == "1"
    assert "[field-invalid]" in said.err
    assert "QT-03 is left out for what is said above" in said.err
    assert "QT-01 is left out: revision 2 of QT-01 is approved already" in said.err
    assert "QT-99 is left out: there is no document" in said.err
    assert "3 of 5 are left out; the others are one change" in said.err
    assert not [each for each in said.written if "QT-03" in each or "QT-01" in each]


@pytest.mark.parametrize("bad", ["QT-03", "QT-01", "QT-99"])
def test_with_all_none_is_written_unless_all_pass(three: Desk, bad: str) -> None:
    three.refused("submit", "QT-02", bad, "QT-04", "--all", by="minh")
    three.run("submit", "QT-02", "QT-04", "--all")
    assert submitted(three) == ["QT-02", "QT-04"]


def test_where_none_is_good_nothing_is_written(three: Desk) -> None:
    said = three.refused("submit", "QT-03", "QT-01", by="minh")
    assert "none of 2 can be signed; nothing was written" in said.err


def test_a_proposal_names_the_rest_too(three: Desk) -> None:
    before = three.tree()
    said = three.run("submit", "QT-02", "QT-03", "--dry-run", by="minh", code=1)
    assert three.tree() == before
    assert "QT-03 is left out" in said.err
    assert "signoffs/QT-02/" in said.out


def test_approvals_and_adoptions_of_many(three: Desk) -> None:
    three.run("submit", "QT-02", "QT-04", by="minh")
    three.run("review", "QT-02", by="lan")
    three.edit(QT4, "title: Khai tử", "title: Khai tử, khai sinh")
    said = three.run("review", "QT-04", "QT-02", by="lan", code=3)
    assert "none of 2" in said.err
    paper = three.root.parent / "86-QD-UBND.pdf"
    paper.write_bytes(b"%PDF-1.4 scan")
    three.edit(QT3, "title: Khai sinh", "title: Khai sinh\nfiles: [{path: attachments/x.png, sha256: " + "0" * 64 + "}]")
    said = three.run("adopt", "QT-03", "QT-04", "--basis", "86/QĐ-UBND", "--basis-date", "2026-07-20", "--basis-file", paper, by="binh", code=1)
    assert "[attachment-missing]" in said.err
    assert (three.root / "attachments/decisions/86-QD-UBND.pdf").is_file()
    assert three.row("QT-04")["status"] != "draft"
    assert not (three.root / "signoffs/QT-03").exists()
    assert set(three.errors()) == {"attachment-missing", "field-invalid"}


def test_what_stands_against_all_together_and_not_against_one_names_them_all(three: Desk) -> None:
    """A paper that is the evidence of a record is nobody's decision."""
    three.write("qms.yaml", three.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    photo = next((three.root / "attachments").rglob("*.png"))
    said = three.refused("adopt", "QT-02", "QT-04", "--basis", "86/QĐ-UBND", "--basis-date", "2026-07-20", "--basis-file", photo, by="binh")
    assert "[paper-reused]" in said.err


def test_one_alone_is_refused_as_before(three: Desk) -> None:
    said = three.refused("submit", "QT-03", by="minh")
    assert "refused: a text is not signed with 2 error(s) in it; nothing was written" in said.err
    assert "left out" not in said.err
    assert three.read(QT)
