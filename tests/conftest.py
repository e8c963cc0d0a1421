"""Offices to work in; what several folders of tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import desk as desks
from tests.desk import Desk


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
