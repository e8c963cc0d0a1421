"""The help of every command ends with examples, in both languages, and each of them works in the example office.

A command that can be tried with ``--dry-run`` is; the others read, or write to a folder of their own.
"""

from __future__ import annotations

import base64
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest

from qmsctl.store.fleet.archive import zipped
from tests.commands import commands, help_page, part_of
from tests.desk import Desk, git, own_home
from tests.fleet import packet
from tests.keys import key_file, public
from tests.workbooks import saved

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
DAY = "2026-11-20"
ALL = tuple(commands())
GROUPS = {words[:-1] for words in ALL if words}
LEAVES = [words for words in ALL if words not in GROUPS]
EXAMPLES = {" ".join(words): part_of(help_page(words), "Examples") for words in LEAVES}

WHO = {
    "submit": "yen", "approve": "binh", "return": "binh", "acknowledge": "thao", "advance": "thao", "measure": "thao",
    "audit checklist": "khanh", "audit answer": "yen", "audit finding": "khanh", "management-review action": "hoa",
}
"""Who may do it; anybody else's commands are those of lan."""


_made: dict[str, dict[str, bytes]] = {}


def made_once(begin: Callable[[Desk], None]) -> Callable[[Desk], None]:
    """What ``begin`` writes into a copy of the office is kept, and written into the next one."""

    def begun(desk: Desk) -> None:
        if begin.__name__ in _made:
            for path, data in _made[begin.__name__].items():
                desk.write(path, data)
            return
        before = desk.tree()
        begin(desk)
        changed = (path for path, digest in desk.tree().items() if before.get(path) != digest)
        _made[begin.__name__] = {path: (desk.root / path).read_bytes() for path in changed}

    return begun


def submitted(desk: Desk) -> None:
    desk.run("revise", "STCL", "--change", "Thêm một quá trình", by="hoa")
    desk.run("submit", "STCL")


def written(desk: Desk) -> None:
    [path] = desk.run("new", "instruction", "--title", "Giao nhận hồ sơ", by="hoa").written
    desk.fill_in(path)


@made_once
def programmed(desk: Desk) -> None:
    desk.run("audit", "plan", "--year", "2027", "--months", "2027-04,2027-10", by="lan")
    desk.run("advance", "CTDG-2027-01", "approved", by="binh")


@made_once
def opened(desk: Desk) -> None:
    programmed(desk)
    desk.run(*shlex.split(EXAMPLES["audit open"][0])[1:])


def asked(desk: Desk) -> None:
    opened(desk)
    desk.run("audit", "checklist", "DG-2026-07", by="yen")


def found(desk: Desk) -> None:
    opened(desk)
    desk.run(*shlex.split(EXAMPLES["audit finding"][0])[1:])


def keyed(desk: Desk) -> None:
    """The director has a key, which is nobody's in the example office."""
    line = f"ssh-ed25519 {base64.b64encode(public('binh').blob).decode()}"
    people = desk.read("people.yaml")
    first = people.index("    keys:\n", people.index("- id: binh")) + len("    keys:\n")
    desk.write("people.yaml", f"{people[:first]}      - {{key: {line}, from: 2026-06-01}}\n{people[first:]}")
    desk.git("config", "user.signingKey", str(key_file(desk.root.parent / "binh", "binh")))


def shared(desk: Desk) -> Desk:
    """The office kept in step with a bare repository; what comes back is another clone of that."""
    bare, other = (desk.root.parent / name for name in ("office.git", "other"))
    git(desk.root, "clone", "--quiet", "--bare", ".", str(bare))
    desk.git("remote", "add", "origin", str(bare))
    git(desk.root, "clone", "--quiet", str(bare), str(other))
    return desk.at(other)


def given_twice(desk: Desk) -> None:
    other = shared(desk)
    for each, title in ((other, "Giao nhận hồ sơ"), (desk, "Lưu trữ hồ sơ")):
        each.sit("lan")
        each.run("new", "instruction", "--title", title, "--commit")
    other.run("sync")
    desk.run("sync", code=3)


def escalated(desk: Desk) -> None:
    desk.run("escalate", "NC-2026-004", "--to", "qmr", "--reason", "Cần ý kiến của đại diện lãnh đạo", by="thao")


PAPER = """---
document_id: HD-17
title: Giao nhận hồ sơ
version: 2
effective_date: 2024-03-15
---

# Giao nhận hồ sơ

## Mục đích

Giao nhận không mất hồ sơ.

## Nội dung

Ghi sổ, ký nhận.
"""


def papers(_desk: Desk) -> None:
    Path("old-papers").mkdir()
    Path("old-papers/HD-17.md").write_text(PAPER, encoding="utf-8")


def planned(desk: Desk) -> None:
    papers(desk)
    desk.run("import", "plan", "old-papers")
    plan = Path("import.yaml")
    plan.write_text(plan.read_text("utf-8").replace('decision: ""', "decision: 5/QĐ-UBND").replace('decision_date: ""', "decision_date: 2024-03-14"), "utf-8")


def arrived(desk: Desk) -> None:
    written(desk)
    planned(desk)
    desk.run("import", "apply", by="hoa")


def sent(_desk: Desk) -> None:
    packet("T1").write(Path("incoming"), "T1")
    Path("incoming/T25.001.zip").write_bytes(zipped(packet("T1").signed("T1")))
    Path("allowed_signers").write_text(f"T1 {public('T1').text} Phường T1\n", encoding="utf-8")


def counted(desk: Desk) -> None:
    sent(desk)
    desk.run("fleet", "load", "incoming/T25.001.zip", "--into", "lake", "--signers", "allowed_signers")


@made_once
def checkpointed(desk: Desk) -> None:
    """Made at the end of the month, not when the clock of the tests says, which is ahead: a letter is no older than its note."""
    with patch("tests.desk._CLOCK", datetime(2026, 11, 30, 8, tzinfo=UTC)):
        desk.run("checkpoint", by="lan")


def held_fast(desk: Desk) -> None:
    """A checkpoint; its note, an answer of an authority and a key are at hand."""
    checkpointed(desk)
    [note] = (desk.root / "witness").glob("*.note")
    shutil.copy(note, "2026-11-30-1.note")
    Path("answer.tsr").write_bytes(b"0")
    folder = Path("~/.ssh").expanduser()
    folder.mkdir(exist_ok=True)
    key_file(folder / "id_ed25519", "so")


BEFORE: Mapping[str, Callable[[Desk], object]] = {
    "sync": shared, "renumber": given_twice, "approve": keyed, "review": submitted, "adopt": arrived, "import plan": papers, "import apply": planned, "escalate": escalated,
    "fleet export": keyed, "fleet verify": sent, "fleet load": sent, "fleet report": counted, "fleet query": counted, "fleet copy": counted,
    "audit open": programmed, "audit answer": asked, "audit finding": opened, "nc log": found, "verify": held_fast, "checkpoint letter": held_fast, "checkpoint stamp": held_fast, "witness sign": held_fast,
}
"""What has to be there before."""
AT_ONCE: Mapping[str, tuple[str, ...]] = {"serve": ("--no-browser", "--idle", "0")}
"""How what would go on is ended."""
REFUSED = {"fleet copy": 3}
"""There is no PostgreSQL to copy to; ``make engines`` has one."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The example office in a repository of its own, on its day; no example leaves a trace in it."""
    folder = tmp_path_factory.mktemp("examples")
    with own_home(folder):
        root = Path(shutil.copytree(ROOT / "example-repo", folder / "office"))
        desk = Desk(root, today=DAY, me="nobody")
        desk.git("init", "--quiet", "-b", "main")
        desk.sit("lan")
        desk.commit("office")
        before = desk.tree()
        yield desk
        assert desk.tree() == before


@pytest.fixture
def beside(tmp_path: Path, office: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that examples name, where somebody sits who types them."""
    month = (office.root / "attachments/cases/QT-07/2026-10.csv").read_text("utf-8").splitlines()
    day = [line for line in month if "2026-10-01 " in line and "2026-10-02 " in line]
    later = "\n".join((month[0], *day)).replace("2026-10-01", "2026-11-05").replace("2026-10-02", "2026-11-06").replace("261001", "261105")
    typed = [shlex.split(line) for lines in EXAMPLES.values() for line in lines]
    for before, word in (pair for words in typed for pair in pairwise(words)):
        if word.endswith((".pdf", ".csv")) and before != "-o":
            (tmp_path / word).write_text(f"{later}\n" if word.endswith(".csv") else "%PDF-1.4\n", encoding="utf-8")
    (tmp_path / "mot-cua.xlsx").write_bytes(saved([line.split(",") for line in later.splitlines()]))
    (tmp_path / "thiet-bi.xlsx").write_bytes(saved([["Tên thiết bị", "Mã thiết bị", "Nơi đặt", "Loại"], ["Máy in", "IN-09", "Phòng 1", "thiết bị công nghệ thông tin"]]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_every_command_has_examples_of_itself_in_both_languages(words: tuple[str, ...]) -> None:
    name = " ".join(words)
    assert EXAMPLES[name]
    assert all(line == f"qmsctl {name}" or line.startswith(f"qmsctl {name} ") for line in EXAMPLES[name])
    assert part_of(help_page(words, "vi"), "Ví dụ") == EXAMPLES[name]


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in EXAMPLES.items() for line in lines])
def test_every_example_works(name: str, line: str, office: Desk, beside: Path) -> None:
    desk = office
    if name in BEFORE:
        desk = office.copied(beside / "copy")
        BEFORE[name](desk)
    tried = ["--dry-run"] if "--dry-run" in help_page(tuple(name.split())) and "--help" not in line else []
    desk.sit(WHO.get(name, "lan"))
    said = desk.run(*shlex.split(line)[1:], *tried, *AT_ONCE.get(name, ()), code=REFUSED.get(name, 0))
    assert ("nothing was written" in said.err) == bool(tried)
