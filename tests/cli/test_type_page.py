"""What a type holds, said where people look for it: ``types X`` and ``new X --help``; values go with their labels."""

import pytest

from qmsctl.message import Label, Named
from tests.desk import Desk

VI = ["Bảng “Hiệu chuẩn, kiểm định” (calibration)", "một trong: pass (đạt), limited (đạt có giới hạn), fail (không đạt)", "measuring (thiết bị theo dõi và đo lường)",
      'thêm một dòng: qmsctl set "…" "calibration+={date: 2026-06-01, result: …}"', "out-of-service (không sử dụng) → in-service, removed"]
EN = ["Table “Calibration” (calibration)", "one of pass (passed), limited (passed with limits), fail (failed)", "measuring (measuring equipment)",
      'one more row: qmsctl set "…" "calibration+={date: 2026-06-01, result: …}"', "out-of-service (not in service) → in-service, removed"]


@pytest.mark.parametrize(("lang", "words"), [("vi", VI), ("en", EN)])
@pytest.mark.parametrize("asked", [("types", "equipment"), ("new", "equipment", "--help"), ("new", "equipment", "--title", "Cân", "-h")])
def test_a_type_shows_its_fields_values_tables_and_a_row(office: Desk, monkeypatch: pytest.MonkeyPatch, lang: str, words: list[str], asked: tuple[str, ...]) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    office.lang = lang
    said = office.run(*asked).out
    for each in words:
        assert each in said


def test_a_table_in_a_document_has_a_line_of_its_text(office: Desk) -> None:
    assert "one more row: - {what: …, to: …, when: …, by: …}" in office.run("types", "procedure").out


def test_help_without_a_type_or_an_office_is_the_help_alone(office: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert "Table" not in office.run("new", "--help").out
    assert "Table" not in office.at(tmp_path_factory.mktemp("nowhere")).run("new", "equipment", "--help").out


@pytest.mark.parametrize(("lang", "says"), [("vi", ["people (con người)", "process (", "đánh giá"]), ("en", ["people", "5-whys"])])
def test_values_are_named_with_their_labels(office: Desk, lang: str, says: list[str]) -> None:
    office.lang = lang
    office.run("nc", "log", "Trả chậm", "--severity", "minor", "--set", "owner=hoa")
    wrong = office.refused("set", "NC-2026-001", "cause_category=x", "cause_method=y", "source=z").err
    for each in says:
        assert each in wrong


def test_states_and_columns_are_named_with_their_labels(office: Desk) -> None:
    office.lang = "vi"
    office.run("nc", "log", "Trả chậm", "--severity", "minor", "--set", "owner=hoa")
    assert "confirmed (đã xác nhận)" in office.refused("advance", "NC-2026-001", "x").err


@pytest.mark.parametrize(("name", "label", "says"), [("people", "people", "people"), ("re-issue", "re issue", "re-issue"), ("pass", "passed", "pass (passed)"), ("x", "", "x")])
def test_a_label_that_says_no_more_is_left_out(name: str, label: str, says: str) -> None:
    assert str(Named(name, Label({"en": label}))) == says


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("made", "wrong", "right"), [("action", "verifier", "verified_by"), ("nonconformity", "verified_by", "verifier")])
def test_a_field_that_another_type_calls_otherwise_is_suggested(office: Desk, lang: str, made: str, wrong: str, right: str) -> None:
    office.lang = lang
    office.run("new", made, "--title", "Sửa", "--set", "owner=hoa", *(("--set", "due=25/12/2026") if made == "action" else ()))
    subject = {"action": "CA-2026-001", "nonconformity": "NC-2026-001"}[made]
    assert f"qmsctl set {subject} {right}=lan" in office.refused("set", subject, f"{wrong}=lan").err


def test_a_day_is_shown_as_it_may_be_typed(office: Desk) -> None:
    assert "25/03/2026" in office.run("types", "action").out
