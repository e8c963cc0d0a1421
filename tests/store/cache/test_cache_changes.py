"""Whatever happens to an office, a warm cache gives the bytes that no cache gives."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qmsctl.store import comparison, turned_back
from qmsctl.store.cache import denials, holding, rows, shelf
from tests.desk import Desk

COMMANDS = (("check", "--format", "json"), ("check", "--base", "HEAD~1", "--format", "json"), ("check", "--base", "HEAD", "--format", "json"), ("list", "--format", "json"), ("show", "QT-01"), ("todo", "--all"), ("check",))
WORDS = ("owner: minh", "owner: hoa", "owner: nobody", "revision: 1", "revision: 2", "type: procedure", "type: form", "title: Mới", "status: closed", "QT-01", "QT-09")
TYPE = "name: {name}\nextends: document\nlabel: {{en: Memo, vi: Thư}}\nid: TM-{{number:2}}\nfolder: documents/memos\nblocks: {{rows: {{label: {{en: Rows, vi: Dòng}}, keys: {{a: {{label: {{en: A, vi: A}}, kind: text}}}}}}}}\n"
Change = Callable[[Desk, random.Random], None]


def files(desk: Desk) -> list[Path]:
    return sorted(path for path in desk.root.rglob("*.md") if ".git" not in path.parts)


def edited(desk: Desk, chance: random.Random) -> None:
    path = chance.choice(files(desk))
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    lines[chance.randrange(len(lines))] = chance.choice((*WORDS, "", "---", "```steps", "[x](QT-09.md#y)", "## 9. Khác", chance.choice(lines)))
    path.write_text("\n".join(lines), encoding="utf-8")


def same_size(desk: Desk, chance: random.Random) -> None:
    """Other bytes of the same number, with the moment of the old ones put back."""
    path = chance.choice(files(desk))
    data, facts = bytearray(path.read_bytes() or b"-"), path.stat()
    data[chance.randrange(len(data))] = ord(chance.choice("ab:-\n#"))
    path.write_bytes(data)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def moved(desk: Desk, chance: random.Random) -> None:
    path = chance.choice(files(desk))
    other = path.parent / chance.choice(("neu", ".")) / chance.choice((path.name, "QT-07.md"))
    other.parent.mkdir(exist_ok=True)
    path.rename(other)


def exchanged(desk: Desk, chance: random.Random) -> None:
    one, other = chance.choice(files(desk)), chance.choice(files(desk))
    if one != other:
        between = one.with_suffix(".x")
        one.rename(between), other.rename(one), between.rename(other)


def copied(desk: Desk, chance: random.Random) -> None:
    path = chance.choice(files(desk))
    other = path.with_name(chance.choice(("QT-05.md", "author.hoa.md")))
    if path != other:
        shutil.copy2(path, other)


def deleted(desk: Desk, chance: random.Random) -> None:
    found = files(desk)
    if len(found) > 2:
        chance.choice(found).unlink()


def retyped(desk: Desk, chance: random.Random) -> None:
    folder = desk.root / ".qms/types"
    if folder.exists() and chance.random() < 0.4:
        shutil.rmtree(folder)
        return
    name = chance.choice(("memo", "procedure"))
    desk.write(f".qms/types/{name}/type.yaml", TYPE.format(name=chance.choice((name, name, "other"))))


def configured(desk: Desk, chance: random.Random) -> None:
    path = desk.root / chance.choice(("qms.yaml", "people.yaml"))
    lines = path.read_text(encoding="utf-8").split("\n")
    del lines[chance.randrange(len(lines))]
    path.write_text("\n".join(lines), encoding="utf-8")


def another_day(desk: Desk, chance: random.Random) -> None:
    desk.today = chance.choice(("2026-01-07", "2026-06-01", "2027-03-01", "2029-01-01"))


def merged(desk: Desk, chance: random.Random) -> None:
    """Another line of history, and what becomes of both; a merge that does not go through leaves its marks."""
    desk.commit()
    desk.git("checkout", "-q", "-B", "side")
    edited(desk, chance)
    desk.commit("side")
    desk.git("checkout", "-q", "main")
    edited(desk, chance)
    desk.commit("main")
    subprocess.run(["git", "-C", desk.root, "merge", "-q", "side"], check=False, capture_output=True)


def reset(desk: Desk, chance: random.Random) -> None:
    desk.git("reset", "-q", "--hard", "HEAD")


def unreadable(desk: Desk, chance: random.Random) -> None:
    chance.choice(files(desk)).write_bytes(chance.choice((b"", b"\xff\xfe", b"---\nid: [\n---\n", b"x" * 70_000)))


def attached(desk: Desk, chance: random.Random) -> None:
    """A file of evidence, another one in its place, or none, and somebody who names it."""
    name, text = chance.choice(("attachments/x.txt", "notes/x.txt")), chance.choice((b"", b"x", b"y"))
    path = desk.root / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True) if chance.random() < 0.3 else path.write_bytes(text)
    paper = chance.choice(files(desk))
    named = f"evidence: [{{path: {name}, sha256: {hashlib.sha256(text).hexdigest()}}}]\n"
    paper.write_text(paper.read_text(encoding="utf-8", errors="replace").replace("\n---\n", f"\n{named}---\n", 1), encoding="utf-8")


def committed(desk: Desk, chance: random.Random) -> None:
    desk.commit()


def signed(desk: Desk, chance: random.Random) -> None:
    """Whoever may sign does so; what is refused is no matter here."""
    desk.run(chance.choice(("submit", "approve", "review")), chance.choice(("QT-01", "QT-09")), by=chance.choice(("hoa", "lan", "binh")), code=None)


CHANGES: tuple[Change, ...] = (edited, edited, edited, attached, committed, signed, same_size, moved, exchanged, copied, deleted, retyped, configured, another_day, merged, reset, unreadable)


@pytest.fixture
def offices(office: Desk, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """The same office anew each time, with files that times tell apart at once, and leaves that are cut apart again and again."""
    number = iter(range(10**6))
    with patch.object(holding, "GRANULE", 0), patch.object(holding, "SIZE", 3), patch.object(rows, "_FEW", 2), patch.object(shelf, "_MOST", 4), patch.object(denials, "_ENOUGH", 1):
        yield lambda: office.copied(tmp_path / f"office-{next(number)}")


@settings(max_examples=12, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(COMMANDS)), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_same_bytes_with_and_without(offices: Callable[[], Desk], steps: list[tuple[Change, tuple[str, ...]]], chance: random.Random) -> None:
    desk = offices()
    desk.run("list")
    for change, command in steps:
        change(desk, chance)
        for words in dict.fromkeys((command, COMMANDS[0], COMMANDS[2])):
            with patch.object(comparison, "_FEW", 0), patch.object(turned_back, "_MANY", 0):
                warm = desk.run(*words, code=None)
            bare = desk.run("--no-cache", *words, code=None)
            assert (warm.code, warm.out, warm.err) == (bare.code, bare.out, bare.err), (change.__name__, words)
