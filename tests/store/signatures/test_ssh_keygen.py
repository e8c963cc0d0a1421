"""Finding a key to sign with: in files of every kind, in git's setting, in the agent."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from qmsctl.core.keys.ssh_key import read_key
from qmsctl.errors import Refusal
from qmsctl.store.signatures.ssh_keygen import agent_keys, key_in, named_key, sign
from qmsctl.store.signatures.ssh_signatures import verify
from tests.keys import new_key

pytestmark = pytest.mark.process


def test_a_private_key_tells_its_public_half_without_its_passphrase(tmp_path: Path) -> None:
    line = new_key(tmp_path / "key", passphrase="open sesame")
    assert key_in(tmp_path / "key").public == read_key(line)
    (tmp_path / "key.pub").unlink()
    assert key_in(tmp_path / "key").public == read_key(line)


def test_a_public_key_stands_for_its_private_half(tmp_path: Path) -> None:
    line = new_key(tmp_path / "key")
    found = key_in(tmp_path / "key.pub")
    assert found.public == read_key(line)
    (armoured,) = sign(found, {"a name / with anything": b"data"}).values()
    assert verify(b"data", armoured).problem is None


def test_an_older_format_needs_its_public_half_beside_it(tmp_path: Path) -> None:
    line = new_key(tmp_path / "key", "-t", "rsa", "-b", "2048", "-m", "PEM")
    assert key_in(tmp_path / "key").public == read_key(line)
    (armoured,) = sign(key_in(tmp_path / "key"), {"x": b"data"}).values()
    assert verify(b"data", armoured).problem is None
    (tmp_path / "key.pub").unlink()
    with pytest.raises(Refusal) as refused:
        key_in(tmp_path / "key")
    assert f"ssh-keygen -y -f {tmp_path / 'key'}" in str(refused.value.mend)


def test_what_git_names(tmp_path: Path) -> None:
    line = new_key(tmp_path / "key")
    for setting in (line, f"key::{line}", str(tmp_path / "key")):
        found = named_key(setting)
        assert found is not None
        assert found.public == read_key(line)
    assert named_key("4AEE18F83AFDEB23") is None, "a key of GnuPG is no concern of ours"


def test_no_agent_holds_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "none"))
    assert agent_keys() == ()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert agent_keys() == ()


def test_a_public_key_without_its_private_half_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    new_key(tmp_path / "key")
    (tmp_path / "key").unlink()
    with pytest.raises(Refusal, match="did not sign"):
        sign(key_in(tmp_path / "key.pub"), {"x": b"data"})


def test_many_files_are_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase is asked for once, however many sign-offs there are."""
    new_key(tmp_path / "key")
    runs: list[object] = []
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *words, **more: runs.append(words) or real(*words, **more))  # type: ignore[func-returns-value]
    made = sign(key_in(tmp_path / "key"), {str(number): str(number).encode() for number in range(20)})
    assert len(runs) == 1
    assert all(verify(name.encode(), armoured).problem is None for name, armoured in made.items())
