"""What is done in an office while things go wrong: a command, and the next one that puts right what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.cli.test_audit import AUDIT, LIST, PROGRAMME
from tests.cli.test_tidy import QT
from tests.desk import Desk, procedure, small_office
from tests.endurance import readied
from tests.endurance.children import Carry, by_words

NEXT = "documents/procedures/QT-02.md"
"""What the next command writes."""
COMMIT = "--commit"
AFTER = ("set", "QT-02", "owner=clerk", COMMIT)


@dataclass(frozen=True)
class Work:
    """A command in an office that was made ready for it."""

    name: str
    words: tuple[str, ...]
    ready: Callable[[Desk], None]
    then: tuple[str, ...] = AFTER
    carry: Carry = by_words
    locks: bool = True

    @property
    def commits(self) -> bool:
        """Whether it is asked to commit."""
        return COMMIT in self.words or self.words == ("sync",) or self.name == "serve"


PLAN = "../import.yaml"
SIGN = ("witness", "sign", "outside/handed-in.note", "--key", "../key")
EXPORT = ("fleet", "export", "-o", "outside/rows", "--key", "../key")
REPORT = ("report", "register", "-o", "outside.html")
OPEN = ("audit", "open", PROGRAMME, "--unit", "ho-tich", "--date", "2026-06-10", "--lead", "lan", COMMIT)
FINDING = ("audit", "finding", AUDIT, "Thiếu phiếu", "--kind", "minor", "--clause", "4.2.4", "--evidence", "2 trong 10 phiếu", COMMIT)
REVIEW = ("management-review", "action", "XXLD-2026-01")
TO_PLAN = ("import", "plan", "../old", "-o", "outside.yaml")
LOAD = ("fleet", "load", "../T1", "--into", "outside/lake", "--signers", "../signers")
HOOK = ("hook", "install")
PORTAL = ("report", "portal", "-o", "outside")
PAPERS = ("export", "documents", "-o", "outside")
WORKS = (
    Work("nc log", (*readied.LOG, COMMIT), readied.as_it_is),
    Work("submit", ("submit", "QT-01", COMMIT), readied.as_it_is),
    Work("approve", ("approve", "QT-01", COMMIT), readied.submitted),
    Work("set", ("set", "QT-01", "owner=clerk", COMMIT), readied.as_it_is),
    Work("attach", ("attach", "NC-2026-001", "../photo.png", COMMIT), readied.with_nonconformity),
    Work("sync", ("sync",), readied.of_two_lines, ("sync",)),
    Work("sync --commit", ("sync", COMMIT), readied.written_by_hand, ("sync", COMMIT)),
    Work("escalate", ("escalate", "NC-2026-001", "--to", "director", "--reason", "Quá sức", COMMIT), readied.with_nonconformity),
    Work("renumber", ("renumber", "QT-03", COMMIT), readied.of_twins),
    Work("renumber, both signed", ("renumber", "QT-03", COMMIT), readied.of_signed_twins),
    Work("sync, both signed", ("sync",), readied.of_signed_renumbered, ("sync",)),
    Work("tidy", ("tidy", QT, COMMIT), readied.untidy),
    Work("upgrade", ("upgrade", COMMIT), readied.as_it_is),
    Work("import apply", ("import", "apply", PLAN, COMMIT), readied.planned),
    Work("import register", ("import", "register", "../machines.csv", "--type", "equipment", COMMIT), readied.with_register),
    Work("adopt --from", ("adopt", "--from", PLAN, COMMIT), readied.taken_in),
    Work("cases import", ("cases", "import", "QT-01", "2026-03", "../month.csv", COMMIT), readied.with_cases),
    Work("checkpoint", ("checkpoint", "--key", "../key", COMMIT), readied.with_keys),
    Work("checkpoint letter", ("checkpoint", "letter", "--basis", "12/UBND-VP", "--basis-date", "2027-12-30", "--basis-file", "../86.pdf", COMMIT, "--today", "2027-12-30"), readied.with_letter),
    Work("checkpoint stamp", ("checkpoint", "stamp", COMMIT), readied.with_checkpoint),
    Work("witness sign", SIGN, readied.with_foreign_note, SIGN, locks=False),
    Work("fleet export", EXPORT, readied.with_keys, EXPORT, locks=False),
    Work("new", ("new", "instruction", "--title", "Sắp xếp hồ sơ", COMMIT), readied.as_it_is),
    Work("review", ("review", "QT-01", COMMIT), readied.handed_in),
    Work("return", ("return", "QT-01", "-m", "Chưa rõ người làm", COMMIT), readied.handed_in),
    Work("revise", ("revise", "QT-01", "--change", "Rút ngắn", COMMIT), readied.in_force),
    Work("withdraw", ("withdraw", "QT-01", "-m", "Không còn dùng", COMMIT), readied.in_force),
    Work("acknowledge", ("acknowledge", "QT-01", COMMIT), readied.in_force),
    Work("adopt", ("adopt", "QT-01", "--basis", "86/QĐ-UBND", "--basis-date", "2026-01-05", "--basis-file", "../86.pdf", COMMIT), readied.on_paper),
    Work("advance", ("advance", "NC-2026-001", "rejected", "--set", "reason=Ghi nhầm", "--by", "lan", COMMIT), readied.with_nonconformity),
    Work("reopen", ("reopen", "NC-2026-001", "--reason", "Xem lại", COMMIT), readied.rejected),
    Work("row add", ("row", "add", "QT-01", "steps", "no=B3", "task=Lưu", "responsible=clerk", "time=1h", "outputs=Sổ", COMMIT), readied.as_it_is),
    Work("row set", ("row", "set", "QT-01", "steps", "B2", "time=2h", COMMIT), readied.as_it_is),
    Work("row remove", ("row", "remove", "QT-01", "steps", "B1", COMMIT), readied.as_it_is),
    Work("measure", ("measure", "MT-2026-01", "2026-05", "97.5", COMMIT), readied.with_objective),
    Work("nc why", ("nc", "why", "NC-2026-001", "--because", "Không ai theo dõi", COMMIT), readied.with_nonconformity),
    Work("audit plan", ("audit", "plan", "--year", "2027", COMMIT), readied.as_it_is),
    Work("audit open", OPEN, readied.with_programme),
    Work("audit checklist", ("audit", "checklist", AUDIT, COMMIT), readied.with_audit),
    Work("audit answer", ("audit", "answer", LIST, "1", "conform", "Đủ", COMMIT), readied.with_checklist),
    Work("audit finding", FINDING, readied.with_audit),
    Work("review prepare", ("management-review", "prepare", "--from", "2026-01-01", "--to", "2026-06-30", COMMIT), readied.as_it_is),
    Work("review action", (*REVIEW, "Trang bị thêm máy lấy số", "--owner", "hoa", "--due", "2026-08-31", COMMIT), readied.with_review),
    Work("import plan", TO_PLAN, readied.with_papers, TO_PLAN, locks=False),
    Work("fleet load", LOAD, readied.with_rows, LOAD, locks=False),
    Work("hook install", HOOK, readied.as_it_is, HOOK, locks=False),
    Work("portal", PORTAL, readied.as_it_is, PORTAL, locks=False),
    Work("export", PAPERS, readied.in_force, PAPERS, locks=False),
    Work("serve", ("approve", "QT-01"), readied.submitted, carry=readied.on_the_page),
    Work("report", REPORT, readied.as_it_is, REPORT, locks=False),
)


@cache
def made_ready(work: Work, folder: Path) -> Path:
    """A folder that holds the office of a work as it stands before; it is copied for every run."""
    place = folder / work.name.replace(" ", "-")
    desk = small_office(place / "office")
    desk.write(NEXT, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.commit("a second procedure")
    work.ready(desk)
    desk.sit(desk.me)
    return place


