"""A text that was frozen with faults may be opened; what it lacked is no fault of the edit that opens it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from qmsctl.core.brought import errors_brought, uncovered
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.dossier import Basis
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, Actor
from qmsctl.core.lifecycle.adoption import adopt
from qmsctl.core.lifecycle.document_way import revise
from qmsctl.core.lifecycle.record_states import reopen
from qmsctl.message import _
from qmsctl.rules import all_rules
from tests.office import dossier, library_of

AT = datetime(2026, 6, 1, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HD = "documents/instructions/HD-01.md"
HEAD = "---\nid: HD-01\ntype: instruction\ntitle: Đóng gói\nrevision: 1\nowner: qmr\n---\n\n# Đóng gói\n"
WHOLE = "\n## 1. Mục đích\n\nĐóng đúng.\n\n## 2. Nội dung\n\nĐóng gói.\n"

FAULTS = {
    "other headings": HEAD + "\n## Các bước\n\nĐóng gói.\n",
    "no heading at all": HEAD + "\nĐóng gói.\n",
    "a field without a value": HEAD.replace("owner: qmr", "owner:") + WHOLE,
    "a field of another kind": HEAD.replace("owner: qmr", "owner: qmr\nchecked: soon") + WHOLE,
}

CONTRACT = """type: contract
kind: record
label: {en: Contract}
id: HDM-{number:3}
folder: records/contracts
fields: {title: {kind: text, label: {en: Title}}, price: {kind: text, required: true, label: {en: Price}}}
states:
  - {id: written, label: {en: written}, to: [signed]}
  - {id: signed, label: {en: signed}, final: true, signoff: {meaning: close, role: [director]}}
reopen: {to: written, role: [director]}
"""
CONTRACT_FILE = "---\nid: HDM-001\ntype: contract\ntitle: A\nstatus: signed\n---\n"


def adopted(text: str) -> Library:
    library = library_of({HD: text})
    act = Act(Actor("binh"), AT, "director", basis=Basis("1/2026", date(2026, 1, 10)))
    return replace(library.after(adopt(library, "HD-01", act)), exempt=None, before=None)


def brought(library: Library, edit: Edit) -> tuple[Diagnostic, ...]:
    return errors_brought(library, library.after(edit), all_rules())


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS.keys())
def test_a_text_that_was_taken_in_with_faults_can_be_revised_and_its_faults_are_told(text: str) -> None:
    library = adopted(text)
    edit = revise(library, "HD-01", "thêm ảnh")
    assert brought(library, edit) == ()
    told = uncovered(library.after(edit), all_rules())
    assert told
    assert {each.path for each in told} == {HD}


def test_of_a_text_without_faults_nothing_is_told() -> None:
    library = adopted(HEAD + WHOLE)
    edit = revise(library, "HD-01", "thêm ảnh")
    assert brought(library, edit) == ()
    assert uncovered(library.after(edit), all_rules()) == ()


def test_what_the_opening_edit_does_wrong_itself_is_refused() -> None:
    library = adopted(FAULTS["other headings"])
    [said] = brought(library, revise(library, "HD-01", "thêm ảnh", answers=("NC-2026-001",)))
    assert said.rule == "reference-broken"


def test_a_fault_of_one_opened_text_excuses_no_other() -> None:
    library = adopted(FAULTS["other headings"])
    path = HD.replace("01", "02")
    copied = FAULTS["other headings"].replace("HD-01", "HD-02").encode()
    edit = revise(library, "HD-01", "thêm ảnh").merge(Edit((FileChange(path, None, copied),), _("copied")))
    assert {each.path for each in brought(library, edit)} == {path}


def test_a_record_that_was_closed_before_its_type_asked_for_more_can_be_reopened() -> None:
    files = {".qms/types/contract/type.yaml": CONTRACT, "records/contracts/HDM-001.md": CONTRACT_FILE}
    closed = {path: text.encode() for path, text in files.items()}
    closed |= dossier(closed, "HDM-001", "close binh director 2026-05-01T08:00:00+07:00")
    library = library_of(closed)
    edit = reopen(library, "HDM-001", Act(Actor("binh"), AT, "director", "giá sai"))
    assert brought(library, edit) == ()
    assert [each.rule for each in uncovered(library.after(edit), all_rules())] == ["field-missing"]
