"""A page of a small office, opened by somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from qmsctl.web.app import application
from qmsctl.web.door import Door
from qmsctl.web.house import House
from qmsctl.web.keys import Keys
from tests.desk import Desk
from tests.web.browser import PORT, Browser

CLOCK = datetime(2028, 3, 1, 23, 30, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

Sit = Callable[..., Browser]


def page_of(desk: Desk, *, read_only: bool = False, language: str = "en", clock: datetime = CLOCK) -> Browser:
    """A browser that has come in by the code."""
    keys = Keys()
    house = House(desk.root, lambda: clock, language, date.fromisoformat(desk.today), read_only=read_only)
    browser = Browser(Door(application(house, keys), keys, PORT, str))
    assert browser.get(f"/enter/{keys.code}", {"sec-fetch-site": "cross-site"}).code == 200
    return browser


@pytest.fixture
def sit() -> Sit:
    """Has somebody sit down at the page of an office."""

    def sits(desk: Desk, person: str, **options: bool | str) -> Browser:
        desk.sit(person)
        return page_of(desk, **options)  # type: ignore[arg-type]

    return sits
