"""Every operator of gates, open and closed. What a gate says in a test stands word for word in ``gates_said.txt``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qmsctl.core import gates
from qmsctl.core.gates import Context, Lack, missing, operators
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.types.record_type import Gate
from qmsctl.store.shipped.catalogue import translator
from tests.golden import assert_section, title_of
from tests.office import PEOPLE_YAML, QMS_YAML, dossier, library_of, office
from tests.test_rule_sentences import marks

NC = "records/nonconformities/NC-2026-001.md"
DOCUMENT = "documents/policy/CSCL.md"
DAY = date(2026, 5, 1)
SAID = Path(__file__).with_name("gates_said.txt")
HEAD = "---\nid: NC-2026-001\ntype: nonconformity\ntitle: x\nstatus: verifying\nseverity: major\nowner: hoa\n"


@pytest.fixture(autouse=True)
def _word_for_word(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    heard: list[Lack] = []

    def hearing(gate: Gate, item: Item, context: Context) -> Iterator[Lack]:
        for lack in gates.missing(gate, item, context):
            heard.append(lack)
            yield lack

    monkeypatch.setattr(sys.modules[__name__], "missing", hearing)
    yield
    told: set[str] = set()
    assert_section(SAID, title_of(request.node), [line for lack in heard for line in words(lack, told)])


def words(lack: Lack, told: set[str]) -> Iterator[str]:
    """A lack in English, and the first of its kind in Vietnamese: its message, and the hint below it."""
    kind = "".join(f" [{word}]" for word, holds in (("later", lack.later), (lack.severity, lack.severity), ("separates", lack.separates)) if holds)
    for lang in ("en",) if lack.message.text in told else ("en", "vi"):
        translate = translator(lang)
        yield f"{lack.message.render(translate, lang)}{kind}"
        if lack.mend is not None:
            yield f"  → {lack.mend.hint.render(translate, lang)}{marks(lack.mend)}"
    told.add(lack.message.text)


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
ASKED = {"block": "whys", "by": "audit", "unit": "unit", "columns": ("clauses",), "units": "units", "type": "audit-checklist", "field": "audit",
         "lines": "lines", "asks": "requirement", "in": ("filled",)}
GRID = record(body="\n~~~whys\n- {unit: mot-cua, clauses: ['8.3'], audit: DG-1}\n~~~\n")
AUDIT = {"records/audits/DG-1.md": "---\nid: DG-1\ntype: audit\ntitle: x\nstatus: planned\nunits: [mot-cua]\n---\n"}
CHECKLIST = "---\nid: PGC-1\ntype: audit-checklist\ntitle: x\nstatus: filled\naudit: DG-1\n---\n\n~~~lines\n- {requirement: '8.3', question: x}\n~~~\n"

OPEN_AND_CLOSED = [
    ("asked", ASKED, GRID, {**AUDIT, "records/audit-checklists/PGC-1.md": CHECKLIST}, 0),
    ("asked", ASKED, GRID, AUDIT, 1),
    ("asked", ASKED, GRID, {}, 1),
    ("present", ("cause",), record("cause: x\n"), {}, 0),
    ("present", ("cause",), record(), {}, 1),
    ("present", ("cause", "reason"), record("cause: ''\nreason: []\n"), {}, 2),
    ("come", ("verified",), record("verified: 2026-05-01\n"), {}, 0),
    ("come", ("verified",), record(), {}, 0),
    ("come", ("verified", "done"), record("verified: 2026-05-02\n"), {}, 1),
    ("equal", {"effective": "yes"}, record("effective: true\n"), {}, 0),
    ("equal", {"effective": "yes"}, record("effective: no\n"), {}, 1),
    ("equal", {"effective": "yes"}, record(), {}, 1),
    ("equal", {"cause": "x"}, record("cause: y\n"), {}, 1),
    ("no_more", {"than": "lot_size", "field": "quantity"}, record("lot_size: 40\nquantity: 40\n"), {}, 0),
    ("no_more", {"than": "lot_size", "field": "quantity"}, record("lot_size: 40\nquantity: 40.5\n"), {}, 1),
    ("no_more", {"than": "lot_size", "field": "quantity"}, record("lot_size: 40\n"), {}, 0),
    ("no_more", {"than": "lot_size", "field": "quantity"}, record("quantity: 5\n"), {}, 0),
    ("one_of", {"cause_method": ("5-whys", "fishbone")}, record("cause_method: fishbone\n"), {}, 0),
    ("one_of", {"cause_method": ("5-whys", "fishbone")}, record("cause_method: direct\n"), {}, 1),
    ("one_of", {"cause_method": ("5-whys",)}, record(), {}, 1),
    ("any", (Gate("present", ("cause",)), Gate("present", ("reason",))), record("reason: x\n"), {}, 0),
    ("any", (Gate("present", ("cause",)), Gate("present", ("reason",))), record(), {}, 1),
    ("filled", ("description",), record(body=SECTION.format("text")), {}, 0),
    ("filled", ("description",), record(body=SECTION.format("\n")), {}, 1),
    ("filled", ("description",), record(body=SECTION.format("\n*(Ghi việc đã xảy ra.)*\n")), {}, 1),
    ("filled", ("description",), record(body=SECTION.format("\n*(Ghi việc đã xảy ra.)*\n\nĐã ghi.\n")), {}, 0),
    ("filled", ("description",), record(), {}, 1),
    ("filled", ("seen",), record(body=SECTION.format("text")), {}, 1),
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
    ("elapsed", ELAPSED, record("verified: 2026-05-01\nactions: [A-1]\n"), DONE, 0),
    ("elapsed", ELAPSED, record("verified: 2026-05-02\nactions: [A-1]\n"), DONE, 1),
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
    ("outside_unit", {**UNITS, "by": "owner"}, record("unit: mot-cua\n"), {}, 1),
    ("outside_unit", {"person": "affected", "units": "unit", "by": "owner"}, record("unit: ho-tich\naffected: [A-1]\n"), action("A-1", "planned"), 1),
    ("outside_unit", {"person": "affected", "units": "unit", "by": "owner"}, record("unit: mot-cua\naffected: [A-1]\n"), action("A-1", "planned"), 0),
    ("outside_unit", {"person": "affected", "units": "unit"}, record("unit: ho-tich\naffected: [A-1]\n"), action("A-1", "planned"), 0),
    ("withdrawn", {"field": "documents"}, record("documents: [CSCL]\n"), {}, 1),
    ("withdrawn", {"field": "documents"}, record(), {}, 0),
    ("linked", {**LINKED, "some": "true"}, ACTIONS, {**action("A-1", "cancelled"), **action("A-2", "cancelled")}, 1),
    ("linked", {**LINKED, "in": ("verified-effective", "x"), "aside": ("done",), "some": "true"}, ACTIONS, {**action("A-1", "done"), **action("A-2", "done")}, 1),
    ("linking", {**LINKING, "some": "true", "type": "x"}, "", {}, 1),
    ("linking", {**LINKING, "some": "true"}, "", action("A-1", "done", more="about_nc: NC-2026-001\n"), 0),
    ("linking", {**LINKING, "some": "true", "where": {"kind": ("corrective",)}}, "", action("A-1", "done", more="about_nc: NC-2026-001\n"), 1),
    ("linking", {**LINKING, "some": "true", "aside": ("cancelled",)}, "", {**action("A-1", "cancelled", more="about_nc: NC-2026-001\n"), **action("A-2", "done")}, 1),
    ("linking", {**LINKING, "some": "true", "command": "nc log --from-finding"}, "", {}, 1),
    ("linked", {**LINKED, "field": "affected", "some": "true"}, record(), {}, 1),
    ("elapsed", {**ELAPSED, "days": "92"}, record("verified: 2026-05-01\nactions: [A-1]\n"), DONE, 1),
    ("elapsed", {**ELAPSED, "days": "93"}, record("verified: 2026-05-01\nactions: [A-1]\n"), DONE, 1),
    ("present", ("actions",), record(), {}, 1),
    ("any", (Gate("present", ("cause",), {}, None, 2), Gate("present", ("reason",))), record(), {}, 1),
    ("any", (Gate("present", ("cause", "reason")), Gate("present", ("owner", "reason"), {}, None, 2)), record(), {}, 1),
    ("nothing", (), "", {}, 1),
    ("elapsed", {**ELAPSED, "days": "92"}, record("actions: [A-1]\n"), DONE, 1),
]


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
    assert reissue(answers, "2026-05-01") == 0, "from that day on"
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
    assert len(reopened("2026-04-19", "reopen lan qmr 2026-05-01T08:00:00+07:00")) == 1, "on that day"


@pytest.mark.parametrize(
    ("arguments", "signed", "line", "now", "closed"),
    [
        ({}, "verified-effective", "verify lan qmr 2026-05-02", "", []),
        ({}, "verified-effective", "verify lan qmr 2026-05-01", "", ["A-1 is “effective”; it has to be done"]),
        ({}, "verified-effective", "verify lan qmr 2026-05-02", "planned", ["A-1 is “planned”; it has to be done"]),
        ({}, "cancelled", "close lan qmr 2026-05-01", "", []),
        ({}, "cancelled", "close lan qmr 2026-05-02", "", ["A-1 is “cancelled”; it has to be done"]),
        ({"in": ("verified-effective",)}, "verified-effective", "verify lan qmr 2026-05-01", "in-progress", []),
        ({"in": ("verified-effective",)}, "verified-effective", "verify lan qmr 2026-05-02", "in-progress", ["A-1 is “in progress”; it has to be effective"]),
        ({"in": ("verified-effective",)}, "verified-ineffective", "verify lan qmr 2026-05-01", "in-progress", ["A-1 is “in progress”; it has to be effective"]),
        ({"in": ("verified-effective",)}, "verified-effective", f"verify lan qmr 2026-05-01T08:00:00+07:00 sha256={'0' * 64}", "in-progress", ["A-1 is “in progress”; it has to be effective"]),
    ],
)
def test_what_was_signed_by_the_day_of_the_gate_counts(arguments: dict[str, Any], signed: str, line: str, now: str, closed: list[str]) -> None:
    """A linked record is judged as it stood that day, wherever it went since."""
    files = {path: text.encode() for path, text in {NC: record("actions: [A-1]\n"), **action("A-1", signed)}.items()}
    files |= dossier(files, "A-1", line if "T08" in line else f"{line}T08:00:00+07:00")
    files |= {path: text.encode() for path, text in action("A-1", now or signed).items()}
    assert in_library(library_of(files), "linked", {**LINKED, **arguments}) == closed


def mends(operator: str, arguments: Any, text: str = "", more: dict[str, str] | None = None) -> list[str]:
    library = library_of({NC: text or record(), **(more or {})})
    found = missing(Gate(operator, arguments, {}), library.by_id["NC-2026-001"], Context(library, DAY))
    return [str(lack.mend) for lack in found]


POLICY = "---\nid: CSCL\ntype: policy\ntitle: A\nrevision: 1\nowner: lan\n{}---\n"


MOVED = "people: [{id: tuan, name: T, email: t@tan-an.example, units: [{unit: mot-cua, until: 2026-04-30}, {unit: ho-tich, from: 2026-05-01}, {unit: lanh-dao, from: 2026-05-01}]}]\n"


@pytest.mark.parametrize(("unit", "day", "sentences"), [
    ("mot-cua", date(2026, 4, 30), 1), ("mot-cua", date(2026, 5, 1), 0), ("ho-tich", date(2026, 4, 30), 0),
    ("ho-tich", date(2026, 5, 1), 1), ("lanh-dao", date(2026, 5, 1), 1),
])
def test_a_unit_counts_on_the_day_of_the_gate(unit: str, day: date, sentences: int) -> None:
    library = library_of({"people.yaml": MOVED, "records/nonconformities/NC-2026-001.md": record(f"unit: {unit}\nverifier: tuan\n")})
    gate = Gate("outside_unit", {"person": "verifier", "units": "unit"})
    assert len(list(missing(gate, library.by_id["NC-2026-001"], Context(library, day)))) == sentences



def test_a_lack_says_how_the_gate_is_opened() -> None:
    assert mends("asked", ASKED, GRID, AUDIT) == ["qmsctl audit checklist DG-1, then ask what is left, and fill the checklist in"]
    over = {path: text.replace("planned", "closed") for path, text in AUDIT.items()}
    assert mends("asked", ASKED, GRID, over)[0].startswith("qmsctl new audit --title ")
    assert mends("asked", ASKED, GRID.replace("mot-cua", "nowhere").replace(", audit: DG-1", "")) == ['qmsctl audit open NC-2026-001 --unit nowhere --date "…"']
    told = "kind: corrective\nraised: 2026-05-01\ndue: 2026-06-30\n"
    done = 'qmsctl advance A-1 done --set done=2026-06-01 --set result="…"'
    assert mends("linked", LINKED, ACTIONS, {**action("A-1", "planned", more=told), **action("A-2", "cancelled")}) == [done], "with what it lacks"
    closed = {"field": "actions", "in": ("verified-effective",)}
    assert mends("linked", closed, record("actions: [A-1]\n"), action("A-1", "planned", more=told)) == [done], "by the shortest way"
    assert mends("linked", LINKED, record("actions: [A-1]\n"), action("A-1", "verified-effective")) == ["see what holds it up: qmsctl show A-1"]
    assert mends("linked", LINKED, record("actions: [A-1]\n")) == ['qmsctl set NC-2026-001 actions="…"']
    assert mends("linking", {**LINKING, "some": "true"}) == ['qmsctl new action --title "…" --set about_nc=NC-2026-001']
    assert mends("linking", {**LINKING, "some": "true", "command": "act on"}) == ["qmsctl act on NC-2026-001"]
    assert mends("present", ("cause",)) == ['qmsctl set NC-2026-001 cause="…"']
    assert mends("equal", {"effective": "yes"}) == ['qmsctl set NC-2026-001 effective="…"']
    assert mends("one_of", {"cause_method": ("5-whys",)}) == ['qmsctl set NC-2026-001 cause_method="…"']
    assert mends("covered", {"set": ("a", "b", "c"), "field": "affected"}, record("affected: [a]\n")) == ["qmsctl set NC-2026-001 affected+=b,c"]
    assert mends("signed", {**CONFIRM, "of": "documents"}, record("documents: [CSCL]\n"), {DOCUMENT: POLICY.format("")}) == ["qmsctl confirm CSCL"]
    assert mends("signed", CONFIRM) == ["see what holds it up: qmsctl show NC-2026-001"]


@pytest.mark.parametrize(
    ("answers", "signed", "mend"),
    [
        ("", "approve", 'qmsctl revise CSCL --change "…" --answers NC-2026-001'),
        ("", "", "write “answers: [NC-2026-001]” into documents/policy/CSCL.md, then: qmsctl submit CSCL"),
        ("answers: [NC-2026-001]\n", "", "qmsctl submit CSCL"),
        ("answers: [NC-2026-001]\n", "author", "qmsctl approve CSCL"),
        ("answers: [NC-2026-001]\napproval: {review: [qmr], approve: [director]}\n", "author", "qmsctl approve CSCL"),
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


@pytest.mark.parametrize(
    ("second", "mend"),
    [("", "qmsctl submit CSCL"), ("answers: [NC-2026-001]\n", "wait until CSCL takes effect on 2026-07-01")],
)
def test_a_revision_to_come_is_waited_for_only_if_it_answers(second: str, mend: str) -> None:
    """Of two revisions that are not in force yet the one that names the record counts."""
    head = "---\nid: CSCL\ntype: policy\ntitle: x\nrevision: {}\nowner: lan\n{}---\n"
    coming = head.format(2, f"change: a\neffective: 2026-07-01\n{second}")
    library = office(
        f"```md {NC}\n{record('documents: [CSCL]' + chr(10))}```\n```md {DOCUMENT}\n{coming}```\n"
        "```dossier CSCL\nauthor lan 2026-05-02T08:00:00+07:00\napprove binh director 2026-05-03T08:00:00+07:00\n```\n"
        f"```md {DOCUMENT}\n{head.format(3, 'change: b' + chr(10) + 'answers: [NC-2026-001]' + chr(10))}```\n"
    )
    found = missing(Gate("reissued", {"field": "documents"}, {}), library.by_id["NC-2026-001"], Context(library, library.today))
    assert [str(each.mend) for each in found] == [mend]


def test_elapsed_follows_the_setting_of_the_office() -> None:
    text = record("verified: 2026-03-08\nactions: [A-1]\n")
    assert said("elapsed", ELAPSED, text, {**DONE, "qms.yaml": QMS_YAML + "effect_after: 7\n"}) == []
    assert len(said("elapsed", ELAPSED, text, {**DONE, "qms.yaml": QMS_YAML + "effect_after: 8\n"})) == 1


def test_when_narrows_a_gate() -> None:
    assert said("present", ("cause",), when={"severity": ("minor",)}) == []
    assert len(said("present", ("cause",), when={"severity": ("major", "minor")})) == 1
    assert said("present", ("cause",), when={"unit": ("mot-cua",)}) == []


def test_every_operator_is_tested() -> None:
    here = {"signed", "reissued", "since_reopened", "last_row", "reached", "registered", "told", "another_hand"}
    assert {case[0] for case in OPEN_AND_CLOSED} | here == operators() | {"nothing"}


# -- gates on the rows of a type with data blocks -------------------------------------------------------------

CHECKED = """\
type: checked
kind: record
label: {en: Checked}
id: CK-{number:3}
folder: records/checked
fields:
  title: {kind: text, required: true}
  owner: {kind: person}
  chair: {kind: person}
  auditors: {kind: list, of: {kind: text}}
  target: {kind: number}
  direction: {kind: text}
blocks:
  lines:
    label: {en: Lines}
    columns:
      what: {kind: text, required: true}
      result: {kind: one-of, values: {ok: {en: in order}, bad: {en: out of order}}}
      value: {kind: number}
      clauses: {kind: list, of: {kind: clause}}
      action: {kind: reference, to: [action], label: {en: Action taken}}
states:
  - {id: open, label: {en: open}, to: [closed]}
  - {id: closed, label: {en: closed}, final: true, signoff: {meaning: close, role: [qmr]}}
"""
CK = "records/checked/CK-001.md"


def of_rows(operator: str, arguments: Any, rows: str = "", fields: str = "", more: dict[str, str] | None = None) -> list[Lack]:
    text = f"---\nid: CK-001\ntype: checked\ntitle: x\nstatus: open\n{fields}---\n\n```lines\n{rows}```\n"
    library = library_of({".qms/types/checked/type.yaml": CHECKED, CK: text, **(more or {})})
    return list(missing(Gate(operator, arguments, {}), library.by_id["CK-001"], Context(library, DAY)))


def sentences(operator: str, arguments: Any, rows: str = "", fields: str = "", more: dict[str, str] | None = None) -> list[str]:
    return [str(lack.message) for lack in of_rows(operator, arguments, rows, fields, more)]


def test_rows() -> None:
    columns = {"block": "lines", "columns": ("result", "value")}
    assert sentences("rows", columns, "- {what: a, result: ok, value: 1}\n") == []
    assert sentences("rows", columns, "- {what: a, result: ok}\n- {what: b}\n") == [
        "the table “Lines” (lines), row 2: “result” (result) is missing",
        "the table “Lines” (lines), row 1–2: “value” (value) is missing",
    ]
    holes = "".join(f"- {{what: a{', result: ok' if number in (3, 5) else ''}, value: 1}}\n" for number in range(1, 9))
    assert sentences("rows", columns, holes) == ["the table “Lines” (lines), row 1–2, 4, 6–8: “result” (result) is missing"]
    assert [str(lack.mend) for lack in of_rows("rows", columns, holes)] == [f"fill in these cells with your editor, in {CK}"]
    assert [str(lack.mend) for lack in of_rows("rows", {**columns, "fills": "audit answer"}, holes)] == ["qmsctl audit answer CK-001"]
    assert [str(lack.mend) for lack in of_rows("rows", columns, "- {what: a, value: 1}\n- {what: b, value: 2}\n")] == [
        'qmsctl set CK-001 lines.1.result="…" lines.2.result="…"'
    ]
    assert [str(lack.mend) for lack in of_rows("rows", columns, "- {what: a, value: 1}\n" * 3)] == [
        'qmsctl set CK-001 lines.1.result="…" lines.2.result="…" lines.3.result="…"'
    ]
    either = {"block": "lines", "any": ("value", "clauses", "action")}
    assert [str(lack.mend) for lack in of_rows("rows", either)] == ['qmsctl set CK-001 "lines+={what: …, value: …}"']
    assert sentences("rows", either, "- {what: a}\n") == ["the table “Lines” (lines), row 1: one of value (value), clauses (clauses), action (Action taken) is needed"]
    either = {"block": "lines", "any": ("value", "action")}
    assert sentences("rows", either, "- {what: a, action: A-1}\n") == []
    assert sentences("rows", either, "- {what: a}\n") == ["the table “Lines” (lines), row 1: one of value (value), action (Action taken) is needed"]
    where = {**either, "where": {"result": ("bad",)}, "optional": "true"}
    assert sentences("rows", where, "- {what: a, result: ok}\n- {what: b}\n") == []
    assert sentences("rows", where, "- {what: a, result: bad}\n") == ["the table “Lines” (lines), row 1: one of value (value), action (Action taken) is needed"]
    assert sentences("rows", where) == []


def test_last_row() -> None:
    gate = {"block": "lines", "one_of": {"result": ("ok",)}}
    assert sentences("last_row", gate, "- {what: a, result: bad}\n- {what: b, result: ok}\n") == []
    closed = "the last row of the table “Lines” (lines) has result: {}; it has to be one of ok (in order)"
    assert sentences("last_row", gate, "- {what: a, result: ok}\n- {what: b, result: bad}\n") == [closed.format("bad (out of order)")]
    assert sentences("last_row", gate) == ["the table “Lines” (lines) has no row; the last one has to have result: one of ok (in order)"]
    assert sentences("last_row", {**gate, "optional": "true"}) == []
    assert sentences("last_row", {**gate, "optional": "true"}, "- {what: a}\n") == [closed.format("—")]


def test_no_more() -> None:
    """Fields, and the columns of each row together; what is no number is for others to say."""
    field, columns = {"than": "target", "field": "made"}, {"than": "target", "block": "lines", "columns": ("what", "value")}
    assert [sentences("no_more", field, fields=f"target: 5\nmade: {made}\n") for made in ("5", "x")] == [[], []]
    (lack,) = of_rows("no_more", field, fields="target: 5\nmade: 5.5\n")
    assert str(lack.message) == "“made” (made) is 5.5, more than “target” (target), 5"
    assert str(lack.mend) == 'qmsctl set CK-001 made="…"; or: qmsctl set CK-001 target="…"'
    rows = "- {what: 2, value: 3}\n- {what: 2, value: 3.5}\n- {what: 6}\n- {what: x, value: 6}\n- {what: x}\n"
    found = of_rows("no_more", columns, rows, "target: 5\n")
    told = "the table “Lines” (lines), row {}: {} together, more than “target” (target), 5"
    assert [str(each.message) for each in found] == [told.format(2, "5.5"), told.format(3, "6"), told.format(4, "6")]
    assert [str(each.mend) for each in found] == [f'qmsctl set CK-001 lines.{cell}="…"; or: qmsctl set CK-001 target="…"' for cell in ("2.value", "3.what", "4.value")]
    assert sentences("no_more", columns, rows) == sentences("no_more", columns, rows, "target: x\n") == []


DATED = CHECKED.replace("      what: {kind: text", "      on: {kind: date, when: past}\n      until: {kind: date}\n      what: {kind: text")
PASSED = {"block": "lines", "one_of": {"result": ("ok",)}}
OK, BAD = "{{on: {}, what: a, result: ok}}", "{{on: {}, what: a, result: bad}}"


def of_dated(*rows: str) -> list[tuple[str, bool]]:
    own = {".qms/types/checked/type.yaml": DATED}
    return [(str(lack.message), lack.later) for lack in of_rows("last_row", PASSED, "".join(f"- {row}\n" for row in rows), more=own)]


@pytest.mark.parametrize(
    ("rows", "closed"),
    [
        ((BAD.format("2026-02-01"), OK.format("2026-03-01")), None),
        ((OK.format("2026-03-01"), BAD.format("2026-02-01")), None),
        ((OK.format("2026-02-01"), BAD.format("2026-03-01")), False),
        ((BAD.format("2026-03-01"), OK.format("2026-02-01")), True),
        ((BAD.format("2026-03-01"), OK.format("2026-02-01, until: 2030-01-01")), True),
        ((BAD.format("2026-03-01"), OK.format("2026-03-01")), None),
        ((OK.format("2026-03-01"), BAD.format("2026-03-01")), False),
    ],
)
def test_the_latest_row_is_that_of_the_latest_day(rows: tuple[str, ...], closed: bool | None) -> None:
    sentence = "the last row of the table “Lines” (lines) has result: bad (out of order); it has to be one of ok (in order)"
    assert of_dated(*rows) == ([] if closed is None else [(sentence, closed)])


def test_a_row_without_a_day_may_be_the_latest() -> None:
    told = "the table “Lines” (lines), row 2: without a day nobody can tell which row is the latest"
    assert of_dated(OK.format("2026-03-01"), "{what: a, result: bad}") == [(told, True)]


def test_linked_by_a_column() -> None:
    gate = {"block": "lines", "column": "action", "in": ("done",), "aside": ("cancelled",)}
    rows = "- {what: a, action: A-1}\n- {what: b}\n"
    assert sentences("linked", gate, rows, more=action("A-1", "done")) == []
    assert sentences("linked", gate, rows, more=action("A-1", "cancelled")) == []
    assert sentences("linked", gate, rows, more=action("A-1", "planned")) == ["A-1 is “planned”; it has to be done"]
    assert sentences("linked", gate, rows) == ["A-1, named in “lines”, does not exist"]


def test_covered_by_a_column() -> None:
    one = {"set": ("ok", "bad"), "block": "lines", "column": "result"}
    assert sentences("covered", one, "- {what: a, result: ok}\n- {what: b, result: bad}\n") == []
    assert sentences("covered", one, "- {what: a, result: ok}\n") == ["the table “Lines” (lines) leaves out bad (out of order)"]
    editions = {**one, "set": {"iso9001-2008": ("ok",), "iso9001-2015": ("ok", "bad")}}
    assert sentences("covered", editions, "- {what: a, result: ok}\n") == [], "the office follows the edition of 2008"
    both = {"qms.yaml": QMS_YAML.replace("[iso9001-2008]", "[iso9001-2008, iso9001-2015]")}
    assert sentences("covered", editions, "- {what: a, result: ok}\n", more=both) != []


def test_what_is_not_covered_is_said_in_short() -> None:
    clauses = {"set": "clauses", "block": "lines", "column": "clauses"}
    rows = '- {what: a, clauses: ["4", "5", "6", 7.1, 7.2.1, 7.2.2]}\n- {what: b, clauses: ["7.3", "7.5", "7.6", "8"]}\n'
    assert sentences("covered", clauses, rows) == ["the table “Lines” (lines) leaves out 7.2.3, 7.4"]
    assert sentences("covered", clauses) == ["the table “Lines” (lines) leaves out 4, 5, 6, 7, 8"]


REACHED = {"block": "lines", "column": "value", "target": "target", "direction": "direction"}
MEASURED = "- {what: a, value: 99}\n- {what: b, value: 97.5}\n"


@pytest.mark.parametrize(
    ("fields", "rows", "met", "missed"),
    [
        ("target: 97.5\ndirection: at-least\n", MEASURED, [], ["97.5, which reaches the target: at least 97.5"]),
        ("target: 98\ndirection: at-least\n", MEASURED, ["97.5, short of the target: at least 98"], []),
        ("target: 97.5\ndirection: at-most\n", MEASURED, [], ["97.5, which reaches the target: at most 97.5"]),
        ("target: 2\ndirection: at-most\n", MEASURED, ["97.5, short of the target: at most 2"], []),
        ("target: 98\n", "", ["has no row"], ["has no row"]),
        ("target: 98\n", "- {what: a, value: 99}\n- {what: b}\n", ["has no number under “value”"], ["has no number under “value”"]),
        ("direction: at-most\n", MEASURED, ["“target” (target) is not filled in"], ["“target” (target) is not filled in"]),
    ],
)
def test_reached(fields: str, rows: str, met: list[str], missed: list[str]) -> None:
    for arguments, wanted in ((REACHED, met), ({**REACHED, "missed": "true"}, missed)):
        found = sentences("reached", arguments, rows, fields)
        assert len(found) == len(wanted)
        assert all(part in sentence for part, sentence in zip(wanted, found, strict=True))


def auditor(name: str, status: str, person: str = "") -> dict[str, str]:
    named = f"person: {person}\n" if person else "organization: Sở\n"
    return {f"records/auditors/{name}.md": f"---\nid: {name}\ntype: auditor\ntitle: x\nowner: lan\nstatus: {status}\n{named}---\n"}


def test_registered() -> None:
    gate = {"field": "auditors", "type": "auditor", "by": "person", "in": ("current",)}
    fields = "auditors: [lan, DGV-02]\n"
    register = {**auditor("DGV-01", "current", "lan"), **auditor("DGV-02", "current")}
    assert sentences("registered", gate, fields=fields, more=register) == []
    several = sentences("registered", gate, fields="auditors: [lan, DGV-02, binh, hoa]\n", more=auditor("DGV-02", "current") | auditor("DGV-01", "candidate", "lan"))
    assert [sentence.partition(",")[0] for sentence in several] == ["DGV-01 is “candidate”; it has to be current", "Trần Thị Bình", "Phạm Thị Hoa"]
    assert sentences("registered", {**gate, "type": "x"}, fields="auditors: [lan]\n") == ["Nguyễn Thị Lan, named in “auditors” (auditors), is not in the register “x”"]
    assert sentences("registered", gate) == []
    candidates = {**auditor("DGV-01", "candidate", "lan"), **auditor("DGV-02", "current")}
    [lack] = of_rows("registered", gate, fields=fields, more=candidates)
    assert str(lack.message) == "DGV-01 is “candidate”; it has to be current"
    assert str(lack.mend) == "qmsctl advance DGV-01 current"
    [lack] = of_rows("registered", gate, fields=fields, more=auditor("DGV-02", "current"))
    assert "Nguyễn Thị Lan, named in “auditors” (auditors), is not in the register" in str(lack.message)
    assert str(lack.mend) == 'qmsctl new auditor --title "…" --set person=lan'


def test_withdrawn() -> None:
    def found(lines: str) -> list[str]:
        files = {NC: record("documents: [CSCL]\n").encode(), DOCUMENT: POLICY.format("").encode()}
        files.update(dossier(files, "CSCL", f"author lan 2026-01-05T08:00:00+07:00\napprove binh director 2026-01-06T08:00:00+07:00\n{lines}"))
        return in_library(library_of(files), "withdrawn", {"field": "documents"})

    assert found("withdraw binh director 2026-05-01T08:00:00+07:00") == []
    assert found("withdraw binh director 2026-05-02T08:00:00+07:00") == ["CSCL has not been withdrawn"], "after the day of the gate"
    assert found("") == ["CSCL has not been withdrawn"]


CLOSE = "close lan qmr 2026-04-01T08:00:00+07:00"


@pytest.mark.parametrize(
    ("arguments", "fields", "lines", "wanted"),
    [
        ({"by": ("owner",)}, "", CLOSE, "has to be signed by Phạm Thị Hoa, who is “Owner” (owner)"),
        ({"by": ("verifier",)}, "verifier: lan\n", CLOSE, ""),
        ({"by": ("verifier",)}, "", CLOSE, "“Verified by” (verifier) is not filled in"),
        ({"by": ("verifier",)}, "verifier: lan\n", "", "has no sign-off “close” by qmr"),
        ({"apart": ("owner",)}, "", CLOSE, ""),
        ({"apart": ("owner", "verifier")}, "verifier: lan\n", CLOSE, "may not be signed by Nguyễn Thị Lan, who is “Verified by” (verifier) of NC-2026-001"),
        ({"apart": ("owner",)}, "", f"{CLOSE} entered_by=hoa", "may not be entered by Phạm Thị Hoa, who is “Owner” (owner) of NC-2026-001, without a file"),
        ({"entered_apart": ("owner",)}, "", f"{CLOSE} entered_by=hoa", "may not be entered by Phạm Thị Hoa"),
        ({"entered_apart": ("owner",)}, "", f"{CLOSE} entered_by=minh", ""),
        ({"entered_apart": ("verifier",)}, "verifier: lan\n", CLOSE, ""),
        ({"apart": ("actions.owner",)}, "actions: [A-1]\n", CLOSE, "may not be signed by Nguyễn Thị Lan, who is “Owner” (owner) of A-1"),
    ],
)
def test_who_signed(arguments: dict[str, Any], fields: str, lines: str, wanted: str) -> None:
    gate = {"meaning": "close", "role": ("qmr",), **arguments}
    found = said("signed", gate, record(fields), more=action("A-1", "done", owner="lan"), signed=lines)
    assert len(found) == bool(wanted)
    assert all(wanted in sentence for sentence in found)


def test_a_sign_off_that_anybody_may_give_names_no_role() -> None:
    [found] = said("signed", {"meaning": "close"}, record(""))
    assert found.endswith("has no sign-off “close”")


def test_each_of_several_documents_is_signed() -> None:
    files: dict[str, bytes] = {NC: record("documents: [CSCL, QT-01, QT-02]\n").encode(), DOCUMENT: POLICY.format("").encode()}
    files.update(dossier(files, "CSCL", "confirm lan qmr 2026-04-01T08:00:00+07:00"))
    gate = {**CONFIRM, "of": "documents"}
    assert in_library(library_of(files), "signed", gate) == [f"{each} has no sign-off “confirm” by qmr" for each in ("QT-01", "QT-02")]


def test_the_latest_signer_counts() -> None:
    files: dict[str, bytes] = {NC: record("verifier: lan\n").encode()}
    files.update(dossier(files, "NC-2026-001", CLOSE))
    files[NC] += b"again\n"
    files.update(dossier(files, "NC-2026-001", "close hung qmr 2026-04-03T08:00:00+07:00"))
    files["people.yaml"] = PEOPLE_YAML.replace("{role: deputy-director, from: 2025-01-01}", "{role: qmr, from: 2025-01-01}").encode()
    gate = {"meaning": "close", "role": ("qmr",), "by": ("verifier",)}
    assert len(in_library(library_of(files), "signed", gate)) == 1


def test_the_command_that_adds_what_is_missing() -> None:
    def way(operator: str, arguments: Any, rows: str = "", fields: str = "") -> list[str]:
        return [str(lack.mend) for lack in of_rows(operator, arguments, rows, fields)]

    assert way("rows", {"block": "lines", "columns": ("value",)}) == ['qmsctl set CK-001 "lines+={what: …, value: …}"']
    assert way("last_row", {"block": "lines", "one_of": {"result": ("ok",)}}) == ['qmsctl set CK-001 "lines+={what: …, result: …}"']
    gate = {"set": ("7.6",), "block": "lines", "column": "clauses"}
    assert way("covered", gate) == ['qmsctl set CK-001 "lines+={what: …, clauses: [7.6]}"']
    dated = {".qms/types/checked/type.yaml": DATED.replace("when: past}", "when: past, required: true}")}
    [lack] = of_rows("last_row", {"block": "lines", "one_of": {"result": ("ok",)}}, more=dated)
    assert str(lack.mend) == 'qmsctl set CK-001 "lines+={on: 2026-06-01, what: …, result: …}"'
    assert way("reached", REACHED, fields="target: 2\n") == ['qmsctl set CK-001 "lines+={what: …, value: …}"']
    to_come = DATED.replace("until: {kind: date}", "until: {kind: date, required: true}") + "due:\n  - {label: {en: Due}, block: lines, column: until}\n"
    [lack] = of_rows("last_row", {"block": "lines", "one_of": {"result": ("ok",)}}, more={".qms/types/checked/type.yaml": to_come})
    assert str(lack.mend) == 'qmsctl set CK-001 "lines+={until: 2027-06-01, what: …, result: …}"'


ROWS = "{{rows: {{block: {}, columns: [value], where: {{result: [ok]}}}}{}}}"


def test_the_row_that_is_added_has_what_other_gates_ask_of_such_rows() -> None:
    others = "  others:\n    label: {en: Others}\n    columns: {result: {kind: text}, value: {kind: text}}\nstates:"

    def columns(gate: str) -> str:
        held = f"to: [closed]}}\n  - {{id: held, label: {{en: held}}, to: [closed], gates: [{gate}]}}"
        own = {".qms/types/checked/type.yaml": CHECKED.replace("to: [closed]}", held).replace("states:", others)}
        [lack] = of_rows("last_row", {"block": "lines", "one_of": {"result": ("ok",)}}, more=own)
        return str(lack.mend).partition("+=")[2]

    asked = ROWS.format("lines", "")
    assert columns(asked) == '{what: …, result: …, value: …}"'
    assert columns(asked.replace(", where: {result: [ok]}", "")) == '{what: …, result: …, value: …}"'
    not_asked = ("{rows: {block: lines, any: [value], where: {result: [ok]}}}", asked.replace("ok", "bad"), asked.replace("result: [ok]", "what: [ok]"),
                 ROWS.format("lines", ", format: 2"), ROWS.format("lines", ", when: {title: [y]}"), ROWS.format("others", ""))
    assert {columns(each) for each in not_asked} == {'{what: …, result: …}"'}


def test_a_yes_is_told_with_its_words() -> None:
    assert said("equal", {"effective": "true"}) == ["“Effective” (effective) has to be true (yes)"]


def test_a_no_is_told_with_its_words() -> None:
    assert said("equal", {"effective": "false"}, record("effective: yes\n")) == ["“Effective” (effective) has to be false (no)"]


# -- what rows say, and who signed before -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{what: Không phát sinh}", True), ("{what: nothing to report}", True), ("{what: 4/5 đạt}", True), ("{what: 97%}", True),
        ("{what: đạt}", False), ("{what: ổn định}", False), ("{what: '. . .'}", False), ("{what: 'a – b'}", False),
        ("{what: đạt, result: ok}", True), ("{what: đạt, action: A-1}", True), ("{what: đạt, action: '-'}", False),
    ],
)
def test_each_row_says_something(row: str, says: bool) -> None:
    gate = {"block": "lines", "texts": ("what",), "or": ("result", "action")}
    told = ["the table “Lines” (lines), row 2: a sentence or a figure is needed, or one of result, Action taken"]
    assert sentences("told", gate, f"- {{what: Ba việc đã xong}}\n- {row}\n") == ([] if says else told)


def test_some_row_has_a_value() -> None:
    gate = {"block": "lines", "where": {"result": ("ok",)}, "some": "true"}
    assert sentences("rows", gate, "- {what: a, result: bad}\n- {what: b, result: ok}\n") == []
    assert sentences("rows", gate, "- {what: a, result: bad}\n") == ["the table “Lines” (lines) has no row in which result (result) is one of ok (in order)"]
    assert len(sentences("rows", gate)) == 1


def test_a_row_says_something_where_nothing_else_will_do() -> None:
    assert sentences("told", {"block": "lines", "texts": ("what",)}, "- {what: đạt}\n") == ["the table “Lines” (lines), row 1: a sentence or a figure is needed"]


def test_the_person_of_a_field_is_not_in_a_row() -> None:
    gate = {"person": "chair", "from": ("owner",), "block": "lines", "column": "what", "where": {"result": ("ok",)}}
    rows = "- {what: lan, result: ok}\n- {what: hoa, result: bad}\n"
    assert sentences("differ", gate, rows, "chair: hoa\nowner: minh\n") == []
    assert sentences("differ", gate, rows, "chair: lan\n") == ["Nguyễn Thị Lan may not be “chair” here, being named in “Lines” (lines)"]


def test_where_everybody_took_part_it_is_a_warning() -> None:
    gate = {"person": "chair", "from": ("owner",), "block": "lines", "column": "what", "where": {"result": ("ok",)}}
    rows = "".join(f"- {{what: {person}, result: ok}}\n" for person in ("binh", "hung", "lan", "minh", "hoa"))
    assert [lack.severity for lack in of_rows("differ", gate, rows, "chair: lan\n")] == ["warning"]
    assert [lack.severity for lack in of_rows("differ", gate, rows.replace("hoa, result: ok", "hoa, result: bad"), "chair: lan\n")] == [None]


@pytest.mark.parametrize(
    ("rows", "stricter", "missed"),
    [
        (((3, 3), (2, 1), (1, 1)), [], [True]),
        (((3, 1), (2, 1), (1, 3)), [True], []),
        (((1, 3), (2, 3), (3, 1)), [False], []),
        (((3, 1), (1, 3), (2, "")), [False], []),
        (((3, 3), (1, 1), (2, "")), [], [False]),
    ],
)
def test_the_target_is_met_by_the_latest_value(rows: tuple[tuple[int, object], ...], stricter: list[bool], missed: list[bool]) -> None:
    own = {".qms/types/checked/type.yaml": DATED}
    late = "".join(f"- {{on: 2026-0{month}-01, what: a, value: {value}}}\n" for month, value in rows)
    for arguments, wanted in ((REACHED, stricter), ({**REACHED, "missed": "true"}, missed)):
        found = of_rows("reached", arguments, late, "target: 2\ndirection: at-least\n", own)
        assert [lack.later for lack in found] == wanted


MINUTED = """\
type: meeting
kind: record
label: {en: Meeting}
id: M-{number:3}
folder: records/meetings
fields:
  title: {kind: text}
states:
  - {id: open, label: {en: open}, to: [minuted]}
  - {id: minuted, label: {en: minuted}, to: [closed], signoff: {meaning: approve, role: [director]}}
  - {id: closed, label: {en: closed}, final: true, signoff: {meaning: close, role: [director, qmr]}}
"""
MEETING = "records/meetings/M-001.md"


def hands(closing: str, people: str = PEOPLE_YAML, than: tuple[str, ...] = ("minuted",)) -> list[tuple[str, str | None]]:
    text = "---\nid: M-001\ntype: meeting\ntitle: x\nstatus: {}\n---\n"
    files: dict[str, bytes] = {".qms/types/meeting/type.yaml": MINUTED.encode(), "people.yaml": people.encode()}
    for state, signed in (("minuted", "approve binh director 2026-04-01T08:00:00+07:00\n"), ("closed", closing)):
        files[MEETING] = text.format(state).encode()
        files.update(dossier(files, "M-001", signed))
    library = library_of(files)
    found = missing(Gate("another_hand", {"than": than}, {}), library.by_id["M-001"], Context(library, DAY))
    return [(str(lack.message), lack.severity) for lack in found]


def test_one_person_does_not_sign_two_states_in_a_day() -> None:
    told = "Trần Thị Bình has signed “closed” and “minuted” on one day, 2026-04-01; somebody else signs, or a later day"
    alone = "people:\n  - {id: binh, name: Trần Thị Bình, email: b@x.example, roles: [{role: director, from: 2025-01-01}]}\n"
    assert hands("close binh director 2026-04-01T16:00:00+07:00\n") == [(told, None)]
    assert hands("close binh director 2026-04-02T08:00:00+07:00\n") == []
    assert hands("close lan qmr 2026-04-01T16:00:00+07:00\n") == []
    assert hands("close lan qmr 2026-04-01T16:00:00+07:00 entered_by=binh\n") == [(told, None)]
    assert hands("close binh director 2026-04-01T16:00:00+07:00\n", than=("open", "closed", "minuted")) == [(told, None)]
    assert hands("") == []
    assert hands("close binh director 2026-04-01T16:00:00+07:00\n", alone) == [(told, "warning")]
