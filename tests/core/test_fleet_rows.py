"""What leaves an office: rows of the schemas in docs/schema, and no word that a person wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from qmsctl.core.engine import run
from qmsctl.core.fleet.kinds import KINDS, identity, row, row_problem, schema
from qmsctl.core.fleet.manifest import IDS, MANIFEST, SCHEMA, read_manifest
from qmsctl.core.fleet.rows import Rows, changed, rows
from qmsctl.core.fleet.sending import Made, delivery
from qmsctl.core.library import Library
from qmsctl.errors import Refusal
from qmsctl.rules import load_rule
from tests.golden import assert_golden
from tests.office import office
from tests.reports.review_office import review_office
from tests.reports.small_office import small_office

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema" / "fleet"
MADE = Made("9f2c41ab" * 5, datetime(2026, 6, 1, tzinfo=UTC))
SECRET = "Nguyễn Văn Kín khiếu nại"

COMPLAINT = """
```md records/complaints/{id}.md
---
id: {id}
type: complaint
title: {secret}
owner: {secret}
unit: {secret}
received: 2026-03-02
due: 2026-03-20
case: {secret}
classification: {kind}
status: received
---
{secret}
```
"""


def told(library: Library, *, titles: bool = False) -> Rows:
    return rows(library, run(library, [load_rule("review-overdue"), load_rule("reference-broken"), load_rule("id-malformed")]), {}, titles=titles)


def read(found: Rows, kind: str) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in found.lines[kind]]


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_each_kind_is_published(kind: str) -> None:
    assert_golden(SCHEMAS / f"{kind}.json", json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n")
    Draft202012Validator.check_schema(schema(kind))


def test_the_schema_of_the_manifest_is_published() -> None:
    assert_golden(SCHEMAS / "manifest.json", json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n")


def test_rows_are_of_their_schemas() -> None:
    seen = set()
    for library in (small_office(), review_office()):
        found = told(library, titles=True)
        for kind, lines in found.lines.items():
            validator = Draft202012Validator(schema(kind), format_checker=FormatChecker())
            for line in lines:
                validator.validate(json.loads(line))
                assert row_problem(kind, json.loads(line)) is None
                seen.add(kind)
    assert seen >= {"document", "signoff", "record", "state", "diagnostic"}


def test_the_manifest_is_of_its_schema_and_is_read_again() -> None:
    files = delivery(small_office(), told(small_office()), MADE, "qmsctl 1")
    found = json.loads(files[MANIFEST])
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(found)
    manifest = read_manifest(found)
    assert not isinstance(manifest, str)
    assert manifest.data == files[MANIFEST]
    assert all(data.count(b"\n") == manifest.files[name].rows for name, data in files.items() if name != MANIFEST)


def test_same_library_same_bytes() -> None:
    assert delivery(small_office(), told(small_office()), MADE, "qmsctl 1") == delivery(small_office(), told(small_office()), MADE, "qmsctl 1")


def test_no_word_of_a_complaint_leaves_and_a_statutory_one_is_a_number() -> None:
    text = COMPLAINT.format(id="PA-2026-001", kind="delay", secret=SECRET) + COMPLAINT.format(id="PA-2026-002", kind="statutory", secret=SECRET)
    found = told(office(text), titles=True)
    files = delivery(office(text), found, MADE, "qmsctl 1")
    assert not [name for name, data in files.items() if "Nguy" in data.decode() or "PA-2026-002" in data.decode()]
    assert [each["id"] for each in read(found, "record")] == ["PA-2026-001"]
    assert read(found, "record")[0]["unit"] is None
    assert [(each["what"], each["year"], each["count"]) for each in read(found, "count")] == [("statutory-complaints", 2026, 1)]


def test_what_has_an_id_of_its_own_making_stays() -> None:
    found = told(office(COMPLAINT.format(id="NguyenVanKin", kind="delay", secret="x")))
    assert found.left_out == 1
    assert "Kin" not in str(found.lines)
    assert "Kin" not in str(found.ids)


def test_titles_leave_only_of_public_documents_and_only_where_asked() -> None:
    library = small_office()
    assert {each["title"] for each in read(told(library), "document")} == {None}
    told_ = read(told(library, titles=True), "document")
    assert all(each["title"] is None for each in told_ if not each["public"])


def test_a_person_is_in_no_row() -> None:
    library = small_office()
    names = {each for person in library.people.all for each in (person.id, person.name, *person.emails)}
    values = {value for lines in told(library, titles=True).lines.values() for line in lines for value in json.loads(line).values()}
    assert not names & values


def test_since_sends_all_rows_of_what_changed_and_of_nothing_else() -> None:
    before, now = (told(office("".join(COMPLAINT.format(id=f"PA-2026-00{number}", kind=kind, secret="x") for number, kind in each))) for each in (((1, "delay"), (2, "fees"), (3, "fees")), ((1, "delay"), (2, "fees"), (4, "fees"))))
    lines, touched = changed(now.lines, before.lines)
    assert touched == ("PA-2026-003", "PA-2026-004")
    assert [json.loads(line)["id"] for line in lines["record"]] == ["PA-2026-004"]
    assert "PA-2026-003" not in now.ids
    listed = json.loads(delivery(office(""), now, Made(MADE.commit, MADE.committed, "1" * 40, before), "qmsctl 1")[IDS])
    assert listed["changed"] == list(touched)


SERVED = """
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao
revision: 1
owner: lan
tthc: [1.001193, " 1.001193"]
---
Văn bản.
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-05T09:00:00+07:00
approve {} {} 2026-01-06T08:00:00+07:00
```
"""


def test_what_a_revision_serves_is_said_once() -> None:
    """A text that was changed after its approval serves nothing yet, and of two dossiers of one revision one is in force."""
    approved = SERVED.format("binh", "director")
    changed_since = approved + SERVED.partition("```dossier")[0].replace("[1.001193", "[2.000815").replace("Văn bản", "Văn bản khác")
    twice = approved + SERVED.format("hung", "deputy-director").replace("Văn bản.", "Văn bản nữa.")
    for text, revisions in ((approved, ["effective"]), (changed_since, ["changed", "effective"]), (twice, ["effective"])):
        found = told(office(text))
        assert [(each["revision"], each["code"]) for each in read(found, "tthc")] == [(1, "1.001193")]
        assert sorted(each["status"] for each in read(found, "document")) == revisions
        assert all(len({identity(kind, json.loads(line)) for line in lines}) == len(lines) for kind, lines in found.lines.items() if kind != "signoff")


def test_an_office_without_a_code_sends_nothing() -> None:
    with pytest.raises(Refusal, match="code of this office"):
        delivery(office("```yaml qms.yaml\norganization: {name: X, code: ../x}\n```\n"), told(office("")), MADE, "qmsctl 1")


@settings(max_examples=200)
@given(st.sampled_from(sorted(KINDS)), st.text(max_size=80), st.data())
def test_no_free_text_fits_into_a_column(kind: str, text: str, data: st.DataObject) -> None:
    """Whatever stands in a field: what is no id, word, code, day or title of one line is not there."""
    name = data.draw(st.sampled_from(sorted(KINDS[kind])))
    found = row(kind, **{name: f"{text} của ông"})
    assert found is None or found[name] is None or name == "title"


@settings(max_examples=200)
@given(st.sampled_from(sorted(KINDS)), st.dictionaries(st.text(max_size=12), st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=2), max_size=6))
def test_reading_a_row_never_fails(kind: str, found: Mapping[str, Any]) -> None:
    assert isinstance(row_problem(kind, found), str)


def test_a_day_is_a_day() -> None:
    assert row("state", record="NC-2026-001", state="closed", at=date(2026, 2, 3)) == {"v": 1, "record": "NC-2026-001", "state": "closed", "at": "2026-02-03"}
    assert row("state", record="NC-2026-001", state="closed", at="2026-02-30") is None
