"""What somebody may do to sign-offs, log and notes once a checkpoint was made, and who notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from qmsctl.core.base import Base
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.text.text_file import digest
from qmsctl.core.witness.checkpoints import contradiction, latest_checkpoint
from qmsctl.core.witness.log import PATH, log_of
from qmsctl.core.witness.making import checkpoint
from qmsctl.core.witness.merkle import root
from qmsctl.core.witness.note import read_note
from qmsctl.errors import Refusal
from qmsctl.rules import load_rule
from tests.office import dossier, library_of

POLICY = "documents/policy/CSCL.md"
TEXT = b"---\nid: CSCL\ntype: policy\ntitle: Ch\xc3\xadnh s\xc3\xa1ch\nrevision: 1\nowner: lan\n---\n"
FIRST, SECOND = date(2026, 2, 1), date(2026, 5, 1)
RULES = [load_rule(name) for name in ("witness-log-changed", "logged-file-changed", "checkpoint-contradicted", "checkpoint-forked", "signed-before-checkpoint")]
Files = Mapping[str, bytes]


def signed(*lines: str, subject: str = "CSCL") -> Files:
    path = POLICY.replace("CSCL", subject)
    files = {path: TEXT.replace(b"CSCL", subject.encode())}
    return files | dossier(files, subject, "\n".join(lines))


AUTHOR, APPROVAL = "author lan 2026-01-05T08:00:00+07:00", "approve binh director 2026-01-06T08:00:00+07:00"
OFFICE = signed(AUTHOR, APPROVAL)


def seen(files: Files, day: date = FIRST) -> dict[str, bytes]:
    """The files once a checkpoint has been made."""
    edit = checkpoint(library_of(files), day)
    return {**files, **{each.path: each.after for each in edit.changes if each.after is not None}}


def said(files: Files, before: Files | None = None, tip: Files | None = None) -> set[str]:
    library = library_of(files)
    if before is not None:
        library = library.since(Base((library_of(before),), tip=library_of(tip) if tip is not None else None))
    return {each.rule for each in run(library, RULES).diagnostics}


def without(files: Files, *parts: str) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if not any(part in path for part in parts)}


AFTER = seen(OFFICE)
APPROVED = next(path for path in OFFICE if "/approve." in path)


def test_what_is_left_as_it_was_is_clean_with_line_ends_of_windows_too() -> None:
    later = seen({**AFTER, **signed(AUTHOR, subject="QUYCHE")}, SECOND)
    assert said(AFTER) == said(later) == said(later, AFTER) == said(later, OFFICE) == set()
    windows = {path: data.replace(b"\n", b"\r\n") for path, data in later.items()}
    assert said(windows) == set()
    assert log_of(library_of(later)).begins_with(log_of(library_of(AFTER)))


def test_a_second_checkpoint_goes_on_where_the_first_ended() -> None:
    later = seen({**AFTER, **signed(AUTHOR, subject="QUYCHE")}, FIRST)
    latest = latest_checkpoint(library_of(later))
    assert latest is not None
    assert (latest.path, latest.note.size, latest.note.origin) == ("witness/2026-02-01-2.note", 5, "qmsctl/TA")
    with pytest.raises(Refusal, match="nothing was signed since"):
        checkpoint(library_of(later), SECOND)


@pytest.mark.parametrize(
    ("attack", "noticed"),
    [
        pytest.param({APPROVED: OFFICE[APPROVED].replace(b"T08:00:00", b"T07:00:00")}, {"logged-file-changed"}, id="a sign-off edited"),
        pytest.param({APPROVED: None}, {"logged-file-changed"}, id="a sign-off deleted"),
        pytest.param({APPROVED: None, APPROVED.replace("CSCL/", "OTHER/", 1): OFFICE[APPROVED]}, {"logged-file-changed"}, id="a sign-off moved"),
        pytest.param({PATH: None}, {"witness-log-changed", "checkpoint-contradicted"}, id="the log deleted"),
        pytest.param({PATH: AFTER[PATH].split(b"\n", 1)[1]}, {"checkpoint-contradicted"}, id="a line taken out"),
        pytest.param({PATH: AFTER[PATH].replace(b"approve.binh", b"approve.hung")}, {"logged-file-changed", "checkpoint-contradicted"}, id="a line changed"),
        pytest.param({PATH: b"".join(reversed(AFTER[PATH].splitlines(keepends=True)))}, {"checkpoint-contradicted"}, id="lines swapped"),
        pytest.param({PATH: AFTER[PATH] + b"nonsense\n"}, {"witness-log-changed"}, id="a line that is none"),
        pytest.param({PATH: AFTER[PATH][:-1]}, {"witness-log-changed", "checkpoint-contradicted"}, id="the last line without an end"),
        pytest.param({"witness/2026-02-01-1.note": b"qmsctl/TA\n3\n"}, {"checkpoint-contradicted"}, id="a note cut short"),
        pytest.param({"witness/2025-13-01-1.note": AFTER["witness/2026-02-01-1.note"]}, {"checkpoint-contradicted"}, id="a note of no day"),
    ],
)
def test_what_is_done_to_it_afterwards_is_noticed_without_any_history(attack: Mapping[str, bytes | None], noticed: set[str]) -> None:
    files = {path: data for path, data in {**AFTER, **attack}.items() if data is not None}
    assert said(files) == noticed


def test_a_log_rebuilt_over_other_sign_offs_is_clean_inside_and_contradicted_by_the_note_outside() -> None:
    outside = read_note(AFTER["witness/2026-02-01-1.note"])
    rebuilt = seen(signed(AUTHOR, APPROVAL.replace("06T", "07T")))
    assert said(rebuilt) == set()
    log = log_of(library_of(rebuilt))
    assert contradiction(outside, log, root(log.lines[: outside.size])) is not None
    honest = log_of(library_of(seen({**AFTER, **signed(AUTHOR, subject="QUYCHE")}, SECOND)))
    assert contradiction(outside, honest, root(honest.lines[: outside.size])) is None
    assert contradiction(outside, log_of(library_of(OFFICE)), None) is not None


def test_a_change_that_rebuilds_log_and_notes_is_noticed_by_what_it_began_from() -> None:
    rebuilt = seen(signed(AUTHOR, APPROVAL.replace("06T", "07T")))
    assert said(rebuilt, AFTER) == {"witness-log-changed", "checkpoint-contradicted"}
    assert said(without(AFTER, "witness/"), AFTER) == {"witness-log-changed", "checkpoint-contradicted"}
    assert said(without(AFTER, ".note"), AFTER) == {"checkpoint-contradicted"}


def test_a_date_before_a_checkpoint_that_had_not_seen_it() -> None:
    half = signed(AUTHOR)
    late = {**seen(half, SECOND), **OFFICE}
    assert said(late) == said(seen(late, date(2026, 5, 2))) == {"signed-before-checkpoint"}
    in_time = {**seen(half, FIRST), **OFFICE}
    assert said(in_time) == set()


def test_two_branches_that_make_checkpoints() -> None:
    mine = seen({**AFTER, **signed(AUTHOR, subject="QUYCHE")}, date(2026, 3, 1))
    theirs = seen({**AFTER, **signed(AUTHOR, subject="SOTAY")}, date(2026, 3, 2))
    assert said(mine, AFTER, theirs) == {"checkpoint-forked"}
    assert said(mine, AFTER, AFTER) == said(theirs, AFTER, AFTER) == set()
    assert said({**AFTER, **signed(AUTHOR, subject="QUYCHE")}, AFTER, theirs) == set()
    for merged in ({**theirs, **mine}, {**mine, **theirs}):
        assert said(merged) >= {"checkpoint-forked", "checkpoint-contradicted"}


def test_no_checkpoint_is_made_over_a_log_that_is_not_that_of_its_notes() -> None:
    rebuilt = {**seen(signed(AUTHOR)), "witness/2026-01-01-1.note": AFTER["witness/2026-02-01-1.note"]}
    with pytest.raises(Refusal, match="on top of that"):
        checkpoint(library_of(rebuilt), SECOND)


def test_an_office_without_a_code_or_a_sign_off_makes_none() -> None:
    with pytest.raises(Refusal, match="nothing has been signed yet"):
        checkpoint(library_of({}), FIRST)
    nameless = library_of({**OFFICE, "qms.yaml": "organization: {name: X}\nlanguage: vi\ntime_zone: Asia/Ho_Chi_Minh\nstandards: [iso9001-2008]\nunits: []\nroles: []\napproval: []\n"})
    with pytest.raises(Refusal, match="has no code"):
        checkpoint(nameless, FIRST)


def test_the_log_is_what_sha256sum_reads() -> None:
    library: Library = library_of(AFTER)
    for entry in log_of(library).entries:
        assert entry is not None
        assert digest(AFTER[entry.path]) == entry.sha256
