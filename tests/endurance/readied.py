"""Offices made ready for a command; what it takes from outside lies in the folder around the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any
from unittest.mock import patch

from qmsctl.store.machine import clock
from qmsctl.web import app
from tests.cli.test_audit import AUDIT, PROGRAMME, register
from tests.cli.test_import import correct, numbered, papers
from tests.cli.test_measure import objective
from tests.cli.test_registers_in import MACHINES
from tests.cli.test_signing import enrol
from tests.cli.test_tidy import QT
from tests.desk import Desk, procedure
from tests.fleet import packet
from tests.keys import key_file, public
from tests.web.conftest import page_of

LOG = ("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--set", "owner=hoa")
CASES = "case,received,due,B1,B2,stops,supplements,finished,released_by\na-1,2026-03-02 08:10,2026-03-05,2026-03-02 09:40,2026-03-03 08:00,,0,2026-03-03 08:00,hoa\n"


def as_it_is(desk: Desk) -> None:
    """The office is as it is needed."""


def submitted(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    desk.commit("submitted")
    desk.sit("binh")


def handed_in(desk: Desk) -> None:
    """Submitted, and not reviewed."""
    desk.run("submit", "QT-01", by="minh")
    desk.commit("submitted")
    desk.sit("lan")


def in_force(desk: Desk) -> None:
    submitted(desk)
    desk.run("approve", "QT-01")
    desk.commit("in force")


def on_paper(desk: Desk) -> None:
    """Approved on paper; a picture of the decision lies outside."""
    desk.write("../86.pdf", b"%PDF-1.4\n%%EOF\n")
    desk.sit("binh")


def rejected(desk: Desk) -> None:
    with_nonconformity(desk)
    desk.run("advance", "NC-2026-001", "rejected", "--set", "reason=Ghi nhầm", by="lan")
    desk.commit("rejected")


def with_objective(desk: Desk) -> None:
    objective(desk)
    desk.commit("an objective")


def with_programme(desk: Desk) -> None:
    """An auditor, and a programme that was approved."""
    register(desk, "lan", "Nguyễn Thị Lan")
    desk.run("audit", "plan", "--year", "2026", by="minh")
    desk.run("advance", PROGRAMME, "approved", by="binh")
    desk.commit("a programme")
    desk.sit("lan")


def with_audit(desk: Desk) -> None:
    with_programme(desk)
    desk.run("audit", "open", PROGRAMME, "--unit", "ho-tich", "--date", "2026-06-10", "--lead", "lan")
    desk.fill_in(f"records/audits/{AUDIT}.md")
    desk.run("advance", AUDIT, "notified")
    desk.commit("an audit")


def with_checklist(desk: Desk) -> None:
    with_audit(desk)
    desk.run("audit", "checklist", AUDIT)
    desk.commit("a checklist")


def with_papers(desk: Desk) -> None:
    papers(desk.root.parent / "old", {"QT 31.docx": numbered(31)})


def with_rows(desk: Desk) -> None:
    """What an agency has sent, and who may."""
    packet("T1").write(desk.root.parent / "T1", "T1")
    desk.write("../signers", f"T1 {public('T1').text} Phường T1\n")


def with_nonconformity(desk: Desk) -> None:
    desk.run(*LOG)
    desk.commit("a nonconformity")
    desk.write("../photo.png", b"\x89PNG\r\n\x1a\n")


def of_two_lines(desk: Desk) -> None:
    """A server, where somebody else has sent something, and here something that is not sent."""
    bare = desk.root.parent / "server.git"
    desk.git("clone", "--quiet", "--bare", str(desk.root), str(bare))
    desk.git("remote", "add", "origin", str(bare))
    other = desk.root.parent / "other"
    desk.git("clone", "--quiet", str(bare), str(other))
    there = desk.at(other)
    there.sit("lan")
    there.write("documents/procedures/QT-03.md", procedure("QT-03", "Đăng ký kết hôn"))
    there.commit("theirs")
    there.git("push", "--quiet", "origin", "main")
    desk.write("documents/procedures/QT-04.md", procedure("QT-04", "Đăng ký khai sinh"))
    desk.commit("ours")


def of_twins(desk: Desk) -> None:
    """Somebody else has sent a QT-03, and so was one written here; theirs was fetched."""
    of_two_lines(desk)
    desk.git("mv", "documents/procedures/QT-04.md", "documents/procedures/QT-03.md")
    desk.write("documents/procedures/QT-03.md", procedure("QT-03", "Đăng ký khai sinh"))
    desk.commit("twins")
    desk.run("sync", code=3)


def of_signed_twins(desk: Desk) -> None:
    """The same, and both were signed before they met."""
    of_twins(desk)
    other = desk.at(desk.root.parent / "other")
    for each, by in ((other, "minh"), (desk, "tuan")):
        each.run("submit", "QT-03", "--commit", by=by)
        each.run("review", "QT-03", "--commit", by="lan")
    other.git("push", "--quiet", "origin", "main")
    desk.run("sync", code=3)


def of_signed_renumbered(desk: Desk) -> None:
    """The same, where ours has taken the next number and is to be sent."""
    of_signed_twins(desk)
    desk.run("renumber", "QT-03", "--commit")


def written_by_hand(desk: Desk) -> None:
    of_two_lines(desk)
    desk.edit(QT, "đúng hẹn.", "đúng hạn.")


def planned(desk: Desk) -> None:
    """A paper in Word and the plan of it."""
    place = desk.root.parent
    old = papers(place / "old", {"QT 31.docx": numbered(31), "qd.pdf": b"%PDF-1.4\n%%EOF\n"})
    desk.run("import", "plan", old, "-o", place / "import.yaml")
    correct(place / "import.yaml", Công_chức_tư_pháp="unit-head", decision_file="qd.pdf", approved_by='"Phạm Quốc Bảo, Chủ tịch, UBND phường Tân An"')


def taken_in(desk: Desk) -> None:
    planned(desk)
    desk.run("import", "apply", desk.root.parent / "import.yaml")
    desk.commit("taken in")
    desk.sit("binh")


def with_register(desk: Desk) -> None:
    desk.write("../machines.csv", MACHINES)


def with_cases(desk: Desk) -> None:
    desk.edit(QT, "owner: unit-head\n", "owner: unit-head\ntime_limit: 1d\n")
    desk.commit("limit")
    in_force(desk)
    desk.write("../month.csv", CASES)
    desk.sit("hoa")


def with_keys(desk: Desk) -> None:
    """Something that was signed, and a key of the chairman's."""
    enrol(desk, "binh", public("binh").text)
    key_file(desk.root.parent / "key", "binh")
    desk.commit("keys")
    desk.run("submit", "QT-01", "--commit", by="minh")
    desk.sit("binh")


def with_checkpoint(desk: Desk) -> None:
    with_keys(desk)
    desk.run("checkpoint", "--commit", day="2026-11-01")


def with_letter(desk: Desk) -> None:
    """The letter with the latest root has gone out; its scan lies outside."""
    with_checkpoint(desk)
    on_paper(desk)


def with_review(desk: Desk) -> None:
    """A review that was held, and has decided nothing yet."""
    desk.run("management-review", "prepare", "--from", "2026-01-01", "--to", "2026-06-30")
    desk.run("advance", "XXLD-2026-01", "inputs-ready")
    desk.run("advance", "XXLD-2026-01", "held", "--set", "held=2026-06-01", "--set", "attendees=binh,lan,hoa")
    desk.commit("a review")


def with_foreign_note(desk: Desk) -> None:
    """A note of this very office, handed in beside its files."""
    with_checkpoint(desk)
    [note] = (desk.root / "witness").glob("*.note")
    desk.write("outside/handed-in.note", note.read_bytes())


def untidy(desk: Desk) -> None:
    desk.write(QT, b"\xef\xbb\xbf" + desk.read(QT).replace("\n", "\r\n").encode())
    desk.commit("from another system")


class _AtOnce(Executor):
    """Works in the thread that asks, so that a copy of the process goes on where it was."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        done = Future[Any]()
        done.set_result(work(*given, **named))
        return done


def on_the_page(root: Path, words: Sequence[str]) -> int:
    """A command as somebody gives it on the local page, in three steps of a browser; the last answer is printed."""
    now = clock.now()
    with patch.object(app, "ThreadPoolExecutor", lambda *_limits: _AtOnce()):
        browser = page_of(Desk(root, now.date().isoformat()), clock=now)
    answer = browser.get(f"/do/{'/'.join(words)}")
    for button, given in ((None, {}), ("do", {"vow": "yes"})):
        if answer.code == 200:
            answer = browser.send(answer.form(button) if button else answer.form(), given)
    print(answer.words)
    return 0 if answer.code == 200 else 3

