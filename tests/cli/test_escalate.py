"""``qmsctl escalate``: a matter taken to somebody higher up, and answered from there."""

from __future__ import annotations

import pytest

from tests.desk import Desk

ACTION = ("new", "action", "--title", "Kèm người mới", "--set", "due=2026-07-31")
COMPLAINT = ("new", "complaint", "--title", "Chờ lâu ở quầy", "--set", "due=2026-07-31")


@pytest.fixture
def matter(desk: Desk) -> Desk:
    """An office with a nonconformity that Minh cannot settle."""
    desk.run("nc", "log", "Trả chậm ba hồ sơ", by="minh")
    return desk


def escalated(desk: Desk, subject: str = "NC-2026-001") -> str:
    desk.run("escalate", subject, "--to", "director", "--reason", "Cần thêm: hai người", by="minh")
    return desk.path_of(subject)


def test_a_row_is_added_and_the_state_stays(matter: Desk) -> None:
    path = matter.path_of("NC-2026-001")
    before = matter.read(path)
    escalated(matter)
    row = '- date: 2026-01-06\n  from: minh\n  to: director\n  reason: "Cần thêm: hai người"\n'
    assert matter.read(path).startswith(before.rstrip("\n"))
    assert row in matter.read(path)
    assert matter.row("NC-2026-001")["status"] == "reported"
    assert matter.errors() == []


@pytest.mark.parametrize("made", [ACTION, COMPLAINT])
def test_actions_and_complaints_are_escalated_too(desk: Desk, made: tuple[str, ...]) -> None:
    path = desk.run(*made).written[0]
    desk.run("escalate", path.rpartition("/")[2].removesuffix(".md"), "--to", "director", "--reason", "Quá sức", by="minh")
    assert "to: director" in desk.read(path)
    assert desk.errors() == []


def test_the_role_may_be_named_by_its_title(matter: Desk) -> None:
    matter.run("escalate", "NC-2026-001", "--to", "chủ tịch", "--reason", "Quá sức", by="minh")
    assert "to: director" in matter.read(matter.path_of("NC-2026-001"))


def test_who_is_asked_has_it_on_the_list_with_the_command_until_it_is_answered(matter: Desk) -> None:
    path = escalated(matter)
    task = next(each for each in matter.run("todo", "--format", "json", by="binh").json if each["kind"] == "escalated")
    assert (task["id"], task["owners"], task["people"], task["since"]) == ("NC-2026-001", ["director"], ["binh"], "2026-01-06")
    assert 'qmsctl escalate NC-2026-001 --answered "…"' in task["next"]
    matter.run("escalate", "NC-2026-001", "--answered", "Giao Văn phòng", by="binh", day="2026-01-08")
    assert "  answered: 2026-01-08\n  by: binh\n  answer: Giao Văn phòng\n" in matter.read(path)
    assert not [each for each in matter.run("todo", "--all", "--format", "json", day="2026-01-08").json if each["kind"] == "escalated"]
    assert matter.errors("2026-01-08") == []


def test_only_who_holds_the_role_answers_and_others_enter_it_for_them(matter: Desk) -> None:
    path = escalated(matter)
    assert "Đỗ Văn Minh" in matter.refused("escalate", "NC-2026-001", "--answered", "Được").err
    matter.run("escalate", "NC-2026-001", "--answered", "Được", "--by", "binh", by="minh")
    assert "by: binh" in matter.read(path)
    assert "no escalation that waits" in matter.refused("escalate", "NC-2026-001", "--answered", "Được", by="binh").err


def test_the_same_role_is_not_asked_twice_before_it_has_answered(matter: Desk) -> None:
    escalated(matter)
    said = matter.refused("escalate", "NC-2026-001", "--to", "director", "--reason", "Nữa", by="hoa").err
    assert "waits for the answer" in said
    assert said.partition("→")[2].startswith(' qmsctl escalate NC-2026-001 --answered "…" (')
    matter.run("escalate", "NC-2026-001", "--to", "qmr", "--reason", "Nữa", by="hoa")


def test_what_cannot_be_escalated_is_refused_in_a_sentence(matter: Desk) -> None:
    assert "holds the role" in matter.refused("escalate", "NC-2026-001", "--to", "director", "--reason", "x", by="binh").err
    assert "not known here" in matter.refused("escalate", "NC-2026-001", "--to", "directr", "--reason", "x", by="minh", code=2).err
    assert "director" in matter.refused("escalate", "NC-2026-001", "--to", "directr", "--reason", "x", code=2).err
    matter.refused("escalate", "NC-2026-001", "--to", "director", "--reason", " ", code=2)
    matter.refused("escalate", "NC-2026-001", "--to", "director", code=2)
    matter.refused("escalate", "NC-2026-001", "--to", "director", "--reason", "x", "--answered", "y", code=2)
    assert "no document or record" in matter.refused("escalate", "NC-2026-009", "--to", "director", "--reason", "x").err
    matter.run("new", "equipment", "--title", "Máy in", "--set", "kind=it", "--set", "serial=1", "--set", "location=quầy 1")
    assert "is not escalated" in matter.refused("escalate", "TB-001", "--to", "director", "--reason", "x").err


def test_a_closed_record_refuses_in_one_sentence(matter: Desk) -> None:
    matter.run("advance", "NC-2026-001", "rejected", "--set", "reason=Ghi nhầm", by="lan")
    for words in (("--to", "director", "--reason", "x"), ("--answered", "y")):
        assert "is closed; what is settled is not escalated" in matter.refused("escalate", "NC-2026-001", *words, by="minh").err


def test_it_is_proposed_and_committed_as_other_changes(matter: Desk) -> None:
    matter.commit()
    proposed = matter.run("escalate", "NC-2026-001", "--to", "director", "--reason", "x", "--dry-run", by="minh")
    assert "+  to: director" in proposed.out
    assert not matter.git("status", "--porcelain")
    matter.run("escalate", "NC-2026-001", "--to", "director", "--reason", "x", "--commit", by="minh")
    assert not matter.git("status", "--porcelain")
    assert "NC-2026-001: escalated to" in matter.git("log", "-1", "--format=%s")
