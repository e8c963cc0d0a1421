"""Work in two processes, where that is faster than in one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TypeVar

THRESHOLD = 2000
"""Below so many files a second process costs more than it saves."""

PARTS = 64
"""Into how many parts to cut what can be cut anywhere; a part's number has to fit in a byte."""

Part = TypeVar("Part")
Result = TypeVar("Result")


def in_two(work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """The result of ``work`` on each of at most 256 parts, in order; a forked process does its share.

    Whoever is free takes the next part. What the other process could not do is done here, so that
    its error is raised here, too. One process does it all where there is no fork or one processor.
    """
    found: dict[int, Result] = {}
    if len(parts) > 1 and hasattr(os, "fork") and (os.cpu_count() or 1) > 1:
        found = _shared(work, parts)
    return [found[number] if number in found else work(part) for number, part in enumerate(parts)]


def _shared(work: Callable[[Part], Result], parts: Sequence[Part]) -> dict[int, Result]:
    """The results by number, without those of a process that failed."""
    tickets = _tickets(len(parts))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _serve(writing, ((number, work(parts[number])) for number in _taken(tickets)))
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            found = {number: work(parts[number]) for number in _taken(tickets)}
            packed = pipe.read()
    finally:
        os.close(tickets)
        _pid, status = os.waitpid(child, 0)
    return found | dict(_unpacked(packed)) if status == 0 else found


def _tickets(count: int) -> int:
    """A pipe with one byte for each part: whoever reads it, takes the part."""
    reading, writing = os.pipe()
    os.write(writing, bytes(range(count)))
    os.close(writing)
    return reading


def _taken(tickets: int) -> Iterator[int]:
    while ticket := os.read(tickets, 1):
        yield ticket[0]


def _serve(writing: int, results: Iterator[tuple[int, Result]]) -> None:
    """In the child: work, answer through the pipe, and leave without any clean-up of the parent's."""
    import pickle

    status = 1
    try:
        # All is packed before the first byte is written: a pipe holds little, and its reader is at work.
        packed = BytesIO()
        pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)  # one for all: what is shared is packed once
        for each in results:
            pickler.dump(each)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(packed.getbuffer())
        status = 0
    finally:
        os._exit(status)


def _unpacked(packed: bytes) -> Iterator[tuple[int, Result]]:
    import pickle

    file = BytesIO(packed)
    unpickler = pickle.Unpickler(file)  # noqa: S301 — from our own child, over a private pipe
    while file.tell() < len(packed):
        yield unpickler.load()
