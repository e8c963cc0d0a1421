"""What is done in an office while things go wrong: a command, and the next one that puts right what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.desk import Desk, procedure, small_office

NEXT = "documents/procedures/QT-02.md"
"""What the next command writes."""
AFTER = ("set", "QT-02", "owner=clerk", "--commit")


@dataclass(frozen=True)
class Work:
    """A command in an office that was made ready for it."""

    name: str
    words: tuple[str, ...]
    ready: Callable[[Desk], None]
    then: tuple[str, ...] = AFTER

    @property
    def commits(self) -> bool:
        """Whether it is asked to commit."""
        return "--commit" in self.words or self.name == "sync"


def _nothing(desk: Desk) -> None:
    """The office is as it is needed."""


def _submitted(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    desk.commit("submitted")
    desk.sit("binh")


def _with_nonconformity(desk: Desk) -> None:
    desk.run("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--set", "owner=hoa")
    desk.commit("a nonconformity")
    desk.write("../photo.png", b"\x89PNG\r\n\x1a\n")


def _two_lines(desk: Desk) -> None:
    """A server, where somebody else has sent something, and here something that is not sent."""
    bare = desk.root.parent / "server.git"
    desk.git("clone", "--quiet", "--bare", str(desk.root), str(bare))
    desk.git("remote", "add", "origin", str(bare))
    other = desk.root.parent / "other"
    desk.git("clone", "--quiet", str(bare), str(other))
    there = desk.at(other)
    there.sit("lan")
    there.write("documents/procedures/QT-03.md", procedure("QT-03", "Đăng ký kết hôn"))
    there.commit("theirs")
    there.git("push", "--quiet", "origin", "main")
    desk.write("documents/procedures/QT-04.md", procedure("QT-04", "Đăng ký khai sinh"))
    desk.commit("ours")


WORKS = (
    Work("nc log", ("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--set", "owner=hoa", "--commit"), _nothing),
    Work("submit", ("submit", "QT-01", "--commit"), _nothing),
    Work("approve", ("approve", "QT-01", "--commit"), _submitted),
    Work("set", ("set", "QT-01", "owner=clerk", "--commit"), _nothing),
    Work("attach", ("attach", "NC-2026-001", "../photo.png", "--commit"), _with_nonconformity),
    Work("sync", ("sync",), _two_lines, ("sync",)),
)


@cache
def made_ready(work: Work, folder: Path) -> Path:
    """A folder that holds the office of a work as it stands before; it is copied for every run."""
    place = folder / work.name.replace(" ", "-")
    desk = small_office(place / "office")
    desk.write(NEXT, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.commit("a second procedure")
    work.ready(desk)
    desk.sit(desk.me)
    return place


