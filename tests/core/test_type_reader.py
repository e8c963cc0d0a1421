"""Types of an office: what is wrong with them is said with its line, and nothing hangs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.gates import shape_of
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_nodes import TypeInvalid
from qmsctl.core.types.type_reader import nodes_of, type_of
from qmsctl.store.shipped.definitions import builtin_type_names, type_set

GOOD = """type: own
kind: record
label: {en: Own}
id: OW-{number:3}
folder: records/own
fields:
  title: {kind: text, required: true}
  cause: {kind: list, of: {kind: text}, state: closed}
sections:
  - {id: text, en: Text, required: true}
states:
  - {id: open, label: {en: open}, to: [closed]}
  - {id: closed, label: {en: closed}, final: true, gates: [{present: [cause]}], signoff: {meaning: close, role: [qmr]}}
reopen: {to: open, role: [qmr]}
"""


def no_base(name: str) -> RecordType:
    raise KeyError(name)


def read(text: str) -> RecordType:
    return type_of(nodes_of(text), no_base, builtin=False, shape_of=shape_of)


def test_a_good_type() -> None:
    found = read(GOOD)
    assert found.first_state == "open"
    assert [state.id for state in found.chain("closed")] == ["open", "closed"]
    assert found.states["closed"].gates[0].arguments == ("cause",)
    assert found.state_of("cause") == "closed"
    assert found.reopening is not None


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("kind: record", "kind: thing", 2, "one of document, record"),
        ("kind: record\n", "", 1, "“kind” is missing"),
        ("type: own", "type:", 1, "“type” is missing"),
        ("label: {en: Own}", "label: Own", 3, "keys with values"),
        ("label: {en: Own}", "labels: {en: Own}", 3, "“labels” is not known here"),
        ("id: OW-{number:3}", "id: (a+)+", 4, "id pattern"),
        ("id: OW-{number:3}\n", "", 1, "id pattern"),
        ("id: OW-{number:3}", "id: '{number}{number}'", 4, "id pattern"),
        ("folder: records/own", "folder: ../own", 5, "may not contain"),
        ("folder: records/own", "folder: /etc", 5, "relative"),
        ("folder: records/own", "folder: records/..%2f..", 5, "may not contain"),
        ("folder: records/own\n", "", 1, "“folder” is missing"),
        ("{kind: text, required: true}", "{kind: txt}", 7, "expected one of"),
        ("{kind: text, required: true}", "{kind: text, required: maybe}", 7, "yes or no"),
        ("{kind: text, required: true}", "{kind: text, requird: true}", 7, "“requird” is not known"),
        ("{kind: text, required: true}", "{kind: text, moved_by: moves}", 7, "unknown data block “moves”"),
        ("{kind: text, required: true}", "{kind: text, moved_by: ''}", 7, "unknown data block “”"),
        ("{kind: text, required: true}", "{kind: text, grows: begun}", 7, "field “title” only grows from the unknown state “begun” on"),
        ("sections:\n", "blocks:\n  runs: {grows: begun, label: {en: Runs}, columns: {day: {kind: date}}}\nsections:\n", 10, "field “runs” only grows from the unknown state “begun” on"),
        ("{kind: text, required: true}", "{kind: reference, order: newer}", 7, "one of earlier, later, above"),
        ("{kind: text, required: true}", "{kind: text, order: earlier}", 7, "no list of references"),
        ("of: {kind: text}", "of: {kind: text}, order: above", 8, "no list of references"),
        ("of: {kind: text}", "of: {kind: reference, order: above}", 8, "not to a part of “cause”"),
        ("{kind: text, required: true}", "{kind: text, day: {come: yes}}", 7, "is no date"),
        ("{kind: text, required: true}", "{kind: date, day: {coming: yes}}", 7, "“coming” is not known"),
        ("{kind: text, required: true}", "{kind: date, day: {come: soon}}", 7, "yes or no"),
        ("{kind: text, required: true}", "{kind: date, day: {since: cause}}", 7, "names “cause”, which is no other date"),
        ("{kind: text, required: true}", "{kind: date, day: {after: title}}", 7, "names “title”, which is no other date"),
        ("{kind: text, required: true}", "{kind: date, day: {after: nowhere}}", 7, "names “nowhere”"),
        ("{kind: text, required: true}", "{kind: date, day: {within: 12m}}", 7, "“within” of “title” needs a day"),
        ("{kind: text, required: true}", "{kind: date, day: {after: cause, within: cause}}", 7, "no other date"),
        ("{kind: text, required: true}", "{kind: date, day: {rising: yes}}", 7, "belongs to a column"),
        ("of: {kind: text}", "of: {kind: date, day: {since: title}}", 8, "not to a part of “cause”"),
        ("of: {kind: text}", "of: {kind: text, when: past}", 8, "is no date"),
        ("{kind: text, required: true}", "{kind: text, when: past}", 7, "is no date"),
        ("{kind: text, required: true}", "{kind: date, when: future}", 7, "one of past, any"),
        ("{kind: text, required: true}", "{kind: datetime, day: {since: title}}", 7, "is no date"),
        ("{kind: text, required: true}", "{kind: date, day: {stricter: [when]}}", 7, "“when”, which is no limit of it"),
        ("{kind: text, required: true}", "{kind: date, when: past, day: {stricter: [cause]}}", 7, "“cause”, which is no limit of it"),
        ("{kind: text, required: true}", "{kind: table, columns: {a: {kind: date, day: {since: b}}}}", 7, "names “b”, which is no other date"),
        ("{kind: text, required: true}", "text", 7, "keys with values"),
        ("{kind: text, required: true}", "{required: true}", 7, "“kind” is missing"),
        ("of: {kind: text}, ", "", 8, "“of” is missing"),
        ("of: {kind: text}", "of: {kind: txt}", 8, "expected one of"),
        ("state: closed}", "state: shut}", 8, "unknown state “shut”"),
        ("  - {id: text, en: Text, required: true}", "  - {en: Text}", 10, "“id” is missing"),
        ("sections:\n  - {id: text", "sections:\n  {id: text", 9, "a list is expected"),
        ("to: [closed]", "to: [shut]", 12, "unknown state “shut”"),
        ("{id: closed, label", "{id: open, label", 13, "given twice"),
        ("{id: closed, label: {en: closed}", "{id: closed, follows: gone, label: {en: closed}", 13, "unknown state “gone”"),
        ("{id: closed, label: {en: closed}", "{id: closed, follows: closed, label: {en: closed}", 13, "lead back"),
        ("{id: open, label", "{id: open, follows: closed, label", 12, "lead back"),
        ("final: true", "final: 1", 13, "yes or no"),
        ("gates: [{present: [cause]}]", "gates: {present: [cause]}", 13, "a list is expected"),
        ("{present: [cause]}", "{present: [cause], equal: {a: b}}", 13, "one operator"),
        ("{present: [cause]}", "{when: {a: [b]}}", 13, "one operator"),
        ("{present: [cause]}", "present", 13, "keys with values"),
        ("signoff: {meaning: close, role: [qmr]}", "signoff: {role: [qmr]}", 13, "“meaning” is missing"),
        ("reopen: {to: open", "reopen: {to: shut", 14, "unknown state “shut”"),
        ("reopen: {to: open", "reopen: {too: open", 14, "“to” is missing"),
        ("signoff: {meaning: close, role: [qmr]}", "signoff: {meaning: close, role: [qmr]}, freezes: [txt]", 13, "freezes the unknown section “txt”"),
        ("{id: open, label", "{id: open, freezes: [text], label", 12, "asks for no sign-off"),
        ("reopen: {to: open", "from: 2026-06-01\nreopen: {to: open", 14, "one needs the other"),
        ("reopen: {to: open", "before: {retention: 5y}\nreopen: {to: open", 14, "one needs the other"),
        ("reopen: {to: open", "from: soon\nbefore: {retention: 5y}\nreopen: {to: open", 14, "one needs the other"),
        ("reopen: {to: open", "from: 2026-06-01\nbefore: {folder: x}\nreopen: {to: open", 15, "“folder” is not known here"),
        ("reopen: {to: open", "from: 2026-06-01\nbefore: {states: {shut: {final: yes}}}\nreopen: {to: open", 15, "unknown state “shut”"),
        ("reopen: {to: open", "from: 2026-06-01\nbefore: {from: 2026-07-01, before: {retention: 5y}}\nreopen: {to: open", 15, "an earlier day"),
        ("title: {kind: text", "title: &a {kind: text", 7, "anchor"),
        ("fields:", "fields: [a]\nx:", 6, ""),
    ],
)
def test_a_faulty_type_is_refused_with_its_line(old: str, new: str, line: int, part: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(TypeInvalid) as caught:
        read(GOOD.replace(old, new))
    assert part in str(caught.value.message)
    if part:
        assert caught.value.line == line


@pytest.mark.parametrize("text", ["", "text", "- a", "[", "a: 1\na: 2\n", "\x00"])
def test_what_is_no_type(text: str) -> None:
    with pytest.raises(TypeInvalid):
        read(text)


def test_a_field_is_moved_by_a_block_of_the_type_or_of_its_base() -> None:
    moved = GOOD.replace("{kind: text, required: true}", "{kind: text, moved_by: moves}")
    blocks = "blocks: {moves: {label: {en: Moves}, columns: {to: {kind: text}}}}\n"
    assert read(moved + blocks).fields["title"].moved_by == "moves"
    files = own(base=GOOD.replace("type: own", "type: base") + blocks, own=moved.replace("type: own", "type: own\nextends: base"))
    assert problems(files) == []


def own(**types: str) -> dict[str, str]:
    return {f".qms/types/{name}/type.yaml": text for name, text in types.items()}


def problems(files: dict[str, str]) -> list[tuple[str, int, str]]:
    found = type_set(files)
    found.all()
    found.all()
    return [(problem.path, problem.line, str(problem.message)) for problem in found.problems]


def extending(name: str, base: str) -> str:
    return GOOD.replace("type: own", f"type: {name}\nextends: {base}")


def test_an_own_type_extends_a_built_in_one() -> None:
    found = type_set(own(own="type: own\nextends: document\nkind: document\nlabel: {en: Own}\nid: OW\nfolder: documents/own\n")).get("own")
    assert found is not None
    assert "revision" in found.fields
    assert not found.builtin


@pytest.mark.parametrize(
    "files",
    [
        own(a=extending("a", "a")),
        own(a=extending("a", "b"), b=extending("b", "a")),
        own(a=extending("a", "b"), b=extending("b", "c"), c=extending("c", "a")),
        own(a=extending("a", "nothing")),
        own(a=extending("a", "../../x")),
    ],
)
def test_a_circle_or_an_unknown_base_is_a_problem_of_each(files: dict[str, str]) -> None:
    found = problems(files)
    assert sorted(path for path, _line, _message in found) == sorted(files)
    assert all(line == 2 and "unknown type" in message for _path, line, message in found)
    assert type_set(files).get("a") is None


CHANGED = """type: own
kind: record
extends: record
label: {en: Own}
id: OW-{number:3}
folder: records/own
fields:
  owner: {label: {en: Keeper}}
  evidence: {state: closed}
  title: {kind: text}
states:
  - {id: open, label: {en: open}, to: [closed]}
  - {id: closed, label: {en: closed}, final: true, signoff: {meaning: close}}
"""


def test_a_type_changes_what_it_inherits() -> None:
    found = type_set(own(own=CHANGED)).get("own")
    assert found is not None
    owner, evidence, title = (found.fields[name] for name in ("owner", "evidence", "title"))
    assert (str(owner.label), owner.kind, owner.required, owner.default) == ("Keeper", "person", True, "{me}")
    assert (evidence.state, evidence.kind, evidence.required) == ("closed", "list", False)
    assert not title.required, "with a kind it is a field of its own"
    assert list(found.fields)[:4] == ["title", "owner", "unit", "evidence"]


@pytest.mark.parametrize("part", ["{kinds: text}", "{values: [a]}", "{}, x: {label: {en: X}}", "{required: maybe}"])
def test_only_some_of_what_is_inherited_may_change(part: str) -> None:
    [(_path, line, _message)] = problems(own(own=CHANGED.replace("{label: {en: Keeper}}", part).replace("  owner: {}, x:", "  x:")))
    assert line == 8


def test_a_built_in_type_is_known_without_being_read() -> None:
    found = type_set(own(own=CHANGED, broken="["))
    assert found.has("complaint")
    assert found.has("own")
    assert not found.has("broken")
    assert not found.has("record")
    assert not found.has("nothing")
    assert [each.name for each in found.own()] == ["own"]
    assert "complaint" not in found._read


def test_a_type_in_the_folder_of_another() -> None:
    [(path, line, message)] = problems(own(other=GOOD))
    assert (path, line) == (".qms/types/other/type.yaml", 1)
    assert "called “own”, but its folder “other”" in message


@pytest.mark.parametrize("text", ["[", "type: document\nkind: record\n", GOOD])
def test_a_broken_base_of_built_in_types_crashes_nothing(text: str) -> None:
    files = own(document=text)
    assert [path for path, _line, _message in problems(files)] == list(files)
    found = type_set(files)
    assert found.get("procedure") is None
    assert found.get("nonconformity") is not None


def test_patterns_of_the_office_are_kept_apart() -> None:
    plain = type_set({})
    chosen = plain.with_patterns({"procedure": "SOP-{number:3}"})
    before, after = plain.get("procedure"), chosen.get("procedure")
    assert before is not None
    assert after is not None
    assert (before.id_pattern, after.id_pattern) == ("QT-{number:2}", "SOP-{number:3}")
    assert chosen.with_patterns({"procedure": "SOP-{number:3}"}) is chosen
    again = chosen.with_patterns({}).get("procedure")
    assert again is not None
    assert again.id_pattern == "QT-{number:2}"


def test_an_office_has_the_words_and_the_things_of_its_profile() -> None:
    all_ = type_set({})
    agency, company = (all_.with_patterns({}, "iso9001-2015", profile) for profile in ("agency", "company"))
    found = {name: types.get("nonconformity") for name, types in (("both", all_), ("agency", agency), ("company", company))}
    values = {name: tuple(each.fields["disposition"].values) for name, each in found.items() if each}
    assert values["agency"] == ("recall", "correct", "re-issue", "concession")
    assert values["company"] == ("recall", "scrap", "rework", "sort", "return-to-supplier", "concession")
    assert set(values["both"]) == {*values["agency"], *values["company"]}
    assert {name: "lot" in each.fields for name, each in found.items() if each} == {"both": True, "agency": False, "company": True}
    assert (agency.get("first-article"), company.get("declaration")) == (None, None)
    assert agency.has("declaration")
    assert "first-article" not in {each.name for each in agency.all()}
    defaults = [types.get("complaint").fields["sender"].default for types in (all_, agency, company)]  # type: ignore[union-attr]
    assert defaults == ["citizen", "citizen", "customer"]
    costs = [str(types.get("procedure").blocks["costs"].label) for types in (all_, agency, company)]  # type: ignore[union-attr]
    assert costs == ["Cost to the citizen", "Cost to the citizen", "Price and papers asked of the customer"]
    columns = [set(types.get("supplier").blocks["evaluation"].keys) for types in (agency, company)]  # type: ignore[union-attr]
    assert columns[1] - columns[0] == {"quality", "delivery"}


def test_an_own_type_may_be_of_one_profile() -> None:
    files = own(own=GOOD.replace("label: {", "label: {for: [company], ", 1))
    named = [bool(type_set(files).with_patterns({}, "", profile).get("own")) for profile in ("", "agency", "company")]
    assert named == [True, False, True]


def test_every_built_in_type_is_read() -> None:
    found = type_set({})
    assert {each.name for each in found.all()} | {"document", "record"} == builtin_type_names()
    assert found.problems == []
    assert found.get("document") is None
    assert found.matches("procedure", ["document"])
    assert not found.matches("nonconformity", ["document"])


LINES = GOOD.splitlines()


@settings(max_examples=200)
@given(st.lists(st.sampled_from(LINES), max_size=16), st.integers(0, 15), st.text(st.sampled_from("a{}[]:,- \n"), max_size=6))
def test_any_text_is_a_type_or_invalid(lines: list[str], place: int, noise: str) -> None:
    for text in ("\n".join(lines), "\n".join((*LINES[:place], noise, *LINES[place:])), "\n".join((*LINES[:place], *LINES[place + 1 :]))):
        try:
            found = read(text)
        except TypeInvalid as error:
            assert error.line >= 1
        else:
            for state in found.states:
                assert len(found.chain(state)) <= len(found.states)


BAD_GATES = """{equal: [a]}|{equal: x}|{one_of: {x: y}}|{present: [[a]]}|{present: [{a: b}]}|{present: a}|{rows: x}|{rows: {}}|{linked: {}}
{linked: {field: x}}|{linked: {field: x, in: done}}|{linking: {field: x, in: [a]}}|{signed: x}|{signed: {}}|{signed: {meaning: close, role: qmr}}
{differ: {person: a}}|{differ: {person: a, from: [[b]]}}|{outside_unit: {person: a}}|{elapsed: {until: d, since: e}}
{elapsed: {until: d, since: e, days: x}}|{elapsed: {until: d, since: e, days: [1]}}|{elapsed: {until: d, since: e, days: 9999999}}
{rows: {block: x, any: y}}|{rows: {block: x, where: {a: b}}}|{rows: {block: x, where: [a]}}|{last_row: {block: x}}|{last_row: {block: x, one_of: {a: b}}}
{linked: {block: x, in: [a]}}|{linked: {column: x, in: [a]}}|{signed: {meaning: close, by: chair}}|{signed: {meaning: close, apart: {a: [b]}}}
{covered: {set: {a: b}, field: x}}|{registered: {field: x, type: y, in: [a]}}|{reached: {block: x, column: y, target: z}}
{reached: {block: x, column: y, target: z, direction: d, missed: 1}}|{withdrawn: {}}|{covered: {set: units}}|{reissued: [documents]}|{since_reopened: verified}|{filled: description}""".replace("\n", "|").split("|")


@pytest.mark.parametrize("gate", BAD_GATES)
def test_a_gate_without_what_it_needs_is_refused_with_its_line(gate: str) -> None:
    text = f"""type: t
kind: record
label: {{en: T, vi: T}}
id: T-{{number}}
folder: records/t
states:
  - {{id: open, label: {{en: o, vi: o}}, to: [done]}}
  - id: done
    label: {{en: d, vi: d}}
    gates:
      - {gate}
"""
    with pytest.raises(TypeInvalid, match="not given what it needs") as caught:
        type_of(nodes_of(text), lambda name: (_ for _ in ()).throw(KeyError(name)), builtin=False, shape_of=shape_of)
    assert caught.value.line == 11
