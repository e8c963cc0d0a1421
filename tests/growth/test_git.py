"""Git is asked about the past of an office as a whole, never document by document; a signature is looked into once.

And no command starts more gits than it did: each takes as much processor as a tenth of a Python that does nothing.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from qmsctl.cli.formats.history_text import history_text
from qmsctl.cli.session import Session
from qmsctl.core.keys.ssh_signature import Signature
from qmsctl.store.history import walks
from qmsctl.store.signatures import ssh_signatures
from tests.desk import Desk, git, qmsctl
from tests.growth.offices import document
from tests.office import PEOPLE_YAML, QMS_YAML, dossier

pytestmark = pytest.mark.process
SIGNED = """\
author minh clerk 2026-02-20T09:30:00+07:00 key=minh
review lan qmr 2026-02-23T09:30:00+07:00 key=lan
approve binh director 2026-02-25T09:30:00+07:00 key=binh
"""


def office(folder: Path, count: int) -> Path:
    """Every document in a commit of its own, with its sign-offs, each of them with a signature."""
    common = {"qms.yaml": QMS_YAML.encode(), "people.yaml": PEOPLE_YAML.encode()}
    for number in range(count):
        files = common | {path: text.encode() for path, text in document(number).items() if isinstance(text, str)}
        _commit(folder, files | dossier(files, f"QT-{number:02}", SIGNED))
    return folder


def _commit(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=Minh", "-c", "user.email=minh@tan-an.example", "commit", "--quiet", "-m", "x")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was started as a process."""
    found: list[object] = []

    class Counted(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, command: Any, *arguments: Any, **options: Any) -> None:
            found.append(command)
            super().__init__(command, *arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    return found


LOGGED = ("nc", "log", "Sai", "--severity", "minor", "--requirement", "QT-01")
MOST = {
    ("list",): 0,
    ("show", "QT-01"): 0,
    ("todo",): 1,
    ("check",): 3,
    ("new", "procedure", "--title", "Đo"): 5,
    LOGGED: 5,
    (*LOGGED, "--commit"): 9,
    ("set", "NC-2026-001", "owner=hoa", "--commit"): 7,
    ("revise", "QT-01", "--change", "Thêm người thay"): 4,
    ("check", "--base", "main"): 13,
    ("hook", "run"): 9,
    ("submit", "QT-01", "--commit"): 9,
}
"""How many gits a command starts in a small office, at the most."""


def test_a_command_starts_few_gits(office: Desk, started: list[object]) -> None:
    counts = {}
    for words in MOST:
        started.clear()
        office.run(*words)
        counts[words] = len(started)
    assert {words: count for words, count in counts.items() if count > MOST[words]} == {}


def test_a_record_saved_after_others_walks_over_none_of_them(office: Desk, started: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_SHORT", 0)
    office.run(*LOGGED, "--commit")
    known: list[int] = []
    for words in ((*LOGGED, "--dry-run"), (*LOGGED, "--dry-run"), (*LOGGED, "--commit"), (*LOGGED, "--dry-run")):
        started.clear()
        office.run(*words)
        known.append(sum("log" in command for command in started if isinstance(command, list)))
    assert known == [1, 0, 0, 1]


def histories(folder: Path) -> int:
    session = Session(start=folder)
    library = session.library(session.place())
    told = ["\n".join(history_text(session, library, item)) for item in library.items if item.is_document]
    assert all("commit" in each for each in told)
    return len(told)


def test_the_histories_of_all_documents_are_one_look_at_git(home: Path, tmp_path: Path, started: list[object]) -> None:
    counts = []
    for count in (2, 12):
        folder = office(tmp_path / str(count), count)
        started.clear()
        assert histories(folder) == count
        counts.append(len(started))
    assert counts[0] == counts[1]


def test_verify_looks_at_git_once_and_into_each_signature_once(home: Path, tmp_path: Path, started: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    verify = ssh_signatures.verify

    def counted(data: bytes, armoured: bytes) -> Signature:
        seen.append(armoured)
        return verify(data, armoured)

    monkeypatch.setattr(ssh_signatures, "verify", counted)
    counts = []
    for count in (2, 12):
        folder = office(tmp_path / str(count), count)
        started.clear()
        seen.clear()
        qmsctl("-C", folder, "verify")
        assert len(seen) == len(set(seen)) == 3 * count
        counts.append(len(started))
    assert counts[0] == counts[1]
