"""The configuration takes what is good, and what is not grants nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.office.config import Config, zone
from qmsctl.core.office.config_reader import read_config, read_people
from qmsctl.core.office.people import People
from qmsctl.core.signoffs.approval import missing
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from tests.office import PEOPLE_YAML, QMS_YAML

DAY = date(2026, 6, 1)


def config(text: str) -> Config:
    node = read_yaml(text)
    assert isinstance(node, Mapping)
    return read_config(node)


def people(text: str) -> People:
    node = read_yaml(text)
    assert isinstance(node, Mapping)
    return read_people(node)


def test_the_small_office() -> None:
    found = config(QMS_YAML)
    assert (found.name, found.code, found.language) == ("UBND phường Tân An", "TA", "vi")
    assert [unit.id for unit in found.units] == ["mot-cua", "ho-tich", "lanh-dao"]
    procedure = found.matrix("procedure", DAY)
    assert procedure is not None
    assert procedure.review == (("qmr",),)
    assert procedure.approve == (("director", "deputy-director"),)
    assert procedure.adopting_roles(strict=False) == {"qmr", "director", "deputy-director"}
    other = found.matrix("policy", DAY)
    assert other is not None
    assert other.approve == (("director",),)
    assert found.matrix("policy", date(2024, 12, 31)) is None
    assert str(found.review_period("policy")) == "36m"
    assert str(found.review_period("procedure")) == "12m"


def test_of_several_entries_the_latest_begun_counts() -> None:
    found = config(
        "approval:\n"
        "  - {from: 2025-01-01, type: default, approve: [a]}\n"
        "  - {from: 2026-07-01, type: default, approve: [c]}\n"
        "  - {from: 2026-01-01, type: default, approve: [b]}\n"
        "  - {from: 2027-01-01, type: form, approve: [d]}\n"
    )
    days = [date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 1)]
    assert [entry.approve for day in days if (entry := found.matrix("form", day))] == [(("a",),), (("a",),), (("b",),), (("c",),)]
    form = found.matrix("form", date(2027, 1, 1))
    assert form is not None
    assert form.approve == (("d",),)


@pytest.mark.parametrize("approve", ["", "approve: []", "approve:", "approve: ''", "approve: {a: b}", "approve: [[]]", "approve: [{a: b}]", "approve: ['']", "approve: [[[a]]]"])
def test_an_entry_that_names_no_approver_lets_nobody_approve(approve: str) -> None:
    entry = config(f"approval:\n  - from: 2025-01-01\n    type: default\n    review: []\n    {approve}\n").matrix("policy", DAY)
    assert entry is not None
    assert missing(entry, ())
    from tests.core.test_approval import signoff

    assert missing(entry, (signoff("approve", "binh", None), signoff("approve", "hung", "director"), signoff("approve", "x", "")))


def test_a_single_role_may_stand_without_brackets() -> None:
    entry = config("approval: [{from: 2025-01-01, type: default, review: qmr, approve: director}]").matrix("policy", DAY)
    assert entry is not None
    assert (entry.review, entry.approve) == ((("qmr",),), (("director",),))


@pytest.mark.parametrize("start", ["", "from: ", "from: 2026-02-30, ", "from: soon, "])
def test_an_entry_without_a_day_never_begins(start: str) -> None:
    assert config(f"approval: [{{{start}type: default, approve: [a]}}]" if start != "from: " else "approval: [{from: , type: default, approve: [a]}]").matrix("policy", DAY) is None


@pytest.mark.parametrize(("text", "days"), [("30", 30), ("0", 0), ("3650", 3650), ("3651", None), ("-1", None), ("999999999999", None), ("x", None), ("[1]", None)])
def test_effect_after(text: str, days: int | None) -> None:
    assert config(f"effect_after: {text}").settings.get("effect_after") == days


@pytest.mark.parametrize("name", ["", "Asia", "../../etc/passwd", "/etc/passwd", "Mars/Olympus", "x" * 5000, "UTC\x00", "Asia/Ho_Chi_Minh/", "."])
def test_an_unknown_time_zone_is_utc(name: str) -> None:
    assert zone(name) is None
    found = Config(time_zone=name).zone
    assert found.utcoffset(None) is not None


def test_an_ignore_needs_a_reason_and_a_day() -> None:
    found = config(
        "ignore:\n"
        "  - {rule: r, path: documents/, reason: because, until: 2026-06-01}\n"
        "  - {rule: s, path: documents/, until: 2026-06-01}\n"
        "  - {rule: t, path: documents/, reason: because}\n"
        "  - {rule: u, path: documents/, reason: because, until: 2026-02-30}\n"
    )
    assert [entry.rule for entry in found.ignore if found.set_aside(entry.rule, "documents/a.md", DAY) is entry] == ["r"]
    assert not found.set_aside("r", "documents/a.md", date(2026, 6, 2))
    assert not found.set_aside("r", "records/a.md", DAY)


def test_of_two_entries_for_a_file_the_first_that_holds_is_the_reason() -> None:
    found = config(
        "ignore:\n"
        "  - {rule: r, path: documents/a.md, reason: over, until: 2025-01-01}\n"
        "  - {rule: r, path: /, reason: everywhere, until: 2026-06-01}\n"
        "  - {rule: r, path: documents/a.md, reason: here, until: 2030-06-01}\n"
    )
    aside = found.set_aside("r", "documents/a.md", DAY), found.set_aside("r", "documents/a.md", date(2029, 1, 1))
    assert [entry.reason if entry else None for entry in aside] == ["everywhere", "here"]
    assert not found.set_aside("r", "documents/b.md", date(2029, 1, 1))


def test_of_two_approvals_from_one_day_the_first_counts() -> None:
    entries = ((2, "a"), (3, "b"), (2, "c"), (3, "d"))
    rows = "".join(f"  - {{from: 2026-01-0{day}, type: rule, review: [], approve: [{role}]}}\n" for day, role in entries)
    found = config(f"approval:\n{rows}")
    counting = [found.matrix("rule", date(2026, 1, day)) for day in (1, 2, 3)]
    assert [entry.approve if entry else None for entry in counting] == [None, (("a",),), (("b",),)]


def test_people() -> None:
    found = people(PEOPLE_YAML)
    duc = found.get("duc")
    assert duc is not None
    assert duc.held("deputy-director", date(2025, 12, 31))
    assert not duc.held("deputy-director", date(2026, 1, 1))
    assert found.by_email("BINH@tan-an.example") is found.get("binh")
    assert found.by_email("nobody@x") is None
    assert (found.name("binh"), found.name("gone")) == ("Trần Thị Bình", "gone")
    assert [person.id for person in found.holders("deputy-director", date(2025, 6, 1))] == ["hung", "duc"]
    lan = found.get("lan")
    assert lan is not None
    assert lan.roles_on(DAY) == ("qmr", "unit-head")
    assert lan.roles_on(date(2024, 1, 1)) == ()


def test_a_role_ends_with_the_person() -> None:
    found = people("people: [{id: a, until: 2025-12-31, roles: [{role: r, from: 2025-01-01}]}]").get("a")
    assert found is not None
    assert found.held("r", date(2025, 12, 31))
    assert not found.held("r", date(2026, 1, 1))


@settings(max_examples=150)
@given(st.text(st.sampled_from("abfromtypeapproval:[]{}- \n,1"), max_size=60), st.sampled_from(["approval", "people", "units", "ignore", "ids", "review_every"]))
def test_any_configuration_is_read(text: str, key: str) -> None:
    try:
        node = read_yaml(f"{key}: {text}\n")
    except YamlRefused:
        return
    if isinstance(node, Mapping):
        assert read_config(node).matrix("policy", DAY) is None or key == "approval"
        read_people(node)
