"""A rule with a fault in it: it is named, all others are heard, and nothing is written or let in on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from qmsctl import rules
from qmsctl.cli.formats.check_formats import check_formats
from qmsctl.core.diagnostic import Problem
from qmsctl.core.library import Library
from tests.desk import Desk, Said, git

QT = "documents/procedures/QT-01.md"
FAILED = "rule form-unused failed: ZeroDivisionError: division by zero"


@pytest.fixture
def faulty(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An office with an error in it, and a rule that fails on it."""
    desk.edit(QT, "owner: unit-head", "owner: nobody")
    desk.commit("an error")
    sound = rules.all_rules()

    def fails(_library: Library) -> Iterator[Problem]:
        raise ZeroDivisionError("division by zero")
        yield

    found = tuple(replace(each, check=fails) if each.id == "form-unused" else each for each in sound)
    for module in ("acts.judging", "acts.saving", "acts.merge_judging", "acts.carrying_out", "cli.commands.check", "cli.commands.hook", "cli.commands.verify", "cli.commands.report"):
        monkeypatch.setattr(f"qmsctl.{module}.all_rules", lambda: found)
    return desk


def failed(said: Said, *words: str) -> None:
    assert said.code == 4
    assert "Traceback" not in said.err
    for each in (FAILED, "please report it", *words):
        assert each in said.err


def test_all_others_are_heard(faulty: Desk) -> None:
    said = faulty.run("check", code=4)
    failed(said)
    assert "[field-invalid]" in said.out
    assert f"incomplete: {FAILED}" in said.out
    assert "clean" not in said.out


@pytest.mark.parametrize("name", check_formats())
def test_every_format_says_that_it_is_incomplete(faulty: Desk, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    failed(faulty.run("check", "--format", f"{name}={target}", "--errors-only", code=4))
    text = target.read_text(encoding="utf-8")
    assert "form-unused failed: ZeroDivisionError" in text
    assert "field-invalid" in text
    if name in ("json", "gitlab", "sarif", "rdjson"):
        json.loads(text)
    if name == "sarif":
        assert json.loads(text)["runs"][0]["invocations"][0]["executionSuccessful"] is False
    if name == "junit":
        case = next(each for each in ET.fromstring(text).iter("testcase") if each.get("name") == "form-unused")
        assert case.find("error") is not None


def test_what_was_asked_for_of_one_file_says_so_too(faulty: Desk) -> None:
    failed(faulty.run("check", "qms.yaml", code=4))


@pytest.mark.parametrize("more", [(), ("--commit",), ("--dry-run",)])
def test_nothing_is_written_on_it(faulty: Desk, more: tuple[str, ...]) -> None:
    before, head = faulty.tree(), faulty.git("rev-parse", "HEAD")
    failed(faulty.run("new", "instruction", "--title", "Xếp hồ sơ", *more, code=4), "nothing was written")
    failed(faulty.run("submit", "QT-01", *more, code=4), "nothing was written")
    assert (faulty.tree(), faulty.git("rev-parse", "HEAD")) == (before, head)


def test_nothing_is_committed_on_it(faulty: Desk) -> None:
    failed(faulty.run("hook", "run", code=4), "nothing was committed")


def test_nothing_is_sent_on_it(faulty: Desk, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "server.git")
    faulty.git("remote", "add", "origin", str(tmp_path / "server.git"))
    faulty.git("push", "--quiet", "-u", "origin", "HEAD~:refs/heads/main")
    before, there = faulty.tree(), git(tmp_path / "server.git", "rev-parse", "main")
    failed(faulty.run("sync", code=4))
    assert (faulty.tree(), git(tmp_path / "server.git", "rev-parse", "main")) == (before, there)


def test_a_report_that_would_rest_on_it_is_not_written(faulty: Desk, tmp_path: Path) -> None:
    failed(faulty.run("report", "audit", "-o", tmp_path / "page.html", code=4))
    assert not (tmp_path / "page.html").exists()


def test_what_verifies_sign_offs_goes_on_and_says_so(faulty: Desk, tmp_path: Path) -> None:
    said = faulty.run("verify", code=4)
    failed(said)
    assert f"incomplete: {FAILED}" in said.out
    failed(faulty.run("verify", "--kit", tmp_path / "kit", code=4))
    assert not (tmp_path / "kit").exists()
