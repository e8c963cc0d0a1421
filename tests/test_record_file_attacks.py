"""Attacks on the pictures that records show and the files they link to, once somebody signed; and honest changes of them.

The office has chosen the second format. Each change comes in by fast-forward, merge, squash and rebase.
"""

from __future__ import annotations

import hashlib

import pytest

from tests.desk import Change, Desk, Once
from tests.landing import accept, caught, passes
from tests.test_evidence_attacks import CHANGED, GONE, NC2, PNG
from tests.test_signoff_attacks import NC, TODAY

SCENE, LIST, PHOTO = (f"attachments/NC-2026-002/{name}" for name in ("hiện trường.png", "ds.csv", "ảnh.png"))
SHOWN = f"\n![a](<../../{SCENE}>)\n\n[ds](../../{LIST}) [ảnh](../../{PHOTO}) [QT](../../documents/procedures/QT-01.md)\n"
FROZEN = {"frozen-field-changed"}


def named(desk: Desk, path: str) -> str:
    return f"{{path: {path}, sha256: {hashlib.sha256((desk.root / path).read_bytes()).hexdigest()}}}"


def log(desk: Desk) -> None:
    """A nonconformity that shows a picture, links to a list and to a photo that is named as evidence, to be confirmed."""
    desk.run("upgrade")
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in(NC2)
    photo = desk.root.parent / "ảnh.png"
    photo.write_bytes(PNG)
    desk.run("attach", "NC-2026-002", photo)
    desk.write(SCENE, PNG + b"scene")
    desk.write(LIST, b"a,b\n")
    desk.write(NC2, desk.read(NC2) + SHOWN)


def confirm(desk: Desk) -> None:
    log(desk)
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa")
    desk.commit("confirmed")


@pytest.fixture
def logged(settled: Desk) -> Desk:
    log(settled)
    return settled


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    """An office in which it is confirmed, accepted."""
    return once(settled, confirm, accept)


def test_advance_names_what_a_record_shows_and_links_to_and_says_so(logged: Desk) -> None:
    before = logged.read(NC2)
    dry = logged.run("advance", "NC-2026-002", "confirmed", "--dry-run", by="hoa")
    assert f"+files: [{named(logged, SCENE)}, {named(logged, LIST)}]" in dry.out
    assert logged.read(NC2) == before
    said = logged.run("advance", "NC-2026-002", "confirmed", by="hoa")
    told = "NC-2026-002 names under “files” what it shows and links to, with the SHA-256, so that it stays as it is"
    assert f"{told}: {SCENE}, {LIST}" in said.err, "the photo is named as evidence"
    text = logged.read(NC2)
    assert f"files: [{named(logged, SCENE)}, {named(logged, LIST)}]\n" in text
    assert logged.read(f"{logged.dossiers('NC-2026-002')[0]}/NC-2026-002.md") == text
    assert logged.errors() == []


def test_a_state_that_is_not_signed_names_nothing(accepted: Desk) -> None:
    more = "attachments/NC-2026-002/khắc phục.png"
    accepted.write(more, PNG + b"more")
    accepted.write(NC2, accepted.read(NC2) + f"\n![b](<../../{more}>)\n")
    accepted.run("advance", "NC-2026-002", "contained", "--set", "correction=Ký lại", by="hoa")
    assert more not in accepted.read(NC2).partition("\n---\n")[0]


def test_what_the_command_itself_writes_is_looked_at(logged: Desk) -> None:
    logged.write(NC2, logged.read(NC2).replace(SHOWN, ""))
    logged.run("advance", "NC-2026-002", "confirmed", "--set", f"evidence+={named(logged, LIST)}", by="hoa")
    assert "files:" not in logged.read(NC2)


# -- attacks --------------------------------------------------------------------------------------


def picture_changed(desk: Desk) -> None:
    desk.write(SCENE, PNG + b"another")


def list_changed(desk: Desk) -> None:
    desk.write(LIST, b"a,c\n")


def picture_deleted(desk: Desk) -> None:
    (desk.root / SCENE).unlink()


def picture_exchanged_in_the_text_as_well(desk: Desk) -> None:
    before = named(desk, SCENE)
    picture_changed(desk)
    desk.edit(NC2, before, named(desk, SCENE))


def picture_dropped_and_deleted(desk: Desk) -> None:
    desk.edit(NC2, f"files: [{named(desk, SCENE)}, {named(desk, LIST)}]\n", "")
    desk.edit(NC2, SHOWN, "\n")
    picture_deleted(desk)


def closed_with_a_picture(desk: Desk) -> None:
    """The closed record is reopened, shows a picture, and is closed once more; then it is reopened again."""
    shown = "attachments/NC-2026-001/sau.png"
    desk.run("reopen", "NC-2026-001", "--reason", "Lại quá hẹn", by="lan")
    desk.write(shown, PNG + b"after")
    desk.write(NC, desk.read(NC) + f"\n![c](../../{shown})\n")
    desk.run("advance", "NC-2026-001", "in-progress", by="hoa")
    desk.run("advance", "NC-2026-001", "verifying", by="hoa")
    desk.run("advance", "NC-2026-001", "closed", "--set", f"verified={TODAY}", by="lan")
    assert named(desk, shown) in desk.read(NC)
    desk.commit("closed again")
    desk.git("tag", "--force", "accepted")


def picture_of_a_closed_record_changed(desk: Desk) -> None:
    closed_with_a_picture(desk)
    desk.write("attachments/NC-2026-001/sau.png", PNG + b"another")


def picture_of_a_reopened_closing_deleted(desk: Desk) -> None:
    closed_with_a_picture(desk)
    desk.run("reopen", "NC-2026-001", "--reason", "Vẫn còn", by="lan")
    (desk.root / "attachments/NC-2026-001/sau.png").unlink()


ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    (picture_changed, CHANGED),
    (list_changed, CHANGED),
    (picture_deleted, GONE | {"reference-broken"}),
    (picture_exchanged_in_the_text_as_well, CHANGED | FROZEN),
    (picture_dropped_and_deleted, GONE | FROZEN),
    (picture_of_a_closed_record_changed, CHANGED),
    (picture_of_a_reopened_closing_deleted, GONE | {"reference-broken"}),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


# -- honest changes -------------------------------------------------------------------------------


def another_picture_in_a_later_state(desk: Desk) -> None:
    more = "attachments/NC-2026-002/khắc phục.png"
    desk.write(more, PNG + b"more")
    desk.write(NC2, desk.read(NC2) + f"\n![b](<../../{more}>)\n")
    desk.edit(NC2, f"{named(desk, LIST)}]", f"{named(desk, LIST)}, {named(desk, more)}]")
    desk.run("advance", "NC-2026-002", "contained", "--set", "correction=Ký lại", by="hoa")


def a_text_that_shows_it_no_more(desk: Desk) -> None:
    desk.edit(NC2, f"![a](<../../{SCENE}>)", "Xem kho lưu trữ.")


def closed_and_reopened_with_its_picture(desk: Desk) -> None:
    closed_with_a_picture(desk)
    desk.run("reopen", "NC-2026-001", "--reason", "Vẫn còn", by="lan")


HONEST: tuple[Change, ...] = (another_picture_in_a_later_state, a_text_that_shows_it_no_more, closed_and_reopened_with_its_picture)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change, without_base=True)
