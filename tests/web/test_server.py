"""The program itself: its socket, its file, its end; and an act that is killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from qmsctl.cli.commands import serve
from qmsctl.store.writing import replacement
from tests.desk import Desk, command, environment
from tests.store.writing.test_crash import in_child
from tests.web.browser import Answer
from tests.web.conftest import Sit
from tests.web.test_acting import APPROVE, shown, submitted  # noqa: F401 — a fixture

pytestmark = pytest.mark.process


class Served:
    """A program that serves, and its secrets."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        self.process, self.file = process, Path(process.stdout.readline().strip())
        found = urlsplit(re.findall(r'href="([^"]+)"', self.file.read_text(encoding="utf-8"))[0])
        self.port, self.entry = found.port or 0, found.path

    def ask(self, path: str, **headers: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.said = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer


@pytest.fixture
def served(office: Desk) -> Iterator[Served]:
    words = command("-C", office.root, "--lang", "en", "--today", office.today, "serve", "--no-browser", "--idle", "1")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment()) as process:
        yield Served(process)
        process.kill()


def test_a_run_from_its_file_to_its_end(served: Served) -> None:
    assert served.file.stat().st_mode & 0o777 == 0o600
    assert served.ask("/").status == 403
    assert served.ask(served.entry, Host="qms.example").status == 421
    first = served.ask(served.entry)
    assert first.status == 200
    assert served.ask(served.entry).status == 403
    cookie = (first.getheader("set-cookie") or "").partition(";")[0]
    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _number: served.ask("/item/QT-01", Cookie=cookie), range(20)))
    assert [answer.status for answer in answers] == [200] * 20
    assert all("Cấp bản sao trích lục hộ tịch" in answer.said for answer in answers)  # type: ignore[attr-defined]
    assert served.process.wait() == 0, "it ends by itself when nobody asks any more"
    assert not served.file.exists()
    assert served.process.stderr
    assert "the page is closed" in served.process.stderr.read()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs SIGHUP")
def test_it_ends_with_its_terminal_and_leaves_no_file(served: Served) -> None:
    assert served.file.exists()
    served.process.send_signal(signal.SIGHUP)
    assert served.process.wait() == 0
    assert not served.file.exists()


def test_nobody_else_on_the_network_reaches_it() -> None:
    from qmsctl.web.server import listening

    listener = listening(0)
    assert listener.getsockname()[0] == "127.0.0.1"
    listener.close()


def test_a_port_that_is_taken_is_said(office: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        said = office.refused("serve", "--no-browser", "--port", taken.getsockname()[1])
    assert "cannot be used" in said.err
    assert "--port 0" in said.err


def test_without_the_packages_the_command_that_brings_them_is_said(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda _name: None)
    assert "pip install 'qmsctl[serve]'" in office.refused("serve").err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_act_that_is_killed_is_finished_by_the_next(submitted: Desk, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    preview = shown(sit(submitted, "binh"), APPROVE).form("do")

    def sent() -> Answer:
        """The button pressed on the page of a new run."""
        browser = sit(submitted, "binh")
        return browser.send(preview, {"token": browser.get(APPROVE).form().inputs["token"], "vow": "yes"})

    def killed() -> None:
        monkeypatch.setattr(replacement.Replacement, "_rename", lambda *_step: os._exit(9))
        sent()

    assert in_child(killed) == 9
    assert submitted.git("log", "-1", "--format=%s").strip() == "submitted"
    assert "an earlier command was interrupted; its change is finished now" in sent().words
    assert submitted.git("log", "-1", "--format=%s").strip() == "QT-01 revision 1 approved"
    assert submitted.errors() == []
