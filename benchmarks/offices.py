"""Small offices that are real: one is made by qmsctl's own commands, the others are that one under other codes, each with records of its own."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from generate import PEOPLE_YAML, lay_down

MODEL, PROCEDURES = "MAU", ("QT-01", "QT-05", "QT-07")
SERVICE = "QT-07"
CAUSES = ("people", "procedure", "equipment", "information", "environment", "supplier", "law")
_UNIT, _ROLE = "chuyen-mon", "can-bo-thu-ly"


class Told(NamedTuple):
    """What was written into an office, as plain Python counts it: cases received, finished and late, and nonconformities open for long."""

    received: int
    finished: int
    late: int
    open_long: int


def command(*words: object) -> None:
    """Run qmsctl as a process of its own; what it says is shown where it fails."""
    done = subprocess.run([sys.executable, "-m", "qmsctl", *map(str, words)], capture_output=True, check=False, env=os.environ | {"QMSCTL_CACHE": "off"})
    assert done.returncode == 0, done.stderr.decode()


def model(folder: Path) -> Mapping[str, bytes]:
    """The files of an office of the template, three procedures of which are approved; ``folder`` is a new one."""
    command("init", folder, "--profile", "agency", "--standard", "iso9001-2008", "--lang", "vi", "--code", MODEL, "--organization", "UBND phường Mẫu",
            "--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example", "--today", "2026-01-05")
    (folder / "people.yaml").write_text(PEOPLE_YAML.replace("ho-tich", _UNIT).replace("clerk", _ROLE), encoding="utf-8")
    served = folder / "documents" / "procedures" / f"{SERVICE}.md"
    served.write_text(served.read_text(encoding="utf-8").replace("\nowner:", "\ntthc: [1.001193]\nowner:", 1), encoding="utf-8")
    git = ("git", "-C", str(folder))
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "People"], check=True)
    for name in PROCEDURES:
        for person, verb in (("minh", "submit"), ("lan", "review"), ("binh", "approve")):
            subprocess.run([*git, "config", "user.email", f"{person}@tan-an.example"], check=True)
            command("-C", folder, verb, name, "--today", "2026-02-03", "--commit")
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file() and ".git" not in each.relative_to(folder).parts}


def office(folder: Path, files: Mapping[str, bytes], code: str, seed: int, records: int, day: date) -> Told:
    """Lay an office down in a new ``folder`` and commit it; nonconformities are ``records``, cases of two months come to it."""
    chance = random.Random(seed)  # noqa: S311 — figures, no secrets
    own = {path: data.replace(b"office: %s\n" % MODEL.encode(), b"office: %s\n" % code.encode()) for path, data in files.items()}
    own["qms.yaml"] = files["qms.yaml"].replace(b'code: "%s"' % MODEL.encode(), f'code: "{code}"'.encode())
    open_long = 0
    for number in range(1, records + 1):
        raised, is_rejected = day - timedelta(days=chance.randint(10, 300)), chance.random() < 0.3
        path, text = _nonconformity(chance, number, raised, "rejected" if is_rejected else "confirmed")
        own[path] = text
        open_long += not is_rejected and raised < day - timedelta(days=90)
    received = finished = late = 0
    for number, month in enumerate((9, 10), 1):
        lines = tuple(_cases(chance, month))
        own |= dict(_register(number, month, lines))
        received, finished = received + len(lines), finished + sum(bool(done) for _came, _due, done in lines)
        late += sum(done is not None and done > due for _came, due, done in lines)
    lay_down(folder, own.items())
    return Told(received, finished, late, open_long)


def _nonconformity(chance: random.Random, number: int, raised: date, state: str) -> tuple[str, bytes]:
    name = f"NC-2026-{number:03}"
    text = (
        f"---\nid: {name}\ntype: nonconformity\ntitle: Hồ sơ trả trễ hẹn lần {number}\nstatus: {state}\nraised: {raised}\nraised_by: lan\nabout: process\n"
        f"source: process\nseverity: {chance.choice(('major', 'minor'))}\nrequirement: [7.5.1]\nunit: mot-cua\nprocess: {SERVICE}\nowner: lan\n"
        f"cause_category: {chance.choice(CAUSES)}\n---\n\n# {name}\n\n## Mô tả\n\nTrả kết quả sau giờ hẹn.\n"
    )
    return f"records/nonconformities/{name}.md", text.encode()


def _cases(chance: random.Random, month: int) -> Iterator[tuple[datetime, datetime, datetime | None]]:
    """When a case came in, was due, and was finished, one a day."""
    for number in range(1, 29):
        came = datetime(2026, month, number, 8, 10)  # noqa: DTZ001 — office time, as it is written
        due = came + timedelta(days=5)
        yield came, due, came + timedelta(days=chance.choice((3, 4, 6))) if chance.random() < 0.9 else None


def _register(number: int, month: int, lines: tuple[tuple[datetime, datetime, datetime | None], ...]) -> Iterator[tuple[str, bytes]]:
    rows = (f"M{month}-{at:02},{came:%F %H:%M},{due:%F %H:%M},0,{f'{done:%F %H:%M}' if done else ''}\n" for at, (came, due, done) in enumerate(lines, 1))
    data = ("case,received,due,supplements,finished\n" + "".join(rows)).encode()
    name, path = f"SHS-2026-{number:03}", f"attachments/cases/{SERVICE}/2026-{month:02}.csv"
    yield path, data
    yield f"records/case-registers/{name}.md", (
        f"---\nid: {name}\ntype: case-register\ntitle: Hồ sơ tháng {month}\nstatus: open\nowner: lan\nprocedure: {SERVICE}\nmonth: 2026-{month:02}\n"
        f"data: {{path: {path}, sha256: {hashlib.sha256(data).hexdigest()}}}\n---\n\n# Hồ sơ tháng {month}\n"
    ).encode()
