"""A desk in a real office: a folder with its git repository, people who sign, and their commands.

Commands are carried out in this process by the same ``main()`` that the program calls, with a
clock that goes on a second a command, so that what is signed later always bears a later moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch
from zoneinfo import ZoneInfo

from qmsctl.__main__ import main
from qmsctl.cli.session import Session
from qmsctl.mend_words import shell_word

SOURCE = Path(__file__).parents[1] / "src"
NAMES = {
    "binh": "Trần Thị Bình",
    "hung": "Lê Quốc Hùng",
    "lan": "Nguyễn Thị Lan",
    "minh": "Đỗ Văn Minh",
    "hoa": "Phạm Thị Hoa",
    "tuan": "Vũ Anh Tuấn",
}

HINT = re.compile(r"^\*\(.*?\)\*$", re.MULTILINE | re.DOTALL)

_CLOCK = datetime(2027, 12, 30, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_SEATED = re.compile(r"\[user\]\n\tname = .*\n\temail = .*\n(?=\[|\Z)")
_ticks = count(1)
_LIGHT = ("-c", "maintenance.auto=false", "-c", "core.fsync=none")
"""Nobody tidies the repository of a test, or keeps it over a loss of power."""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def written(self) -> list[str]:
        """The paths a writing command names, one a line."""
        return self.out.splitlines()


@dataclass
class Desk:
    """Somebody who works in ``root`` on the day ``today``; git knows who it is."""

    root: Path
    today: str = "2026-06-01"
    me: str = "minh"
    lang: str = "en"

    def run(self, *arguments: object, code: int | None = 0, by: str | None = None, day: str | None = None) -> Said:
        """Carry out a command; ``by`` sits down first, ``day`` is the day it is."""
        if by and by != self.me:
            self.sit(by)
        words = ["-C", str(self.root), "--lang", self.lang, "--today", day or self.today]
        said = as_in_the_folder(qmsctl(*words, *arguments), self.root)
        assert code is None or said.code == code, f"{arguments}: {said.code}\n{said.out}\n{said.err}"
        return said

    def refused(self, *arguments: object, code: int = 3, **options: str) -> Said:
        """Carry out a command that has to fail: no traceback, a sentence and nothing changed."""
        before = self.tree()
        said = self.run(*arguments, code=code, **options)
        assert self.tree() == before, f"{arguments} changed something"
        assert_plain(said)
        return said

    def sit(self, person: str) -> None:
        """Let ``person`` be git's user in this repository."""
        self.me = person
        file = self.root / ".git" / "config"
        if file.is_file():  # two processes less; a linked work tree has its own elsewhere
            others = _SEATED.sub("", file.read_text(encoding="utf-8"))
            name, email = NAMES.get(person, person), f"{person}@tan-an.example"
            file.write_text(f"{others}[user]\n\tname = {name}\n\temail = {email}\n", encoding="utf-8")
        else:
            self.git("config", "user.name", NAMES.get(person, person))
            self.git("config", "user.email", f"{person}@tan-an.example")

    def git(self, *arguments: str, code: int = 0) -> str:
        return git(self.root, *arguments, code=code)

    def commit(self, message: str = "change") -> str:
        """Commit all there is, as a person would at the end of the day ``today``."""
        moment = f"{self.today}T23:30:00+07:00"
        self.git("add", "--all")
        git(self.root, *_LIGHT, "commit", "--quiet", "--allow-empty", "-m", message, moment=moment)
        return self._head()

    def _head(self) -> str:
        """The commit just made: its name lies in a file of its own."""
        file = self.root / ".git" / "HEAD"
        if not file.is_file():
            return self.git("rev-parse", "HEAD").strip()
        named = file.read_text(encoding="utf-8").strip()
        return (file.parent / named.removeprefix("ref: ")).read_text(encoding="utf-8").strip() if named.startswith("ref: ") else named

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace what stands in a file exactly once."""
        text = self.read(path)
        assert text.count(old) == 1, f"{path} has {text.count(old)} times {old!r}:\n{text}"
        self.write(path, text.replace(old, new))

    def fill_in(self, *paths: str) -> None:
        """Write something in place of every hint of the template."""
        for path in paths:
            self.write(path, HINT.sub("Đã ghi.", self.read(path)))

    def path_of(self, subject: str) -> str:
        """Where the working text of a document or record lies."""
        found = [*self.root.glob(f"documents/**/{subject}.md"), *self.root.glob(f"records/**/{subject}.md")]
        return found[0].relative_to(self.root).as_posix()

    def dossiers(self, subject: str) -> list[str]:
        """The folders of its dossiers, the oldest first."""
        found = (self.root / "signoffs" / subject).iterdir()
        return [f"signoffs/{subject}/{each.name}" for each in sorted(found, key=_oldest)]

    def tree(self) -> Mapping[str, str]:
        """Digest of every file, git's refs, index and objects aside."""
        found = (path for path in sorted(self.root.rglob("*")) if path.is_file() and not path.is_symlink())
        inside = ((path.relative_to(self.root).as_posix(), path) for path in found)
        return {
            name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in inside if not name.startswith(".git/")
        }

    def check(self, day: str | None = None) -> tuple[int, Counter[str]]:
        """Exit code and how often each rule speaks."""
        said = self.run("check", "--format", "json", code=None, day=day)
        return said.code, Counter(each["rule"] for each in said.json["diagnostics"])

    def errors(self, day: str | None = None) -> list[str]:
        """The rules of the errors a check finds."""
        found = self.run("check", "--format", "json", code=None, day=day).json
        return [each["rule"] for each in found["diagnostics"] if each["severity"] == "error"]

    def diagnostics(self, day: str | None = None) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self.run("check", "--format", "json", code=None, day=day).json["diagnostics"]
        return found

    def row(self, subject: str, day: str | None = None) -> Mapping[str, Any]:
        """What ``list`` says of one document or record."""
        rows = self.run("list", "--format", "json", day=day).json
        return next(row for row in rows if row["id"] == subject)

    def at(self, root: Path) -> Desk:
        """The same desk in another folder."""
        return replace(self, root=root)

    def copied(self, root: Path) -> Desk:
        """The same office once more, with its repository."""
        shutil.copytree(self.root, root, symlinks=True)
        return self.at(root)


Change = Callable[[Desk], object]


class Once(Protocol):
    """The fixture ``once``: brings an office to where functions bring it, one after another, which run once."""

    def __call__(self, desk: Desk, *begin: Change) -> Desk: ...


def as_in_the_folder(said: Said, root: Path) -> Said:
    """The hints as somebody is shown them who is in the office, on the day it is."""
    word = shell_word(str(root))
    there = f"(?:{re.escape(word)}|{re.escape(json.dumps(word, ensure_ascii=False)[1:-1])})"
    aside = re.compile(rf"(?<=git|ctl) -C {there}(?: --today [\d/-]+)?|(?<=cp |-p |md ){there}/")
    return replace(said, out=aside.sub("", said.out), err=aside.sub("", said.err))


def _oldest(folder: Path) -> str:
    moments = [
        line.removeprefix("at: ")
        for path in folder.glob("*.*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("at: ")
    ]
    return min(moments, default="")


def assert_plain(said: Said) -> None:
    """Errors are a sentence, never a traceback."""
    assert "Traceback" not in said.out + said.err
    assert said.err.strip(), "a command that fails says why"


def qmsctl(*arguments: object) -> Said:
    """Run the command line in this process, its clock a second later than the last time: a whole run ends before the day does."""
    now = _CLOCK + timedelta(seconds=next(_ticks))
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with (
        patch.object(Session, "clock", now),
        patch("os.fsync"),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main([str(word) for word in arguments])
    for stream in (out, err):
        stream.flush()
    return Said(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


def process(*arguments: object, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own, its output in pipes."""
    return subprocess.run(
        command(*arguments), cwd=cwd, env=environment(**variables), capture_output=True, check=False, timeout=60
    )


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "qmsctl", *map(str, arguments)]


def environment(**variables: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "COV_", "PYTHONUNBUFFERED"))}
    return kept | {"PYTHONPATH": str(SOURCE)} | variables


def git(folder: Path, *arguments: str, code: int = 0, moment: str | None = None) -> str:
    """Run the real git as a person would, at a ``moment`` if one is given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    kept |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment} if moment else {}
    done = subprocess.run(["git", *arguments], cwd=folder, env=kept, capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode()


QMS = """\
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: mot-cua, name: Trung tâm Phục vụ hành chính công}, {id: ho-tich, name: Bộ phận Hộ tịch}, {id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: deputy-director, title: Phó Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}, {id: unit-head, title: Trưởng đơn vị}, {id: clerk, title: Công chức}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
  - {from: 2025-01-01, type: procedure, review: [qmr], approve: [[director, deputy-director]]}
review_every: {default: 60m}
ids: {}
not_applicable: []
ignore: [{rule: required-document-missing, reason: Văn phòng thử nghiệm, until: 2030-12-31}]
effect_after: 30
commit: manual
"""

PEOPLE = """\
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]}
  - {id: hung, name: Lê Quốc Hùng, email: hung@tan-an.example, unit: lanh-dao, roles: [{role: deputy-director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
  - {id: minh, name: Đỗ Văn Minh, email: [minh@tan-an.example, minh@home.example], unit: ho-tich, roles: [{role: clerk, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua, roles: [{role: unit-head, from: 2025-01-01}, {role: clerk, from: 2025-01-01}]}
  - {id: tuan, name: Vũ Anh Tuấn, email: tuan@tan-an.example, unit: ho-tich, roles: [{role: unit-head, from: 2025-01-01}]}
"""

ATTRIBUTES = "*.md text eol=lf\n*.yaml text eol=lf\n*.sig text eol=lf\nattachments/** -text\n"

PROCEDURE = """\
---
id: {id}
type: procedure
title: {title}
revision: 1
effective: {effective}
owner: unit-head
---

# {title}

## 1. Mục đích

Trả bản sao trích lục hộ tịch đúng hẹn.

## 2. Phạm vi

Áp dụng cho Bộ phận Hộ tịch.

## 3. Tài liệu viện dẫn

Không.

## 4. Định nghĩa, chữ viết tắt

Không.

## 5. Nội dung

```steps
- {{no: B1, task: Tiếp nhận yêu cầu, responsible: clerk, time: 1h, outputs: [Phiếu tiếp nhận]}}
- {{no: B2, task: Ký trích lục, responsible: unit-head, time: 4h, outputs: [Bản sao trích lục], release: true}}
```

## 6. Biểu mẫu

Không.

## 7. Hồ sơ lưu

```records
- {{name: Phiếu tiếp nhận, place: Một cửa, keeper: clerk, medium: giấy, retention: 5y, basis: Quyết định của UBND}}
```
"""


def procedure(subject: str, title: str = "Cấp bản sao trích lục hộ tịch", effective: str = "2026-01-12") -> str:
    """A procedure with nothing left to write."""
    return PROCEDURE.format(id=subject, title=title, effective=effective)


def small_office(root: Path) -> Desk:
    """An office with a repository, its people, and one procedure still to be submitted: QT-01."""
    root.mkdir(parents=True)
    git(root, "init", "--quiet", "-b", "main")
    desk = Desk(root, today="2026-01-05")
    desk.sit("minh")
    for path, text in {".gitattributes": ATTRIBUTES, "qms.yaml": QMS, "people.yaml": PEOPLE}.items():
        desk.write(path, text)
    desk.write("documents/procedures/QT-01.md", procedure("QT-01"))
    desk.commit("office")
    return desk


def approve(desk: Desk, subject: str, day: str, by: str = "binh") -> None:
    """Submit by minh, review by lan and approve, all on one day."""
    desk.run("submit", subject, by="minh", day=day)
    desk.run("review", subject, by="lan", day=day)
    desk.run("approve", subject, by=by, day=day)


def squashed(desk: Desk, root: Path) -> Desk:
    """The office with one commit and no past."""
    without_git(desk, root)
    git(root, "init", "--quiet", "-b", "main")
    found = desk.at(root)
    found.sit(desk.me)
    found.commit("squashed")
    return found


def shallow(desk: Desk, root: Path) -> Desk:
    """A clone that has only the last commit."""
    git(desk.root, "clone", "--quiet", "--depth", "1", f"file://{desk.root}", str(root))
    found = desk.at(root)
    found.sit(desk.me)
    return found


def without_git(desk: Desk, root: Path) -> Desk:
    """The office as it comes out of a zip."""
    shutil.copytree(desk.root, root, ignore=shutil.ignore_patterns(".git", "state"))
    return desk.at(root)


COPIES: Mapping[str, Callable[[Desk, Path], Desk]] = {"squashed": squashed, "shallow": shallow, "zip": without_git}
UNSEEN: Mapping[str, Mapping[str, int]] = {"shallow": {"sign-off-deleted": 1}}
"""What a check of such a copy notes that it could not see."""


@contextlib.contextmanager
def own_home(home: Path) -> Iterator[None]:
    """No configuration of the person who runs the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "QMSCTL_", "_QMSCTL"))}
    kept = {key: value for key, value in kept.items() if key not in ("CI", "EMAIL", "NO_COLOR", "FORCE_COLOR", "LC_ALL", "LC_MESSAGES")}
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache"), "GIT_CONFIG_NOSYSTEM": "1", "LANG": "C.UTF-8"}
    with patch.dict(os.environ, kept | own, clear=True):
        yield
