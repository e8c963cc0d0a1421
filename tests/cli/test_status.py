"""``qmsctl status`` in the example office: its figures lead to lists that hold so much, and to what ``todo`` has late."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk import Said, as_in_the_folder, assert_plain, qmsctl

pytestmark = pytest.mark.process

OFFICE = Path(__file__).parents[2] / "example-repo"


def run(*words: object, day: str = "2026-12-20", lang: str = "en") -> Said:
    return qmsctl("-C", OFFICE, "--lang", lang, "--today", day, *words)


@pytest.fixture(scope="module")
def page() -> Any:
    return run("status", "--for", "lan", "--format", "json").json


def test_every_figure_is_that_of_its_list(page: Any) -> None:
    assert page["for"] == "Nguyễn Thị Lan"
    for each in page["lists"]:
        words = each["command"].removeprefix("qmsctl ").split()
        rows = run(*words, "--for", "Nguyễn Thị Lan", "--format", "json").json
        assert len(rows) == each["count"]
        assert [row["id"] for row in rows][: len(each["rows"])] == [row["id"] for row in each["rows"]]
    assert sum(len(each["rows"]) for each in page["lists"]) <= 12
    assert page["more"] == sum(each["count"] - len(each["rows"]) for each in page["lists"])


def test_what_is_late_on_the_list_of_everybody_is_on_it() -> None:
    due = [each for each in run("todo", "--all", "--format", "json").json if (each["days_late"] or 0) > 0]
    late = {(each["id"], each["what"]) for each in run("status", "late", "--format", "json").json}
    assert late == {(each["id"], each["what"]) for each in due if each["kind"] != "review" and each["type"] != "nonconformity"}
    assert late


def test_the_units_add_up(page: Any) -> None:
    whole, *units = page["units"]
    assert whole["count"] == sum(each["count"] for each in page["lists"] if each["name"] != "signatures")
    assert page["more_units"] or whole["count"] == sum(each["count"] for each in units)
    one = run("status", "--unit", "mot-cua", "--format", "json").json
    named = next(each for each in units if each["unit"] == "Trung tâm Phục vụ hành chính công")
    assert one["units"][0]["count"] == named["count"]


def test_on_the_day_of_the_example_what_came_back_is_on_it() -> None:
    rows = run("status", "nonconformities", "--format", "json", day="2026-11-20").json
    assert {"NC-2026-004": "CA-2026-003 did not work", "NC-2026-013": "repeats NC-2026-009"}.items() <= {row["id"]: row["what"] for row in rows}.items()


def test_csv_is_of_one_list() -> None:
    assert run("status", "late", "--format", "csv").out.splitlines()[0] == "id,title,what,unit,whose,since,days,next"
    assert "one of table, json" in run("status", "--format", "csv").err


@pytest.mark.parametrize(("words", "says"), [
    (("status", "lates"), "did you mean: qmsctl status late"), (("status", "--for", "nobody"), "--for is “nobody”"), (("status", "--unit", "x"), "--unit is “x”"),
])
def test_what_is_not_known_is_said(words: tuple[str, ...], says: str) -> None:
    said = run(*words)
    assert said.code == 2
    assert says in as_in_the_folder(said, OFFICE).err
    assert_plain(said)
