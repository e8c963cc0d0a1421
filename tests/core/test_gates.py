"""Every operator of gates, open and closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qmsctl.core.gates import Context, missing, operators
from qmsctl.core.library import Library
from qmsctl.core.record_type import Gate
from tests.office import QMS_YAML, dossier, library_of

NC = "records/nonconformities/NC-2026-001.md"
DOCUMENT = "documents/policy/CSCL.md"
DAY = date(2026, 5, 1)
HEAD = "---\nid: NC-2026-001\ntype: nonconformity\ntitle: x\nstatus: verifying\nseverity: major\nowner: hoa\n"


def record(fields: str = "", body: str = "") -> str:
    return f"{HEAD}{fields}---\n{body}"


def action(name: str, status: str, owner: str = "minh", more: str = "") -> dict[str, str]:
    return {f"records/actions/{name}.md": f"---\nid: {name}\ntype: action\ntitle: x\nstatus: {status}\nowner: {owner}\n{more}---\n"}


def said(operator: str, arguments: Any, text: str = "", more: dict[str, str] | None = None, when: dict[str, tuple[str, ...]] | None = None, signed: str = "") -> list[str]:
    files: dict[str, bytes] = {path: data.encode() for path, data in {NC: text or record(), **(more or {})}.items()}
    if signed:
        files.update(dossier(files, "NC-2026-001", signed))
    return in_library(library_of(files), operator, arguments, when)


def in_library(library: Library, operator: str, arguments: Any, when: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    context = Context(library, DAY)
    return [str(lack.message) for lack in missing(Gate(operator, arguments, when or {}), library.by_id["NC-2026-001"], context)]


ACTIONS = record("actions: [A-1, A-2]\n")
LINKED: dict[str, Any] = {"field": "actions", "in": ("done",), "aside": ("cancelled",)}
SOME: dict[str, Any] = {**LINKED, "some": "true", "where": {"kind": ("corrective",)}}
LINKING: dict[str, Any] = {"field": "about_nc", "type": "action", "in": ("done",)}
ELAPSED = {"until": "verified", "since": "actions.done", "days": "30", "setting": "effect_after"}
SECTION = "\n## Mô tả\n{}\n## Bằng chứng\n"
DONE = action("A-1", "done", more="done: 2026-03-01\n")
UNITS = {"person": "owner", "units": "unit"}
CONFIRM = {"meaning": "confirm", "role": ("qmr",)}

OPEN_AND_CLOSED = [
    ("present", ("cause",), record("cause: x\n"), {}, 0),
    ("present", ("cause",), record(), {}, 1),
    ("present", ("cause", "reason"), record("cause: ''\nreason: []\n"), {}, 2),
    ("equal", {"effective": "yes"}, record("effective: true\n"), {}, 0),
    ("equal", {"effective": "yes"}, record("effective: no\n"), {}, 1),
    ("equal", {"effective": "yes"}, record(), {}, 1),
    ("equal", {"cause": "x"}, record("cause: y\n"), {}, 1),
    ("one_of", {"cause_method": ("5-whys", "fishbone")}, record("cause_method: fishbone\n"), {}, 0),
    ("one_of", {"cause_method": ("5-whys", "fishbone")}, record("cause_method: direct\n"), {}, 1),
    ("one_of", {"cause_method": ("5-whys",)}, record(), {}, 1),
    ("any", (Gate("present", ("cause",)), Gate("present", ("reason",))), record("reason: x\n"), {}, 0),
    ("any", (Gate("present", ("cause",)), Gate("present", ("reason",))), record(), {}, 1),
    ("filled", ("description",), record(body=SECTION.format("text")), {}, 0),
    ("filled", ("description",), record(body=SECTION.format("\n")), {}, 1),
    ("filled", ("description",), record(), {}, 1),
    ("filled", ("evidence",), record(body=SECTION.format("text")), {}, 1),
    ("linked", LINKED, ACTIONS, {**action("A-1", "done"), **action("A-2", "cancelled")}, 0),
    ("linked", LINKED, ACTIONS, {**action("A-1", "done"), **action("A-2", "open")}, 1),
    ("linked", LINKED, ACTIONS, action("A-1", "done"), 1),
    ("linked", LINKED, record(), {}, 0),
    ("linked", SOME, ACTIONS, {**action("A-1", "done", more="kind: corrective\n"), **action("A-2", "open")}, 0),
    ("linked", SOME, ACTIONS, {**action("A-1", "done"), **action("A-2", "done")}, 1),
    ("linking", LINKING, "", action("A-1", "done", more="about_nc: NC-2026-001\n"), 0),
    ("linking", LINKING, "", action("A-1", "open", more="about_nc: [NC-2026-001]\n"), 1),
    ("linking", LINKING, "", action("A-1", "open", more="about_nc: NC-2026-002\n"), 0),
    ("linking", {**LINKING, "some": "true"}, "", action("A-1", "done"), 1),
    ("linking", {**LINKING, "aside": ("open",)}, "", action("A-1", "open", more="about_nc: NC-2026-001\n"), 0),
    ("differ", {"person": "verifier", "from": ("owner", "actions.owner")}, record("verifier: lan\nactions: [A-1]\n"), DONE, 0),
    ("differ", {"person": "verifier", "from": ("owner",)}, record("verifier: hoa\n"), {}, 1),
    ("differ", {"person": "verifier", "from": ("actions.owner",)}, record("verifier: minh\nactions: [A-1, A-9]\n"), DONE, 1),
    ("differ", {"person": "verifier", "from": ("owner",)}, record(), {}, 0),
    ("elapsed", ELAPSED, record("verified: 2026-03-31\nactions: [A-1]\n"), DONE, 0),
    ("elapsed", ELAPSED, record("verified: 2026-03-30\nactions: [A-1]\n"), DONE, 1),
    ("elapsed", ELAPSED, record("actions: [A-1]\n"), DONE, 0),
    ("elapsed", ELAPSED, record("verified: 2026-03-01\n"), {}, 0),
    ("elapsed", ELAPSED, record("verified: 2026-03-01\nactions: [A-1]\n"), action("A-1", "done", more="done: 9999-12-31\n"), 0),
    ("rows", {"block": "steps", "columns": ("no",)}, record(), {}, 1),
    ("rows", {"block": "steps", "optional": "true"}, record(), {}, 0),
    ("covered", {"set": ("a", "b"), "field": "affected"}, record("affected: [a, b]\n"), {}, 0),
    ("covered", {"set": ("a", "b"), "field": "affected"}, record("affected: [a]\n"), {}, 1),
    ("covered", {"set": "units", "field": "affected"}, record("affected: [mot-cua, ho-tich, lanh-dao]\n"), {}, 0),
    ("covered", {"set": "units", "field": "affected"}, record("affected: mot-cua\n"), {}, 1),
    ("covered", {"set": "clauses", "field": "affected"}, record('affected: ["4", "5", "6", "7", "8"]\n'), {}, 0),
    ("covered", {"set": "clauses", "field": "affected"}, record('affected: ["4", "5", "6", "7"]\n'), {}, 1),
    ("outside_unit", UNITS, record("unit: ho-tich\n"), {}, 0),
    ("outside_unit", UNITS, record("unit: mot-cua\n"), {}, 1),
    ("outside_unit", {**UNITS, "unless": "reason"}, record("unit: mot-cua\nreason: x\n"), {}, 0),
    ("outside_unit", {**UNITS, "unless": "reason"}, record("unit: mot-cua\nreason: ''\n"), {}, 1),
    ("nothing", (), "", {}, 1),
]  # fmt: skip


@pytest.mark.parametrize(("operator", "arguments", "text", "more", "sentences"), OPEN_AND_CLOSED)
def test_gate(operator: str, arguments: Any, text: str, more: dict[str, str], sentences: int) -> None:
    found = said(operator, arguments, text, more)
    assert len(found) == sentences
    assert all("{" not in sentence for sentence in found)


@pytest.mark.parametrize(
    ("signed", "sentences"),
    [
        ("", 1),
        ("confirm lan qmr 2026-04-01T08:00:00+07:00", 0),
        ("confirm lan qmr 2026-05-02T08:00:00+07:00", 1),
        ("confirm lan unit-head 2026-04-01T08:00:00+07:00", 1),
        ("confirm minh qmr 2026-04-01T08:00:00+07:00", 1),
        ("close lan qmr 2026-04-01T08:00:00+07:00", 1),
        (f"confirm lan qmr 2026-04-01T08:00:00+07:00 sha256={'0' * 64}", 1),
    ],
)
def test_signed(signed: str, sentences: int) -> None:
    assert len(said("signed", CONFIRM, signed=signed)) == sentences


def reissue(answers: str, effective: str, waiver: str = "", withdrawn: str = "") -> int:
    files = {
        NC: record(f"documents: [CSCL]\n{waiver}").encode(),
        DOCUMENT: f"---\nid: CSCL\ntype: policy\ntitle: A\nrevision: 2\nowner: lan\neffective: {effective}\n{answers}---\n".encode(),
    }
    lines = f"author lan 2026-01-05T08:00:00+07:00\napprove binh director 2026-01-06T08:00:00+07:00\n{withdrawn}"
    files.update(dossier(files, "CSCL", lines))
    return len(in_library(library_of(files), "reissued", {"field": "documents", "waivers": "waivers"}))


def test_reissued() -> None:
    answers = "answers: [NC-2026-001]\n"
    assert reissue(answers, "2026-02-01") == 0
    assert reissue("", "2026-02-01") == 1
    assert reissue("answers: [NC-2026-002]\n", "2026-02-01") == 1
    assert reissue(answers, "2026-05-02") == 1
    assert reissue("", "2026-02-01", waiver="waivers: [{document: CSCL, reason: x}]\n") == 0
    assert reissue(answers, "2026-02-01", withdrawn="withdraw binh director 2026-03-01T08:00:00+07:00") == 0


def reopened(verified: str, reopening: str) -> list[str]:
    files = {NC: record(f"verified: {verified}\n").encode()}
    files.update(dossier(files, "NC-2026-001", f"close lan qmr 2026-04-01T08:00:00+07:00\n{reopening}"))
    return in_library(library_of(files), "since_reopened", {"field": "verified"})


def test_since_reopened() -> None:
    on = "reopen lan qmr 2026-04-20T08:00:00+07:00"
    assert reopened("2026-04-01", "") == []
    assert reopened("2026-04-20", on) == []
    assert reopened("2026-04-19", on) == ["“Verified on” (verified) is 2026-04-19, from before the record was reopened on 2026-04-20"]
    assert reopened("2026-04-19", "reopen minh clerk 2026-04-20T08:00:00+07:00") == [], "who may not reopen has not reopened"
    assert reopened("2026-04-19", "reopen lan qmr 2026-05-20T08:00:00+07:00") == [], "after the day of the gate"


def mends(operator: str, arguments: Any, text: str = "", more: dict[str, str] | None = None) -> list[object]:
    library = library_of({NC: text or record(), **(more or {})})
    found = missing(Gate(operator, arguments, {}), library.by_id["NC-2026-001"], Context(library, DAY))
    return [str(lack.mend) if lack.mend else lack.sets for lack in found]


POLICY = "---\nid: CSCL\ntype: policy\ntitle: A\nrevision: 1\nowner: lan\n{}---\n"


def test_a_lack_says_how_the_gate_is_opened() -> None:
    assert mends("linked", LINKED, ACTIONS, {**action("A-1", "planned"), **action("A-2", "cancelled")}) == ["qmsctl advance A-1 done"]
    closed = {"field": "actions", "in": ("verified-effective",)}
    assert mends("linked", closed, record("actions: [A-1]\n"), action("A-1", "planned")) == ["qmsctl advance A-1 done"], "by the shortest way"
    assert mends("linked", LINKED, record("actions: [A-1]\n"), action("A-1", "verified-effective")) == ["see what holds it up: qmsctl show A-1"]
    assert mends("linked", LINKED, record("actions: [A-1]\n")) == [("actions=…",)]
    assert mends("linking", {**LINKING, "some": "true"}) == ['qmsctl new action --title "…" --set about_nc=NC-2026-001']
    assert mends("present", ("cause",)) == [("cause=…",)]
    assert mends("equal", {"effective": "yes"}) == [("effective=yes",)]
    assert mends("one_of", {"cause_method": ("5-whys",)}) == [("cause_method=5-whys",)]
    assert mends("covered", {"set": ("a", "b", "c"), "field": "affected"}, record("affected: [a]\n")) == [("affected+=b,c",)]
    assert mends("signed", {**CONFIRM, "of": "documents"}, record("documents: [CSCL]\n"), {DOCUMENT: POLICY.format("")}) == ["qmsctl confirm CSCL"]
    assert mends("signed", CONFIRM) == ["see what holds it up: qmsctl show NC-2026-001"]


@pytest.mark.parametrize(
    ("answers", "signed", "mend"),
    [
        ("", "approve", 'qmsctl revise CSCL --change "…" --answers NC-2026-001'),
        ("", "", "write “answers: [NC-2026-001]” into documents/policy/CSCL.md, then: qmsctl submit CSCL"),
        ("answers: [NC-2026-001]\n", "", "qmsctl submit CSCL"),
        ("answers: [NC-2026-001]\n", "author", "qmsctl approve CSCL"),
        ("answers: [NC-2026-001]\neffective: 2027-01-04\n", "approve", "wait until CSCL takes effect on 2027-01-04"),
    ],
)
def test_the_way_to_a_reissued_document(answers: str, signed: str, mend: str) -> None:
    lines = ["author lan 2026-01-05T08:00:00+07:00", "approve binh director 2026-01-06T08:00:00+07:00"][: ["", "author", "approve"].index(signed)]
    files = {NC: record("documents: [CSCL]\n").encode(), DOCUMENT: POLICY.format(answers).encode()}
    if lines:
        files.update(dossier(files, "CSCL", "\n".join(lines)))
    library = library_of(files)
    found = missing(Gate("reissued", {"field": "documents"}, {}), library.by_id["NC-2026-001"], Context(library, DAY))
    assert [str(lack.mend) for lack in found] == [mend]


def test_elapsed_follows_the_setting_of_the_office() -> None:
    text = record("verified: 2026-03-08\nactions: [A-1]\n")
    assert said("elapsed", ELAPSED, text, {**DONE, "qms.yaml": QMS_YAML + "effect_after: 7\n"}) == []
    assert len(said("elapsed", ELAPSED, text, {**DONE, "qms.yaml": QMS_YAML + "effect_after: 8\n"})) == 1


def test_when_narrows_a_gate() -> None:
    assert said("present", ("cause",), when={"severity": ("minor",)}) == []
    assert len(said("present", ("cause",), when={"severity": ("major", "minor")})) == 1
    assert said("present", ("cause",), when={"unit": ("mot-cua",)}) == []


def test_every_operator_is_tested() -> None:
    assert {case[0] for case in OPEN_AND_CLOSED} | {"signed", "reissued", "since_reopened"} == operators() | {"nothing"}
