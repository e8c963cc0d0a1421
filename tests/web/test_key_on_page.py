"""Signing on the page with a key that an agent holds: a real agent and a key that is thrown away."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_signing import agent, enrol, levels  # noqa: F401 — a fixture
from tests.desk import Desk
from tests.keys import new_key
from tests.web.conftest import Sit
from tests.web.test_acting import APPROVE, done, shown, submitted  # noqa: F401 — a fixture

pytestmark = pytest.mark.process


def test_the_agent_signs_and_nobody_is_asked_for_a_passphrase(submitted: Desk, home: Path, agent: None, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    enrol(submitted, "binh", new_key(home / "binh"))
    submitted.git("config", "user.signingKey", str(home / "binh"))
    submitted.commit("a key")
    plain, asked = Path(shutil.copy(home / "binh", home / "plain")), _asker(home, monkeypatch)
    subprocess.run(["ssh-keygen", "-q", "-p", "-P", "", "-N", "throw-away", "-f", str(home / "binh")], check=True, stdout=subprocess.DEVNULL)
    browser, before = sit(submitted, "binh"), submitted.tree()

    answer = browser.send(browser.get(APPROVE).form(), {"option.sign": "yes"})
    assert answer.code == 422
    assert "the key is not in the agent" in answer.words
    assert "ssh-add" in answer.words

    subprocess.run(["ssh-add", "-q", str(plain)], check=True)
    preview = shown(browser, APPROVE, sign="yes")
    assert "it will count as: signed" in " ".join(preview.words.split())
    subprocess.run(["ssh-add", "-q", "-D"], check=True)
    answer = browser.send(preview.form("do"), {"vow": "yes"})
    assert answer.code == 422
    assert "the key is not in the agent" in answer.words
    assert submitted.tree() == before

    subprocess.run(["ssh-add", "-q", str(plain)], check=True)
    done(browser, preview, vow="yes")
    assert levels(submitted)["approve"] == "signed"
    assert submitted.errors() == []
    assert not asked.exists(), "no passphrase is asked for"


def _asker(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that is there once OpenSSH has asked for a passphrase."""
    asked, program = home / "asked", home / "asker"
    program.write_text(f"#!/bin/sh\ntouch '{asked}'\necho throw-away\n")
    program.chmod(0o700)
    monkeypatch.setenv("SSH_ASKPASS", str(program))
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    return asked
