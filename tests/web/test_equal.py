"""Every act on the page is that of its command: the line the page names, run with ``--dry-run``, shows the same edit."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from qmsctl.__main__ import main
from qmsctl.cli.session import Session
from qmsctl.core.comparison.edit_diff import edit_diff
from qmsctl.web.acting import command_line, propose
from qmsctl.web.deeds import DEEDS
from qmsctl.web.filled import Upload, filled
from qmsctl.web.house import House
from qmsctl.web.visit import Visit
from tests import desk as desks
from tests.cli.test_audit import AUDIT, LIST, register
from tests.cli.test_measure import objective
from tests.desk import Desk, procedure
from tests.web.conftest import CLOCK

DAY = "2026-06-01"
PHOTO = Upload("ảnh chụp.png", b"\x89PNG\r\n\x1a\n")

pytestmark = pytest.mark.process


@dataclass(frozen=True)
class Case:
    """What somebody fills into the form at an address."""

    path: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    by: str = "minh"
    files: Mapping[str, Upload] = field(default_factory=dict)


CASES = [
    Case("submit/QT-02", {"option.comment": "Xin ý kiến"}),
    Case("review/QT-03", {"option.comment": "Đã đối chiếu"}, "lan"),
    Case("approve/QT-04", {"option.effective": "2026-07-01", "option.comment": "Đồng ý\nban hành"}, "binh"),
    Case("approve/QT-04", {"option.basis": "12/QĐ-UBND", "option.basis-date": "2026-06-01"}, "binh", {"basis-file": Upload("QĐ 12.pdf", b"%PDF-1.4")}),
    Case("return/QT-04", {"option.comment": "Bước B2 “chưa rõ” -- $HOME người làm"}, "binh"),
    Case("adopt/QT-02", {"option.basis": "86/QĐ-UBND", "option.basis-date": "2026-05-20", "option.approved-by": "binh"}, "lan", {"basis-file": Upload("QĐ 86.pdf", b"%PDF-1.4")}),
    Case("revise/QT-01", {"option.change": "Rút ngắn bước B2: còn 4 giờ\nvì “quá hẹn”", "option.answers": "NC-2026-001", "option.effective": "2026-07-01"}),
    Case("revise/QT-01", {"option.change": "Lỗi chính tả", "option.editorial": "yes"}),
    Case("withdraw/QT-01", {"option.comment": "Hết áp dụng"}, "binh"),
    Case("acknowledge/QT-01", {}, "hoa"),
    Case("advance/NC-2026-001/confirmed", {"option.comment": "Đúng", "set.requirement": "QT-01,8.3"}, "hoa"),
    Case("advance/NC-2026-002/contained", {"set.correction": "Xin lỗi, trả lại phí: 5.000 đồng"}),
    Case("advance/NC-2026-001/rejected", {"set.reason": "Không phải lỗi của đơn vị"}, "hoa"),
    Case("attach/NC-2026-001", {}, files={"": PHOTO}),
    Case("set/NC-2026-001", {"set.severity": "major", "set.owner": "hoa"}),
    Case("set/NC-2026-001", {"row.extensions.until": "2026-08-01", "row.extensions.at": "2026-06-01", "row.extensions.by": "binh", "row.extensions.reason": "Chờ máy: mới"}),
    Case("row-add/QT-02/steps", {"set.no": "B3", "set.task": "Lưu: hồ sơ", "set.responsible": "clerk", "set.time": "1h", "set.outputs": "Hồ sơ"}),
    Case("nc-log", {"operand.title": "-- Ba hồ sơ trả “quá hẹn”", "option.severity": "minor", "option.requirement": "QT-01", "option.description": "Thấy ngày 01/6\nở một cửa", "option.evidence": "Ba phiếu", "option.unit": "ho-tich"}),
    Case("nc-why/NC-2026-002", {"option.because": "Không ai theo dõi", "option.category": "people"}),
    Case("escalate/NC-2026-002", {"option.to": "director", "option.reason": "Cần thêm người"}),
    Case("escalate/NC-2026-003", {"option.answered": "Giao Văn phòng cử người"}, "binh"),
    Case("measure/MT-2026-01", {"operand.period": "2026-05", "operand.value": "97.5", "option.source": "Sổ theo dõi"}),
    Case("audit-plan", {"option.year": "2027", "option.months": "2027-04, 2027-10"}, "lan"),
    Case("audit-open/CTDG-2026-01", {"option.unit": "mot-cua", "option.date": "2026-06-20", "option.lead": "lan"}, "lan"),
    Case("audit-checklist/" + AUDIT, {}, "binh"),
    Case("audit-answer/" + LIST + "/1", {"operand.result": "conform", "operand.evidence": "5 phiếu: đủ"}, "lan"),
    Case("set/" + LIST, {"set.lines.1.result": "conform", "set.lines.1.evidence": "5 phiếu", "set.lines.2.result": "not", "set.lines.2.evidence": "3 phiếu"}, "lan"),
    Case("audit-finding/" + AUDIT, {"operand.statement": "Hai phiếu thiếu chữ ký", "option.kind": "minor", "option.clause": "4.2.4", "option.owner": "tuan", "option.evidence": "2 trong 10"}, "lan"),
    Case("new/complaint", {"option.title": "Chậm trả kết quả", "set.due": "2026-06-20", "set.description": "Phản ánh tại quầy"}, "hoa"),
    Case("new/self-check", {"option.of": "QT-01"}, "hoa"),
    Case("management-review-prepare", {}, "lan"),
    Case("management-review-action/XXLD-2026-01", {"operand.decision": "Bổ sung máy lấy số", "option.owner": "hoa", "option.due": "2026-12-31", "option.kind": "improvement"}, "lan"),
    Case("reopen/NC-2026-004", {"option.reason": "Lỗi lặp lại"}, "binh"),
]


@pytest.fixture(scope="module")
def busy(_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office in which everything can be done."""
    with desks.own_home(_templates / "home"):
        desk = Desk(_templates / "force", DAY).copied(tmp_path_factory.mktemp("busy") / "office")
        _make_busy(desk)
        yield desk


def _make_busy(desk: Desk) -> None:
    desk.sit("minh")
    for number in (2, 3, 4):
        desk.write(f"documents/procedures/QT-0{number}.md", procedure(f"QT-0{number}", f"Quy trình {number}", "2026-07-01"))
    desk.run("submit", "QT-03", "QT-04", by="minh")
    desk.run("review", "QT-04", by="lan")
    for title in ("Một", "Hai", "Ba", "Bốn"):
        desk.run("nc", "log", title, "--severity", "minor", "--requirement", "QT-01", "--description", "Đã thấy", by="minh")
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa")
    desk.run("escalate", "NC-2026-003", "--to", "director", "--reason", "Thiếu người", by="minh")
    desk.run("advance", "NC-2026-004", "rejected", "--set", "reason=Trùng", by="hoa")
    objective(desk)
    desk.run("audit", "plan", "--year", "2026", by="minh")
    desk.run("advance", "CTDG-2026-01", "approved", by="binh")
    register(desk, "lan", "Nguyễn Thị Lan")
    desk.run("audit", "open", "CTDG-2026-01", "--unit", "ho-tich", "--date", "2026-06-10", "--lead", "lan", by="lan")
    desk.run("audit", "checklist", AUDIT, by="lan")
    desk.run("management-review", "prepare", by="lan")
    desk.run("advance", "XXLD-2026-01", "inputs-ready", by="lan")
    desk.run("advance", "XXLD-2026-01", "held", "--set", "held=2026-06-01", "--set", "attendees=binh,lan,hoa", by="lan")
    desk.commit("busy")


def test_every_act_is_tried() -> None:
    assert {case.path.partition("/")[0] for case in CASES} == set(DEEDS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path)
def test_the_edit_is_that_of_the_command(busy: Desk, case: Case, tmp_path: Path) -> None:
    busy.sit(case.by)
    before = busy.tree()
    name, *operands = case.path.split("/")
    deed = DEEDS[name]
    said = filled(deed.operands, operands, case.inputs.items(), case.files)
    visit = Visit(House(busy.root, lambda: CLOCK, "vi", date.fromisoformat(DAY)), "vi")
    shown = edit_diff(propose(visit, deed, said).done.edit)
    words = typed(command_line(deed, said))[1:]
    for upload in case.files.values():
        (tmp_path / upload.name).write_bytes(upload.data)
        words = [str(tmp_path / upload.name) if word == upload.name else word for word in words]
    words = [word for word in words if word != "--commit"]
    assert shown == _dry_run(busy, words)
    assert busy.tree() == before


def typed(line: str) -> list[str]:
    """The words of a command line as a shell takes them."""
    said = subprocess.run(["bash", "-c", f"printf '%s\\0' {line}"], capture_output=True, text=True, check=True).stdout
    return said.split("\0")[:-1]


def _dry_run(desk: Desk, words: list[str]) -> str:
    """What the command prints that it would write."""
    place = words.index("--") if "--" in words else len(words)
    out, err = io.StringIO(), io.StringIO()
    with patch.object(Session, "clock", CLOCK), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["-C", str(desk.root), "--lang", "vi", "--today", DAY, *words[:place], "--dry-run", *words[place:]])
    assert code == 0, err.getvalue()
    return re.sub(r"\n\Z", "", out.getvalue())
