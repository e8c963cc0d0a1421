"""A checkpoint as people make it: put into the log, signed, sent out by letter, signed outside, compared, and verified without qmsctl."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from unittest.mock import patch

from tests.cli.test_signing import enrol
from tests.desk import Desk, qmsctl
from tests.keys import new_key


def test_from_the_checkpoint_to_the_kit(desk: Desk, home: Path) -> None:
    enrol(desk, "binh", new_key(home / "binh"))
    desk.write("qms.yaml", desk.read("qms.yaml") + f'witnesses: [{{name: Sở KH&CN, key: "{" ".join(new_key(home / "so").split()[:2])}"}}]\n')
    desk.commit("keys")
    assert "nothing has been signed yet" in desk.refused("checkpoint").err
    desk.run("submit", "QT-01", "--commit", by="minh", day="2026-01-06")
    before = desk.tree()
    assert "+qmsctl/TA" in desk.run("checkpoint", "--dry-run").out
    assert desk.tree() == before
    said = desk.run("checkpoint", "--key", home / "binh", "--commit", by="binh")
    log, path, beside = said.written
    assert (log, beside) == ("witness/log", f"{path}.sig")
    root = re.search(r": ((?:[0-9a-f]{4} ?){16})$", said.err, re.MULTILINE)
    assert root is not None
    assert path in desk.refused("checkpoint").err

    outside = home / "outside"
    outside.mkdir()
    note = outside / Path(path).name
    note.write_text(desk.read(path), encoding="utf-8")
    signed = qmsctl("--lang", "en", "witness", "sign", note, "--key", home / "so")
    assert signed.code == 0, signed.err
    assert qmsctl("--lang", "en", "witness", "sign", note, "--key", home / "so").code == 3
    for each in outside.glob("*.cosigned*"):
        desk.write(f"witness/{each.name}", each.read_bytes())
    scan = home / "12.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    desk.run("checkpoint", "letter", "--basis", "12/UBND-VP", "--basis-date", "2027-12-30", "--basis-file", scan, "--commit", by="minh")
    assert desk.errors() == []
    assert "witnessed" in desk.run("verify", "QT-01", "--format", "json", code=None).out
    assert desk.run("verify", "--against", note, "--against", root[1]).code == 0

    kit = home / "kit"
    desk.run("verify", "--kit", kit, code=None)
    lines = re.findall(r"^(?:sha256sum|bash|ssh-keygen|tail) .*$", (kit / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 5
    done = subprocess.run(["bash", "-euc", "\n".join(lines)], cwd=kit, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    assert root[1].replace(" ", "") in done.stdout.splitlines()

    desk.edit(desk.dossiers("QT-01")[0] + "/author.minh.md", "meaning: author", "meaning: approve")
    assert desk.run("verify", "--against", note, code=1).out.count("author.minh.md") == 1
    assert "logged-file-changed" in desk.errors()

    desk.write("witness/log", desk.read("witness/log").replace("author", "authot"))
    told = desk.run("verify", code=1).out
    assert "are not those of the note" in told
    assert "letter 12/UBND-VP" not in told


def test_a_checkpoint_holds_what_is_committed(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh", day="2026-01-06")
    assert "are in no commit as they are here" in desk.refused("checkpoint", "--commit").err
    desk.commit("signed")
    path = f"{desk.dossiers('QT-01')[0]}/author.minh.md"
    desk.edit(path, "meaning: author", "meaning:  author")
    assert path in desk.refused("checkpoint", "--commit").err
    desk.git("checkout", "--", path)
    desk.run("checkpoint", "--commit")
    assert desk.errors() == []


def test_only_the_branch_into_which_all_is_merged_makes_checkpoints(desk: Desk) -> None:
    desk.run("submit", "QT-01", "--commit", by="minh", day="2026-01-06")
    main = desk.git("branch", "--show-current").strip()
    desk.git("switch", "--quiet", "-c", "side")
    assert "into which everything is merged" in desk.refused("checkpoint").err
    desk.git("switch", "--quiet", main)
    desk.run("checkpoint")


def test_the_letter_is_whole_with_and_without_a_code(desk: Desk, home: Path) -> None:
    desk.run("submit", "QT-01", "--commit", by="minh", day="2026-01-06")
    assert "there is no checkpoint yet" in desk.refused("checkpoint", "letter").err
    groups = desk.run("checkpoint").err.rpartition(": ")[2].split()
    for name, code in (("with", True), ("without", False)):
        with patch.dict("sys.modules", {} if code else {"segno": None}):
            said = desk.run("checkpoint", "letter", "-o", home / f"{name}.html")
        page = (home / f"{name}.html").read_text(encoding="utf-8")
        assert re.findall(r"<code>([0-9a-f]{4})</code>", page) == groups
        assert ("<img" in page) == code == ("no QR code" not in said.err)
