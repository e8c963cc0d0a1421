"""What people do to documents and records: each edit applied, and the refusals with their sentence.

What is said of an edit, and by every refusal, stands word for word in ``lifecycle_said.txt``.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import ndiff
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qmsctl.core.asked import sign_offs_on, way_on
from qmsctl.core.brought import errors_brought
from qmsctl.core.dossier import Basis
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, Actor, actor_of, choose_role
from qmsctl.core.lifecycle.adoption import adopt
from qmsctl.core.lifecycle.attaching import attach
from qmsctl.core.lifecycle.creation import create
from qmsctl.core.lifecycle.derived import create_from
from qmsctl.core.lifecycle.document_way import acknowledge, revise, sign_round, submit, withdraw
from qmsctl.core.lifecycle.dossier_files import signoff_file
from qmsctl.core.lifecycle.elsewhere import Elsewhere
from qmsctl.core.lifecycle.mutual import linked_back
from qmsctl.core.lifecycle.paper_approver import paper_approver
from qmsctl.core.lifecycle.record_states import advance, reopen
from qmsctl.core.lifecycle.record_way import set_values
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.proof.closing import last_closing, signed_states
from qmsctl.errors import QmsError, Refusal, UsageError
from qmsctl.mend import Command, Mend
from qmsctl.message import Message
from qmsctl.rules import load_rule
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.shipped.definitions import type_set
from tests.golden import assert_section, title_of
from tests.office import PEOPLE_YAML, QMS_YAML, TODAY, FakeOutside, library_of, office
from tests.test_rule_sentences import marks

VN = ZoneInfo("Asia/Ho_Chi_Minh")
CSCL = "documents/policy/CSCL.md"
HD = "documents/instructions/HD-01.md"
BASIS = Basis("12/QĐ-UBND", date(2026, 5, 1))


SAID = Path(__file__).with_name("lifecycle_said.txt")


@pytest.fixture(autouse=True)
def _word_for_word(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    heard: list[str] = []
    error, after = QmsError.__init__, Library.after

    def refused(self: QmsError, message: Message, mend: Mend | None = None) -> None:
        heard.extend(each for each in lines(message, mend) if each not in heard)
        error(self, message, mend)

    def done(self: Library, edit: Edit) -> Library:
        for message in (edit.summary, *edit.remarks):
            heard.extend(lines(message))
        told = {"about": edit.subjects, "makes": edit.made, "vouches": edit.vouched, "foreign": edit.foreign}
        heard.extend(f"  {word} {' '.join(each)}" for word, each in told.items() if each)
        for each in edit.changes:
            heard.append(f"  {'writes' if each.before is None else 'changes' if each.after else 'deletes'} {each.path}{circumstances(each)}")
            heard.extend(f"    {line}" for line in written(each) if line.strip())
        return after(self, edit)

    monkeypatch.setattr(QmsError, "__init__", refused)
    monkeypatch.setattr(Library, "after", done)
    yield
    assert_section(SAID, title_of(request.node), heard)


def written(change: FileChange) -> list[str]:
    """The lines that are new in a document or record; of sign-offs the circumstances are said, and copies are what they copy."""
    before, after = ((data or b"").decode("utf-8", "replace").splitlines() for data in (change.before, change.after))
    return [] if change.path.startswith(("signoffs/", "attachments/")) else [line for line in after if line not in before]


def circumstances(change: FileChange) -> str:
    """What a sign-off says beside what its path and its text say already."""
    text = (change.after or b"").decode("utf-8", "replace")
    fields = text.split("---\n")[1].splitlines() if "\nmeaning: " in text else []
    return "".join(f" {line}" for line in fields if line.partition(":")[0] not in ("type", "subject", "state", "revision", "sha256", "meaning", "at"))


def lines(message: Message, mend: Mend | None = None) -> Iterator[str]:
    for lang in ("en", "vi"):
        translate = translator(lang)
        way = f" → {mend.hint.render(translate, lang)}{marks(mend)}" if mend else ""
        yield f"{message.render(translate, lang)}{way}"


STRICT = QMS_YAML + "format: 2\nstricter_from: 2026-05-01\n"
EVIDENCE = Basis(None, None, "attachments/a.pdf", "0" * 64)
LIMIT = """type: limit
kind: record
label: {en: Limit}
id: GH-{unit}-{year}-{number:2}
folder: records/limits
fields:
  title: {kind: text}
  unit: {kind: unit, default: "{unit}"}
  year: {kind: integer, default: "{year}"}
  by: {kind: person, default: "{me}"}
  day: {kind: date, default: "{today}"}
  place: {kind: map, keys: {room: {kind: text}, floors: {kind: list, of: {kind: integer}}}}
  lines: {kind: table, columns: {what: {kind: text}, until: {kind: date}}}
  grade: {kind: one-of, values: {major: {en: major, vi: nặng}, minor: {en: minor, vi: nhẹ}}, default: minor}
  most: {kind: number, required: true, moved_by: moves, label: {en: At most}}
  less: {kind: number, required: true, state: set}
  days: {kind: list, of: {kind: date}}
blocks: {moves: {label: {en: Moves}, columns: {at: {kind: date}, note: {kind: text}, who: {kind: list, of: {kind: person}}}}}
sections: [{id: reasons, en: Reasons, vi: Lý do}]
states: [{id: agreed, label: {en: agreed}, to: [set]}, {id: set, label: {en: set}}]
"""


def start(files: Mapping[str, bytes | str] | None = None, today: date = TODAY, used: Mapping[str, str] | None = None) -> Library:
    return library_of(files or {}, today, outside=FakeOutside(used=dict(used or {})))


def act(person: str, role: str | None = None, comment: str = "", minute: int = 0, **more: object) -> Act:
    at = datetime(2026, 6, 1, 8, 0, tzinfo=VN) + timedelta(minutes=minute)
    return replace(Act(Actor(person), at, role, comment), **more)  # type: ignore[arg-type]


def policy(revision: int = 1, body: str = "text") -> str:
    return f"---\nid: CSCL\ntype: policy\ntitle: A\nrevision: {revision}\nowner: lan\n---\n{body}\n"


def body(found: object, new_id: str, title: str) -> str:
    return f"# {title}\n"


def corrected(mend: Mend) -> tuple[str, str] | None:
    """The word that was given and the one that is put in its place, where there is but one."""
    return getattr(mend.steps[0], "instead", None)


def data_of(library: Library, path: str) -> bytes:
    return library.outside.read(path)


def approved(text: str = "") -> Library:
    library = start({CSCL: text or policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    return library.after(sign_round(library, "CSCL", "approve", act("binh", minute=1)))


def test_create_takes_the_next_id_above_everything_seen() -> None:
    library = start({"documents/procedures/QT-03.md": "---\nid: QT-03\ntype: procedure\n---\n"}, used={"QT-11": "refs/heads/other"})
    edit = create(library, "procedure", {"title": "Tiếp nhận: hồ sơ", "owner": "minh"}, "minh", body)
    after = library.after(edit)
    made = after.by_id["QT-12"]
    assert made.path == "documents/procedures/QT-12.md"
    assert made.title == "Tiếp nhận: hồ sơ"
    assert made.text("owner") == "minh"
    assert after.standing("QT-12").working == "draft"
    assert edit.changes[0].before is None


def test_create_keeps_a_number_the_office_gave_before() -> None:
    library = start({"documents/procedures/QT-03.md": "---\nid: QT-03\ntype: procedure\n---\n"}, used={"QT-11": "refs/heads/other"})
    after = library.after(create(library, "procedure", {"title": "Văn thư", "id": "QT-20"}, "minh", body))
    assert after.by_id["QT-20"].path == "documents/procedures/QT-20.md"
    assert "QT-21" in after.after(create(after, "procedure", {"title": "x"}, "minh", body)).by_id


@pytest.mark.parametrize(("given", "said"), [
    ({"id": "QT-03"}, "QT-03 is there: documents/procedures/QT-03.md"),
    ({"id": "qt-03"}, "have the form"),
    ({"id": "QT-11"}, "QT-11 was given before"),
    ({"id": "HD-20"}, "have the form"),
    ({"id": "../QT-20"}, "have the form"),
    ({"type": "form"}, "this makes a file of the type"),
])
def test_create_refuses_an_id_or_type_that_cannot_be(given: dict[str, str], said: str) -> None:
    library = start({"documents/procedures/QT-03.md": "---\nid: QT-03\ntype: procedure\n---\n"}, used={"QT-11": "refs/heads/other"})
    with pytest.raises((UsageError, Refusal), match=said):
        create(library, "procedure", {"title": "x", **given}, "minh", body)


def test_create_a_record_with_its_first_state_and_defaults() -> None:
    library = start()
    after = library.after(create(library, "nonconformity", {"title": "x", "requirement": "[7.5.1, 'CSCL']"}, "hoa", body))
    made = after.by_id["NC-2026-001"]
    assert (made.status, made.day("raised"), made.text("owner")) == ("reported", TODAY, "hoa")
    assert made.texts("requirement") == ("7.5.1", "CSCL")
    assert "NC-2026-002" in after.after(create(after, "nonconformity", {"title": "y"}, None, body)).by_id


def test_an_id_pattern_of_the_office_that_gives_no_id() -> None:
    with pytest.raises(Refusal, match="the id pattern “NC-{number}{number}” of nonconformity is not valid"):
        create(start({"qms.yaml": QMS_YAML + 'ids: {nonconformity: "NC-{number}{number}"}\n'}), "nonconformity", {"title": "x"}, None, body)


def test_create_with_a_parent_and_with_a_unit() -> None:
    ids = 'ids: {nonconformity: "NC-{unit}-{number:2}"}\n'
    library = start({"qms.yaml": QMS_YAML + ids})
    assert "NC-ho-tich-01" in library.after(create(library, "nonconformity", {"title": "x", "unit": "ho-tich"}, "hoa", body)).by_id
    with pytest.raises(Refusal, match="belongs to a unit"):
        create(library, "nonconformity", {"title": "x"}, None, body)
    assert "BM-07.01" in library.after(create(library, "form", {"title": "x", "parent": "QT-07"}, None, body)).by_id
    with pytest.raises(Refusal, match="belongs to another document"):
        create(library, "form", {"title": "x"}, None, body)


@pytest.mark.parametrize(("name", "meant"), [
    ("nonconformty", "nonconformity"),
    ("Sự không phù hợp", "nonconformity"),
    ("không phù hợp", "nonconformity"),
    ("nc", "nonconformity"),
    ("NC-2026-001", "nonconformity"),
    ("QT", "procedure"),
    ("nothing", ""), ("signoff", ""), ("document", ""), ("../x", ""), ("", ""),
])
def test_create_refuses_a_type_that_has_no_files(name: str, meant: str) -> None:
    with pytest.raises(UsageError, match="there is no type") as caught:
        create(start(), name, {}, None, body)
    assert str(caught.value.mend) == (f"did you mean {meant}?" if meant else "to see them all: qmsctl types")
    assert caught.value.mend
    assert corrected(caught.value.mend) == ((name, meant) if meant else None)


def test_what_a_new_file_is_given_by_its_type() -> None:
    library = start({".qms/types/limit/type.yaml": LIMIT})
    given = {"title": "x", "place": "{room: B2, floors: [1, 2]}", "lines": "[{what: a, until: 31/12/2026}]", "grade": "Nặng", "of": "CSCL"}
    after = library.after(create(library, "limit", given, "minh", lambda found, new_id, title: f"{new_id}: {title}"))
    assert data_of(after, "records/limits/GH-ho-tich-2026-01.md").decode().splitlines() == [
        "---", "id: GH-ho-tich-2026-01", "type: limit", "title: x", "status: agreed", "unit: ho-tich", "year: 2026", "by: minh", "day: 2026-06-01",
        "place: {room: B2, floors: [1, 2]}", "lines: [{what: a, until: 2026-12-31}]", "grade: major", 'most: ""', "of: CSCL", "---", "", "GH-ho-tich-2026-01: x",
    ]
    with pytest.raises(Refusal, match="belongs to a unit"):
        create(library, "limit", {"title": "x"}, None, body)


def test_a_tombstone_takes_the_number_of_what_was_given_up() -> None:
    library = start(used={"CSCL": "refs/heads/main"})
    given = {"id": "CSCL", "title": "Chính sách", "reason": "Gộp vào sổ tay"}
    after = library.after(create(library, "tombstone", given, "lan", body))
    found = after.by_id["CSCL"]
    assert (found.path, found.status, found.day("date")) == ("records/tombstones/CSCL.md", "void", TODAY)
    assert [d.rule for d in run(after, [load_rule(n) for n in ("id-malformed", "wrong-folder", "field-missing")]).diagnostics] == []
    with pytest.raises(UsageError, match="not named"):
        create(start(), "tombstone", {"title": "x"}, "lan", body)
    with pytest.raises(UsageError, match="not named"):
        create(start(), "tombstone", {"id": "../x", "title": "x"}, "lan", body)
    for there, way in (
        (start({CSCL: policy()}), f"a draft is first deleted: git rm {CSCL}"),
        (approved(), 'what was in force is taken out of force: qmsctl withdraw CSCL --comment "…"'),
    ):
        with pytest.raises(Refusal, match=r"CSCL is there: documents/policy/CSCL\.md") as caught:
            create(there, "tombstone", given, "lan", body)
        assert str(caught.value.mend) == way


QT = "documents/procedures/QT-01.md"


def test_a_document_comes_into_force_by_the_commands_that_are_said() -> None:
    library = start({QT: "---\nid: QT-01\ntype: procedure\ntitle: A\nrevision: 1\nowner: minh\n---\n"})
    said = []
    for meaning, person in (("submit", "minh"), ("review", "lan"), ("approve", "binh")):
        with pytest.raises(Refusal, match="is a document; its status is derived") as caught:
            advance(library, "QT-01", "closed", act("minh"), {})
        said.append(str(caught.value.mend))
        acting = act(person, minute=len(said))
        library = library.after(submit(library, "QT-01", acting) if meaning == "submit" else sign_round(library, "QT-01", meaning, acting))
    assert said == [
        "qmsctl submit QT-01, then: qmsctl review QT-01, then: qmsctl approve QT-01",
        "qmsctl review QT-01, then: qmsctl approve QT-01",
        "qmsctl approve QT-01",
    ]
    assert library.standing("QT-01").status == "effective"
    assert str(sign_offs_on(library, library.by_id["QT-01"])) == "to see who has signed and who is still to sign: qmsctl show QT-01"


@pytest.mark.parametrize("kind", [each.name for each in type_set({}).all() if each.kind == "record"])
def test_every_state_has_a_way_on(kind: str) -> None:
    """It leads to the states that may come and nowhere else; from the last one back, or to another record."""
    found = start().types.get(kind)
    assert found is not None
    for state in found.states.values():
        library = start({"records/X-001.md": f"---\nid: X-001\ntype: {kind}\ntitle: A\nstatus: {state.id}\n---\n"})
        ways = [way.steps[0] for way in way_on(library.by_id["X-001"]).ways]
        if state.to:
            assert sorted(map(str, ways)) == sorted(str(Command("advance", ("X-001", following))) for following in state.to)
        else:
            assert [way.verb for way in ways if isinstance(way, Command)] == ["reopen" if found.reopening else "new"]


@pytest.mark.parametrize(
    ("basis", "lacking"),
    [
        (None, ("basis", "basis-date", "basis-file")),
        (Basis("86/QĐ-UBND", None), ("basis-date", "basis-file")),
        (Basis("", date(2025, 9, 15), "attachments/a.pdf", "0" * 64), ("basis",)),
    ],
)
def test_an_adoption_says_what_of_the_paper_is_missing(basis: Basis | None, lacking: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="needs the number and the date") as caught:
        adopt(start({CSCL: policy()}), "CSCL", act("lan", basis=basis))
    assert caught.value.mend is not None
    assert caught.value.mend.holes == lacking


def test_create_refuses_what_cannot_be_written() -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        create(start(), "nonconformity", {"requirement": "[a"}, None, body)
    with pytest.raises(Refusal, match="hidden character"):
        create(start(), "nonconformity", {"title": "a\x1b[0m"}, None, body)


def test_a_documents_way() -> None:
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    assert library.standing("CSCL").status == "in-review"
    library = library.after(sign_round(library, "CSCL", "approve", act("binh", minute=1)))
    standing = library.standing("CSCL")
    assert (standing.status, standing.working) == ("effective", "clean")
    assert standing.rounds[0].approvals[0].role == "director"
    assert data_of(library, standing.rounds[0].approvals[0].path).endswith(b"+07:00\n---\n")
    assert [name for name in library.by_id if name in library.frozen] == ["CSCL"]
    library = library.after(acknowledge(library, "CSCL", act("minh", minute=2, people=("minh", "hoa"))))
    assert library.dossiers["CSCL"][0].of("acknowledge")[0].by == ("minh", "hoa")
    library = library.after(revise(library, "CSCL", "Sửa: mục 2", answers=("NC-2026-001",), effective="2026-06-02"))
    item = library.by_id["CSCL"]
    assert (item.revision, item.text("change"), item.texts("answers"), item.text("effective")) == (2, "Sửa: mục 2", ("NC-2026-001",), "2026-06-02")
    assert (library.standing("CSCL").status, library.standing("CSCL").working) == ("effective", "draft")
    library = library.after(submit(library, "CSCL", act("lan", minute=3)))
    library = library.after(sign_round(library, "CSCL", "approve", act("binh", minute=4)))
    standing = library.standing("CSCL")
    assert (standing.working, standing.in_force and standing.in_force.revision, standing.coming and standing.coming.revision) == ("clean", 1, 2)
    library = library.after(withdraw(library, "CSCL", act("binh", comment="Không dùng nữa", minute=5)))
    assert library.standing("CSCL").status == "withdrawn"
    with pytest.raises(Refusal, match="no revision of CSCL is in force"):
        acknowledge(library, "CSCL", act("minh"))
    assert library.parsed[CSCL].problem is None


def test_crlf_and_mark_stay_in_the_text_and_not_in_the_dossier() -> None:
    data = b"\xef\xbb\xbf" + policy().replace("\n", "\r\n").encode()
    library = start({CSCL: data})
    library = library.after(submit(library, "CSCL", act("lan")))
    copy = library.dossiers["CSCL"][0].copy
    assert copy is not None
    assert b"\r" not in data_of(library, copy.path)
    assert library.standing("CSCL").working == "in-review"
    library = library.after(sign_round(library, "CSCL", "approve", act("binh", minute=1)))
    library = library.after(revise(library, "CSCL", "x"))
    changed = data_of(library, CSCL)
    assert changed == data.replace(b"revision: 1", b"revision: 2").replace(b"\r\n---\r\ntext", b"\r\n---\r\ntext") or changed.count(b"\n") == changed.count(b"\r\n")
    assert changed.startswith(b"\xef\xbb\xbf---\r\n")


def test_return_and_submit_again() -> None:
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    library = library.after(sign_round(library, "CSCL", "return", act("binh", minute=1, comment="Thiếu mục 2")))
    assert library.standing("CSCL").working == "returned"
    with pytest.raises(Refusal, match="was returned and has not changed since"):
        submit(library, "CSCL", act("lan", minute=2))
    with pytest.raises(Refusal, match="has not been submitted"):
        sign_round(library, "CSCL", "approve", act("binh", minute=2))
    library = library.after(set_values(library, "CSCL", {"title": "B"}))
    assert library.standing("CSCL").working == "draft"
    library = library.after(submit(library, "CSCL", act("lan", minute=3)))
    library = library.after(sign_round(library, "CSCL", "approve", act("binh", minute=4)))
    assert library.standing("CSCL").working == "clean"
    assert len(library.dossiers["CSCL"]) == 2


def test_self_approval_is_written_and_does_not_count() -> None:
    """Whether it may be written is for the rules."""
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("binh")))
    library = library.after(sign_round(library, "CSCL", "approve", act("binh", minute=1)))
    assert library.standing("CSCL").working == "in-review"


def test_adopt() -> None:
    library = start({CSCL: policy()})
    library = library.after(adopt(library, "CSCL", act("binh", basis=BASIS)))
    found = library.standing("CSCL")
    assert (found.status, found.rounds[0].adopted, found.rounds[0].approved_on) == ("effective", True, date(2026, 5, 1))
    with pytest.raises(Refusal, match="only the first can be adopted"):
        adopt(library, "CSCL", act("binh", basis=BASIS))


@pytest.mark.parametrize("basis", [None, Basis(), Basis("12"), Basis(date=date(2026, 5, 1)), Basis("", date(2026, 5, 1))])
def test_adopt_needs_a_decision(basis: Basis | None) -> None:
    with pytest.raises(Refusal, match="the number and the date of the decision"):
        adopt(start({CSCL: policy()}), "CSCL", act("binh", basis=basis))


@pytest.mark.parametrize(("author", "sign"), [
    (None, submit),
    (None, adopt),
    ("lan", adopt),
    ("lan", lambda library, subject, acting: sign_round(library, subject, "approve", acting)),
])
def test_what_does_not_count_is_given_again_for_the_same_text_alone(author: str | None, sign: Callable[[Library, str, Act], Edit]) -> None:
    """A sign-off that names no office counts for nothing in an office of the second format."""
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act(author))) if author else library
    library = library.after(sign(library, "CSCL", act("binh", basis=BASIS, minute=1)))
    library = start({**{path: data_of(library, path) for path in library.files}, "qms.yaml": STRICT})
    edit = sign(library, "CSCL", act("binh", basis=BASIS, minute=2))
    [change] = edit.changes
    assert change.path.endswith(".binh.2.md")
    library.after(edit)
    other = library.after(set_values(library, "CSCL", {"title": "B"}))
    if sign is submit:
        assert [each.path.rpartition("/")[2] for each in sign(other, "CSCL", act("binh", minute=3)).changes] == ["CSCL.md", "author.binh.md"]
    else:
        with pytest.raises(Refusal, match="approved"):
            sign(other, "CSCL", act("binh", basis=BASIS, minute=3))
        assert sign(other, "CSCL", act("binh", basis=BASIS, minute=3, again=True)).vouched in ((), (library.dossiers["CSCL"][0].copy_path,))


def test_a_withdrawal_is_given_again_only_where_that_is_asked() -> None:
    library = approved()
    library = library.after(withdraw(library, "CSCL", act("binh", comment="x", minute=2)))
    library = start({**{path: data_of(library, path) for path in library.files}, "qms.yaml": STRICT})
    with pytest.raises(Refusal, match="no revision of CSCL is in force"):
        withdraw(library, "CSCL", act("binh", comment="y", minute=3))
    [change] = withdraw(library, "CSCL", act("binh", comment="y", minute=3, again=True)).changes
    assert change.path.endswith("/withdraw.binh.2.md")


def test_an_edited_text_is_raised_again_with_what_is_said_of_the_change() -> None:
    library = approved()
    edited = library.after(set_values(library, "CSCL", {"title": "B"}))
    assert edited.standing("CSCL").working == "changed"
    found = edited.after(revise(edited, "CSCL", "Sửa lỗi chính tả", editorial=True)).by_id["CSCL"]
    assert (found.revision, found.title, found.text("editorial"), found.has("answers"), found.has("effective")) == (2, "B", "yes", False, False)


def test_a_text_without_a_revision_is_not_signed() -> None:
    library = start({CSCL: policy().replace("revision: 1", "revision: A")})
    for sign in (submit, adopt):
        with pytest.raises(Refusal, match="has no revision that is a whole number"):
            sign(library, "CSCL", act("binh", basis=BASIS))
    with pytest.raises(Refusal, match=r"revision \? of CSCL is still under way"):
        revise(library, "CSCL", "x")


def test_each_step_is_signed_in_a_role_that_it_asks_for() -> None:
    holder = "roles: [{role: clerk, from: 2025-01-01}, {role: unit-head, from: 2025-01-01}, {role: deputy-director, from: 2025-01-01}, {role: qmr, from: 2025-01-01}]"
    people = PEOPLE_YAML.replace("roles: [{role: clerk, from: 2025-01-01}]}", f"{holder}}}", 1)
    library = start({"people.yaml": people, QT: "---\nid: QT-01\ntype: procedure\ntitle: A\nrevision: 1\nowner: lan\n---\n"})
    library = library.after(submit(library, "QT-01", act("lan")))
    roles = {}
    for number, meaning in enumerate(("return", "review", "approve")):
        after = library.after(sign_round(library, "QT-01", meaning, act("minh", comment="x", minute=number + 1)))
        roles[meaning] = after.dossiers["QT-01"][0].of(meaning)[0].role
        library = library if meaning == "return" else after
    library = library.after(withdraw(library, "QT-01", act("minh", comment="x", minute=4)))
    roles["withdraw"] = library.dossiers["QT-01"][0].of("withdraw")[0].role
    assert roles == {"return": "qmr", "review": "qmr", "approve": "deputy-director", "withdraw": "deputy-director"}


def test_what_is_in_force_without_a_text_is_acknowledged_and_withdrawn() -> None:
    library = approved()
    library = library.after(Edit((FileChange(CSCL, policy().encode(), None),), library.edit.summary if library.edit else Message("")))
    acknowledged, withdrawn = acknowledge(library, "CSCL", act("minh")), withdraw(library, "CSCL", act("binh", comment="x", minute=2))
    assert (acknowledged.subjects, withdrawn.subjects) == ((), ())
    library = library.after(acknowledged).after(withdraw(library.after(acknowledged), "CSCL", act("binh", comment="x", minute=2)))
    assert library.standing("CSCL").status == "withdrawn"
    with pytest.raises(Refusal, match="no revision of CSCL is in force"):
        withdraw(library, "CSCL", act("binh", comment="x"))


@pytest.mark.parametrize("approver", ["lan", PaperApprover("Nguyễn A", "Chủ tịch"), PaperApprover("Nguyễn A", "Chủ tịch", "UBND xã B")])
def test_an_adoption_names_who_approved_the_paper(approver: str | PaperApprover) -> None:
    library = start({CSCL: policy()})
    library = library.after(adopt(library, "CSCL", act("binh", basis=BASIS, approved_by=approver)))
    assert library.dossiers["CSCL"][0].of("adopt")[0].approved_by == approver


PROCEDURE_1 = "---\nid: QT-01\ntype: procedure\ntitle: A\nrevision: 1\nowner: minh\n---\n"


def staffed(config: str, **roles: str) -> Library:
    people = "\n".join(f"  - {{id: {name}, name: {name}, roles: [{', '.join(f'{{role: {role}, from: 2025-01-01}}' for role in held.split())}]}}" for name, held in roles.items())
    return start({"qms.yaml": config, "people.yaml": f"people:\n{people}\n", QT: PROCEDURE_1, CSCL: policy()})


@pytest.mark.parametrize(("config", "held", "role"), [
    (QMS_YAML, "clerk qmr", "qmr"),
    (STRICT, "clerk qmr", "clerk"),
    (STRICT, "clerk qmr director", "director"),
    (STRICT.replace("2026-05-01", "2026-07-01"), "clerk qmr", "qmr"),
    (QMS_YAML.replace("2025-01-01, type", "2026-07-01, type"), "clerk qmr", "clerk"),
])
def test_the_role_in_which_a_paper_is_adopted(config: str, held: str, role: str) -> None:
    library = staffed(config, binh=held)
    library = library.after(adopt(library, "QT-01", act("binh", basis=BASIS)))
    assert library.dossiers["QT-01"][0].of("adopt")[0].role == role


@pytest.mark.parametrize(("config", "others", "refused"), [
    (STRICT, {}, False),
    (STRICT, {"lan": "clerk"}, False),
    (STRICT, {"lan": "qmr"}, True),
    (STRICT.replace("2026-05-01", "2026-07-01"), {}, True),
    (QMS_YAML, {}, True),
])
def test_later_revisions_come_on_paper_where_one_person_holds_all_the_roles(config: str, others: dict[str, str], refused: bool) -> None:
    library = staffed(config, binh="clerk qmr director", **others)
    with pytest.raises(Refusal, match="only the first can be adopted"):
        adopt(library.after(adopt(library, "QT-01", act("binh", basis=BASIS))), "QT-01", act("binh", basis=BASIS))
    library = library.after(adopt(library, "QT-01", act("binh", basis=BASIS)))
    library = library.after(revise(library, "QT-01", "Theo luật mới"))
    for person in ("binh", *others):
        if refused or person != "binh":
            with pytest.raises(Refusal, match="only the first can be adopted"):
                adopt(library, "QT-01", act(person, basis=BASIS, minute=1))
        else:
            assert adopt(library, "QT-01", act(person, basis=BASIS, minute=1)).changes[-1].path.endswith("/adopt.binh.md")


def test_an_office_of_the_second_format_is_named_in_sign_offs() -> None:
    for config, code in ((QMS_YAML, None), (STRICT, "TA"), (STRICT.replace(", code: TA", ""), None)):
        library = start({"qms.yaml": config, CSCL: policy()})
        library = library.after(submit(library, "CSCL", act("lan", basis=EVIDENCE)))
        signoff = library.dossiers["CSCL"][0].of("author")[0]
        assert (signoff.office, signoff.basis) == (code, EVIDENCE)


def test_where_no_matrix_holds_a_sign_off_has_the_first_role() -> None:
    library = start({"qms.yaml": QMS_YAML.replace("2025-01-01, type", "2026-07-01, type"), CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    for minute, meaning in enumerate(("review", "approve"), start=1):
        library = library.after(sign_round(library, "CSCL", meaning, act("lan", people=("lan",), minute=minute)))
        assert library.dossiers["CSCL"][0].of(meaning)[0].role == "qmr"


def test_adopting_a_submitted_text_uses_its_dossier() -> None:
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    edit = adopt(library, "CSCL", act("binh", basis=BASIS))
    assert len(edit.changes) == 1


def test_submitting_over_a_copy_that_nobody_signed_leaves_the_copy() -> None:
    library = start({CSCL: policy()})
    first = submit(library, "CSCL", act("lan"))
    library = library.after(Edit(first.changes[:1], first.summary))
    assert library.standing("CSCL").working == "draft"
    assert len(submit(library, "CSCL", act("lan")).changes) == 1


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda x: submit(x, "CSCL", act("lan")), "revision 1 of CSCL is approved already"),
        (lambda x: sign_round(x, "CSCL", "approve", act("binh")), "nothing of CSCL waits for a sign-off: revision 1 is approved"),
        (lambda x: adopt(x, "CSCL", act("binh", basis=BASIS)), "CSCL has an approved revision already"),
        (lambda x: submit(x, "CSCL", act("lan", again=True)), "there is no sign-off on CSCL for Nguyễn Thị Lan to give again"),
        (lambda x: submit(x, "CSLC", act("lan")), "there is no document or record “CSLC”"),
        (lambda x: submit(x, "cscl", act("lan")), "there is no document or record “cscl”"),
        (lambda x: revise(x, "NC-2026-001", "x"), "NC-2026-001 is a record"),
        (lambda x: advance(x, "CSCL", "closed", act("lan"), {}), "CSCL is a document"),
        (lambda x: reopen(x, "NC-2026-001", act("lan", comment="x")), "NC-2026-001 is not closed"),
        (lambda x: set_values(x, "CSCL", {"revision": "3"}), "“revision” is not set by hand"),
        (lambda x: set_values(x, "CSCL", {"status": "withdrawn"}), "“status” is not set by hand"),
        (lambda x: set_values(x, "NC-2026-001", {"status": "closed"}), "“status” is not set by hand"),
        (lambda x: advance(x, "NC-2026-001", "confirmed", act("lan"), {"id": "NC-1"}), "“id” is not set by hand"),
        (lambda x: advance(x, "NC-2026-001", "confirmed", act("lan"), {"status": "closed"}), "“status” is not set by hand"),
        (lambda x: advance(x, "NC-2026-001", "nowhere", act("lan"), {}), "has no state “nowhere”"),
        (lambda x: advance(x, "NC-2026-001", "closed", act("lan"), {}), "from there it does not go to"),
        (lambda x: withdraw(x, "CSCL", act("binh")), "a withdrawal needs a reason"),
        (lambda x: withdraw(x.after(withdraw(x, "CSCL", act("binh", comment="x"))), "CSCL", act("binh", comment="x")), "no revision of CSCL is in force"),
        (lambda x: revise(x, "CSCL", " \n"), "a revision needs a reason"),
        (lambda x: submit(x.after(set_values(x, "CSCL", {"title": "B"})), "CSCL", act("lan")), "revision 1 of CSCL is approved already"),
        (lambda x: sign_round(x.after(set_values(x, "CSCL", {"title": "B"})), "CSCL", "approve", act("binh")), "nothing of CSCL waits for a sign-off: revision 1 is approved"),
        (lambda x: sign_round(x, "HD-01", "return", act("lan", minute=5)), "a return needs a reason"),
        (lambda x: withdraw(x, "NC-2026-001", act("lan")), "no revision of NC-2026-001 is in force"),
        (lambda x: acknowledge(x, "QT-99", act("lan")), "there is no document or record “QT-99”"),
        (lambda x: withdraw(x, "CSCL", act("binh", comment="x", people=("binh", "hung"))), "every person signs for themselves"),
        (lambda x: attach(x, "NC-2026-001", {"a.pdf": b"1"}, {"a.pdf": "0" * 64}), "evidence is not replaced"),
    ],
)
def test_refusals(refused: object, sentence: str) -> None:
    library = approved()
    more: dict[str, bytes | str] = {"records/nonconformities/NC-2026-001.md": NC, "attachments/NC-2026-001/a.pdf": b"0"}
    outside = library.outside
    files = {path: outside.read(path) for path in library.files}
    library = start({**files, **more, HD: policy().replace("id: CSCL", "id: HD-01").replace("type: policy", "type: instruction")})
    library = library.after(submit(library, "HD-01", act("minh", minute=2)))
    with pytest.raises(Refusal) as caught:
        refused(library)  # type: ignore[operator]
    assert sentence in str(caught.value.message)


def test_a_text_changed_since_its_submission_is_not_signed() -> None:
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    with pytest.raises(Refusal, match="is submitted already"):
        submit(library, "CSCL", act("lan"))
    with pytest.raises(Refusal, match="still under way"):
        revise(library, "CSCL", "x")
    library = library.after(set_values(library, "CSCL", {"title": "B"}))
    with pytest.raises(Refusal, match="has changed since it was submitted"):
        sign_round(library, "CSCL", "approve", act("binh"))


NC = """---
id: NC-2026-001
type: nonconformity
title: Trả kết quả chậm
status: reported
raised: 2026-03-01
raised_by: hoa
about: process
source: process
severity: minor
requirement: ["7.5.1"]
owner: hoa
---

## Mô tả
x
"""
PATH = "records/nonconformities/NC-2026-001.md"
STATES = ("confirmed", "contained", "analysed", "planned", "in-progress", "verifying", "closed")


def test_a_records_way_and_back() -> None:
    library = start({PATH: NC})
    minute = count(1)
    for state in STATES:
        given = {"cause": "x: y"} if state == "analysed" else {}
        library = library.after(advance(library, "NC-2026-001", state, act("lan", minute=next(minute)), given))
        assert library.by_id["NC-2026-001"].status == state
    item = library.by_id["NC-2026-001"]
    assert item.text("cause") == "x: y"
    assert library.is_closed(item)
    assert "NC-2026-001" in library.frozen
    signed = signed_states(item, library)
    assert [each.state.id for each in signed] == ["confirmed", "closed"]
    assert [each.signoff.role for each in signed] == ["qmr", "qmr"] or signed[0].signoff.role == "unit-head"
    with pytest.raises(Refusal, match="is closed"):
        advance(library, "NC-2026-001", "planned", act("lan"), {})
    with pytest.raises(Refusal, match="reopening needs a reason"):
        reopen(library, "NC-2026-001", act("lan", comment=" "))
    closed_bytes = data_of(library, PATH)
    library = library.after(reopen(library, "NC-2026-001", act("lan", comment="Tái diễn\n\nchi tiết", minute=next(minute))))
    item = library.by_id["NC-2026-001"]
    assert item.status == "planned"
    assert not library.is_closed(item)
    closing = last_closing(signed_states(item, library))
    assert closing is not None
    assert closing.reopened is not None
    assert data_of(library, closing.copy.path) == closed_bytes
    for state in ("in-progress", "verifying", "closed"):
        library = library.after(advance(library, "NC-2026-001", state, act("lan", minute=next(minute)), {"effect_evidence": "again"} if state == "closed" else {}))
    latest = last_closing(signed_states(library.by_id["NC-2026-001"], library))
    assert latest is not None
    assert latest.reopened is None
    assert len([d for d in library.dossiers["NC-2026-001"] if d.state == "closed"]) == 2


def test_closing_the_same_bytes_twice_signs_the_same_dossier() -> None:
    library = start({PATH: NC})
    rejected = library.after(advance(library, "NC-2026-001", "rejected", act("lan"), {"reason": "x"}))
    library = rejected.after(reopen(rejected, "NC-2026-001", act("lan", comment="y", minute=1)))
    again = advance(library, "NC-2026-001", "rejected", act("lan", minute=2), {})
    assert [each.path.rpartition("/")[2] for each in again.changes] == ["NC-2026-001.md", "close.lan.2.md"]
    assert library.after(again).dossiers["NC-2026-001"][0].folder == rejected.dossiers["NC-2026-001"][0].folder
    library = library.after(set_values(library, "NC-2026-001", {"reason": ""}))
    assert not library.by_id["NC-2026-001"].has("reason")


def test_what_a_state_asked_for_is_signed_again_where_it_was() -> None:
    """A sign-off that names no office counts for nothing in an office of the second format; the record stays as it is."""
    library = start({PATH: NC.replace("\nx\n", "\nx\n\n## Năm câu hỏi vì sao\n\n*(Hỏi lần lượt)*\n")})
    steps: tuple[Callable[[Library, int], Edit], ...] = (
        lambda x, minute: advance(x, "NC-2026-001", "confirmed", act("lan", minute=minute), {}),
        lambda x, minute: advance(x, "NC-2026-001", "rejected", act("lan", minute=minute), {"reason": "a", "cause_method": "direct"}),
        lambda x, minute: reopen(x, "NC-2026-001", act("lan", comment="b", minute=minute)),
        lambda x, minute: advance(x, "NC-2026-001", "cancelled", act("lan", minute=minute), {"reason": "c"}),
    )
    kept = []
    for minute, step in enumerate(steps):
        library = library.after(step(library, minute))
        kept.append("## Năm câu" in data_of(library, PATH).decode())
    assert kept == [True, False, False, False]
    library = start({**{path: data_of(library, path) for path in library.files}, "qms.yaml": STRICT})
    again = {
        "confirmed": advance(library, "NC-2026-001", "confirmed", act("lan", minute=5), {}),
        "rejected": advance(library, "NC-2026-001", "rejected", act("lan", minute=5, again=True), {}),
        "cancelled": advance(library, "NC-2026-001", "cancelled", act("lan", minute=5), {}),
        "reopened": reopen(library, "NC-2026-001", act("lan", comment="b", minute=5, again=True)),
    }
    for state, edit in again.items():
        [change] = edit.changes
        assert change.path.split("/")[2].partition("-")[0] == state.replace("reopened", "rejected")
        assert change.path.rpartition("/")[2] == {"confirmed": "confirm.lan.2.md", "cancelled": "close.lan.2.md", "rejected": "close.lan.2.md", "reopened": "reopen.lan.2.md"}[state]
        assert library.after(edit).by_id["NC-2026-001"].status == "cancelled"
    with pytest.raises(Refusal, match="reopening needs a reason"):
        reopen(library, "NC-2026-001", act("lan", again=True))


def test_a_closing_that_was_undone_is_given_again_only_where_that_is_asked() -> None:
    library = start({PATH: NC})
    for minute, state in enumerate(STATES):
        library = library.after(advance(library, "NC-2026-001", state, act("lan", minute=minute), {}))
    library = library.after(reopen(library, "NC-2026-001", act("lan", comment="x", minute=9)))
    library = start({**{path: data_of(library, path) for path in library.files}, "qms.yaml": STRICT})
    with pytest.raises(Refusal, match="from there it does not go to"):
        advance(library, "NC-2026-001", "closed", act("lan", minute=10), {})
    [change] = advance(library, "NC-2026-001", "closed", act("lan", minute=10, again=True), {}).changes
    assert b"instead_of: close.lan.md" in (change.after or b"")


def test_of_several_revisions_the_latest_is_signed_again() -> None:
    library = approved()
    library = library.after(revise(library, "CSCL", "x"))
    library = library.after(submit(library, "CSCL", act("lan", minute=2)))
    library = library.after(sign_round(library, "CSCL", "approve", act("binh", minute=3)))
    library = start({**{path: data_of(library, path) for path in library.files}, "qms.yaml": STRICT})
    [change] = sign_round(library, "CSCL", "approve", act("binh", minute=4, again=True)).changes
    assert change.path.startswith("signoffs/CSCL/2-")


@pytest.mark.parametrize(("status", "state", "way"), [
    ("contained", "reported", "qmsctl advance NC-2026-001 analysed; or: qmsctl advance NC-2026-001 cancelled"),
    ("confirmed", "closed", "first comes: qmsctl advance NC-2026-001 contained"),
    ("confirmed", "xác", "use one of reported"),
    ("confirmed", "kế hoạch", "did you mean planned?"),
    ("nowhere", "", f"take back the last state in {PATH}, then: qmsctl advance NC-2026-001"),
])
def test_the_way_to_a_state_that_is_not_the_next(status: str, state: str, way: str) -> None:
    with pytest.raises(Refusal) as caught:
        advance(start({PATH: NC.replace("reported", status)}), "NC-2026-001", state, act("lan"), {})
    assert str(caught.value.mend).startswith(way)
    assert caught.value.mend
    assert corrected(caught.value.mend) == ((state, "planned") if "planned" in way else None)


def test_a_dossier_that_is_gone_cannot_be_reopened() -> None:
    library = start({PATH: NC.replace("status: reported", "status: closed")})
    with pytest.raises(Refusal, match="the dossier that closed NC-2026-001 is not there"):
        reopen(library, "NC-2026-001", act("lan", comment="x"))


def test_set_changes_takes_out_and_keeps_the_order() -> None:
    library = start({PATH: NC})
    edit = set_values(library, "NC-2026-001", {"unit": "mot-cua", "severity": "major", "about": "", "affected": "a, b"})
    after = edit.changes[0].after
    assert after is not None
    expected = NC.replace("severity: minor", "severity: major").replace("about: process\n", "").replace('["7.5.1"]\n', '["7.5.1"]\nunit: mot-cua\n').replace("owner: hoa\n", "owner: hoa\naffected: [a, b]\n")
    assert after.decode() == expected


FILLED = NC.replace('requirement: ["7.5.1"]', "requirement: 7.5.1\naffected: [a, b]").replace("## Mô tả\nx\n", """\
```whys
- {no: 1, because: Hồ sơ đến muộn}
- no: 2
  because: Người trực nghỉ
```

```extensions
- {until: 2026-07-01, at: 2026-06-01, by: lan, reason: Chờ}
```

## Mô tả

*(Thực tế thấy gì?)*
""")


@pytest.mark.parametrize(("given", "gone", "come"), [
    ({"affected+": "c, b"}, ["affected: [a, b]"], ["affected: [a, b, c]"]),
    ({"affected+": "[c, d]"}, ["affected: [a, b]"], ["affected: [a, b, c, d]"]),
    ({"requirement+": "CSCL"}, ["requirement: 7.5.1"], ["requirement: [7.5.1, CSCL]"]),
    ({"documents+": "QT-01"}, [], ["documents: [QT-01]"]),
    ({"whys+": "{no: 3, because: Không ai thay}"}, [], ["- no: 3", "  because: Không ai thay"]),
    ({"extensions+": "{until: 31/12/2026, at: 2/6/2026}"}, [], ["- until: 2026-12-31", "  at: 2026-06-02"]),
    ({"escalations+": "{to: qmr}"}, [], ["", "## Báo cáo cấp trên", "", "```escalations", "- to: qmr", "```"]),
    ({"whys.2.because": "Không ai thay"}, ["  because: Người trực nghỉ"], ["  because: Không ai thay"]),
    ({"whys.1.because": ""}, ["- {no: 1, because: Hồ sơ đến muộn}"], ['- {no: 1, because: ""}']),
    ({"extensions.1.until": "31/12/2026"}, ["- {until: 2026-07-01, at: 2026-06-01, by: lan, reason: Chờ}"], ["- {until: 2026-12-31, at: 2026-06-01, by: lan, reason: Chờ}"]),
    ({"description": "Trả sau hẹn."}, ["*(Thực tế thấy gì?)*"], ["Trả sau hẹn."]),
    ({"waivers+": "{document: CSCL, reason: Không đổi}"}, [], ["waivers: [{document: CSCL, reason: Không đổi}]"]),
    ({"x-room": "B2", "lot": ""}, [], ["x-room: B2"]),
    ({"title": "B", "whys.2.no": "3", "description": "y", "affected+": "c", "whys+": "{no: 4}"},
     ["title: Trả kết quả chậm", "affected: [a, b]", "- no: 2", "*(Thực tế thấy gì?)*"], ["title: B", "affected: [a, b, c]", "- no: 3", "- no: 4", "y"]),
])
def test_what_is_set_is_all_that_changes(given: dict[str, str], gone: list[str], come: list[str]) -> None:
    library = start({PATH: FILLED})
    after = data_of(library.after(set_values(library, "NC-2026-001", given)), PATH).decode()
    moved = [line for line in ndiff(FILLED.splitlines(), after.splitlines()) if line[:2] in ("- ", "+ ")]
    assert ([line[2:] for line in moved if line[0] == "-"], [line[2:] for line in moved if line[0] == "+"]) == (gone, come)


@pytest.mark.parametrize(("given", "said"), [
    ({"severity+": "major"}, "“severity” is no list"),
    ({"afected+": "x"}, "“afected” is no list"),
    ({"whys+": "Không ai thay"}, "a row of “whys” is written {column: value, …}"),
    ({"whys+": "[Không ai thay]"}, "a row of “whys” is written {column: value, …}"),
    ({"whys+": ""}, "a row of “whys” is written {column: value, …}"),
    ({"whys+": "{no: [}"}, "the value of “whys” cannot be read"),
    ({"whys.2.becuase": "x"}, "the table “whys” has no column “becuase”"),
    ({"whys.3.because": "x"}, "the data block “whys” has no row 3; it has 2"),
    ({"description": "## x"}, "the text has a heading"),
    ({"description": "x", "title": "…"}, "title"),
    ({"extensions+": "2026-12-31"}, "a row of “extensions” is written {column: value, …}"),
    ({"type+": "action"}, "“type+” is not set by hand"),
    ({"type": "action"}, "“type” is not set by hand"),
])
def test_what_cannot_be_set(given: dict[str, str], said: str) -> None:
    with pytest.raises(QmsError) as caught:
        set_values(start({PATH: FILLED}), "NC-2026-001", given)
    assert said in str(caught.value.message)


def test_a_section_that_has_a_text_is_edited_by_hand() -> None:
    with pytest.raises(Refusal, match="has a text already") as caught:
        set_values(start({PATH: NC}), "NC-2026-001", {"description": "y"})
    assert str(caught.value.mend) == f"edit {PATH}, and leave “description” out of the command"


def test_a_section_that_is_not_there_comes_with_its_heading() -> None:
    library = start({ACTION: CA.partition("\n## ")[0]})
    after = library.after(set_values(library, "CA-2026-001", {"description": "Thay người"}))
    assert data_of(after, ACTION).decode().endswith("---\n\n## Mô tả\n\nThay người\n")


CA = """---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
kind: corrective
raised: 2026-02-03
owner: minh
due: 2026-05-31
---

## Mô tả
x
"""
ACTION = "records/actions/CA-2026-001.md"
ROW = 'qmsctl set CA-2026-001 "extensions+={{until: {}, at: 2026-06-01, by: …, reason: …}}"'


@pytest.mark.parametrize(("text", "wanted"), [("2026-12-31", "2026-12-31"), ("31/12/2026", "2026-12-31"), ("12/31/2026", "…"), ("", "…")])
def test_a_due_date_moves_only_by_an_extension(text: str, wanted: str) -> None:
    library = start({ACTION: CA})
    moves: tuple[Callable[[], object], ...] = (
        lambda: set_values(library, "CA-2026-001", {"due": text}),
        lambda: advance(library, "CA-2026-001", "done", act("minh"), {"done": "2026-06-01", "due": text}),
    )
    for move in moves:
        with pytest.raises(Refusal, match="“Due” \\(due\\) of CA-2026-001 stays 2026-05-31; only a row in the data block “Extensions of the due date” moves it") as caught:
            move()
        assert str(caught.value.mend) == ROW.format(wanted)
    [_program, _command, subject, row] = shlex.split(ROW.format("2026-12-31").replace("by: …", "by: lan").replace("…", "Chờ nhân sự"))
    after = library.after(set_values(library, subject, dict([row.split("=", 1)])))
    assert [each.text("until") for each in after.by_id["CA-2026-001"].block_rows("extensions")] == ["2026-12-31"]
    assert after.by_id["CA-2026-001"].day("due") == date(2026, 5, 31)


@pytest.mark.parametrize("now", ["due:", "due: 2026-02-30", "due: [2026-05-31]"])
def test_a_due_date_that_is_missing_or_faulty_is_put_right(now: str) -> None:
    library = start({ACTION: CA.replace("due: 2026-05-31", now)})
    after = library.after(set_values(library, "CA-2026-001", {"due": "2026-06-30"}))
    assert after.by_id["CA-2026-001"].day("due") == date(2026, 6, 30)


def test_the_due_date_of_a_closed_action_does_not_move_at_all() -> None:
    library = start({ACTION: CA.replace("in-progress", "cancelled")})
    with pytest.raises(Refusal) as caught:
        set_values(library, "CA-2026-001", {"due": "2026-12-31"})
    assert str(caught.value.mend) == 'the only way back: qmsctl reopen CA-2026-001 --reason "…"'


LIMITED = "---\nid: GH-001\ntype: limit\nstatus: agreed\nmost: 12.5\n---\n\n```moves\n- at: 2026-05-01\n  who: [lan]\n```\n"


@pytest.mark.parametrize(("more", "row"), [("", ""), (", least: {kind: number}, most: {kind: number}", ", least: …, most: …")])
@pytest.mark.parametrize("key", ["most", "most+"])
def test_a_number_that_only_rows_move(more: str, row: str, key: str) -> None:
    library = start({".qms/types/limit/type.yaml": LIMIT.replace("{kind: person}}}}}", f"{{kind: person}}}}{more}}}}}}}"), "records/limits/GH-001.md": LIMITED})
    with pytest.raises(Refusal, match=r"“At most” \(most\) of GH-001 stays “?12\.5") as caught:
        set_values(library, "GH-001", {key: "14"})
    assert str(caught.value.mend) == f'qmsctl set GH-001 "moves+={{at: 2026-06-01, note: …, who: […]{row}}}"'


@pytest.mark.parametrize(("given", "line"), [
    ({"days+": "31/12/2026"}, "days: [2026-12-31]"),
    ({"moves.1.who": "lan, binh"}, "  who: [lan, binh]"),
    ({"moves.1.who": ""}, "  who:"),
    ({"reasons": "x"}, "## Lý do"),
])
def test_what_is_set_is_written_as_its_kind_has_it(given: dict[str, str], line: str) -> None:
    library = start({".qms/types/limit/type.yaml": LIMIT, "records/limits/GH-001.md": LIMITED})
    assert line in data_of(library.after(set_values(library, "GH-001", given)), "records/limits/GH-001.md").decode().splitlines()
    with pytest.raises(UsageError, match="the value of “who” cannot be read"):
        set_values(library, "GH-001", {"moves.1.who": "[lan"})


SIGNED_DUE = """```yaml .qms/types/task/type.yaml
type: task
kind: record
label: {en: Task}
id: CV-{number:3}
folder: records/tasks
fields: {title: {kind: text}, due: {kind: date, MOVED}}
blocks: {moves: {label: {en: Moves}, columns: {until: {kind: date}}}}
states:
  - {id: agreed, label: {en: agreed}, signoff: {meaning: confirm, role: [qmr]}}
```
```md records/tasks/CV-001.md
---
id: CV-001
type: task
status: agreed
due: 2026-05-31
---
```
```dossier CV-001
confirm lan qmr 2026-05-04T08:00:00+07:00
```
```md records/tasks/CV-001.md
---
id: CV-001
type: task
status: agreed
due: 2026-06-30
---
```
"""


@pytest.mark.parametrize(
    ("moved", "hint"),
    [("required: true", "qmsctl set CV-001 due=2026-05-31"), ("moved_by: moves", "put back the value of “due” from signoffs/CV-001/agreed-")],
)
def test_a_signed_value_is_not_put_back_with_a_command_that_is_refused(moved: str, hint: str) -> None:
    [said] = run(office(SIGNED_DUE.replace("MOVED", moved)), [load_rule("frozen-field-changed")]).diagnostics
    assert str(said.mend).startswith(hint)


CONTRACT = """type: contract
kind: record
label: {en: Contract}
id: HDM-{number:3}
folder: records/contracts
fields: {title: {kind: text}, number: {kind: text, unique: true}}
states: [{id: signed, label: {en: signed}}]
"""


def contract(number: int, text: str) -> dict[str, str]:
    return {f"records/contracts/HDM-00{number}.md": f"---\nid: HDM-00{number}\ntype: contract\ntitle: A\nstatus: signed\nnumber: {text}\n---\n"}


def test_an_edit_is_refused_for_the_value_it_repeats_and_not_for_older_ones() -> None:
    rules = [load_rule("value-not-unique")]
    files = {".qms/types/contract/type.yaml": CONTRACT, **contract(1, "A"), **contract(2, "A"), **contract(3, "A"), **contract(4, "B")}
    library = start(files)
    assert len(run(library, rules).diagnostics) == 2
    for given in ({"title": "B"}, {"number": "C"}):
        for number in (1, 2, 3):
            assert errors_brought(library, library.after(set_values(library, f"HDM-00{number}", given)), rules) == ()
    [said] = errors_brought(library, library.after(set_values(library, "HDM-001", {"number": "b"})), rules)
    assert (said.path, str(said.mend)) == ("records/contracts/HDM-001.md", 'qmsctl set HDM-001 number="…"')
    [said] = errors_brought(library, library.after(create(library, "contract", {"number": "b"}, None, body)), rules)
    assert str(said.mend) == 'qmsctl set HDM-005 number="…"'


def test_attach() -> None:
    library = start({PATH: NC})
    for number in (1, 2):
        library = library.after(attach(library, "NC-2026-001", {f"{number}.pdf": b"x"}, {f"{number}.pdf": str(number) * 64}))
    rows = list(library.by_id["NC-2026-001"].rows("evidence"))
    assert [row.text("path") for row in rows] == ["attachments/NC-2026-001/1.pdf", "attachments/NC-2026-001/2.pdf"]
    assert "attachments/NC-2026-001/2.pdf" in library.files
    assert library.outside.sha256("attachments/NC-2026-001/1.pdf") is not None


def test_evidence_has_its_place_in_the_front_matter() -> None:
    after = {}
    for path, text in ((CSCL, policy().replace("owner: lan\n", "owner: lan\nx-note: a\n")), (PATH, NC.replace("owner: hoa\n", "owner: hoa\nevidence: a\ncause: b\n"))):
        library = start({path: text})
        subject = next(iter(library.by_id))
        edit = attach(library, subject, {"a.pdf": b"x"}, {"a.pdf": "0" * 64})
        after[subject] = [line for line in (edit.changes[0].after or b"").decode().splitlines() if line not in text.splitlines()]
    assert after == {
        name: [f'{field}: [{{path: attachments/{name}/a.pdf, sha256: {"0" * 64}}}]'] for name, field in (("CSCL", "files"), ("NC-2026-001", "evidence"))
    }


def test_a_file_that_is_linked_on_the_way_is_named_in_what_is_signed() -> None:
    files: dict[str, bytes | str] = {PATH: NC.replace("\nx\n", "\n"), **{f"attachments/NC-2026-001/{name}": b"x" for name in ("a.pdf", "README.md")}, CSCL: policy(body="![b](b.png) [r](README.md)")}
    library = start({**files, "documents/policy/b.png": b"y", "documents/policy/README.md": b"z"})
    text = "[a](../../attachments/NC-2026-001/a.pdf) [r](../../attachments/NC-2026-001/README.md)"
    after = library.after(advance(library, "NC-2026-001", "confirmed", act("lan"), {"description": text}))
    assert [row.text("path") for row in after.by_id["NC-2026-001"].rows("files")] == ["attachments/NC-2026-001/a.pdf"]
    after = library.after(submit(library, "CSCL", act("lan")))
    assert [row.text("path") for row in after.by_id["CSCL"].rows("files")] == ["documents/policy/b.png"]


def test_a_second_signature_of_one_person_gets_a_number() -> None:
    library = approved()
    folder = library.dossiers["CSCL"][0].folder
    assert signoff_file(library, folder, "approve", {}, act("binh")).path == f"{folder}/approve.binh.2.md"
    assert signoff_file(library, folder, "approve", {}, act("hung")).path == f"{folder}/approve.hung.md"


def test_nobody_signs_twice() -> None:
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    library = library.after(sign_round(library, "CSCL", "review", act("hoa", minute=1)))
    with pytest.raises(Refusal, match="Phạm Thị Hoa signed this on 2026-06-01 08:01 already, as “reviewed”"):
        sign_round(library, "CSCL", "review", act("hoa", minute=2))
    library = library.after(sign_round(library, "CSCL", "approve", act("binh", minute=3)))
    library = library.after(acknowledge(library, "CSCL", act("minh", minute=4)))
    with pytest.raises(Refusal, match="Đỗ Văn Minh signed this on 2026-06-01 08:04 already"):
        acknowledge(library, "CSCL", act("hoa", minute=5, people=("hoa", "minh")))
    library = library.after(acknowledge(library, "CSCL", act("hoa", minute=6)))
    assert len(library.dossiers["CSCL"][0].of("acknowledge")) == 2


def test_who_acts() -> None:
    library = start()
    assert actor_of(library, "BINH@tan-an.example", None) == Actor("binh")
    assert actor_of(library, "hoa@tan-an.example", "binh") == Actor("binh", "hoa")
    assert actor_of(library, "binh@tan-an.example", "binh") == Actor("binh")
    for by, way in (("x", "use one of binh"), ("Phạm Thị Hoa", "did you mean hoa?")):
        with pytest.raises(Refusal, match=f"nobody with the id “{by}”") as caught:
            actor_of(library, "binh@tan-an.example", by)
        assert str(caught.value.mend).startswith(way)
    assert caught.value.mend
    assert corrected(caught.value.mend) == ("Phạm Thị Hoa", "hoa")
    with pytest.raises(Refusal, match="who acts is not known"):
        actor_of(library, "stranger@x", None)
    with pytest.raises(Refusal, match="who acts is not known"):
        actor_of(library, None, "binh")


def test_the_role_is_one_that_is_wanted_and_held_on_the_day() -> None:
    library = start()
    assert choose_role(library, "lan", TODAY, ("director", "unit-head")) == "unit-head"
    assert choose_role(library, "lan", TODAY, ("director",)) == "qmr"
    assert choose_role(library, "duc", TODAY, ("deputy-director",)) is None
    assert choose_role(library, "nobody", TODAY, ()) is None


def test_a_sign_off_says_all_that_was_given() -> None:
    library = start({CSCL: policy()})
    library = library.after(submit(library, "CSCL", act("lan")))
    basis = Basis("1/QĐ", date(2026, 6, 1), "attachments/a.pdf", "0" * 64)
    given = act("hung", "director", "Đồng ý.\n", 1, effective=date(2026, 7, 1), basis=basis, capacity="KT", on_behalf_of="binh")
    given = replace(given, actor=Actor("hung", "hoa"))
    library = library.after(sign_round(library, "CSCL", "approve", given))
    made = library.dossiers["CSCL"][0].of("approve")[0]
    assert (made.by, made.role, made.capacity, made.on_behalf_of, made.entered_by) == (("hung",), "director", "KT", "binh", "hoa")
    assert (made.effective, made.basis, made.at) == (date(2026, 7, 1), basis, given.at)
    assert data_of(library, made.path).endswith("---\n\nĐồng ý.\n".encode())


def test_after_leaves_the_library_it_began_from_alone() -> None:
    library = start({CSCL: policy()})
    assert isinstance(library.outside, FakeOutside)
    library.after(submit(library, "CSCL", act("lan")))
    assert library.standing("CSCL").working == "draft"
    assert library.dossiers == {}


PROCEDURE = """---
id: QT-01
type: procedure
title: Chứng thực
revision: 1
owner: minh
---

~~~steps
- {no: B1, task: Nhận hồ sơ, responsible: clerk, time: 1h, check: Có phiếu hẹn không}
- {no: B2, task: Trả kết quả, responsible: clerk, time: 2h}
~~~
"""


def in_force() -> Library:
    library = start({QT: PROCEDURE, "documents/procedures/QT-02.md": PROCEDURE.replace("QT-01", "QT-02"), CSCL: policy(), PATH: NC, ACTION: CA})
    for subject in ("QT-01", "CSCL"):
        library = library.after(adopt(library, subject, act("binh", basis=BASIS)))
    return library


def test_a_checklist_has_the_rows_of_the_procedures_it_is_made_from() -> None:
    library = in_force()
    after = library.after(create_from(library, "self-check", ["QT-01", "QT-01"], {"unit": "ho-tich"}, "minh", body))
    made = after.by_id[next(iter(set(after.by_id) - set(library.by_id)))]
    assert [row.text("step") for row in made.block_rows("lines")] == ["QT-01 B1", "QT-01 B2"]
    assert [row.text("question") for row in made.block_rows("lines")] == ["Nhận hồ sơ – Có phiếu hẹn không", "Trả kết quả"]
    assert (made.title, made.texts("of"), made.text("unit")) == ("Tự kiểm tra QT-01", ("QT-01",), "ho-tich")
    both = library.after(adopt(library, "QT-02", act("binh", basis=BASIS, minute=1)))
    assert create_from(both, "self-check", ["QT-02", "QT-01"], {}, "minh", body).summary.params["title"] == "Tự kiểm tra QT-02, QT-01"
    [proof] = made.rows("based_on")
    copy = library.dossiers["QT-01"][0].copy
    assert copy is not None
    assert [proof.text(key) for key in ("document", "revision", "sha256")] == ["QT-01", "1", copy.sha256]


@pytest.mark.parametrize(
    ("kind", "of", "given"),
    [
        ("self-check", ["QT-01", "QT-09"], {}),
        ("self-check", ["QT-02"], {}),
        ("self-check", ["CSCL"], {}),
        ("self-check", ["QT-01"], {"based_on": "[]"}),
        ("self-check", ["QT-01"], {"of": "QT-01"}),
        ("action", ["QT-01"], {}),
    ],
)
def test_what_a_checklist_cannot_be_made_from(kind: str, of: list[str], given: dict[str, str]) -> None:
    with pytest.raises(QmsError):
        create_from(in_force(), kind, of, given, "minh", body)


@pytest.mark.parametrize("text", ["", "lann", "Nguyễn A", "Nguyễn A, ", "Nguyễn A, Chủ tịch, ", "; x"])
def test_who_approved_a_paper_has_a_name_and_a_title(text: str) -> None:
    with pytest.raises(Refusal):
        paper_approver(start(), text)


def test_who_approved_a_paper() -> None:
    library = start()
    assert paper_approver(library, " lan ") == "lan"
    assert paper_approver(library, "Nguyễn A, Chủ tịch") == PaperApprover("Nguyễn A", "Chủ tịch")
    assert paper_approver(library, "Nguyễn A,Chủ tịch, UBND xã B, huyện C") == PaperApprover("Nguyễn A", "Chủ tịch", "UBND xã B, huyện C")
    assert paper_approver(library, "Nguyễn A; Chủ tịch, kiêm Trưởng ban; UBND") == PaperApprover("Nguyễn A", "Chủ tịch, kiêm Trưởng ban", "UBND")


def test_a_link_is_made_and_taken_away_on_both_sides() -> None:
    library = in_force()
    linked = library.after(linked_back(library, set_values(library, "CA-2026-001", {"of": "NC-2026-001"})))
    assert linked.by_id["NC-2026-001"].texts("actions") == ("CA-2026-001",)
    again = linked_back(linked, set_values(linked, "CA-2026-001", {"title": "B"}))
    assert [change.path for change in again.changes] == [ACTION]
    away = linked.after(linked_back(linked, set_values(linked, "NC-2026-001", {"actions": ""})))
    assert not away.by_id["CA-2026-001"].has("of")
    assert not away.by_id["NC-2026-001"].has("actions")
    assert "\nkind: corrective\nof: [NC-2026-001]\n" in data_of(library.after(set_values(library, "NC-2026-001", {"actions": "CA-2026-001"})), ACTION).decode()
    several = start({PATH: NC, PATH.replace("001", "002"): NC.replace("2026-001", "2026-002"), ACTION: CA, CSCL: policy(), ACTION.replace("001", "000"): CA.replace("CA-2026-001", "CA-2026-000").replace("in-progress", "cancelled")})
    edit = set_values(several, "NC-2026-001", {"actions": "CA-2026-000, BB-9, CSCL, NC-2026-002, CA-2026-001"})
    assert edit.subjects == (PATH, ACTION)
    closed = start({PATH: NC.replace("reported", "rejected"), ACTION: CA})
    alone = linked_back(closed, set_values(closed, "CA-2026-001", {"of": "NC-2026-001, NC-2026-009"}))
    assert [change.path for change in alone.changes] == [ACTION]


@pytest.mark.parametrize(("own", "code"), [("binh@tan-an.example", "hoa"), ("hoa@tan-an.example", ""), ("stranger@x", "")])
def test_nobody_is_somebody_else_by_a_setting_of_the_repository(own: str, code: str) -> None:
    beside = Elsewhere("hoa@tan-an.example", own, ("config", "--unset", "user.email"))
    if code:
        with pytest.raises(Refusal, match="who acts is not certain"):
            actor_of(start(), "hoa@tan-an.example", None, beside)
    else:
        assert actor_of(start(), "hoa@tan-an.example", None, beside) == Actor("hoa")


def test_what_takes_no_evidence_and_what_was_signed_with_other_contents() -> None:
    library = start({PATH: NC, "records/tombstones/QT-09.md": "---\nid: QT-09\ntype: tombstone\ntitle: x\nstatus: void\n---\n"})
    with pytest.raises(Refusal, match="takes no attachments"):
        attach(library, "QT-09", {"a.pdf": b"x"}, {"a.pdf": "0" * 64})
    library = library.after(attach(library, "NC-2026-001", {"a.pdf": b"x"}, {"a.pdf": "0" * 64}))
    library = library.after(advance(library, "NC-2026-001", "confirmed", act("lan"), {}))
    gone = Library.after(library, Edit((FileChange("attachments/NC-2026-001/a.pdf", b"x", None),), library.edit.summary if library.edit else Message("")))
    with pytest.raises(Refusal, match="was signed for with other contents"):
        attach(gone, "NC-2026-001", {"a.pdf": b"y"}, {"a.pdf": "1" * 64})
    library.after(attach(gone, "NC-2026-001", {"a.pdf": b"x"}, {"a.pdf": "0" * 64}))


def test_a_section_is_filled_when_a_record_is_made() -> None:
    library = start()
    after = library.after(create(library, "nonconformity", {"title": "x", "description": "Đã trả chậm.", "unit": "ho-tich"}, "hoa", lambda found, new_id, title: f"# {found.name} {new_id} {title}\n\n## Mô tả\n"))
    assert "\n## Mô tả\nĐã trả chậm.\n" in data_of(after, PATH).decode().replace("\n\n", "\n")
    after.after(create(after, "objective", {"title": "Đúng hẹn", "year": "2027"}, "hoa", body))
    bare = library.after(create(library, "nonconformity", {"title": "x", "description": "Đã trả chậm."}, "hoa", body))
    assert data_of(bare, PATH).decode().endswith("# x\n\n## Mô tả\n\nĐã trả chậm.\n")


@pytest.mark.parametrize("name", [".gitattributes", "a\u200b.pdf", "con", "a:b.pdf", "x/../y.pdf"])
def test_a_name_that_is_none_for_evidence(name: str) -> None:
    with pytest.raises(Refusal, match="no name under which evidence can be kept"):
        attach(start({PATH: NC}), "NC-2026-001", {name: b"x"}, {name: "0" * 64})


@pytest.mark.parametrize("state", ["", "confirmd", "reported", "closed", "nowhere at all"])
def test_the_state_that_a_record_does_not_go_to(state: str) -> None:
    with pytest.raises(Refusal):
        advance(start({PATH: NC}), "NC-2026-001", state, act("lan"), {})


def test_there_is_one_of_its_kind() -> None:
    with pytest.raises(Refusal, match="only one of its kind"):
        create(start({CSCL: policy()}), "policy", {"title": "x"}, "lan", body)


@pytest.mark.parametrize(("name", "text", "texts"), [("affected", "a,b", ("a", "b")), ("affected", "[a, b]", ("a", "b")), ("raised", "31/12/2026", ("2026-12-31",))])
def test_what_is_given_to_a_new_record_is_written_as_its_field_has_it(name: str, text: str, texts: tuple[str, ...]) -> None:
    library = start()
    after = library.after(create(library, "nonconformity", {"title": "x", name: text}, "hoa", body))
    assert after.by_id["NC-2026-001"].texts(name) == texts
