"""Acts without a terminal: in a real repository, told to somebody who writes it down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from qmsctl.acts.occasion import Occasion
from qmsctl.errors import QmsError, Refusal
from qmsctl.store.loading import locate
from qmsctl.store.writing.holder import Holder
from qmsctl.store.writing.lock import Lock, Waiting
from qmsctl.store.writing.state import make_state_folder
from tests.desk import Desk
from tests.keys import new_key

CLOCK = datetime(2028, 3, 1, 9, 30, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@dataclass
class Notes:
    """Writes down what it is told."""

    said: list[tuple[str, object]] = field(default_factory=list)
    is_watched: bool = False

    def interrupted(self, doubt: QmsError | None) -> None:
        self.said.append(("interrupted", doubt))

    def finished(self, paths: Sequence[str], commit: str | None, doubt: QmsError | None) -> None:
        self.said.append(("finished", (tuple(paths), commit, doubt)))

    def waits(self, holder: Holder) -> None:
        self.said.append(("waits", holder))

    def touch(self, count: int) -> None:
        self.said.append(("touch", count))


Begin = Callable[..., Occasion]


def occasion(desk: Desk, day: str | None = None, notes: Notes | None = None, lang: str = "en") -> Occasion:
    return Occasion(locate(desk.root), CLOCK, date.fromisoformat(day or desk.today), lang, notes or Notes())


def is_locked(desk: Desk) -> bool:
    """Whether somebody has the right to write just now."""
    place = locate(desk.root)
    assert place.root
    try:
        with Lock(make_state_folder(place.root, place.git) / "lock", Waiting(most=0)):
            return False
    except Refusal:
        return True


@pytest.fixture
def keyed(desk: Desk, home: object) -> Desk:
    """The office with a key of minh that people.yaml knows and git names."""
    line = new_key(home / "minh")  # type: ignore[operator]
    text = desk.read("people.yaml")
    (own,) = (each for each in text.splitlines() if "id: minh," in each)
    desk.write("people.yaml", text.replace(own, f'{own[:-1]}, keys: [{{key: "{line}", from: 2025-01-01}}]}}'))
    desk.git("config", "user.signingKey", str(home / "minh"))  # type: ignore[operator]
    desk.commit("keys")
    return desk
