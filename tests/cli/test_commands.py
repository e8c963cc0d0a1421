"""Each command: the good case, a dry run, and what it answers when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from qmsctl.cli.program import COMMANDS
from qmsctl.core.diagnostic import Severity
from qmsctl.core.rule import Rule
from tests.desk import Desk, assert_plain, command, environment, git, procedure, process, qmsctl

QT = "documents/procedures/QT-01.md"
NC = "records/nonconformities/NC-2026-001.md"
DAY = "2026-06-01"


def log(desk: Desk, *more: str) -> str:
    """Log the nonconformity NC-2026-001."""
    path = desk.run("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--requirement", "QT-01", *more).written[0]
    desk.fill_in(path)
    return path


@pytest.fixture
def with_nc(office: Desk) -> Desk:
    log(office)
    office.commit("NC-2026-001")
    return office


# -- good cases, and the same with --dry-run ------------------------------------------------------

WRITING: dict[str, tuple[str, tuple[str, ...], str]] = {
    "new": ("minh", ("instruction", "--title", "Sắp xếp hồ sơ"), "documents/instructions/HD-01.md"),
    "revise": ("minh", ("QT-01", "--change", "Rút ngắn"), QT),
    "withdraw": ("binh", ("QT-01", "-m", "Không dùng nữa"), "signoffs/QT-01/*/withdraw.binh.md"),
    "acknowledge": ("hoa", ("QT-01",), "signoffs/QT-01/*/acknowledge.hoa.md"),
    "set": ("minh", ("NC-2026-001", "unit=mot-cua"), NC),
    "advance": ("hoa", ("NC-2026-001", "confirmed"), "signoffs/NC-2026-001/confirmed-*/confirm.hoa.md"),
    "nc": ("minh", ("log", "Thiếu chữ ký", "--requirement", "QT-01"), "records/nonconformities/NC-2026-002.md"),
    "audit": ("minh", ("plan", "--year", "2026"), "records/audit-programmes/CTDG-2026-01.md"),
    "management-review": ("minh", ("prepare",), "records/management-reviews/XXLD-2026-01.md"),
}


@pytest.mark.parametrize("name", WRITING)
def test_writes_what_it_says(with_nc: Desk, name: str) -> None:
    person, words, path = WRITING[name]
    before = with_nc.tree()
    dry = with_nc.run(name, *words, "--dry-run", by=person)
    assert with_nc.tree() == before, "a dry run writes nothing"
    assert "+++ b/" in dry.out
    said = with_nc.run(name, *words, by=person)
    after = with_nc.tree()
    assert sorted(said.written) == sorted(key for key in after if after[key] != before.get(key))
    assert [key for key in after if (Path(key).match(path) and key not in before) or after[key] != before.get(key)]
    assert {line.removeprefix("+++ b/") for line in dry.out.splitlines() if line.startswith("+++ ")} == set(said.written)
    assert said.err.strip()
    assert with_nc.check()[0] == 0


@pytest.mark.parametrize("name", ["submit", "review", "approve", "return"])
def test_a_round_is_signed_step_by_step(desk: Desk, name: str) -> None:
    persons = {"submit": "minh", "review": "lan", "approve": "binh", "return": "lan"}
    for earlier in ("submit", "review", "approve")[: {"submit": 0, "review": 1, "approve": 2, "return": 1}[name]]:
        desk.run(earlier, "QT-01", by=persons[earlier])
    before = desk.tree()
    desk.run(name, "QT-01", "-m", "Lý do", "--dry-run", by=persons[name])
    assert desk.tree() == before
    said = desk.run(name, "QT-01", "-m", "Lý do", by=persons[name])
    signed = desk.read(said.written[-1])
    assert f"meaning: {'author' if name == 'submit' else name}\nby: {persons[name]}\n" in signed
    assert signed.endswith("---\n\nLý do\n")
    assert desk.check()[0] == 0


def test_adopt_keeps_the_decision_and_its_scan(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "QĐ 12.pdf"
    scan.write_bytes(b"%PDF")
    words = ("adopt", "QT-01", "--basis", "12/QĐ-UBND", "--basis-date", "2025-12-30", "--basis-file", scan)
    before = desk.tree()
    desk.run(*words, "--dry-run", by="lan")
    assert desk.tree() == before
    desk.run(*words, by="lan")
    assert desk.row("QT-01", day="2026-01-12")["status"] == "effective"
    shown = desk.run("show", "QT-01", "--format", "json").json
    assert [(each["meaning"], each["level"]) for each in shown["signoffs"]] == [("adopt", "evidenced")]
    assert desk.check(day="2026-01-12") == (0, {})


def test_attach_keeps_the_bytes_with_their_digest(with_nc: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "ảnh 1.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    before = with_nc.tree()
    with_nc.run("attach", "NC-2026-001", photo, "--dry-run")
    assert with_nc.tree() == before
    assert with_nc.run("attach", "NC-2026-001", photo).written == [NC, "attachments/NC-2026-001/ảnh 1.png"]
    assert (with_nc.root / "attachments/NC-2026-001/ảnh 1.png").read_bytes() == photo.read_bytes()
    assert "evidence: [{path: attachments/NC-2026-001/ảnh 1.png, sha256: " in with_nc.read(NC)
    assert with_nc.check()[0] == 0
    assert "exists already" in with_nc.refused("attach", "NC-2026-001", photo).err


def test_reopen_brings_back_what_was_closed(with_nc: Desk) -> None:
    with_nc.run("advance", "NC-2026-001", "rejected", "--set", "reason=Không phải lỗi", by="hoa")
    assert with_nc.row("NC-2026-001")["status"] == "rejected"
    before = with_nc.tree()
    with_nc.run("reopen", "NC-2026-001", "--reason", "Xem lại", "--dry-run", by="lan")
    assert with_nc.tree() == before
    with_nc.run("reopen", "NC-2026-001", "--reason", "Xem lại", by="lan")
    assert with_nc.row("NC-2026-001")["status"] == "reported", "it was never planned, so it is not planned now"
    assert with_nc.check()[0] == 0
    with_nc.run("advance", "NC-2026-001", "confirmed", by="hoa")
    assert with_nc.check()[0] == 0


READING: tuple[tuple[str, ...], ...] = (
    ("check",), ("verify",), ("list",), ("show", "QT-01"), ("show", "NC-2026-001"), ("nc", "list"), ("types",), ("rules",),
    ("schema", "nonconformity"), ("explain", "approved-by-author"), ("report", "audit"), ("report", "register"),
    ("history", "QT-01"), ("history", "NC-2026-001"), ("diff", "QT-01", "1..draft"), ("report", "changes"),
    ("report", "redline", "QT-01", "1..draft"), ("todo", "--all"), ("training",), ("report", "training"), ("report", "objectives"),
    ("report", "management-review"), ("coverage",), ("transition", "--to", "iso9001-2015"), ("procedure", "QT-01"),
    ("status",), ("status", "late"), ("report", "status"),
)


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_reading_changes_nothing(with_nc: Desk, words: tuple[str, ...], lang: str) -> None:
    with_nc.lang = lang
    before, index = with_nc.tree(), (with_nc.root / ".git/index").read_bytes()
    said = with_nc.run(*words)
    assert with_nc.tree() == before
    assert (with_nc.root / ".git/index").read_bytes() == index
    assert said.out.strip()
    assert not said.err


def test_every_command_is_tested_here() -> None:
    named = {*WRITING, "submit", "review", "approve", "return", "adopt", "tidy", "attach", "reopen", "measure", "init", "hook", "cases", "records", "upgrade", "row", "sync", "renumber", "export", "escalate", "import", "serve", "checkpoint", "fleet", "witness"}
    assert named | {words[0] for words in READING} == set(COMMANDS)


# -- what is wrong is said in one sentence, and nothing is changed -------------------------------

WRONG: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (2, "", ()),
    (2, "“frob”", ("frob",)),
    (2, "approve", ("aprove", "QT-01")),
    (2, "--nope", ("list", "--nope")),
    (2, "submit --help", ("submit",)),
    (2, "--change", ("revise", "QT-01")),
    (2, "--by", ("submit", "QT-01", "--by")),
    (2, "“owner”", ("set", "QT-01", "owner")),
    (2, "“unit”", ("set", "NC-2026-001", "unit=mot-cua", "unit=ho-tich")),
    (2, "xml", ("list", "--format", "xml")),
    (2, "yaml", ("check", "--format", "yaml")),
    (2, "--revision", ("show", "QT-01", "--revision", "x")),
    (2, "QT-02", ("show", "QT-01", "QT-02")),
    (2, "nc list", ("nc", "lst")),
    (2, "soon", ("revise", "QT-01", "--change", "x", "--effective", "soon")),
    (2, "12/31/2025", ("adopt", "QT-01", "--basis", "1", "--basis-date", "12/31/2025")),
    (2, "/nowhere.pdf", ("adopt", "QT-01", "--basis", "1", "--basis-date", "2025-12-31", "--basis-file", "/nowhere.pdf")),
    (2, "/nowhere.png", ("attach", "NC-2026-001", "/nowhere.png")),
    (2, "“nothing”", ("report", "nothing")),
    (2, "--from", ("report", "audit", "--from", "2026-12-31", "--to", "2026-01-01")),
    (2, "report raci", ("report", "raci", "--from", "2026-01-01")),
    (2, "report register", ("report", "register", "--to", "2026-01-01")),
    (2, "report audit", ("report", "raci", "--with-documents")),
    (2, "--only", ("report", "raci", "--only", "documents")),
    (2, "--revision", ("report", "redline", "QT-01", "--revision", "1")),
    (2, "approved-by-author", ("explain", "approved-by-autor")),
    (2, "nowhere", ("check", "nowhere")),
    (3, "QT-99", ("submit", "QT-99")),
    (3, "QT-01", ("submit", "qt-01")),
    (3, "QT-01", ("submit", "QT-01")),
    (3, "QT-01", ("approve", "QT-01")),
    (3, "QT-01", ("return", "QT-01")),
    (3, "NC-2026-001", ("submit", "NC-2026-001")),
    (3, "QT-01", ("advance", "QT-01", "closed")),
    (3, "“zzz”", ("advance", "NC-2026-001", "zzz")),
    (3, "NC-2026-001", ("advance", "NC-2026-001", "closed")),
    (3, "NC-2026-001", ("reopen", "NC-2026-001", "--reason", "x")),
    (3, "approved-text-changed", ("set", "QT-01", "owner=minh")),
    (3, "“revision”", ("set", "QT-01", "revision=3")),
    (3, "“status”", ("set", "NC-2026-001", "status=closed")),
    (3, "field-invalid", ("set", "NC-2026-001", "severity=huge")),
    (3, "field-unknown", ("set", "NC-2026-001", "nonsense=1")),
    (3, "field-missing", ("set", "NC-2026-001", "owner=")),
    (3, "", ("revise", "QT-01", "--change", " ")),
    (3, "NC-2099-001", ("revise", "QT-01", "--change", "x", "--answers", "NC-2099-001")),
    (2, "“nothing”", ("new", "nothing")),
    (2, "“signoff”", ("new", "signoff")),
    (3, "parent", ("new", "form", "--title", "Phiếu")),
    (2, "“nothing”", ("list", "nothing")),
    (2, "“nothing”", ("schema", "nothing")),
    (3, "9", ("show", "QT-01", "--revision", "9")),
    (3, "nobody", ("acknowledge", "QT-01", "--by", "nobody")),
    (3, "--basis", ("adopt", "QT-02")),
    (3, "--by", ("withdraw", "QT-01", "-m", "x", "--by", "hoa,tuan")),
    (3, "--comment", ("withdraw", "QT-01")),
    (3, "signer-without-role", ("withdraw", "QT-01", "-m", "x")),
    (3, "signer-without-role", ("withdraw", "QT-01", "-m", "x", "--role", "director")),
    (3, "nope", ("check", "--at", "nope")),
    (3, "--output=x", ("list", "--at", "--output=x")),
    (3, "/proc/nowhere", ("report", "audit", "-o", "/proc/nowhere/a.html")),
)


@pytest.fixture(scope="module")
def scene(_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An office with QT-01 in force, QT-02 a draft and NC-2026-001; nobody changes it."""
    folder = tmp_path_factory.mktemp("scene")
    found = Desk(_templates / "force", DAY).copied(folder / "office")
    found.sit("minh")
    found.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực", "2027-01-01"))
    log(found)
    found.commit("scene")
    return found


@pytest.mark.parametrize(("code", "part", "words"), WRONG, ids=[" ".join(words) or "nothing" for _c, _p, words in WRONG])
def test_wrong_input_changes_nothing(home: Path, scene: Desk, code: int, part: str, words: tuple[str, ...]) -> None:
    english = scene.refused(*words, code=code)
    assert part in english.err
    assert "error:" in english.err
    assert english.out == ""
    vietnamese = replace(scene, lang="vi").refused(*words, code=code)
    assert part in vietnamese.err
    for one, other in zip(english.err.splitlines(), vietnamese.err.splitlines(), strict=True):
        assert one.replace("error: ", "") != other.replace("lỗi: ", "") or "→ qmsctl" in one



@pytest.mark.parametrize(("code", "part", "words"), WRONG, ids=[" ".join(words) or "nothing" for _c, _p, words in WRONG])
def test_wrong_input_is_told_how_to_go_on(home: Path, scene: Desk, code: int, part: str, words: tuple[str, ...]) -> None:
    said = scene.run(*words, code=code)
    assert "→" in said.err or re.search("is expected|is not of the form|is given twice|there is no file|is after|cannot be written", said.err)
    sentences = [line for line in said.err.splitlines() if line.startswith("error:")]
    assert len(sentences) == 1


def test_outside_of_any_system(home: Path, tmp_path: Path) -> None:
    for words in (("check",), ("list",), ("submit", "QT-01"), ("report", "audit")):
        said = qmsctl("-C", tmp_path, *words)
        assert said.code == 3
        assert f"qmsctl -C {tmp_path} init" in said.err
        assert_plain(said)
    assert list(tmp_path.iterdir()) == []


def test_global_options(home: Path, office: Desk) -> None:
    assert qmsctl("--version").out.startswith("qmsctl ")
    assert qmsctl("-C", office.root, "--today", "soon", "list").code == 2
    assert qmsctl("-C", office.root, "--lang", "fr", "list").code == 2
    assert qmsctl("-C", office.root / "nowhere" / "deep", "check").code in (0, 3)
    inside = qmsctl("-C", office.root / "documents/procedures", "--today", DAY, "list", "--format", "json")
    assert [row["id"] for row in inside.json] == ["QT-01"]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_help_in_both_languages(home: Path, name: str, lang: str) -> None:
    said = qmsctl("--lang", lang, *([name] if name else []), "--help")
    assert said.code == 0
    assert ("Cách dùng" in said.out) == (lang == "vi")
    assert ("Usage" in said.out) == (lang == "en")


def test_language_follows_the_office(home: Path, office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said = qmsctl("-C", office.root, "submit", "QT-99")
    assert "không có" in said.err
    monkeypatch.setenv("QMSCTL_LANG", "en")
    assert "there is no" in qmsctl("-C", office.root, "submit", "QT-99").err


# -- several at once, and who signs ---------------------------------------------------------------


def test_several_ids_at_once(desk: Desk) -> None:
    ids = [f"QT-0{number}" for number in range(1, 5)]
    for subject in ids[1:]:
        desk.write(f"documents/procedures/{subject}.md", procedure(subject, f"Quy trình {subject}"))
    assert len(desk.run("submit", *ids, "QT-01", by="minh").written) == 8, "an id named twice is signed once"
    assert len(desk.run("review", *ids, by="lan").written) == 4
    assert "3 more" in desk.run("approve", *ids, by="binh").err
    desk.today = "2026-01-12"
    assert {row["status"] for row in desk.run("list", "--format", "json").json} == {"effective"}


def test_all_or_nothing_for_several_ids(desk: Desk) -> None:
    desk.write("documents/procedures/QT-02.md", procedure("QT-02"))
    desk.run("submit", "QT-01", by="minh")
    assert "QT-02" in desk.refused("review", "QT-01", "QT-02", "--all", by="lan").err


def test_by_another_person_is_entered(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    path = desk.run("review", "QT-01", "--by", "lan", by="hoa").written[0]
    assert "by: lan\n" in desk.read(path)
    assert "entered_by: hoa\n" in desk.read(path)
    shown = desk.run("show", "QT-01", "--revision", "1", "--format", "json").json
    assert [each["level"] for each in shown["signoffs"]] == ["declared", "entered"]
    own = desk.run("approve", "QT-01", "--by", "binh", by="binh").written[0]
    assert "entered_by" not in desk.read(own)


def test_the_author_enters_no_approval_without_evidence(desk: Desk, tmp_path: Path) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    said = desk.refused("approve", "QT-01", "--by", "binh", by="minh")
    assert "entered-without-evidence" in said.err
    desk.refused("approve", "QT-01", "--by", "binh", "--basis", "12/QĐ", "--basis-date", "2026-01-05", by="minh")
    scan = tmp_path / "12.pdf"
    scan.write_bytes(b"%PDF")
    desk.run("approve", "QT-01", "--by", "binh", "--basis", "12/QĐ", "--basis-date", "2026-01-05", "--basis-file", scan, by="minh")
    assert desk.row("QT-01")["status"] == "approved"
    assert desk.check()[0] == 0


def test_a_second_address_is_the_same_person(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.git("config", "user.email", "MINH@home.example")
    assert "signer-without-role" in desk.refused("approve", "QT-01").err
    own = "{role: clerk, from: 2025-01-01}]}\n  - {id: hoa"
    desk.edit("people.yaml", own, f"{{role: director, from: 2025-01-01}}, {own}")
    assert "approved-by-author" in desk.refused("approve", "QT-01").err


def test_nobodys_address_signs_nothing(desk: Desk) -> None:
    desk.sit("ghost")
    for words in (("submit", "QT-01"), ("submit", "QT-01", "--by", "minh")):
        said = desk.refused(*words)
        assert "ghost@tan-an.example" in said.err
        assert "people.yaml" in said.err
    desk.git("config", "--unset", "user.email")
    assert "user.email" in desk.refused("submit", "QT-01").err


def test_two_persons_hold_one_role(desk: Desk) -> None:
    desk.edit("people.yaml", "role: deputy-director, from", "role: director, from")
    for person in ("binh", "hung"):
        found = desk.copied(desk.root.parent / person)
        found.run("submit", "QT-01", by="minh")
        found.run("review", "QT-01", by="lan")
        found.run("approve", "QT-01", by=person)
        assert found.row("QT-01")["status"] == "approved"
        found.refused("approve", "QT-01", by=person)


def test_many_persons_read_on_one_sheet(office: Desk, tmp_path: Path) -> None:
    path = office.run("acknowledge", "QT-01", "--by", "minh,hoa,tuan", by="minh").written[0]
    assert "by: [minh, hoa, tuan]\n" in office.read(path)
    shown = office.run("show", "QT-01", "--format", "json").json["signoffs"][-1]
    assert (shown["by"], shown["level"], shown["entered_by"]) == (["minh", "hoa", "tuan"], "entered", "minh")


def test_a_person_signs_in_the_role_that_is_asked_for(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    path = desk.run("approve", "QT-01", "--capacity", "KT", "--on-behalf-of", "binh", by="hung").written[0]
    text = desk.read(path)
    assert "role: deputy-director\ncapacity: KT\non_behalf_of: binh\n" in text
    assert desk.check()[0] == 0


def test_an_approval_may_take_effect_later(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    desk.run("approve", "QT-01", "--effective", "2026-02-02", by="binh")
    assert [desk.row("QT-01", day=day)["status"] for day in ("2026-02-01", "2026-02-02")] == ["approved", "effective"]


# -- git ------------------------------------------------------------------------------------------


def test_commit_takes_exactly_what_was_written(desk: Desk) -> None:
    desk.write("staged.txt", "một\n")
    desk.git("add", "staged.txt")
    desk.edit("people.yaml", "people:\n", "# nhân sự\npeople:\n")
    desk.write("untracked.txt", "hai\n")
    said = desk.run("submit", "QT-01", "--commit", by="minh")
    assert desk.git("status", "--short") == " M people.yaml\nA  staged.txt\n?? untracked.txt\n"
    names = desk.git("show", "--name-only", "--format=%s|%an|%ae", "HEAD").strip().splitlines()
    assert names[0] == "QT-01 revision 1 submitted|Đỗ Văn Minh|minh@tan-an.example"
    assert names[2:] == sorted(said.written), "the document itself was committed before"
    desk.write(QT, desk.read(QT).replace("đúng hẹn", "trước hẹn"))
    desk.run("submit", "QT-01", "--commit", by="minh")
    assert QT in desk.git("show", "--name-only", "--format=", "HEAD")


def test_an_office_may_always_commit(desk: Desk) -> None:
    desk.edit("qms.yaml", "commit: manual", "commit: always")
    desk.commit("always")
    desk.run("submit", "QT-01", by="minh")
    assert desk.git("status", "--short") == ""
    desk.run("new", "instruction", "--title", "Xếp hồ sơ", "--dry-run")
    assert desk.git("log", "--format=%s").splitlines()[0] == "QT-01 revision 1 submitted"


def test_commit_in_the_language_of_the_command(desk: Desk) -> None:
    replace(desk, lang="vi").run("submit", "QT-01", "--commit", by="minh")
    assert desk.git("log", "-1", "--format=%s").strip() != "QT-01 revision 1 submitted"


def test_commit_without_git(desk: Desk, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(desk.root / ".git")
    said = desk.run("set", "QT-01", "owner=minh", "--commit", code=3)
    assert "git init" in said.err
    assert "owner: minh" not in desk.read(QT)


def test_commit_waits_before_anything_is_written(desk: Desk) -> None:
    (desk.root / ".git" / "index.lock").touch()
    before = desk.tree()
    said = desk.run("set", "QT-01", "owner=minh", "--commit", code=3)
    assert "index.lock" in said.err
    assert desk.tree() == before
    (desk.root / ".git" / "index.lock").unlink()
    desk.run("set", "QT-01", "owner=minh", "--commit")


def test_setting_what_is_there_says_so(desk: Desk) -> None:
    desk.run("set", "QT-01", "owner=minh", "--commit")
    before = desk.tree()
    assert "nothing changes" in desk.run("set", "QT-01", "owner=minh", "--commit").err
    assert desk.tree() == before


def _detached(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "--detach")


def _merging(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "-b", "other")
    desk.edit(QT, "đúng hẹn", "sớm")
    desk.commit("other")
    desk.git("checkout", "--quiet", "main")
    desk.edit(QT, "đúng hẹn", "muộn")
    desk.commit("main")
    desk.git("merge", "--quiet", "other", code=1)


@pytest.mark.parametrize("state", [_detached, _merging])
def test_refuses_where_a_change_would_be_lost(desk: Desk, state: Callable[[Desk], None]) -> None:
    state(desk)
    said = desk.refused("set", "QT-01", "owner=minh")
    assert "→" in said.err
    desk.run("set", "QT-01", "owner=minh", "--dry-run", code=None)
    desk.run("list")


def test_refuses_a_file_changed_since_it_was_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from qmsctl.acts import carrying_out

    judge = carrying_out.judged  # type: ignore[attr-defined]

    def meanwhile(*arguments: object) -> object:
        found = judge(*arguments)  # type: ignore[arg-type]
        desk.write(QT, desk.read(QT) + "\nThêm một dòng.\n")
        return found

    monkeypatch.setattr(carrying_out, "judged", meanwhile)
    said = desk.run("set", "QT-01", "owner=minh", code=3)
    assert "was changed since" in said.err
    assert desk.read(QT).endswith("Thêm một dòng.\n")
    assert "owner: unit-head" in desk.read(QT)


def test_bare_repository(office: Desk, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(office.root), "bare.git")
    bare = office.at(tmp_path / "bare.git")
    assert bare.run("check", "--at", "main").code == 0
    assert [row["status"] for row in bare.run("list", "--at", "main", "--format", "json").json] == ["effective"]
    assert "QT-01" in bare.run("report", "register", "--at", "main").out
    for words in (("check",), ("submit", "QT-01")):
        said = bare.run(*words, code=3)
        assert_plain(said)


def test_the_tree_of_a_commit(office: Desk) -> None:
    first = office.git("rev-list", "--max-parents=0", "HEAD").strip()
    office.edit(QT, "title: Cấp bản sao", "title: Cấp nhanh bản sao")
    assert office.check()[0] == 1
    assert office.run("check", "--at", "HEAD").code == 0
    assert office.run("check", "--at", "main").code == 0
    row = office.run("list", "--at", first, "--format", "json").json[0]
    assert (row["status"], row["draft"]) == ("draft", 1)
    assert office.run("show", "QT-01", "--at", first, "--format", "json").json["status"] == "draft"
    assert office.run("nc", "list", "--at", first, "--format", "json").json == []


def test_show_a_revision_and_its_text(office: Desk) -> None:
    first = office.read(QT)
    office.run("revise", "QT-01", "--change", "Rút ngắn", by="minh")
    office.edit(QT, "time: 4h", "time: 2h")
    assert office.run("show", "QT-01", "--text").out == first, "the text in force, not the draft"
    office.run("submit", "QT-01")
    assert office.run("show", "QT-01", "--revision", "2", "--text").out == office.read(QT)
    assert office.run("show", "QT-01", "--revision", "1", "--text").out == first
    shown = office.run("show", "QT-01").out
    assert "Draft under way: revision 2, in review" in shown
    assert "Trần Thị Bình" in shown
    assert "still" in office.run("show", "QT-01", "--revision", "2").out.lower()


def test_today_says_which_revision_was_in_force(office: Desk) -> None:
    status = [office.run("show", "QT-01", "--format", "json", day=day).json["status"] for day in ("2026-01-05", "2026-01-11", "2026-01-12")]
    assert status == ["absent", "approved", "effective"]


# -- shapes that scripts rely on ------------------------------------------------------------------


def test_check_json_keeps_its_promise(office: Desk) -> None:
    office.edit(QT, "title: Cấp bản sao", "title: Cấp nhanh bản sao")
    found = office.run("check", "--format", "json", code=1).json
    assert found["version"] == 1
    assert {"errors", "warnings", "files"} <= found["summary"].keys()
    assert (found["summary"]["errors"], found["summary"]["warnings"]) == (1, 0)
    (one,) = found["diagnostics"]
    assert one.keys() == {"rule", "severity", "path", "line", "message", "hint", "mend", "clauses"}
    assert all(step["text"] in one["hint"] for step in one["mend"]["steps"])
    assert (one["rule"], one["severity"], one["path"]) == ("approved-text-changed", "error", QT)
    assert isinstance(one["line"], int)
    assert one["clauses"] == ["4.2.3"]
    text = office.run("check", code=1).out
    assert f"{QT}:{one['line']}: error: {one['message']} [approved-text-changed]" in text


def test_list_json_keeps_its_promise(with_nc: Desk) -> None:
    with_nc.run("revise", "QT-01", "--change", "Đổi tên", by="minh")
    with_nc.run("set", "QT-01", "title=Cấp trích lục")
    document, record = sorted(with_nc.run("list", "--format", "json").json, key=lambda row: row["type"], reverse=True)
    promised = ["id", "type", "title", "revision", "status", "draft", "owner", "path"]
    assert list(document)[:8] == promised
    assert list(record)[:8] == promised
    assert document["title"] == "Cấp bản sao trích lục hộ tịch", "the title in force"
    assert (document["revision"], document["status"], document["draft"], document["path"]) == (1, "effective", 2, QT)
    assert document["effective"] == "2026-01-12"
    assert "change" not in document, "what the draft says is not in force"
    assert (record["id"], record["status"], record["revision"], record["draft"]) == ("NC-2026-001", "reported", None, None)
    assert record["requirement"] == ["QT-01"]


def test_list_narrows(with_nc: Desk) -> None:
    def ids(*words: str) -> list[str]:
        return [row["id"] for row in with_nc.run("list", *words, "--format", "json").json]

    assert ids("document") == ["QT-01"]
    assert ids("record") == ["NC-2026-001"]
    assert ids("procedure", "--status", "effective") == ["QT-01"]
    assert ids("--status", "draft") == []
    assert ids("--owner", "unit-head") == ["QT-01"]
    assert ids("--unit", "lanh-dao") == []


def test_check_of_some_paths(office: Desk) -> None:
    office.edit(QT, "title: Cấp bản sao", "title: Cấp nhanh bản sao")
    office.write("documents/procedures/QT-02.md", procedure("QT-02"))
    one = office.run("check", "documents/procedures/QT-02.md", code=None)
    assert (one.code, "in 1 file(s)" in one.out) == (0, True)
    assert office.run("check", office.root / "documents/procedures/QT-01.md", code=1)
    assert office.run("check", "documents", code=1)
    assert office.run("check", "signoffs/", code=0)
    assert office.run("check", office.root, code=1)


def test_csv_runs_in_no_spreadsheet(desk: Desk) -> None:
    titles = ['=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", 'a,b "c"', "x;=1+1;- hai", "x, -1"]
    for number, title in enumerate(titles, 2):
        quoted = json.dumps(title, ensure_ascii=False)
        desk.write(f"documents/procedures/QT-0{number}.md", procedure(f"QT-0{number}", quoted))
    said = desk.run("list", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert list(rows[0]) == ["id", "type", "title", "revision", "status", "draft", "owner", "path"]
    assert [row["title"] for row in rows[1:]] == [*(f"'{title}" for title in titles[:4]), titles[4], "x;'=1+1;- hai", "x, -1"], "also where ; is taken for the separator"
    assert said.out.count("\r\n") == len(rows)


def test_reports_go_where_they_are_told(office: Desk, tmp_path: Path) -> None:
    target = tmp_path / "báo cáo" / "audit.html"
    assert office.run("report", "audit", "-o", target).written == [str(target)]
    assert target.read_text(encoding="utf-8") == office.run("report", "audit", "-o", "-").out
    assert office.run("report", "audit", "--with-documents").out.count("Trả bản sao trích lục hộ tịch đúng hẹn") == 1


# -- faults, signals, pipes -----------------------------------------------------------------------


def test_a_rule_that_crashes_is_a_fault(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_library: object) -> object:
        raise ZeroDivisionError("3/0")

    rule = Rule("id-not-file-name", Severity.ERROR, {}, "page", broken)  # type: ignore[arg-type]
    for module in ("cli.commands.check", "acts.judging", "cli.commands.report"):
        monkeypatch.setattr(f"qmsctl.{module}.all_rules", lambda: (rule,))
    incomplete = "incomplete: rule id-not-file-name failed: ZeroDivisionError: 3/0\n0 error(s), 0 warning(s) in 7 file(s)\n"
    for words, printed in ((("check",), incomplete), (("report", "audit"), ""), (("acknowledge", "QT-01"), "")):
        said = office.refused(*words, code=4)
        assert "id-not-file-name" in said.err
        assert "ZeroDivisionError" in said.err
        assert said.out == printed


def test_any_other_fault_is_told(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsctl.cli.commands.list_.rows_again", lambda _place, _library: 1 / 0)
    said = office.refused("list", code=4)
    assert "fault in qmsctl" in said.err


def test_interrupted(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_place: object, _library: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("qmsctl.cli.commands.list_.rows_again", interrupted)
    said = office.run("list", code=130)
    assert "Traceback" not in said.err


def test_ctrl_c_in_a_process(office: Desk, tmp_path: Path) -> None:
    """A pipe that nobody reads holds the process in the middle of its output."""
    big = tmp_path / "big"
    big.mkdir()
    found = office.copied(big / "office")
    for number in range(3, 90):
        found.write(f"documents/procedures/QT-{number:02}.md", procedure(f"QT-{number:02}", "Tên rất dài " * 80))
    started = subprocess.Popen(
        command("-C", found.root, "list", "--format", "json"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert started.stdout is not None
    started.stdout.read(1)
    started.send_signal(signal.SIGINT)
    time.sleep(0.1)
    _out, err = started.communicate(timeout=20)
    assert started.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in err


def test_broken_pipe(office: Desk) -> None:
    for number in range(3, 60):
        office.write(f"documents/procedures/QT-{number:02}.md", procedure(f"QT-{number:02}", "Tên rất dài " * 80))
    line = " ".join(f"'{word}'" for word in command("-C", office.root, "list"))
    done = subprocess.run(
        ["bash", "-c", f"{line} | head -1; exit ${{PIPESTATUS[0]}}"], env=environment(), capture_output=True, check=False, timeout=60
    )
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1
    assert done.returncode in (0, 141)


@pytest.mark.parametrize("words", ["list", "check", "--version", "show QT-01 --text", "report audit"])
def test_closed_standard_output(office: Desk, words: str) -> None:
    line = " ".join(f"'{word}'" for word in command("-C", office.root, *words.split()))
    done = subprocess.run(["bash", "-c", f"{line} >&-"], env=environment(), capture_output=True, check=False, timeout=60)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1, 3, 141), done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("words", [("list",), ("todo", "--all", "--format", "json"), ("new", "action", "--title", "A", "--set", "owner=minh", "--set", "due=2027-01-01")])
def test_full_standard_output(office: Desk, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        said = subprocess.run(command("-C", office.root, "--lang", "en", *words), env=environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    told = said.stderr.decode()
    assert said.returncode == 3
    assert told.endswith("standard output cannot be written: no space left on device\n  → send it where there is room; what a command wrote into files stands\n")
    assert "nothing was written" not in told
    assert ("records/actions/" in office.git("status", "--porcelain", "-uall")) == (words[0] == "new")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("redirected", [">/dev/full", "2>/dev/full", ">/dev/full 2>&1", "| true", "2>&1 | true"])
def test_a_change_that_nobody_hears_of_is_made_and_committed(office: Desk, redirected: str) -> None:
    line = " ".join(f"'{word}'" for word in command("-C", office.root, "--lang", "en", "new", "action", "--title", "A", "--set", "owner=minh", "--set", "due=2027-01-01", "--commit"))
    done = subprocess.run(["bash", "-c", f"{line} {redirected}; exit ${{PIPESTATUS[0]}}"], env=environment(), capture_output=True, check=False)
    said, (path,) = done.stdout.decode() + done.stderr.decode(), office.git("show", "--format=", "--name-only", "HEAD").split()
    assert path.startswith("records/actions/")
    assert not office.git("status", "--porcelain")
    assert done.returncode in ((0, 141) if "|" in redirected else (3,))
    if redirected == ">/dev/full":
        assert f"what was changed stands: {path}" in said
        assert "committed as" in said
    if redirected == "2>/dev/full":
        assert said == f"{path}\nerror: standard error cannot be written: no space left on device\n"


def test_what_the_system_refuses_is_no_fault_of_the_program(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device", "/srv/x")

    monkeypatch.setattr("qmsctl.store.loading.locate", full)
    said = office.run("list", code=3)
    assert said.err.startswith("error: the system does not let qmsctl go on: /srv/x: no space left on device\n")
    monkeypatch.setattr("qmsctl.store.loading.locate", partial(_only_read, "/srv/x"))
    assert "see what was written" in said.err
    assert office.run("list", code=3).err == "error: the system does not let qmsctl go on: /srv/x: read-only file system\n  → this disk can only be read: work in a folder on another one\n"


def _only_read(path: str, *_arguments: object, **_options: object) -> None:
    raise OSError(30, "Read-only file system", path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_read_only_folder(desk: Desk) -> None:
    folder = desk.root / "documents/procedures"
    folder.chmod(0o555)
    try:
        said = desk.refused("set", "QT-01", "owner=minh")
    finally:
        folder.chmod(0o755)
    assert "cannot be written" in said.err


def test_disk_that_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a read-only folder gives, also where the tests are run by root."""

    def read_only(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", read_only)
    monkeypatch.setattr("os.rename", read_only)
    before = desk.read(QT)
    said = desk.run("set", "QT-01", "owner=minh", code=3)
    assert_plain(said)
    assert desk.read(QT) == before


def test_no_colour_in_a_pipe(office: Desk) -> None:
    office.edit(QT, "title: Cấp bản sao", "title: Cấp nhanh bản sao")
    said = office.run("check", code=1)
    assert "\x1b" not in said.out + said.err
    done = process("-C", office.root, "check", FORCE_COLOR="1")
    assert b"\x1b" not in done.stdout + done.stderr


# -- completion -----------------------------------------------------------------------------------


def complete(root: Path, *words: str) -> list[str]:
    line = " ".join(["qmsctl", *words])
    done = process(cwd=root, _QMSCTL_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words)), _TYPER_COMPLETE_ARGS=line)
    assert b"Traceback" not in done.stderr
    return done.stdout.decode().split()


def test_completion_knows_the_office(with_nc: Desk) -> None:
    root = with_nc.root
    assert complete(root, "app") == ["approve"]
    assert complete(root, "submit", "QT") == ["QT-01"]
    assert complete(root, "advance", "NC-2026-001", "conf") == ["confirmed"]
    assert complete(root, "new", "non") == ["nonconformity"]
    assert complete(root, "approve", "QT-01", "--by", "hu") == ["hung"]
    assert complete(root, "explain", "approved-by") == ["approved-by-author"]
    assert complete(root, "report", "aud") == ["audit", "audit-programme", "audit-results"]


def test_completion_outside_of_a_system_is_silent(home: Path, tmp_path: Path) -> None:
    assert complete(tmp_path, "submit", "QT") == []


def test_completion_script(home: Path, tmp_path: Path) -> None:
    done = process("--show-completion", "bash", cwd=tmp_path, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0, done.stderr
    assert b"_QMSCTL_COMPLETE=complete_bash" in done.stdout


@pytest.mark.parametrize("name", ["qms.yaml", "x.qmsctl-tmp", ".gitattributes", ".gitignore", ".GitModules", "a\nb.pdf", "a\u202eb.pdf", "nul.txt", "a:b.pdf", "x.tmp"])
def test_attach_takes_no_name_after_which_a_check_fails(with_nc: Desk, tmp_path: Path, name: str) -> None:
    evidence = tmp_path / name
    evidence.write_text("* filter=x\n")
    with_nc.write(".gitignore", "*.tmp\n")
    with_nc.refused("attach", "NC-2026-001", evidence)
    with_nc.refused("attach", "NC-2026-001", evidence, "--dry-run")
    assert with_nc.check()[0] == 0


@pytest.mark.parametrize("name", ["node_modules", ".venv", "__pycache__", "README.md", "QT-01.MD", "qms.yaml.pdf", "x.qmsctl-tmp.pdf", "a\u0301.png"])
def test_what_attach_takes_passes_the_next_check(with_nc: Desk, tmp_path: Path, name: str) -> None:
    evidence = tmp_path / name
    evidence.write_text("---\nid: QT-09\ntype: procedure\n---\n")
    with_nc.run("attach", "NC-2026-001", evidence)
    assert with_nc.check()[0] == 0
    with_nc.commit("attached")
    assert with_nc.run("check", "--at", "HEAD").code == 0


@pytest.mark.parametrize("path", ["documents/x/qms.yaml", "documents/procedures/qms.yaml"])
def test_a_configuration_that_would_hide_files_is_said(with_nc: Desk, path: str) -> None:
    with_nc.write(path, "")
    assert with_nc.check()[0] == 1
