"""What a refused command lacks: right for files that are as they were, a sentence a lack, each command once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmsctl.core.asked import item
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give, mend_fields
from qmsctl.core.mends.refused import refused
from qmsctl.core.model import Item
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, Addition, Assignment, Command, Hole, Mend, Row, advice, command, git, take_back
from qmsctl.message import Message, _
from qmsctl.rules import load_rule
from tests.office import office

ID, PATH = "CA-2026-001", "records/actions/CA-2026-001.md"
ACTION = """\
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công
status: {status}
due: 2026-07-01
owner: minh
{more}---
```
"""
DRAFT = """\
```md documents/procedures/QT-09.md
---
id: QT-09
type: procedure
title: Phân công
revision: 1
---
```
"""
NOTHING = office("")


def action(status: str, more: str = "") -> Library:
    return office(ACTION.format(status=status, more=more))


PLANNED, MOVED = action("planned"), action("done", "result: đạt\n")
ITEM = MOVED.by_id[ID]


def lack(sentence: str, mend: Mend | None, path: str = PATH) -> Diagnostic:
    return Diagnostic(path, 1, "rule", Severity.ERROR, Message(sentence), mend)


def mended(mend: Mend, before: Library = PLANNED, after: Library = MOVED, path: str = PATH) -> Mend | None:
    (found,) = refused([lack("a", mend, path)], before, after)
    return found.mend


def told(*found: Diagnostic, before: Library = PLANNED, after: Library = MOVED) -> list[tuple[str, str]]:
    return [(str(each.message), str(each.mend or "")) for each in refused(found, before, after)]


def sets(**given: str) -> tuple[Assignment, ...]:
    return tuple(Assignment(name, HOLE if value == "…" else value) for name, value in given.items())


def test_a_field_of_a_new_file_is_added_to_the_command() -> None:
    for each in (ITEM, office(DRAFT).by_id["QT-09"]):
        after = MOVED if each is ITEM else office(DRAFT)
        asked = sets(kind="…", due="2026-07-01")
        assert mended(command("set", each.id, sets=asked), NOTHING, after, each.path) == Mend((Addition(asked),))


def test_who_a_new_file_is_for_is_whoever_makes_it() -> None:
    """A field that is filled with whoever acts is empty where that is nobody in people.yaml."""
    after = office(DRAFT)
    found = mended(command("set", "QT-09", sets=sets(owner="…", effective="…")), NOTHING, after, after.by_id["QT-09"].path)
    assert found == Mend((Addition(sets(effective="…"), (("by", Hole("person")),)),))
    owned = mended(command("set", ID, sets=sets(owner="…")), NOTHING, MOVED, PATH)
    assert owned == Mend((Addition(sets(owner="…")),)), "it names somebody, who is not the one"


def test_a_rule_asks_for_a_field_of_a_new_document_as_the_command_takes_it() -> None:
    after = replace(office(DRAFT), before=NOTHING)
    draft = after.by_id["QT-09"]
    found = mended(mend_fields(after, draft, Assignment("owner", HOLE)), NOTHING, after, draft.path)
    assert str(found) == 'add --by "…" to the command'
    standing = office(DRAFT)
    assert str(mend_fields(standing, standing.by_id["QT-09"], Assignment("owner", HOLE))) == f"correct “owner” in {draft.path}"


def test_what_a_record_that_moves_lacks_comes_with_what_was_given_besides() -> None:
    found = mended(give(ITEM, "kind"))
    assert found == command("advance", ID, "done", sets=sets(kind="…", result="đạt"))
    assert mended(give(ITEM, "done")) == command("advance", ID, "done", sets=sets(done="2026-06-01", result="đạt")), "today for a day"
    assert mended(give(ITEM, "result", "không")) != found


def test_a_command_in_one_of_several_steps_says_all_that_was_given_too() -> None:
    whole = git("add", "x").then(give(ITEM, "kind")).or_else(advice(_("ask somebody")))
    moved = command("advance", ID, "done", sets=sets(kind="…", result="đạt"))
    assert mended(whole) == git("add", "x").then(moved).or_else(advice(_("ask somebody")))


def test_a_value_that_stood_before_is_not_set_again() -> None:
    changed = action("planned", "result: đạt\n")
    assert mended(give(changed.by_id[ID], "due", "2026-07-01"), PLANNED, changed) is None
    both = command("set", ID, sets=sets(due="2026-07-01", kind="…"))
    assert mended(both, PLANNED, changed) == command("set", ID, sets=sets(kind="…"))


def test_a_value_that_may_not_stand_there_leads_another_way() -> None:
    text = "```md records/nonconformities/NC-2026-001.md\n---\nid: NC-2026-001\ntype: nonconformity\ntitle: x\nstatus: {}\n{}---\n```\n"
    before, after = office(text.format("verifying", "")), office(text.format("closed", "effective: no\n"))
    item = after.by_id["NC-2026-001"]
    state = before.by_id["NC-2026-001"].type.states["verifying"]
    others = [each for each in state.to if each != "closed" and not item.type.states[each].given_up]
    for given in (give(item, "effective", "yes"), give(item, "effective")):
        found = mended(given, before, after, item.path)
        assert found is not None
        assert found.steps == (Command("advance", ("NC-2026-001", others[0]), sets(effective="no")),)
        assert str(found.why) == "if it is so, the record goes another way"
    unread = office(text.format("closed", "effective: maybe\n"))
    asked = mended(give(item, "effective"), before, unread, item.path)
    assert asked == command("advance", "NC-2026-001", "closed", sets=sets(effective="…"))


@pytest.mark.parametrize("undoing", [take_back(PATH), take_back(PATH, copy="x"), take_back(PATH, since="abc"), advice(_("set it back"), undoes=True)])
def test_there_is_nothing_to_take_back(undoing: Mend) -> None:
    other = git("add", "x")
    assert mended(undoing) is None
    assert mended(undoing.or_else(other)) == other
    assert mended(other.or_else(undoing)) == other
    assert mended(undoing.then(other)) == other
    assert str(mended(undoing, path="signoffs/QT-01/1-x/author.md")) == "correct the option of the command that signs"


@pytest.mark.parametrize("verb", ["reopen", "revise"])
def test_only_what_was_frozen_before_is_opened(verb: str) -> None:
    opened = command(verb, ID, reason=HOLE).then(advice(_("correct it")))
    closed = action("verified-effective")
    assert closed.is_closed(closed.by_id[ID])
    assert mended(opened, PLANNED, closed) == advice(_("correct it"))
    assert mended(opened, NOTHING, closed) == advice(_("correct it"))
    assert mended(opened, closed, action("verified-effective", "result: x\n")) == opened


def test_alternatives_stay_alternatives() -> None:
    ways = give(ITEM, "kind").or_else(advice(_("sign it"))).or_else(take_back(PATH))
    found = mended(ways)
    assert found is not None
    assert [str(each) for each in found.ways] == [f'qmsctl advance {ID} done --set kind="…" --set result=đạt', "sign it"]


def test_who_and_what_for_and_that_it_is_a_part_are_kept() -> None:
    whole = command("set", "SOMETHING", sets=sets(a="…")).in_order_to(_("to see")).done_by([("minh", "Minh")]).in_part()
    assert mended(whole) == whole
    assert mended(replace(whole, steps=give(ITEM, "kind").steps)) == replace(
        whole, steps=command("advance", ID, "done", sets=sets(kind="…", result="đạt")).steps
    )


def test_assignments_of_one_command_are_one_mend() -> None:
    plain = action("done")

    def asked(item: Item = plain.by_id[ID], **given: str) -> Mend:
        return command("set", item.id, sets=sets(**given))

    def said(*found: Diagnostic) -> list[tuple[str, str]]:
        return told(*found, after=plain)

    assert said(lack("a", asked(done="…")), lack("x", advice(_("edit the file"))), lack("b", asked(result="…"))) == [
        ("a", ""),
        ("b", f'qmsctl advance {ID} done --set done=2026-06-01 --set result="…"'),
        ("x", "edit the file"),
    ]
    exact = said(lack("is missing", asked(result="…")), lack("has to be yes", asked(result="yes")))
    assert exact == [("has to be yes", f"qmsctl advance {ID} done --set result=yes")], "the later is more exact"
    kept = said(lack("has to be yes", asked(result="yes", done="…")), lack("is missing", asked(result="…")))
    assert kept[-1][1] == f"qmsctl advance {ID} done --set result=yes --set done=2026-06-01"


def test_what_two_files_lack_is_said_of_each() -> None:
    both = office(ACTION.format(status="planned", more="") + ACTION.format(status="planned", more="").replace("001", "002"))
    items = [both.by_id[ID], both.by_id["CA-2026-002"]]
    found = told(*(lack(each.id, give(each, "kind"), each.path) for each in items), before=NOTHING, after=both)
    assert found == [(each.id, 'add --set kind="…" to the command') for each in items]


def test_a_row_that_two_gates_ask_for_is_asked_for_once() -> None:
    row = Mend((Command("set", ("X",), (Assignment("lines", Row((("result", HOLE),)), more=True),)),))
    assert told(lack("has no row", row), lack("has to have result", row)) == [("has to have result", 'qmsctl set X "lines+={result: …}"')]


def test_options_of_one_command_are_joined() -> None:
    found = told(
        lack("a", Mend((Command("set", ("X",), sets(a="1"), (("comment", HOLE),)),))),
        lack("b", Mend((Command("set", ("X",), sets(b="2"), (("by", "minh"),)),))),
    )
    assert found == [("a", ""), ("b", 'qmsctl set X a=1 b=2 --comment "…" --by minh')]


def test_the_same_mend_is_said_once_and_others_stay_apart() -> None:
    signs = advice(_("sign it"))
    assert told(lack("a", signs), lack("b", signs, "b.md"), lack("c", None), lack("d", None)) == [
        ("a", ""), ("b", "sign it"), ("c", ""), ("d", ""),
    ]


def test_what_to_give_and_who_may_give_it_are_one_command() -> None:
    paper = command("approve", "QT-09", basis=HOLE)
    by_binh = command("approve", "QT-09").done_by([("binh", "Bình")])
    by_hung = command("approve", "QT-09").done_by([("hung", "Hùng")])
    whole = 'by Bình: qmsctl approve QT-09 --basis "…"'
    assert told(lack("a", paper), lack("b", by_binh)) == [("a", ""), ("b", whole)]
    assert told(lack("b", by_binh), lack("a", paper)) == [("b", ""), ("a", whole)]
    assert told(lack("a", by_hung), lack("b", by_binh)) == [("a", str(by_hung)), ("b", str(by_binh))]


NEW_DOCUMENT = """\
```base
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
---
```
"""


def test_a_field_of_a_new_document_is_given_by_hand_in_a_change_and_by_the_command_that_makes_it() -> None:
    """No command sets a field of a document that is there; one that would have made it takes the field along."""
    changed = office(NEW_DOCUMENT)
    [found] = run(changed, [load_rule("field-missing")]).diagnostics
    assert str(found.mend) == "correct “owner” in documents/procedures/QT-07.md"
    [said] = refused([found], office("```base\n```\n"), changed)
    assert str(said.mend) == 'add --by "…" to the command'


def test_a_sign_off_with_a_faulty_field_is_never_set() -> None:
    signed = NEW_DOCUMENT + "```dossier QT-07\nauthor minh frob 2026-01-05T08:00:00+07:00\n```\n"
    after = office(signed)
    found = [each for each in run(after, [load_rule("field-invalid")]).diagnostics if each.path.startswith("signoffs/")]
    assert found
    [said] = refused(found, office(NEW_DOCUMENT), after)
    assert str(said.mend) == "correct the option of the command that signs"


def test_each_of_several_things_is_said_where_one_record_mends_them() -> None:
    made = command("new", "action", title=HOLE, sets=[Assignment("of", "NC-2026-001")])
    library = office("")
    found = [Diagnostic("a.md", 1, "rule", Severity.ERROR, Message(text), made) for text in ("a", "b")]
    assert [str(each.message) for each in refused(found, library, library)] == ["a", "b"]


def test_what_could_not_be_read_is_not_called_missing() -> None:
    """And no other record is proposed in its place."""
    library = replace(office(""), incomplete=(_("records/NC-2026-002.md cannot be read"),))
    with pytest.raises(Refusal, match="is not known: records/NC-2026-002.md cannot be read"):
        item(library, "NC-2026-002")
