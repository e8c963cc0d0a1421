"""``qmsctl training``: who has to know which revision, who does, and which training is due."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, approve, procedure


@pytest.fixture
def office(desk: Desk) -> Desk:
    """QT-01 in force since 12 January; clerks do its first step, heads of unit its second; it goes to ho-tich."""
    desk.write("documents/procedures/QT-01.md", procedure("QT-01").replace("owner: unit-head", "owner: unit-head\ndistribution: [ho-tich]"))
    approve(desk, "QT-01", "2026-01-06")
    desk.today = "2026-02-02"
    return desk


def people(desk: Desk, *words: object) -> dict[str, tuple[Any, Any]]:
    (found,) = desk.run("training", "--format", "json", *words).json["documents"]
    return {each["id"]: (each["known"], each["by"]) for each in found["people"]}


def training(desk: Desk, rows: str, held: str = "2026-01-20", status: str = "held", subject: str = "DT-2026-001") -> None:
    desk.write(
        f"records/trainings/{subject}.md",
        f"---\nid: {subject}\ntype: training\ntitle: Phổ biến QT-01\nstatus: {status}\nowner: lan\nneed: new-revision\nmethod: class\n"
        f"documents: [QT-01]\ndue: 2026-01-20\nheld: {held}\n---\n\n## 1. Nội dung\n\nQT-01.\n\n## 2. Người tham gia\n\n```participants\n{rows}\n```\n",
    )


def test_holders_of_the_roles_and_people_of_the_units_have_to_know_it(office: Desk) -> None:
    # minh wrote it, lan and binh signed it, but neither does a step of it
    assert people(office) == {"minh": ("2026-01-06", "acknowledged"), "hoa": (None, None), "tuan": (None, None)}
    (found,) = office.run("training", "--format", "json").json["documents"]
    why = {each["id"]: (each["roles"], each["units"]) for each in found["people"]}
    assert why == {"minh": (["clerk"], ["ho-tich"]), "hoa": (["unit-head", "clerk"], []), "tuan": (["unit-head"], ["ho-tich"])}


def test_who_signs_or_was_trained_knows_it(office: Desk) -> None:
    office.run("acknowledge", "QT-01", by="tuan")
    training(office, "- {person: hoa, attended: yes}\n- {person: minh, attended: yes}")
    assert people(office) == {"minh": ("2026-01-06", "acknowledged"), "hoa": ("2026-01-20", "trained"), "tuan": ("2026-02-02", "acknowledged")}


def test_who_approved_the_paper_has_read_it(office: Desk) -> None:
    office.write("documents/procedures/QT-02.md", procedure("QT-02").replace("owner: unit-head", "owner: unit-head\ndistribution: [ho-tich, lanh-dao]"))
    paper = ("--basis", "12/QĐ-UBND", "--basis-date", "2026-01-05", "--approved-by", "binh")
    office.run("adopt", "QT-02", *paper, by="lan", day="2026-01-12")
    [found] = [each for each in office.run("training", "--format", "json").json["documents"] if each["id"] == "QT-02"]
    assert {each["id"]: each["known"] for each in found["people"]}["binh"] == "2026-01-05"


@pytest.mark.parametrize(
    ("rows", "held", "status"),
    [
        ("- {person: hoa, attended: no}", "2026-01-20", "held"),
        ("- {person: hoa, attended: yes, result: failed}", "2026-01-20", "held"),
        ("- {person: hoa, attended: yes}", "2026-01-05", "held"),
        ("- {person: hoa, attended: yes}", "2026-01-20", "planned"),
        ("- {person: hoa, attended: yes}", "2026-03-20", "held"),
    ],
    ids=["absent", "failed", "before the approval", "not held", "still to come"],
)
def test_what_is_no_training_in_this_revision(office: Desk, rows: str, held: str, status: str) -> None:
    training(office, rows, held, status)
    assert people(office)["hoa"] == (None, None)


def test_a_new_revision_has_to_be_learnt_again(office: Desk) -> None:
    training(office, "- {person: hoa, attended: yes}")
    office.run("revise", "QT-01", "--change", "Thêm bước", by="minh")
    approve(office, "QT-01", "2026-02-02")
    assert people(office)["hoa"] == (None, None)


def test_units_and_formats(office: Desk) -> None:
    assert people(office, "--unit", "mot-cua") == {"hoa": (None, None)}
    assert office.run("training", "--unit", "lanh-dao", "--format", "json").json["documents"] == []
    lines = office.run("training", "--format", "csv").out.strip().splitlines()
    assert lines[0].strip() == "id,revision,title,person,name,unit,roles,known,by,due"
    assert 'QT-01,1,Cấp bản sao trích lục hộ tịch,hoa,Phạm Thị Hoa,mot-cua,"unit-head, clerk",,,' in [line.strip() for line in lines]
    assert "xyz" in office.refused("training", "--unit", "xyz", code=2).err
    assert "xml" in office.refused("training", "--format", "xml", code=2).err


def test_the_table_names_who_does_not_know_it_and_the_training_that_is_due(office: Desk) -> None:
    training(office, "- {person: hoa, attended: yes}", status="planned")
    out = office.run("training").out
    assert "1/3" in out
    assert "Phạm Thị Hoa, Vũ Anh Tuấn" in out
    assert "DT-2026-001" in out
    office.lang = "vi"
    assert "Đào tạo đến hạn" in office.run("training").out


def test_forms_and_laws_are_looked_up_and_not_learnt(desk: Desk) -> None:
    desk.write("documents/forms/BM-01.01.md", "---\nid: BM-01.01\ntype: form\ntitle: Phiếu\nrevision: 1\nowner: minh\nparent: QT-01\ndistribution: [ho-tich]\n---\n\n# Phiếu\n")
    desk.today = "2026-01-06"
    desk.run("submit", "BM-01.01", by="minh")
    desk.run("approve", "BM-01.01", by="binh")
    said = desk.run("training", day="2026-02-02")
    assert said.out.strip() == ""
    assert "has to know it" in said.err or "have to know it" in said.err


def test_by_when_follows_what_the_office_asks(office: Desk) -> None:
    office.edit("qms.yaml", "effect_after: 30", "effect_after: 30\nacknowledge_within: {procedure: 10d}")
    (found,) = office.run("training", "--format", "json").json["documents"]
    assert {each["due"] for each in found["people"]} == {"2026-01-26"}
    _code, rules = office.check()
    assert rules["training-missing"] == 1, "hoa does steps and is in no unit that gets the document"
    assert rules["acknowledgement-missing"] == 1


def test_the_report_is_one_page(office: Desk) -> None:
    out = office.run("report", "training", "-o", "-").out
    assert "Vũ Anh Tuấn" in out
    assert "<script" not in out
