"""What a refused command says: hints that may be typed as they stand, and nothing about files that are not there."""

from __future__ import annotations

import re

import pytest

from tests.desk import HINT, Desk
from tests.mending import hints

NC = "records/nonconformities/NC-2026-001.md"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("new", "instruction"), ['add --title "…" to the command']),
        (("new", "action", "--title", "Phân công"), ['add --set due="…" to the command']),
        (("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "huge"), ['qmsctl nc log "Trả hồ sơ quá hẹn" --severity "…"']),
        (("set", "QT-01", "status=effective"), ["a document's status follows from its sign-offs: qmsctl show QT-01"]),
        (("set", "QT-01", "revision=2"), ['to raise it: qmsctl revise QT-01 --change "…"']),
    ],
)
def test_names_the_option_or_the_command(office: Desk, words: tuple[str, ...], expected: list[str]) -> None:
    said = office.refused(*words)
    assert hints(said.err) == expected
    assert not re.search(r"(HD|CA|NC)-[\w-]*\.md", said.err), "the file was never written"


def test_logged_with_what_the_reporter_knows(office: Desk) -> None:
    office.run("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--source", "process")
    assert office.check()[0] == 0
    assert office.check()[1]["placeholder-left"] == len(HINT.findall(office.read(NC))) > 0
    said = office.refused("advance", "NC-2026-001", "confirmed", by="hoa")
    assert hints(said.err) == ['qmsctl advance NC-2026-001 confirmed --set requirement="…" --set description="…"']
    office.fill_in(NC)
    said = office.refused("advance", "NC-2026-001", "confirmed", "--set", "requirement=QT-01", by="minh")
    who = "by Phạm Thị Hoa, Vũ Anh Tuấn, Nguyễn Thị Lan, Trần Thị Bình, Lê Quốc Hùng"
    assert any(hint.startswith(f"{who}: qmsctl advance NC-2026-001 confirmed") for hint in hints(said.err))
    office.run("advance", "NC-2026-001", "confirmed", "--set", "requirement=QT-01", by="hoa")


def test_a_blank_template_is_not_submitted(office: Desk) -> None:
    made = office.run("new", "instruction", "--title", "Sắp xếp hồ sơ", "--set", "owner=clerk").written[0]
    office.git("add", "--all")
    said = office.refused("submit", "HD-01", by="minh")
    assert "placeholder-left" in said.err
    office.fill_in(made)
    office.run("submit", "HD-01", by="minh")


def test_nobody_signs_the_same_twice(office: Desk) -> None:
    office.run("acknowledge", "QT-01", by="hoa")
    said = office.refused("acknowledge", "QT-01", by="hoa")
    assert re.search("Phạm Thị Hoa signed this on 2026-06-01 ..:.. already, as “read and understood”", said.err)


def test_the_writer_who_alone_holds_the_role(desk: Desk) -> None:
    desk.edit("qms.yaml", "approve: [[director, deputy-director]]", "approve: [deputy-director]")
    desk.run("submit", "QT-01", by="hung")
    desk.run("review", "QT-01", by="lan")
    said = desk.refused("approve", "QT-01", by="hung")
    assert any(hint.startswith("nobody else holds the role “Phó Chủ tịch”: name another holder in people.yaml") for hint in hints(said.err))


def test_days_in_commands_are_typed_as_they_stand(office: Desk) -> None:
    office.lang = "vi"
    office.run("new", "action", "--title", "Phân công", "--set", "owner=minh", "--set", "due=2026-07-01")
    said = office.refused("advance", "CA-2026-001", "done", "--set", "done=", day="2026-06-03")
    assert [hint for hint in hints(said.err) if "done=2026-06-03" in hint]
    assert "03/06/2026" not in said.err


def test_a_missing_people_yaml_is_named_and_comes_back(office: Desk) -> None:
    office.commit()
    (office.root / "people.yaml").unlink()
    for words in (("nc", "log", "Sai hẹn", "--severity", "minor"), ("submit", "QT-01"), ("new", "procedure", "--title", "Tiếp dân")):
        said = office.refused(*words)
        assert "error: people.yaml is missing, so nobody is known who could act or sign\n" in said.err
        assert "--by" not in said.err
        [hint] = hints(said.err)
        assert hint.startswith("put back its text with git checkout -- people.yaml; or: where git never held it, ")
    assert "people.yaml is missing, so nobody is known" in office.run("check", code=1).out
    office.git("checkout", "--", "people.yaml")
    office.run("nc", "log", "Sai hẹn", "--severity", "minor")


def test_an_unreadable_people_yaml_is_the_first_and_only_complaint(office: Desk) -> None:
    office.edit("people.yaml", "people:\n  - {id: binh", "people:\n    - {id: binh")
    found = office.diagnostics()
    assert [(each["path"], each["rule"]) for each in found if each["severity"] == "error"] == [("people.yaml", "file-unreadable")]
    assert found[0]["path"] == "people.yaml"
    assert "not indented" in found[0]["message"]
    said = office.run("check", code=1)
    assert "people.yaml cannot be read, so roles and approvals were not judged" in said.out
    refused = office.refused("acknowledge", "QT-01", by="hoa")
    assert "error: people.yaml, line 3: this line is not indented" in refused.err


def test_the_configuration_comes_first_and_names_key_row_and_known_ids(office: Desk) -> None:
    office.edit("people.yaml", "id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua", "id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cuaa")
    office.write("documents/procedures/QT-00.md", "x")
    found = office.diagnostics()
    assert found[0]["path"] == "people.yaml"
    assert found[0]["message"] == "“people”: row “hoa”, “unit”: got “mot-cuaa”; expected the id of a unit in qms.yaml; did you mean “mot-cua”?"


def test_a_day_without_an_entry_of_the_matrix(desk: Desk) -> None:
    config = desk.read("qms.yaml").replace("from: 2025-01-01, type", "from: 2026-02-01, type")
    desk.write("qms.yaml", config)
    for command, person in (("submit", "minh"), ("review", "lan"), ("approve", "binh")):
        desk.run(command, "QT-01", by=person, code=None)
    found = [each for each in desk.diagnostics("2026-02-02") if each["rule"] == "approval-incomplete"]
    assert "no entry for the type Procedure on 2026-01-06" in found[0]["message"]
    assert found[0]["hint"].startswith("add an entry under “approval” in qms.yaml, with “type: procedure”, “from: 2026-01-06”")


def test_nobody_signs_on_a_day_to_come(office: Desk) -> None:
    said = office.refused("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh", day="2031-01-01", code=2)
    assert "nobody can sign on a day to come" in said.err
    assert "--effective 2031-01-01" in said.err


KEPT = [
    (
        ("set", "NC-2026-001", "severity=huge", "title=Trả 'chậm' $HOME", "description=a\nb", "--commit"),
        """qmsctl set NC-2026-001 severity="…" 'title=Trả '"'"'chậm'"'"' $HOME' $'description=a\\nb' --commit""",
    ),
    (
        ("advance", "NC-2026-001", "confirmed", "--role", "unit-head", "-m", "-đã xem-", "--set", "requirement=QT-01", "--dry-run"),
        'qmsctl advance NC-2026-001 confirmed --role unit-head --comment "-đã xem-" --dry-run --set description="…" --set requirement="[QT-01]"',
    ),
    (
        ("nc", "log", "--severity", "minor", "--evidence", "it's", "--set", "unit=one-stop"),
        "; or: ".join(
            f'{way} --severity minor --evidence "it\'s" --set unit=one-stop'
            for way in ('in one sentence: qmsctl nc log "…"', 'qmsctl nc log --from-file "…"', 'qmsctl nc log --from-finding "…"')
        ),
    ),
    (("set", "NC-2026-001", "nothing=1", "severity=huge"), 'qmsctl set NC-2026-001 severity="…"'),
]


@pytest.mark.parametrize(("words", "proposed"), KEPT)
def test_what_is_proposed_loses_nothing_of_what_was_typed(office: Desk, words: tuple[str, ...], proposed: str) -> None:
    office.run("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--source", "process")
    said = office.run(*words, code=None, by="hoa")
    assert said.code in (2, 3)
    assert proposed in hints(said.err), said.err


def test_whoever_else_may_do_it_gives_words_and_key_anew(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    said = desk.refused("approve", "QT-01", "-m", "đồng ý", "--effective", "2026-07-01", "--commit", by="hoa")
    assert any(re.fullmatch("by [^:]*: qmsctl approve QT-01 --effective 2026-07-01 --commit", hint) for hint in hints(said.err)), said.err
