"""Carries out mends: an office in memory is laid down on disk, and its mends are typed as they are printed."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qmsctl.core.library import Library
from qmsctl.core.source import EntryKind
from qmsctl.mend import Advice, Command, Correction, GitCommand, Mend, Step, TakeBack, holes_of
from qmsctl.mend_words import step_words
from tests.desk import ATTRIBUTES, Desk, git
from tests.keys import key_file
from tests.office import FakeOutside

BASE = "origin/main"
ANYBODY = "lan"


def lay_down(library: Library, root: Path) -> Desk:
    """The office of a library as a repository, its base as the first commit; on the library's day."""
    root.mkdir(parents=True)
    git(root, "init", "--quiet", "-b", "main")
    desk = Desk(root, today=library.today.isoformat())
    desk.sit(ANYBODY)
    desk.write(".gitattributes", ATTRIBUTES)
    for each in library.base.libraries if library.base else ():
        _write(desk, _files(each))
        desk.commit("base")
        git(root, "update-ref", f"refs/remotes/{BASE}", "HEAD")
    _write(desk, _files(library))
    for path, kind in library.files.items():
        if kind is EntryKind.SYMLINK:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).symlink_to("nowhere")
    desk.commit("change")
    return desk


def _files(library: Library) -> Mapping[str, bytes]:
    assert isinstance(library.outside, FakeOutside)
    return library.outside.data


def _write(desk: Desk, files: Mapping[str, bytes]) -> None:
    """The files, and none that were there before."""
    for path in desk.git("ls-files", "-z").split("\0"):
        if path and path not in files and path != ".gitattributes":
            (desk.root / path).unlink()
    for path, data in files.items():
        desk.write(path, data)


def is_by_hand(way: Mend) -> bool:
    """True if a part of it has to be thought about."""
    return any(isinstance(step, Advice) for step in way.steps)


def is_form(step: Step) -> bool:
    """True if something is still to be supplied."""
    return any(True for _hole in holes_of(step))


@dataclass(frozen=True)
class Typed:
    """What became of a step: the words, and what the program said of them."""

    words: str
    code: int
    said: str


def carry_out(desk: Desk, way: Mend) -> list[Typed]:
    """Every step of a way, as the person it is for and with their key; stops where one is refused."""
    desk.sit(way.by[0] if way.by else ANYBODY)
    if any(isinstance(step, Command) and ("sign", None) in step.options for step in way.steps):
        desk.git("config", "user.signingKey", str(key_file(desk.root.parent / f"key of {desk.me}", desk.me)))
    done: list[Typed] = []
    for step in way.steps:
        done.append(_typed(desk, step))
        if done[-1].code:
            break
    return done


def _typed(desk: Desk, step: Step) -> Typed:
    words = str(step_words(step))
    match step:
        case TakeBack(path, copy=str(copy)):
            if step.gone:
                (desk.root / path).parent.mkdir(parents=True)
            shutil.copyfile(desk.root / copy, desk.root / path)
        case TakeBack(path, since=since):
            git(desk.root, "checkout", *([since] if since else []), "--", path)
        case GitCommand():
            git(desk.root, *shlex.split(words)[1:])
        case Correction():
            _correct(desk.root / step.path, step)
        case _:
            said = desk.run(*shlex.split(words)[1:], code=None)
            return Typed(words, said.code, said.out + said.err)
    return Typed(words, 0, "")


def _correct(path: Path, step: Correction) -> None:
    """The edit of a text at its span, whose old text has to stand there."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = sum(map(len, lines[: step.span.line - 1])) + step.span.column - 1
    end = sum(map(len, lines[: step.span.end_line - 1])) + step.span.end_column - 1
    text = "".join(lines)
    assert text[start:end] == step.old
    path.write_text(text[:start] + step.new + text[end:], encoding="utf-8")


def steps_of(mends: Iterable[Mend | None]) -> list[Step]:
    """Every step of every way."""
    return [step for mend in mends if mend is not None for way in mend.ways for step in way.steps]


_FORM = re.compile(r" \((?:a form: fill in|mẫu, điền vào chỗ) …\)$")


def hints(text: str) -> list[str]:
    """What is proposed in a text, without the mark of a form."""
    return [unmarked(line.partition("→ ")[2]) for line in text.splitlines() if "→ " in line]


def unmarked(hint: str) -> str:
    """A hint without the mark of a form."""
    return _FORM.sub("", hint)
