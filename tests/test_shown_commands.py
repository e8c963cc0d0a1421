"""Every command in a block of the manual is run as printed, page after page: in the office that the README begins, or in the example.

Blocks are the same in both languages, which is held elsewhere; the guides run by themselves. A ``…`` in quotes is filled in, as
the program asks for.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, Said, git, qmsctl
from tests.test_docs import MANUAL, ROOT, blocks
from tests.workbooks import saved

pytestmark = pytest.mark.process

DAY = "2026-11-20"
README = (ROOT / "README.md").read_text("utf-8").split("\n## Tiếng Việt\n")[0]
NEW = re.compile(
    r"qmsctl (?:check$|(?:submit|review|approve) QT-08$|adopt|nc (?!list)|(?:advance|attach) NC-2026-001|audit|advance CTDG|measure)"
)
"""What is done in the office that the README begins; the rest is done in the example."""

LEFT = {
    "make ": "it runs this",
    "pip ": "needs a network",
    "qmsctl --install-completion": "writes to the shell's own files",
    "qmsctl sync": "needs another machine; the page about several machines is run",
    "qmsctl -C /srv/": "needs a server",
    "qmsctl serve": "goes on until it is ended; its own tests open it",
    "ssh-keygen": "needs a key",
    "git config --global": "needs a key",
    "qmsctl approve configuration": "needs a key",
    "qmsctl approve QT-07 --": "needs a key",
    "qmsctl advance NC-2026-011 confirmed --again": "needs a key",
    "qmsctl approve QT-07 QT-08 --all": "needs two texts that wait at once, as its own tests have",
    "qmsctl verify --kit": "takes long; the example of its help is run",
    "qmsctl report document QT-07 --": "writes a PDF, which needs a browser",
    "qmsctl report document QT-07 -o QT-07.pdf": "writes a PDF, which needs a browser",
    **dict.fromkeys(
        (f"qmsctl report {name} " for name in ("audit", "audit-results", "cases", "nonconformities", "satisfaction", "savings", "declaration", "register", "records", "archive", "portal", "status")),
        "takes long, or needs a browser; the examples of its help are run",
    ),
    "qmsctl fleet ": "needs the keys and rows of agencies; the examples of its help are run",
    "qmsctl init my-office": "run where the office begins",
    "cd ": "run where the office begins",
    "qmsctl new procedure": "run where the office begins",
}
"""Lines that are not run here, by how they begin, each with the reason."""

WHO = {
    "submit": "minh", "revise": "minh", "approve": "binh", "withdraw": "binh", "nc why": "minh", "attach": "minh", "advance CTDG": "binh",
    "advance SHS": "thao", "advance HUY": "binh", "escalate NC-2026-004 --answered": "binh", "new self-check": "minh",
    "audit checklist": "quang", "audit finding": "quang", "management-review action": "hoa",
}
"""Who may do it, by how the command begins; anybody else's commands are those of lan."""

MORE = {"withdraw": ["--dry-run"], "nc why": ["--because", "Sổ không có cột ngày hẹn"], "audit open": ["--lead", "quang"]}
"""What is said besides, where one would be asked or the office would be another one afterwards."""

REFUSED = ["qmsctl advance NC-2026-001 confirmed"]
"""What a page says to be refused."""

PEOPLE = """
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-07-01, basis: {number: 1/QĐ-UBND, date: 2025-07-01}}]}
  - {id: minh, name: Đỗ Văn Minh, email: minh@tan-an.example, unit: chuyen-mon, roles: [{role: unit-head, from: 2026-11-20}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua, roles: [{role: unit-head, from: 2026-11-20}]}
  - {id: quang, name: Mạc Duy Quang, email: quang@tan-an.example, unit: van-phong, roles: [{role: internal-auditor, from: 2026-11-20}]}
"""
LIST = [
    ["Mã hồ sơ", "Tên thủ tục hành chính", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả"],
    ["H29-1", "Cấp bản sao trích lục hộ tịch", "05/11/2026 08:10", "06/11/2026 08:10", "05/11/2026 14:00"],
]


def shown(page: str) -> Iterator[str]:
    """Every line that is typed on a page, without remarks."""
    text = README if page == "README" else (ROOT / f"docs/{page}.md").read_text("utf-8")
    for kind, block in blocks(text):
        if kind == "console":
            yield from (" ".join(line.split()) for line in re.findall(r"^\$ (.*)$", block.replace("\\\n", ""), re.MULTILINE))


def is_left(line: str) -> bool:
    return any(map(line.startswith, LEFT))


@pytest.fixture
def example(home: Path, tmp_path: Path) -> Desk:
    """The example office in a repository of its own, and nobody asks for keys."""
    root = Path(shutil.copytree(ROOT / "example-repo", tmp_path / "office"))
    git(root, "init", "--quiet", "-b", "main")
    desk = Desk(root, today=DAY, me="nobody")
    desk.sit("lan")
    desk.write("qms.yaml", desk.read("qms.yaml").replace(", level: evidenced", ""))
    agreed(desk)
    rows = desk.read("attachments/cases/QT-07/2026-10.csv").splitlines(keepends=True)
    desk.write("thang-10.csv", "".join(row for row in rows if not row.startswith("HT-261030-02")))
    for name in ("mot-cua.xlsx", "cases.xlsx"):
        desk.write(name, saved(LIST))
    desk.write("photo.jpg", "a photo")
    return desk


def agreed(desk: Desk) -> None:
    """What there is now is what everybody has."""
    desk.commit()
    desk.git("update-ref", "refs/remotes/origin/main", "HEAD")


def begun(folder: Path) -> Desk:
    """The office of the first page, with its first colleagues and nothing left to be filled in."""
    folder.mkdir(parents=True)
    first = [shlex.split(line) for line in shown("README") if line.startswith(("qmsctl init my-office", "cd ", "qmsctl new procedure"))]
    with chdir(folder):
        assert qmsctl("--today", DAY, *first[0][1:]).code == 0
    desk = Desk(folder / first[1][1], today=DAY, me="nobody")
    desk.sit("lan")
    desk.write("people.yaml", desk.read("people.yaml") + PEOPLE)
    desk.run(*first[2][1:])
    desk.fill_in(*(path.relative_to(desk.root).as_posix() for path in desk.root.glob("documents/**/*.md")))
    for scan in ("qd-12.pdf", "86-QD-UBND.pdf", "86.pdf", "5.pdf", "photo.jpg"):
        desk.write(scan, f"%PDF-1.4 {scan}\n")
    return desk


def typed(desk: Desk, line: str) -> Said:
    """Type the line as printed, by whoever may."""
    words = shlex.split(line.replace('"…"', '"Như đã họp"'))
    name = line.removeprefix("qmsctl ")
    if "origin/main" in words or words[:2] == ["git", "rm"]:
        agreed(desk)
    if words[0] == "git":
        return Said(0, desk.git(*words[1:]), "")
    desk.sit(_of(WHO, name, "lan"))
    with chdir(desk.root):
        return qmsctl("--lang", "en", "--today", DAY, *words[1:], *_of(MORE, name, []))


def _of(table: Mapping[str, Any], name: str, otherwise: Any) -> Any:
    return next((found for start, found in table.items() if name.startswith(start)), otherwise)


@pytest.mark.long
@pytest.mark.parametrize("pages", [("README",), MANUAL], ids=["README", "manual"])
def test_every_command_shown_works(pages: Sequence[str], example: Desk, tmp_path: Path) -> None:
    """Two tests of about the same length, for two workers; what the README shows is not run again."""
    seen: set[str] = set()
    if "README" not in pages:
        seen.update(shown("README"))
        (revised,) = (line for line in seen if line.startswith("qmsctl revise QT-07"))
        assert typed(example, revised).code == 0, "a page goes on from there"
    for page in pages:
        lines = [line for line in shown(page) if not is_left(line) and line not in seen]
        seen.update(lines)
        new = begun(tmp_path / page) if any(map(NEW.match, lines)) else example
        for line in lines:
            said = typed(new if NEW.match(line) else example, line)
            assert (said.code != 0) == (line in REFUSED), f"{page}: {line}\n{said.out}{said.err}"


def test_what_is_left_is_still_shown() -> None:
    lines = [line for page in ("README", *MANUAL) for line in shown(page)]
    assert [start for start in (*LEFT, *REFUSED) if not any(line.startswith(start) for line in lines)] == []
