"""Which files have to be there, by what texts, sign-offs and copies name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest

from qmsctl.core.library import Library
from qmsctl.core.lifecycle.linked_files import with_linked_files
from qmsctl.core.proof.named_digest import digest_now, place_now
from qmsctl.core.records.named_files import named_files, signed_digests
from qmsctl.core.source import EntryKind
from tests.office import dossier, library_of

TYPE = """\
type: bien-ban
kind: record
label: {en: Handover, vi: Biên bản bàn giao}
id: "BB-{number:3}"
folder: records/handovers
retention: 5y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
blocks:
  tep:
    label: {en: Files, vi: Tệp}
    columns:
      file: {kind: path, required: true, label: {en: File, vi: Tệp}}
      sha256: {kind: sha256, required: true, label: {en: SHA-256, vi: SHA-256}}
states:
  - {id: open, label: {en: open, vi: mở}, to: [closed]}
  - {id: closed, label: {en: closed, vi: đã đóng}, final: true, signoff: {meaning: close, role: [qmr]}}
"""
ONE, TWO = "1" * 64, "2" * 64
BB = "records/handovers/BB-001.md"
QT = "documents/procedures/QT-07.md"
CLOSED = f"---\nid: BB-001\ntype: bien-ban\ntitle: a\nstatus: closed\nother: {{path: attachments/b.txt, sha256: {TWO}}}\n---\n\n```tep\n- {{file: attachments/a.txt, sha256: {ONE}}}\n```\n".encode()


def closed(now: bytes) -> Library:
    copy = dossier({BB: CLOSED}, "BB-001", "close lan qmr 2026-03-06T08:00:00+07:00\n")
    return library_of({".qms/types/bien-ban/type.yaml": TYPE, BB: now, **copy})


def test_a_copy_binds_files_in_its_data_blocks_and_in_fields_that_its_type_no_longer_has() -> None:
    library = closed(CLOSED.replace(ONE.encode(), TWO.encode()).replace(b"other:", b"gone:"))
    assert {(each.path, each.sha256) for each in named_files(library)} == {("attachments/a.txt", ONE), ("attachments/b.txt", TWO)}
    assert all(each.stricter and str(each.stricter.day) == "2026-03-06" and each.stricter.about == each.path for each in named_files(library))
    assert signed_digests("attachments/a.txt", library) == {ONE}
    assert signed_digests("attachments/c.txt", library) == frozenset()


def test_each_digest_is_asked_for_once_in_a_record() -> None:
    text = f"---\nid: NC-2026-001\ntype: nonconformity\nstatus: closed\nevidence: [{{path: attachments/a.txt, sha256: {ONE}}}]\n---\n".encode()
    path = "records/nonconformities/NC-2026-001.md"
    library = library_of({path: text, **dossier({path: text}, "NC-2026-001", "close lan qmr 2026-03-06T08:00:00+07:00\n")})
    (found,) = named_files(library)
    assert (found.item.path, found.stricter) == (path, None)


CRLF, LF = b"a\r\nb\r\n", b"a\nb\n"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("path", "data", "named"),
    [
        ("documents/forms/a.csv", CRLF, LF), ("documents/forms/a.csv", LF, LF), ("attachments/a.csv", CRLF, CRLF),
        ("documents/forms/a.png", b"\0\r\n", b"\0\r\n"),
    ],
)
def test_line_ends_are_those_of_git_outside_the_attachments(path: str, data: bytes, named: bytes) -> None:
    library = library_of({path: data})
    assert digest_now(path, library) == sha256(named)
    assert place_now(path, sha256(data), library) == place_now(path, sha256(named), library) == path


def test_a_form_moves_with_its_folder_and_evidence_does_not() -> None:
    library = library_of({"documents/2026/a.csv": LF, "attachments/2026/b.csv": LF, "documents/b.csv": LF, "documents/2026/c.csv": CRLF})
    assert place_now("documents/forms/a.csv", sha256(LF), library) == "documents/2026/a.csv"
    assert place_now("documents/forms/c.csv", sha256(b"other"), library) is None
    assert place_now("attachments/b.csv", sha256(LF), library) is None
    assert place_now("documents/forms/b.csv", sha256(LF), library) == "documents/b.csv", "never one below attachments/"
    assert place_now("documents/2026/a.csv", sha256(b"x"), library) is None, "something else lies there"


def named(body: str, front: str = "", kinds: Mapping[str, EntryKind] | None = None) -> list[str]:
    """The paths that are named before a text is signed."""
    files: dict[str, bytes | str] = dict.fromkeys(("documents/procedures/a.png", "attachments/QT-07/a b.pdf", "out/a.png", "out/a.xlsx", "documents/README.md"), b"x")
    text = f"---\nid: QT-07\ntype: procedure\ntitle: a\nrevision: 1\n{front}---\n{body}\n"
    library = library_of({**files, QT: text, "documents/forms/BM-01.md": "---\nid: BM-01\ntype: form\n---\n"}, kinds=kinds)
    found = with_linked_files(library, library.by_id["QT-07"])
    return [part.partition(",")[0] for part in found.data.decode().partition("---\n")[2].partition("\n---")[0].split("path: ")[1:]]


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ("![](a.png)", ["documents/procedures/a.png"]),
        ("[a](a.png) ![b](a.png) ![c](./a.png)", ["documents/procedures/a.png"]),
        ("[x]: ../../attachments/QT-07/a%20b.pdf\n\n[x]", ["attachments/QT-07/a b.pdf"]),
        ("[a](<../../attachments/QT-07/a b.pdf>)", ["attachments/QT-07/a b.pdf"]),
        ("![](../../out/a.png) [x](../../out/a.xlsx)", ["out/a.png"]),
        ("[a](../forms/BM-01.md) [b](../README.md) [c](../../qms.yaml) [d](none.png) ![e](https://a.example/a.png) [f](../../../etc/passwd) [g](#x)", []),
        ("```\n![](a.png)\n```", []),
    ],
)
def test_what_a_text_shows_and_links_to_is_named(body: str, paths: list[str]) -> None:
    assert named(body) == paths


def test_what_is_named_already_stays_as_it_is_written() -> None:
    own = f"files:\n  - path: documents/procedures/a.png\n    sha256: {ONE}\n"
    assert named("![](a.png)", own) == ["documents/procedures/a.png\n    sha256: " + ONE]
    assert [path.partition("\n")[0] for path in named("![](a.png) ![](../../out/a.png)", own)] == ["documents/procedures/a.png", "out/a.png"]
    assert named("![](a.png)", "files: none\n") == [], "what is no list is for people to mend"
    assert named("![](a.png)", "files:\n") == ["documents/procedures/a.png"]
    assert named("![](a.png)", "files: [{path: documents/procedures/a.png}]\n") == ["documents/procedures/a.png}]"], "nor is a digest given to what somebody named without one"


def test_a_text_whose_type_names_no_files_stays_as_it_is() -> None:
    library = closed(CLOSED + b"\n![](a.png)\n")
    assert with_linked_files(library, library.by_id["BB-001"]).changes == ()


def test_the_bytes_that_are_set_on_the_way_are_those_that_are_read() -> None:
    text = b"---\nid: QT-07\ntype: procedure\nrevision: 1\nowner: lan\nx-note: a\n---\n"
    library = library_of({QT: text, "documents/procedures/a.png": b"x"})
    found = with_linked_files(library, library.by_id["QT-07"], text + b"![](a.png)\n")
    assert found.changes[0].before == text
    assert found.data == found.changes[0].after == text.replace(b"x-note", f"files: [{{path: documents/procedures/a.png, sha256: {sha256(b'x')}}}]\nx-note".encode()) + b"![](a.png)\n"
    assert with_linked_files(library, library.by_id["QT-07"], text + b"x\n").changes[0].after == text + b"x\n"


def test_a_link_in_the_place_of_a_file_is_not_named() -> None:
    assert named("![](a.png)", kinds={"documents/procedures/a.png": EntryKind.SYMLINK}) == []
