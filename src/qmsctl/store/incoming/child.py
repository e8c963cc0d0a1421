"""The process that reads: ``python -m qmsctl.store.incoming.child MEGABYTES``.

A question is a line of JSON, ``[kind, length, options]``, and so many bytes; the answer is a line, ``{"found": …}`` or ``{"refused": …}``.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from qmsctl.message import _
from qmsctl.store.incoming.unfit import Unfit

READERS = {"excel": "qmsctl.store.incoming.workbook", "page": "qmsctl.store.incoming.page", "word": "qmsctl.store.incoming.word"}
"""The modules that read, by the name of what they read. Each has ``read(data, **options)``, whose result JSON can hold."""

_DEEP = 4000


def main() -> None:
    """Answer until there are no more questions."""
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a package prints is no answer
    sys.setrecursionlimit(_DEEP)
    _limit(int(sys.argv[1]))
    while question := questions.readline():
        kind, length, options = json.loads(question)
        answers.write(json.dumps(_answer(kind, _all(questions, length), options)).encode() + b"\n")
        answers.flush()


def _all(stream: BinaryIO, length: int) -> bytes:
    return stream.read(length)


def _answer(kind: str, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"found": import_module(READERS[kind]).read(data, **options)}
    except Unfit as error:
        return {"refused": error.told()}
    except MemoryError:
        return {"refused": Unfit(_("reading it takes too much memory")).told()}
    except RecursionError:
        return {"refused": Unfit(_("it is nested too deep to be read")).told()}
    except Exception:  # noqa: BLE001 — whatever a package raises on bytes of others concerns this file alone
        return {"refused": Unfit(_("it could not be read: open it in the program that made it, and save it anew")).told()}


def _limit(megabytes: int) -> None:
    """Let the process take so much more than it has; a system that knows no such limit has that of time."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main()
