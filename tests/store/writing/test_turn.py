"""Who waits for the lock gets it in the order of coming, whoever dies, stands still or lays something strange there."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qmsctl.errors import Refusal
from qmsctl.store.sources import WorkTree
from qmsctl.store.writing import lock, turn
from qmsctl.store.writing.holder import Holder
from qmsctl.store.writing.lock import Lock, Waiting, is_at_work
from qmsctl.store.writing.turn import Turn, is_awaited

pytestmark = [pytest.mark.process, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes of Unix")]

FOREVER = Waiting(most=60)


def until(condition: Callable[[], object]) -> None:
    for _turn in range(2000):
        if condition():
            return
        time.sleep(0.005)
    pytest.fail("it never happened")


def tickets(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("waiting-"))


class Crowd:
    """Threads that come one after the other, and note when they hold the lock."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.order, self._threads = folder, list[int](), list[threading.Thread]()

    def comes(self, number: int, waiting: Waiting = FOREVER) -> None:
        def hold() -> None:
            with Lock(self.folder / "lock", waiting):
                self.order.append(number)
                time.sleep(0.02)

        before = len(tickets(self.folder))
        thread = threading.Thread(target=hold)
        thread.start()
        self._threads.append(thread)
        until(lambda: len(tickets(self.folder)) > before)

    def goes(self) -> list[int]:
        for each in self._threads:
            each.join()
        return self.order


@contextmanager
def waiter(folder: Path) -> Iterator[int]:
    """Another process that waits, and does nothing more."""
    before = len(tickets(folder))
    child = os.fork()
    if child == 0:
        with Turn(folder):
            signal.pause()
        os._exit(0)
    until(lambda: len(tickets(folder)) > before)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_first_come_first_served(tmp_path: Path) -> None:
    crowd = Crowd(tmp_path)
    with Lock(tmp_path / "lock"):
        for number in range(12):
            crowd.comes(number)
        assert is_at_work(tmp_path / "lock")
    assert crowd.goes() == list(range(12))
    assert tickets(tmp_path) == []
    assert not is_at_work(tmp_path / "lock")


def test_who_comes_later_does_not_push_in(tmp_path: Path) -> None:
    """The lock is free for a moment whenever it changes hands; nobody but the next one takes it then."""
    crowd, stop = Crowd(tmp_path), threading.Event()
    pushed: list[int] = []

    def push() -> None:
        while not stop.is_set():
            with Lock(tmp_path / "lock", FOREVER):
                pushed.append(len(crowd.order))

    with Lock(tmp_path / "lock"):
        for number in range(6):
            crowd.comes(number)
        pushing = threading.Thread(target=push)
        pushing.start()
        until(lambda: len(tickets(tmp_path)) == 7)
    assert crowd.goes() == list(range(6))
    stop.set()
    pushing.join()
    assert set(pushed) == {6}


def test_the_dead_are_passed_by_and_cleared_away(tmp_path: Path) -> None:
    with waiter(tmp_path):
        assert is_awaited(tmp_path)
        with Turn(tmp_path) as mine:
            assert mine.ahead() == 1
    assert len(tickets(tmp_path)) == 1
    assert not is_awaited(tmp_path)
    with Lock(tmp_path / "lock"):
        pass
    assert tickets(tmp_path) == []


def test_who_stands_still_is_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Ctrl-Z while one waits keeps nobody from writing for long, and the one who goes on is served."""
    monkeypatch.setattr(lock, "_IDLE", 0.2)
    with waiter(tmp_path) as child:
        os.kill(child, signal.SIGSTOP)
        with Lock(tmp_path / "lock", FOREVER):
            assert len(tickets(tmp_path)) == 1
        os.kill(child, signal.SIGCONT)


def test_while_somebody_writes_nobody_is_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_IDLE", 0.05)
    crowd = Crowd(tmp_path)
    with Lock(tmp_path / "lock"):
        for number in range(4):
            crowd.comes(number)
        time.sleep(0.4)
        assert crowd.order == []
        monkeypatch.undo()
    assert crowd.goes() == list(range(4))


def link(path: Path, victim: Path) -> None:
    path.symlink_to(victim)


def hard_link(path: Path, victim: Path) -> None:
    os.link(victim, path)


def pipe(path: Path, _victim: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, _victim: Path) -> None:
    path.mkdir()


def text(path: Path, _victim: Path) -> None:
    path.write_text("my notes\n")


@pytest.mark.parametrize("number", [1, 2, 10**15 - 1])
@pytest.mark.parametrize("strange", [link, hard_link, pipe, folder, text], ids=lambda each: each.__name__)
def test_what_is_no_ticket_counts_for_nothing_and_is_left(tmp_path: Path, strange: Callable[[Path, Path], None], number: int) -> None:
    victim = tmp_path / "victim"
    victim.write_text("")
    place = tmp_path / "state"
    place.mkdir()
    strange(place / f"waiting-{number:010}", victim)
    with Lock(place / "lock"), pytest.raises(Refusal):
        Lock(place / "lock", Waiting(most=0)).__enter__()
    assert tickets(place) == [f"waiting-{number:010}"]
    assert victim.exists()


def test_where_no_ticket_can_be_drawn_there_is_still_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "_DOOR", 0.05)
    door = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(door, fcntl.LOCK_EX)
    with Lock(tmp_path / "lock"):
        assert tickets(tmp_path) == []
        with pytest.raises(Refusal):
            Lock(tmp_path / "lock", Waiting(most=0.1)).__enter__()
    os.close(door)


def test_a_ticket_is_given_back_by_who_gives_up(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock"):
        with pytest.raises(Refusal, match="this one has waited for 0 s"):
            Lock(tmp_path / "lock", Waiting(most=0)).__enter__()
        assert tickets(tmp_path) == []


def test_a_minute_is_counted_from_when_it_went_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a number nobody is refused as long as those before get on; with one, it is the whole of it."""
    monkeypatch.setattr(lock, "_PATIENCE", 1.0)

    def relay() -> None:
        for _turn in range(8):
            with Lock(tmp_path / "lock", Waiting(command=f"turn {_turn}")):
                held.set()
                time.sleep(0.3)

    for waiting, is_served in ((Waiting(), True), (Waiting(most=0.5), False)):
        held = threading.Event()
        monkeypatch.setattr(Turn, "ahead", lambda _turn: 1)  # always behind somebody, who is served again and again
        monkeypatch.setattr(lock, "_IDLE", 0.0)
        others = threading.Thread(target=relay)
        others.start()
        held.wait()
        try:
            Lock(tmp_path / "lock", waiting).__enter__().__exit__(None, None, None)
            assert is_served
        except Refusal:
            assert not is_served
        others.join()


def test_nobody_waits_for_ever_for_one_who_does_not_get_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.2)
    with Lock(tmp_path / "lock"), pytest.raises(Refusal, match="Another qmsctl command is writing here"):
        Lock(tmp_path / "lock").__enter__()


def test_the_next_one_prepares_and_only_once(tmp_path: Path) -> None:
    prepared: list[int] = []
    crowd = Crowd(tmp_path)
    with Lock(tmp_path / "lock"):
        for number in range(3):
            crowd.comes(number, Waiting(most=60, prepare=lambda number=number: prepared.append(number)))  # type: ignore[misc]
        until(lambda: prepared)
        time.sleep(0.2)
        assert prepared == [0]
    assert crowd.goes() == [0, 1, 2]
    assert sorted(prepared) == sorted(set(prepared))


def test_tickets_are_no_files_of_the_office(tmp_path: Path) -> None:
    (tmp_path / ".qms/state").mkdir(parents=True)
    with Turn(tmp_path / ".qms/state"):
        assert not WorkTree(tmp_path).entries()
    (tmp_path / ".qms/state/waiting-0000000001").write_text("something")
    assert [*WorkTree(tmp_path).entries()] == [".qms/state/waiting-0000000001"]


@pytest.mark.parametrize(
    "line",
    [b"", b"[1]", b'{"pid": "\\u001b[31m", "user": 7, "command": null, "since": "then"}', b'{"pid": 1, "since": 5}', b"[" * 2000, b"\xff"],
)
def test_whatever_the_lock_says_is_read(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "lock").write_bytes(line)
    descriptor = os.open(tmp_path / "lock", os.O_RDONLY)
    found = Holder.read(descriptor)
    os.close(descriptor)
    assert (found.user, found.command, found.since) == ("?", "?", "?")
    assert found.pid in (1, "?")


def test_a_holder_is_read_as_it_was_written(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock", Waiting("nc log")):
        descriptor = os.open(tmp_path / "lock", os.O_RDONLY)
        found = Holder.read(descriptor)
        os.close(descriptor)
        assert (found.pid, found.command) == (os.getpid(), "nc log")
        assert json.loads((tmp_path / "lock").read_bytes())["command"] == "nc log"
