"""Lacks in groups: a sentence each, and each command once."""

from __future__ import annotations

from dataclasses import replace

from qmsctl.cli.by_command import by_command
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.hints.mend import mend_fields
from qmsctl.message import Message, _
from tests.office import office

TEXT = """\
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công
status: {}
due: 2026-07-01
owner: minh
---
```
"""


def lack(sentence: str, hint: Message | None, path: str = "a.md") -> Diagnostic:
    return Diagnostic(path, 1, "rule", Severity.ERROR, Message(sentence), hint)


def told(*found: Diagnostic) -> list[tuple[str, str]]:
    return [(str(each.message), str(each.hint or "")) for each in by_command(found)]


def test_assignments_of_one_command_are_one_hint() -> None:
    before, after = office(TEXT.format("planned")), office(TEXT.format("done"))
    moved = replace(after, before=before)
    item = moved.by_id["CA-2026-001"]

    def hint(*sets: str) -> Message:
        return mend_fields(moved, item, sets)

    assert told(lack("a", hint("done=…")), lack("x", _("edit the file")), lack("b", hint("result=…"))) == [
        ("a", ""),
        ("b", 'qmsctl advance CA-2026-001 done --set done=2026-06-01 --set result="…"'),
        ("x", "edit the file"),
    ]
    exact = told(lack("is missing", hint("result=…")), lack("has to be yes", hint("result=yes")))
    assert exact == [("has to be yes", "qmsctl advance CA-2026-001 done --set result=yes")], "the later is more exact"
    kept = told(lack("has to be yes", hint("result=yes", "done=…")), lack("is missing", hint("result=…")))
    assert kept[-1][1] == "qmsctl advance CA-2026-001 done --set result=yes --set done=2026-06-01"


def test_the_same_hint_is_said_once_and_others_stay_apart() -> None:
    assert told(lack("a", _("sign it")), lack("b", _("sign it"), "b.md"), lack("c", None), lack("d", None)) == [
        ("a", ""), ("b", "sign it"), ("c", ""), ("d", ""),
    ]  # fmt: skip
