"""Offices to work in; what several folders of tests share."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from qmsctl.store import reading_files
from tests import desk as desks
from tests.desk import Change, Desk, Once
from tests.reports.browser import Browser

_PROGRAMS = {"chromium": "Chromium", "pdftotext": "poppler (pdftotext)", "ssh-keygen": "OpenSSH (ssh-keygen)"}
"""What some tests need beside Python and git, and what a person calls it."""
_WITH_PROCESSES = {"home", "folder", "browser"}
"""Fixtures whose tests start processes: git, the program itself, Chromium."""
_STARTS = {"subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec", "os.system"}
_started: list[str] = []

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)


def pytest_configure() -> None:
    reading_files.FEW = 0  # small as the offices of tests are, what is kept of them is used
    settings.load_profile(os.environ.get("QMSCTL_HYPOTHESIS", "steady"))
    lacking = [program for program in _PROGRAMS if shutil.which(program) is None]
    if lacking and os.environ.get("QMSCTL_REQUIRE_PROGRAMS"):
        pytest.exit(f"not on this machine: {', '.join(lacking)}", returncode=1)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it starts in the background ignore it
    sys.addaudithook(lambda event, arguments: _started.append(f"{event} {arguments[:1]}") if event in _STARTS else None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark with ``process`` what starts processes, which ``make quick`` leaves out; what takes long begins first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if _WITH_PROCESSES & set(getattr(item, "fixturenames", ())):
            item.add_marker("process")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test without that mark starts none."""
    _started.clear()
    yield
    if _started and not item.get_closest_marker("process"):
        pytest.fail(f"mark it with pytest.mark.process, for it starts: {_started}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not looked at for lack of which program."""
    lacking = Counter(
        name for report in terminalreporter.stats.get("skipped", ()) for name in _PROGRAMS if name in str(report.longrepr)
    )
    for name, count in lacking.items():
        terminalreporter.write_line(f"{count} tests skipped, for there is no {_PROGRAMS[name]} on this machine", yellow=True)


@pytest.fixture
def started() -> list[str]:
    """The processes that the test has started so far."""
    return _started


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, so that nobody's git configuration counts."""
    folder = tmp_path_factory.mktemp("home")
    with desks.own_home(folder):
        yield folder


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small office as laid down, and one where QT-01 is in force, made once and copied."""
    folder = tmp_path_factory.mktemp("offices")
    home = folder / "home"
    home.mkdir()
    with desks.own_home(home):
        draft = desks.small_office(folder / "draft")
        force = draft.copied(folder / "force")
        desks.approve(force, "QT-01", "2026-01-06")
        force.commit("QT-01 approved")
    return folder


@pytest.fixture
def desk(home: Path, _templates: Path, tmp_path: Path) -> Desk:
    """A small office whose procedure QT-01 is a draft."""
    return Desk(_templates / "draft", "2026-01-06").copied(tmp_path / "office")


@pytest.fixture
def office(home: Path, _templates: Path, tmp_path: Path) -> Desk:
    """A small office whose procedure QT-01 is in force."""
    found = Desk(_templates / "force").copied(tmp_path / "office")
    found.sit("minh")
    return found


@pytest.fixture(scope="session")
def _settled(_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("settled")
    found = Desk(_templates / "force", "2026-04-06").copied(folder / "office")
    with desks.own_home(_templates / "home"):
        _settle(found, folder / "ảnh.png")
    found.git("repack", "-adq")  # two files to be copied by many, not a hundred
    return found


def _settle(desk: Desk, photo: Path) -> None:
    desk.sit("minh")
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    desk.run("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa")
    desk.fill_in("records/nonconformities/NC-2026-001.md")
    desk.run("attach", "NC-2026-001", photo)
    desk.run("advance", "NC-2026-001", "confirmed", by="hoa")
    desk.run("advance", "NC-2026-001", "contained", "--set", "correction=Gửi thư xin lỗi")
    cause = ("--set", "cause=Thiếu người", "--set", "cause_method=direct", "--set", "cause_category=people")
    desk.run("advance", "NC-2026-001", "analysed", *cause)
    desk.run("advance", "NC-2026-001", "planned", "--set", "no_action_reason=Sửa quy trình là đủ", "--set", "documents=QT-01")
    desk.run("advance", "NC-2026-001", "in-progress")
    desk.run("advance", "NC-2026-001", "verifying")
    desk.run("revise", "QT-01", "--change", "Thêm người thay", "--answers", "NC-2026-001", "--effective", "2026-05-04", by="minh")
    desk.edit("documents/procedures/QT-01.md", "time: 4h", "time: 3h")
    desks.approve(desk, "QT-01", "2026-04-20")
    desk.today = "2026-06-15"
    effect = ("--set", "effective=yes", "--set", "effect_evidence=Không tái diễn", "--set", "verifier=lan", "--set", "verified=2026-06-15")
    desk.run("advance", "NC-2026-001", "closed", *effect, by="lan")
    desk.write("documents/procedures/QT-02.md", desks.procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.today = "2026-08-03"
    desk.commit("closed")
    assert desk.check() == (0, {})


@pytest.fixture
def settled(home: Path, _settled: Desk, tmp_path: Path) -> Desk:
    """An office on 3 August 2026: QT-01 in force in its second revision, which answers NC-2026-001, closed; QT-02 a draft."""
    found = _settled.copied(tmp_path / "office")
    found.sit("minh")
    return found


@pytest.fixture(scope="session")
def _begun() -> dict[str, Desk]:
    return {}


@pytest.fixture
def once(_begun: dict[str, Desk], tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Bring an office to where ``begin`` brings it: that is done once a run, and copied from then on."""

    def brought(desk: Desk, *begin: Change) -> Desk:
        name = " ".join(f"{each.__module__}.{each.__qualname__}" for each in begin)
        if name not in _begun:
            for each in begin:
                each(desk)
            _begun[name] = desk.copied(tmp_path_factory.mktemp("begun") / "office")
            return desk
        shutil.rmtree(desk.root)
        desk.me, desk.today = _begun[name].me, _begun[name].today
        shutil.copytree(_begun[name].root, desk.root, symlinks=True)
        return desk

    return brought


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as found:
        yield found
