"""What somebody outside attests of a note, and what only looks like it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from qmsctl.core.engine import run
from qmsctl.core.fleet.rows import rows
from qmsctl.core.text.text_file import digest
from qmsctl.core.witness.against import against_note, against_root, read_root
from qmsctl.core.witness.attested import Attested, NotAttested, Stamped, attestations, letter_file, witnessed
from qmsctl.core.witness.checkpoints import checkpoints
from qmsctl.core.witness.cosignature import cosignature, read_cosignature
from qmsctl.core.witness.log import PATH
from qmsctl.core.witness.note import NoteRefused, read_note
from qmsctl.message import _
from tests.keys import public, signature
from tests.office import QMS_YAML, library_of
from tests.test_witness_attacks import AFTER, APPROVED, AUTHOR, OFFICE, SECOND, seen, signed

NOTE = "witness/2026-02-01-1.note"
SCAN = "attachments/witness/12.pdf"
AT = datetime(2026, 2, 3, 8, tzinfo=UTC)
WITNESSES = f"{QMS_YAML}witnesses: [{{name: Sở KH&CN, key: \"{public('so').text}\"}}]\n".encode()


def letter(day: str = "2026-02-02", sha256: str | None = None, file: str = SCAN) -> dict[str, bytes]:
    text = f"number: 12/UBND-VP\ndate: {day}\nfile: {file}\nsha256: {sha256 or digest(b'scan')}\n"
    return {f"{NOTE}.basis": text.encode(), SCAN: b"scan"}


def cosigned(key: str = "so", at: datetime = AT, note: bytes = AFTER[NOTE], namespace: str = "qmsctl") -> dict[str, bytes]:
    data = cosignature(read_note(note), at)
    return {f"{NOTE}.cosigned": data, f"{NOTE}.cosigned.sig": signature(key, data, namespace), "qms.yaml": WITNESSES}


def said(files: Mapping[str, bytes], stamps: Mapping[str, Stamped] | None = None) -> list[Attested | NotAttested]:
    return list(attestations(library_of(files), stamps or {}))


@pytest.mark.parametrize("files", [letter(), cosigned()])
def test_a_letter_and_a_signature_from_outside_make_what_the_note_holds_witnessed(files: Mapping[str, bytes]) -> None:
    (found,) = said({**AFTER, **files})
    assert isinstance(found, Attested)
    assert found.day == date(2026, 2, 2 if SCAN in files else 3)
    later = {**AFTER, **files, **signed(AUTHOR, subject="QUYCHE")}
    assert set(witnessed(library_of(later), {})) == {path for path in OFFICE if path.startswith("signoffs/")}
    assert letter_file(checkpoints(library_of(later))[0], library_of(later)) == (SCAN if SCAN in files else None)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (letter("2026-01-05"), "the note was made on 2026-02-01"),
        (letter("2030-01-05"), "still to come"),
        (letter("someday"), "are expected"),
        (letter(sha256="0" * 64), "its digest differs"),
        (letter(file="documents/12.pdf"), "are expected"),
        ({f"{NOTE}.basis": b"[1, 2]"}, "are expected"),
        ({f"{NOTE}.basis": b"a: &b [*b]"}, ""),
        (cosigned("minh"), "none of the witnesses"),
        (cosigned(at=datetime(2026, 1, 2, tzinfo=UTC)), "the note was made on 2026-02-01"),
        (cosigned(note=b"qmsctl/TA\n2\n" + AFTER[NOTE].split(b"\n")[2] + b"\n"), "over another note"),
        (cosigned(namespace="git"), "another purpose"),
        ({**cosigned(), f"{NOTE}.cosigned.sig": b"nonsense"}, "no OpenSSH signature"),
        ({**cosigned(), f"{NOTE}.cosigned": b"cosignature/v1\ntime 1\n" + AFTER[NOTE]}, "no cosignature"),
    ],
)
def test_what_does_not_prove_it_attests_nothing_and_is_said(files: Mapping[str, bytes], why: str) -> None:
    (found,) = said({**AFTER, **files})
    assert isinstance(found, NotAttested)
    assert why in str(found.why)
    assert not witnessed(library_of({**AFTER, **files}), {})


def test_the_office_is_no_witness_of_its_own() -> None:
    own = f'people:\n  - {{id: binh, name: B, email: b@x.example, unit: lanh-dao, keys: [{{key: "{public("so").text}", from: 2025-01-01}}]}}\n'
    (found,) = said({**AFTER, **cosigned(), "people.yaml": own.encode()})
    assert isinstance(found, NotAttested)
    assert not witnessed(library_of({**AFTER, f"{NOTE}.sig": signature("binh", AFTER[NOTE])}), {})


def test_a_signature_that_is_missing_attests_nothing() -> None:
    files = {path: data for path, data in {**AFTER, **cosigned()}.items() if not path.endswith(".cosigned.sig")}
    assert [isinstance(each, NotAttested) for each in said(files)] == [True]


def test_of_a_stamp_that_could_not_be_read_nothing_bad_is_said() -> None:
    files = {**AFTER, f"{NOTE}.tsr": b"?"}
    assert said(files) == []
    (unread,) = said(files, {f"{NOTE}.tsr": Stamped(problem=_("it could not be read: {problem}", problem="?"), unread=True)})
    assert isinstance(unread, NotAttested)
    assert unread.unread
    (found,) = said(files, {f"{NOTE}.tsr": Stamped(AT, "TSA")})
    assert isinstance(found, Attested)


def test_what_was_changed_since_and_notes_that_are_false_are_not_witnessed() -> None:
    changed = {**AFTER, **letter(), APPROVED: OFFICE[APPROVED] + b"more"}
    assert APPROVED not in witnessed(library_of(changed), {})
    assert len(witnessed(library_of(changed), {})) == 2
    assert not witnessed(library_of({**AFTER, **letter(), PATH: AFTER[PATH].replace(b"approve", b"approvE")}), {})


def test_the_earliest_of_several_counts() -> None:
    found = witnessed(library_of({**AFTER, **cosigned(), **letter()}), {})
    assert {each.day for each in found.values()} == {date(2026, 2, 2)}
    same = witnessed(library_of({**AFTER, **cosigned(), **letter("2026-02-03")}), {})
    assert {each.path for each in same.values()} == {f"{NOTE}.cosigned"}


UNSEEN = {path: data for path, data in signed(f"{AUTHOR} key=lan").items() if path.endswith(".sig")}
KEYS = {"people.yaml": f'people:\n  - {{id: lan, name: L, email: l@x.example, unit: lanh-dao, keys: [{{key: "{public("lan").text}", from: 2025-01-01}}]}}\n'.encode()}


@pytest.mark.parametrize(
    ("more", "days"),
    [
        pytest.param({}, {None}, id="a note that stayed in the house"),
        pytest.param({f"{NOTE}.sig": signature("binh", AFTER[NOTE])}, {None}, id="a signature of the office itself"),
        pytest.param(letter(), {"2026-02-02"}, id="a letter"),
        pytest.param({**cosigned(), **letter()}, {"2026-02-02"}, id="the earliest of two"),
        pytest.param(letter("2026-06-02"), {None}, id="a letter of the day after that of the rows"),
        pytest.param(letter("2026-06-01"), {"2026-06-01"}, id="a letter of the day of the rows"),
        pytest.param({**letter(), APPROVED: OFFICE[APPROVED].replace(b"T08", b"T07")}, {None, "2026-02-02"}, id="a sign-off changed since"),
        pytest.param({**letter(), PATH: AFTER[PATH].replace(b"author.lan", b"author.hoa")}, {None}, id="a log that the note contradicts"),
        pytest.param({**letter(), **UNSEEN}, {"2026-02-02"}, id="a signature that proves nothing"),
        pytest.param({**letter(), **UNSEEN, **KEYS}, {None, "2026-02-02"}, id="a signature that came after the note"),
        pytest.param({f"{NOTE}.tsr": b"?"}, {None}, id="a time stamp that nobody could read"),
    ],
)
def test_a_row_says_witnessed_of_what_was_proved_when_it_was_written(more: Mapping[str, bytes], days: set[str | None]) -> None:
    library = replace(library_of({**AFTER, **more}), clock=datetime(2026, 8, 1, tzinfo=UTC))
    stamps = {f"{NOTE}.tsr": Stamped(problem=_("it could not be read: {problem}", problem="?"), unread=True)}
    found = [json.loads(line) for line in rows(library, run(library, ()), stamps).lines["signoff"]]
    assert {each["witnessed"] for each in found} == days
    assert {each["level"] for each in found} == ({"declared", "signed"} if KEYS.items() <= more.items() else {"declared"})


def test_a_note_and_a_root_from_outside() -> None:
    honest = library_of(seen({**AFTER, **signed(AUTHOR, subject="QUYCHE")}, SECOND))
    note = read_note(AFTER[NOTE])
    shown = " ".join(note.groups).upper()
    root = read_root(shown)
    assert root == note.root
    assert against_note(note, honest) == against_root(root, honest)
    assert against_note(note, honest).agrees
    assert against_note(note, honest).size == 3
    rebuilt = library_of(seen(signed(AUTHOR)))
    assert not against_note(note, rebuilt).agrees
    assert not against_root(root, rebuilt).agrees
    edited = against_note(note, library_of({**AFTER, APPROVED: b"---\n---\n"}))
    assert (edited.agrees, edited.changed) == (False, (APPROVED,))
    assert read_root("witness/2026-02-01-1.note") is None


def test_a_cosignature_is_read_as_it_was_written() -> None:
    note = read_note(AFTER[NOTE])
    assert read_cosignature(cosignature(note, AT)) == read_cosignature(cosignature(note, AT).replace(b"\n", b"\r\n")) == (note, AT)
    with pytest.raises(NoteRefused):
        read_cosignature(AFTER[NOTE])
