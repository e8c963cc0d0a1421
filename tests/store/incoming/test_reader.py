"""What brings the reader down brings nothing else down."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsctl.store.incoming import reader
from qmsctl.store.incoming.reader import Reader
from qmsctl.store.incoming.unfit import Unfit

READING = """
import os, time
from qmsctl.message import _
from qmsctl.store.incoming.unfit import Unfit

def down(n):
    return down(n + 1)

def read(data, **options):
    match data:
        case b"die": os._exit(3)
        case b"sleep": time.sleep(60)
        case b"eat": return len([bytes(1_000_000) for _n in range(2000)])
        case b"fall": return down(0)
        case b"raise": raise KeyError("secret text")
        case b"refuse": raise Unfit(_("no: {why}", why="so"))
        case b"print": print("no answer")
    return [data.decode(), options]
"""

CHILD = """
from qmsctl.store.incoming import child
child.READERS["test"] = "reading_for_tests"
child.main()
"""


@pytest.mark.process
def test_one_bad_file_of_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reading_for_tests.py").write_text(READING)
    (tmp_path / "child_for_tests.py").write_text(CHILD)
    monkeypatch.setattr(reader, "_CHILD", "child_for_tests")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = {}
    with Reader(seconds=5) as each:
        for name in ("one", "die", "eat", "fall", "raise", "refuse", "print", "two"):
            try:
                found[name] = each.read("test", name.encode(), number=1)
            except Unfit as error:
                found[name] = str(error)
    assert found["one"] == ["one", {"number": 1}]
    assert "brought down" in found["die"]
    assert "memory" in found["eat"]
    assert "too deep" in found["fall"]
    assert found["raise"] == "it could not be read: open it in the program that made it, and save it anew"
    assert found["refuse"] == "no: so"
    assert found["print"] == ["print", {"number": 1}]
    assert found["two"] == ["two", {"number": 1}]
    with Reader(seconds=0.5) as each, pytest.raises(Unfit, match="took more than"):
        each.read("test", b"sleep")
