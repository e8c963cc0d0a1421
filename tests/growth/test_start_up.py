"""What is asked for at once is answered at once: processor time against that of a Python that does nothing.

Both are run in turn, and the least that each ever took counts, so a busy machine changes nothing. A limit is half as much
again as the aim in ``benchmarks/README.md``, or, where that is missed, as what is seen there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qmsctl.cli import prepared
from tests.desk import SOURCE, environment
from tests.growth.offices import documents
from tests.office import PEOPLE_YAML, QMS_YAML

MARGIN = 1.5
TRIES = 12
FLOOR = (sys.executable, "-c", "pass")
QMSCTL = (sys.executable, "-c", "import sys; from qmsctl.__main__ import main; sys.exit(main())")

pytestmark = [pytest.mark.process, pytest.mark.skipif(not hasattr(os, "wait4"), reason="only POSIX says what a process took")]


def seconds(command: tuple[str, ...]) -> float:
    """Of processor, of a process and those it started."""
    known = environment(PYTHONPATH=str(SOURCE), COLUMNS="80")
    known.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL) as process:
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime


def takes_at_most(aim: float, *words: str) -> None:
    nothing = measured = float("inf")
    for _try in range(TRIES):
        nothing, measured = min(nothing, seconds(FLOOR)), min(measured, seconds((*QMSCTL, *words)))
        if measured < aim * MARGIN * nothing:
            return
    pytest.fail(f"{' '.join(words)} took {measured / nothing:.2f} times as long as nothing; the aim is {aim}")


def test_version() -> None:
    takes_at_most(1.3, "--version")


@pytest.mark.parametrize(("aim", "words"), [(3, ("--help",)), (8, ("check", "--help")), (8, ("nc", "log", "--help"))])
def test_help(aim: float, words: tuple[str, ...]) -> None:
    arguments = ["--lang", "vi", *words]
    if prepared.help_page(arguments) is None:
        pytest.skip("edited since python build_catalog.py")
    takes_at_most(aim, *arguments)


def test_the_list_of_rules() -> None:
    if prepared.rules() is None:
        pytest.skip("edited since python build_catalog.py")
    takes_at_most(8, "--lang", "vi", "rules")


def test_list_of_a_small_office(tmp_path: Path) -> None:
    for path, text in {"qms.yaml": QMS_YAML, "people.yaml": PEOPLE_YAML, **documents(20)}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(str(text), encoding="utf-8")
    takes_at_most(13, "-C", str(tmp_path), "list")
