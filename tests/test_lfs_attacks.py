"""Evidence kept by git-lfs, of which git and the server have only the pointer; and what passes itself off as that.

The office has chosen the second format. Each change comes in by fast-forward, merge, squash and rebase.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.desk import Change, Desk, Once, approve
from tests.landing import accept, caught, passes
from tests.test_evidence_attacks import CHANGED, GONE, NC2, PHOTO, PNG, give_evidence
from tests.test_signoff_attacks import TODAY

LINE = "attachments/** filter=lfs diff=lfs merge=lfs -text\n"


def pointer(data: bytes) -> bytes:
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{hashlib.sha256(data).hexdigest()}\nsize {len(data)}\n".encode()


def to_lfs(desk: Desk, path: str = PHOTO) -> None:
    """The file as a clone has it in which nobody has fetched the content."""
    desk.write(path, pointer((desk.root / path).read_bytes()))


def given_to_lfs(desk: Desk) -> None:
    desk.write(".gitattributes", desk.read(".gitattributes") + LINE)


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    """An office with evidence, accepted."""
    return once(settled, give_evidence, accept)


def moved(desk: Desk) -> None:
    """The evidence is in the care of git-lfs by then."""
    given_to_lfs(desk)
    to_lfs(desk)
    desk.commit("git-lfs")
    desk.git("tag", "--force", "accepted")
    assert desk.check() == (0, {}), desk.diagnostics()


# -- attacks --------------------------------------------------------------------------------------


def pointer_to_another_content(desk: Desk) -> None:
    moved(desk)
    desk.write(PHOTO, pointer(PNG + b"another"))


def pointer_to_another_content_in_the_text_as_well(desk: Desk) -> None:
    pointer_to_another_content(desk)
    desk.write(NC2, desk.read(NC2).replace(hashlib.sha256(PNG).hexdigest(), hashlib.sha256(PNG + b"another").hexdigest()))


def pointer_that_nobody_fetches(desk: Desk) -> None:
    """The evidence is gone, and a text lies there that says it was the right one."""
    to_lfs(desk)


def taken_out_of_the_care_of_lfs(desk: Desk) -> None:
    moved(desk)
    desk.write(".gitattributes", desk.read(".gitattributes").replace(LINE, ""))


def nearly_a_pointer(desk: Desk) -> None:
    moved(desk)
    desk.write(PHOTO, pointer(PNG) + b"x-note other\n")


def texts_given_to_lfs(desk: Desk) -> None:
    desk.write(".gitattributes", desk.read(".gitattributes") + "records/** filter=lfs\n")


def another_filter(desk: Desk) -> None:
    desk.write(".gitattributes", desk.read(".gitattributes") + "attachments/** filter=crypt -text\n")


ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    (pointer_to_another_content, CHANGED),
    (pointer_to_another_content_in_the_text_as_well, CHANGED),
    (pointer_that_nobody_fetches, GONE),
    (taken_out_of_the_care_of_lfs, GONE),
    (nearly_a_pointer, CHANGED),
    (texts_given_to_lfs, {"bytes-rewritten"}),
    (another_filter, {"bytes-rewritten"}),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


# -- honest changes -------------------------------------------------------------------------------


def evidence_handed_to_lfs(desk: Desk) -> None:
    given_to_lfs(desk)
    to_lfs(desk)


def more_evidence_with_lfs(desk: Desk) -> None:
    moved(desk)
    photo = desk.root.parent / "ảnh 2.png"
    photo.write_bytes(PNG + b"2")
    desk.run("attach", "NC-2026-002", photo, by="hoa")
    to_lfs(desk, "attachments/NC-2026-002/ảnh 2.png")
    desk.run("advance", "NC-2026-002", "contained", "--set", "correction=Ký lại")


def taken_back_from_lfs(desk: Desk) -> None:
    taken_out_of_the_care_of_lfs(desk)
    desk.write(PHOTO, PNG)


HONEST: tuple[Change, ...] = (evidence_handed_to_lfs, more_evidence_with_lfs, taken_back_from_lfs)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change, without_base=True)


def test_the_content_here_and_the_pointer_in_git_are_the_same(accepted: Desk) -> None:
    moved(accepted)
    accepted.write(PHOTO, PNG)
    assert accepted.check() == (0, {})
    for words in (("--at", "HEAD"), ("--base", "HEAD")):
        assert accepted.run("check", *words, "--format", "json").json["diagnostics"] == []


# -- where the content is wanted --------------------------------------------------------------------


def test_verify_says_that_nobody_has_looked_at_the_content(accepted: Desk, tmp_path: Path) -> None:
    moved(accepted)
    told = f"{PHOTO} is only a pointer of git-lfs here; its content is not"
    said = accepted.run("verify", "NC-2026-002", code=1)
    assert f"incomplete: {told}" in said.out
    assert told in accepted.run("verify", "NC-2026-002", "--format", "json", code=1).json["incomplete"]
    refused = accepted.refused("verify", "NC-2026-002", "--kit", tmp_path / "kit")
    assert told in refused.err
    assert "git lfs pull" in refused.err
    assert not (tmp_path / "kit").exists()
    accepted.write(PHOTO, PNG)
    accepted.run("verify", "NC-2026-002", "--kit", tmp_path / "kit")
    assert (tmp_path / "kit" / PHOTO).read_bytes() == PNG


def test_a_pointer_is_no_evidence_to_attach(accepted: Desk, tmp_path: Path) -> None:
    given = tmp_path / "ảnh 3.png"
    given.write_bytes(pointer(PNG + b"3"))
    assert "only a pointer of git-lfs" in accepted.refused("attach", "NC-2026-002", given, code=2).err
    assert "only a pointer of git-lfs" in accepted.refused("submit", "QT-02", "--basis", "7", "--basis-date", "2026-08-01", "--basis-file", given, code=2).err


def test_a_report_says_that_a_picture_is_not_here(accepted: Desk, tmp_path: Path) -> None:
    given_to_lfs(accepted)
    shown = "attachments/QT-02/lưu đồ.png"
    accepted.write(shown, PNG)
    accepted.edit("documents/procedures/QT-02.md", "## 6. Biểu mẫu\n", "## 6. Biểu mẫu\n\n![a](<../../attachments/QT-02/lưu đồ.png>)\n")
    to_lfs(accepted, shown)
    approve(accepted, "QT-02", TODAY)
    assert hashlib.sha256(PNG).hexdigest() in accepted.read("documents/procedures/QT-02.md")
    accepted.commit("submitted")
    page = tmp_path / "page.html"
    accepted.run("report", "audit", "--with-documents", "-o", page, day="2027-02-01")
    assert "only a pointer of git-lfs here" in page.read_text(encoding="utf-8")
