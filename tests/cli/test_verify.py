"""``verify``: what it says of sound sign-offs and of broken ones, and the kit that needs no qmsctl."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_signing import enrol
from tests.desk import COPIES, Desk, git, procedure
from tests.golden import assert_golden
from tests.keys import new_key, public, signature

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def signed(desk: Desk, home: Path) -> Desk:
    """QT-01 in force: submitted and reviewed by name, approved with a key and a paper."""
    enrol(desk, "binh", new_key(home / "binh"))
    desk.commit("keys")
    paper = home / "12-QĐ.txt"
    paper.write_text("Quyết định", encoding="utf-8")
    desk.run("submit", "QT-01", by="minh", day="2026-01-06")
    desk.run("review", "QT-01", by="lan", day="2026-01-06")
    desk.run("approve", "QT-01", "--key", home / "binh", "--basis", "12/QĐ-UBND", "--basis-date", "2026-01-06",
             "--basis-file", paper, by="binh", day="2026-01-06")
    commit_on(desk, "2026-01-09")
    desk.today = "2026-01-12"
    return desk


def commit_on(desk: Desk, day: str) -> None:
    desk.git("add", "--all")
    moment = f"{day}T09:00:00+07:00"
    own = {**os.environ, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    subprocess.run(["git", "commit", "-q", "-m", "approved"], cwd=desk.root, env=own, check=True)


def steady(text: str) -> str:
    """What the text says, without what differs from one run to the next."""
    text = re.sub(r"SHA256:[A-Za-z0-9+/]{43}", "SHA256:…", text)
    return re.sub(r"(?<=2026-01-06|06/01/2026) \d\d:\d\d", " hh:mm", text)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_a_signature_that_cannot_be_read_is_not_one_that_is_not_there(signed: Desk, error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def closed(path: Any, *rest: Any, **named: Any) -> int:
        if str(path).endswith(".sig"):
            raise error
        return opened(path, *rest, **named)

    monkeypatch.setattr("qmsctl.store.machine.files.os.open", closed)
    [path] = [each.relative_to(signed.root).as_posix() for each in signed.root.glob("signoffs/**/*.sig")]
    why = f"{path} cannot be read: {str(error.strerror).lower()}"
    assert f"{path}: error: whether this is signed is not known: {why} [signature-invalid]" in signed.run("check", code=1).out
    for words in (("verify",), ("show", "QT-01"), ("history", "QT-01")):
        said = signed.run(*words, code=1)
        assert f"the signature {path} could not be looked at: {why}; See what it is: ls -l {path}" in said.out + said.err, words
    assert "whether this is signed is not known" in signed.run("verify", code=1).out


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_says_all_that_proves_a_sign_off(signed: Desk, lang: str) -> None:
    signed.lang = lang
    said = signed.run("verify")
    assert_golden(GOLDEN / f"verify.{lang}.txt", steady(said.out))
    assert signed.run("verify", "QT-01").out == said.out


def test_as_data(signed: Desk) -> None:
    (subject,) = signed.run("verify", "--format", "json").json["subjects"]
    (dossier,) = subject["dossiers"]
    author, _review, approval = dossier["signoffs"]
    assert (author["level"], author["signature"], author["basis"]) == ("declared", None, None)
    assert approval["level"] == "signed"
    assert approval["signature"]["holds"]
    assert approval["digest_matches"]
    assert approval["role_held"]
    assert approval["first_commit"]["day"] == "2026-01-09"
    assert approval["first_commit"]["days_later"] == 3
    assert author["first_commit"]["by"] == "Trần Thị Bình", "who sat down to commit signed nothing of it"
    assert approval["first_commit"]["by"] is None
    assert approval["basis"]["digest_matches"]
    assert approval["basis"]["file"] == "attachments/decisions/12-QĐ.txt"


def test_names_the_rules_that_speak_against(signed: Desk) -> None:
    folder = signed.dossiers("QT-01")[0]
    signed.write(f"{folder}/approve.binh.md", signed.read(f"{folder}/approve.binh.md") + "\nĐồng ý.\n")
    signed.write("attachments/decisions/12-QĐ.txt", "Quyết định khác")
    signed.write("qms.yaml", signed.read("qms.yaml").replace("id: director", "id: directer"))
    said = signed.run("verify", "QT-01", code=1)
    assert "the signature proves nothing: the signature does not fit the file" in said.out
    assert "[signature-invalid]" in said.out
    assert "its digest differs, or the file is missing" in said.out
    assert "[attachment-changed]" in said.out
    assert "something is wrong" in said.out
    assert "[configuration-invalid]" not in said.out, "only what concerns these sign-offs"
    (subject,) = signed.run("verify", "--format", "json", code=1).json["subjects"]
    assert {each["rule"] for each in subject["problems"]} >= {"signature-invalid", "attachment-changed"}


@pytest.mark.parametrize("fault", ["weak", "shared"])
def test_a_key_that_check_refuses_is_refused(signed: Desk, home: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    if fault == "weak":
        monkeypatch.setattr("qmsctl.core.keys.ssh_key.PublicKey.rsa_bits", 1024)
    else:
        enrol(signed, "hung", (home / "binh.pub").read_text().strip())
    words = {"weak": "1024 bits; at least 2048 are expected", "shared": "so nobody knows whose signature it is"}[fault]
    for command in ("check", "verify"):
        said = signed.run(command, code=1)
        assert words in said.out


def test_a_changed_working_text_speaks_against_its_approval(signed: Desk) -> None:
    signed.write("documents/procedures/QT-01.md", signed.read("documents/procedures/QT-01.md") + "\nThêm.\n")
    assert "[approved-text-changed]" in signed.run("verify", code=1).out


def test_only_what_is_asked_for(signed: Desk) -> None:
    signed.write("documents/procedures/QT-02.md", procedure("QT-02"))
    assert "nobody has signed anything of it" in signed.run("verify", "QT-02").out
    said = signed.refused("verify", "QT-99")
    assert "there is no document or record “QT-99”" in said.err
    assert "--format is “xml”" in signed.refused("verify", "--format", "xml", code=2).err


@pytest.mark.parametrize("copy", ["shallow", "zip"])
def test_says_where_history_is_missing(signed: Desk, copy: str, tmp_path: Path) -> None:
    found = COPIES[copy](signed, tmp_path / "copy")
    said = found.run("verify", code=1)
    assert "incomplete: when a sign-off was first committed is not known for all" in said.out
    assert "in git since: not known" in said.out
    assert "what could be seen of them shows no problem" in said.out
    assert "no problem found" not in said.out


def test_another_commit_and_a_bare_repository(signed: Desk, tmp_path: Path) -> None:
    before = signed.run("verify").out
    commit = signed.commit("x")
    shutil.rmtree(signed.root / "signoffs")
    assert signed.run("verify", "--at", commit).out == before
    git(signed.root, "clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    bare = signed.at(tmp_path / "bare.git")
    assert bare.run("verify", "--at", "main").out == before
    bare.run("verify", "--at", "main", "--kit", tmp_path / "kit")
    assert (tmp_path / "kit/README.md").exists()


def alone(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the README where there is nothing but a shell, sha256sum and ssh-keygen."""
    programs = folder.parent / "programs"
    if not programs.exists():
        programs.mkdir()
        for name in ("sha256sum", "ssh-keygen"):
            found = shutil.which(name)
            assert found
            (programs / name).symlink_to(found)
    return subprocess.run(["/bin/sh", "-c", line], cwd=folder, env={"PATH": str(programs)}, capture_output=True, text=True, check=False)


def lines(folder: Path) -> tuple[list[str], list[str]]:
    blocks = re.findall(r"^```sh\n(.*?)^```$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    sums, *signatures = (block.splitlines() for block in blocks)
    return sums, [line for block in signatures for line in block]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_kit_needs_two_programs(signed: Desk, lang: str, tmp_path: Path) -> None:
    signed.lang = lang
    kit = tmp_path / "bộ kiểm chứng"
    before = signed.tree()
    signed.run("verify", "--kit", kit)
    assert signed.tree() == before
    sums, signatures = lines(kit)
    assert sums == ["sha256sum -c SHA256SUMS"]
    done = alone(kit, sums[0])
    assert done.returncode == 0
    assert all(line.endswith(": OK") for line in done.stdout.splitlines())
    named = (kit / "SHA256SUMS").read_text(encoding="utf-8")
    there = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    assert {line.partition("  ")[2] for line in named.splitlines()} == there - {"SHA256SUMS"}
    assert "attachments/decisions/12-QĐ.txt" in there
    (line,) = signatures
    done = alone(kit, line)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('Good "qmsctl" signature for binh with ED25519 key SHA256:')
    folder = signed.dossiers("QT-01")[0]
    (kit / folder / "QT-01.md").write_text("other")
    (kit / folder / "approve.binh.md").write_text("other")
    assert alone(kit, sums[0]).returncode != 0
    assert alone(kit, line).returncode != 0


def test_the_kit_gives_the_digests_that_were_signed(signed: Desk, tmp_path: Path) -> None:
    """A copy that was changed in the office fails in the kit, for it is held against its sign-offs."""
    folder = signed.dossiers("QT-01")[0]
    signed.write(f"{folder}/QT-01.md", signed.read(f"{folder}/QT-01.md") + "\nThêm.\n")
    signed.run("verify", "--kit", tmp_path / "kit", code=1)
    done = alone(tmp_path / "kit", "sha256sum -c SHA256SUMS")
    assert f"{folder}/QT-01.md: FAILED" in done.stdout


def test_the_kit_knows_the_days_of_keys(signed: Desk, tmp_path: Path) -> None:
    people = signed.read("people.yaml")
    for days, good in (
        ("from: 2026-01-06, until: 2026-01-06", True),
        ("from: 2026-01-07", False),
        ("until: 2026-01-05", False),
        ("revoked: 2026-01-10", True),
        ("revoked: 2026-01-06", False),
    ):
        signed.write("people.yaml", people.replace("from: 2025-01-01}]}", f"{days}}}]}}"))
        kit = tmp_path / re.sub(r"\W", "", days)
        signed.run("verify", "--kit", kit, code=0 if good else 1)
        (line,) = lines(kit)[1]
        assert (alone(kit, line).returncode == 0) == good, days


def test_the_kit_is_written_into_nothing_that_is_there(signed: Desk, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").write_text("x")
    assert "is no empty folder; nothing was written" in signed.refused("verify", "--kit", tmp_path / "full").err
    assert "is no empty folder" in signed.refused("verify", "--kit", tmp_path / "full/x").err
    (tmp_path / "empty").mkdir()
    signed.run("verify", "--kit", tmp_path / "empty")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["x"]


def test_hostile_words_stay_in_their_cells(signed: Desk, tmp_path: Path) -> None:
    signed.edit("people.yaml", "name: Trần Thị Bình", 'name: "Bình | <script> `x` [a](b) $(id)"')
    signed.run("verify", "--kit", tmp_path / "kit", code=None)
    text = (tmp_path / "kit/README.md").read_text(encoding="utf-8")
    assert r"Bình \| \<script\> \`x\` \[a\](b) $(id)" in text
    for line in lines(tmp_path / "kit")[1]:
        assert "$(id)" not in line


def test_a_large_office_is_verified_by_few_processes(desk: Desk, started: list[str]) -> None:
    """Not one for each of 50 documents or 150 signatures."""
    for person in ("minh", "lan", "binh"):
        enrol(desk, person, public(person).text)
    for number in range(2, 52):
        subject = f"QT-{number}"
        data = procedure(subject).encode()
        folder = f"signoffs/{subject}/1-{sha256(data).hexdigest()[:8]}"
        desk.write(f"documents/procedures/{subject}.md", data)
        desk.write(f"{folder}/{subject}.md", data)
        for meaning, person, role in (("author", "minh", "clerk"), ("review", "lan", "qmr"), ("approve", "binh", "director")):
            text = (
                f"---\ntype: signoff\nsubject: {subject}\nrevision: 1\nsha256: {sha256(data).hexdigest()}\nmeaning: {meaning}\n"
                f"by: {person}\nrole: {role}\nat: {datetime(2026, 1, 6, number % 10, tzinfo=UTC).isoformat()}\n---\n"
            ).encode()
            desk.write(f"{folder}/{meaning}.{person}.md", text)
            desk.write(f"{folder}/{meaning}.{person}.md.sig", signature(person, text))
    desk.commit("many")
    started.clear()
    said = desk.run("verify", "--format", "json", day="2026-01-12")
    reached = [s["level"] for subject in json.loads(said.out)["subjects"] for d in subject["dossiers"] for s in d["signoffs"]]
    assert reached == ["signed"] * 150
    assert len(started) < 20


def test_a_warning_is_not_called_wrong(settled: Desk) -> None:
    """What is printed and the exit code say the same."""
    settled.edit("qms.yaml", "language:", "format: 2\nstricter_from: 2026-08-03\nlanguage:")
    settled.commit("format 2")
    settled.run("adopt", "QT-02", "--basis", "1/2026", "--basis-date", settled.today, by="binh")
    settled.commit("adopted")
    said = settled.run("verify", "QT-02").out
    assert "something is to be looked at, see above" in said
    assert "something is wrong" not in said
    assert settled.run("verify", "QT-02", "--strict", code=1)
