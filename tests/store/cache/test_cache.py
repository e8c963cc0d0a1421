"""A cache spares work and changes no answer; where it cannot be trusted there is none."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch
from zlib import compress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmsctl.core import listing, reading
from qmsctl.core.engine import Heard, hear
from qmsctl.core.library import Library
from qmsctl.core.rule import Rule
from qmsctl.core.sight import Sight
from qmsctl.rules import all_rules
from qmsctl.store import reading_files
from qmsctl.store.cache import denials, holding, program
from qmsctl.store.cache.leaf import UNSEEN, File, Leaf, total_of
from qmsctl.store.cache.shelf import Held, put, taken
from tests.desk import Desk, process

PAPER = "documents/procedures/QT-01.md"
OLD = 1_700_000_000


@pytest.fixture
def aged(office: Desk) -> Desk:
    """An office whose files were all written long ago, so that their moments tell them apart."""
    for path in office.root.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (OLD, OLD))
    with patch.object(holding, "GRANULE", 0):
        office.run("list")
    return office


@pytest.fixture
def parsed() -> Iterator[list[str]]:
    """The paths that are parsed from now on, and those that are read."""
    found: list[str] = []

    def counted(path: str, *arguments: object) -> reading.Parsed:
        found.append(path)
        return reading.parse(path, *arguments)  # type: ignore[arg-type]

    with patch.object(reading_files, "parse", counted):
        yield found


def shelves(desk: Desk) -> list[Path]:
    return list(Path(os.environ["XDG_CACHE_HOME"]).rglob("*.sqlite"))


def held(file: Path) -> tuple[str, Held]:
    """Of which program a file is, and what it holds."""
    with closing(sqlite3.connect(file)) as shelf:
        maker = shelf.execute("select maker from made").fetchone()[0]
    return maker, taken(file, maker)


def rows(desk: Desk) -> dict[str, File]:
    (file,) = shelves(desk)
    return {each.kept.path: each for leaf in held(file)[1].leaves for each in leaf}


def same_as_without(desk: Desk, *words: str) -> None:
    """The same bytes with a warm cache as without one."""
    with_cache = desk.run(*words, code=None)
    without = desk.run("--no-cache", *words, code=None)
    assert (with_cache.code, with_cache.out, with_cache.err) == (without.code, without.out, without.err)


def test_nothing_is_parsed_twice(aged: Desk, parsed: list[str]) -> None:
    aged.run("check")
    aged.run("show", "QT-01")
    assert parsed == []
    assert PAPER in rows(aged)


def test_only_what_was_changed_is_parsed_again(aged: Desk, parsed: list[str]) -> None:
    aged.edit(PAPER, "title: ", "title: Mới ")
    aged.run("list")
    assert parsed == [PAPER]
    assert "approved-text-changed" in aged.errors()


def test_a_change_that_leaves_size_and_time_as_they_were_is_seen(aged: Desk) -> None:
    before = (aged.root / PAPER).stat()
    text = aged.read(PAPER)
    aged.write(PAPER, text.replace("type: procedure", "type: procedurx"))
    assert (aged.root / PAPER).stat().st_size == before.st_size
    os.utime(aged.root / PAPER, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "type-unknown" in aged.errors()
    same_as_without(aged, "check", "--format", "json")


def test_what_was_written_at_the_moment_of_reading_is_read_again(office: Desk) -> None:
    text = office.read(PAPER)
    office.run("list")
    facts = (office.root / PAPER).stat()
    assert rows(office)[PAPER].facts == UNSEEN, "nothing but its bytes tells that it is the same"
    office.write(PAPER, text.replace("type: procedure", "type: procedurx"))
    os.utime(office.root / PAPER, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert "type-unknown" in office.errors()


def test_what_is_gone_is_not_kept(aged: Desk) -> None:
    assert PAPER in rows(aged)
    (aged.root / PAPER).unlink()
    aged.run("list")
    assert PAPER not in rows(aged)
    assert aged.row("QT-01")["path"] != PAPER


def test_own_types_are_part_of_what_is_kept(aged: Desk, parsed: list[str]) -> None:
    aged.write(".qms/types/memo/type.yaml", "name: memo\nextends: document\nlabel: {en: Memo, vi: Thư}\nid: TM-{number:2}\nfolder: documents/memos\n")
    aged.run("list")
    assert PAPER in parsed


def test_another_program_begins_anew(aged: Desk, parsed: list[str]) -> None:
    with patch.object(program, "_program", lambda: ("another",)):
        aged.run("list")
    assert PAPER in parsed


@pytest.mark.parametrize("variables", [{"CI": "true"}, {"QMSCTL_CACHE": "off"}])
def test_nothing_is_kept_where_it_is_switched_off(office: Desk, variables: dict[str, str]) -> None:
    with patch.dict(os.environ, variables):
        office.run("check")
    assert shelves(office) == []


def test_nothing_is_kept_without_it(office: Desk) -> None:
    office.run("--no-cache", "check")
    office.run("check", "--at", "HEAD")
    assert shelves(office) == []


def test_nothing_is_written_into_the_office(office: Desk) -> None:
    before = office.tree()
    office.run("check")
    assert office.tree() == before


def linked(folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    folder.symlink_to(other, target_is_directory=True)


def a_file(folder: Path) -> None:
    folder.write_text("x", encoding="ascii")


@pytest.mark.parametrize("spoil", [linked, a_file])
def test_a_folder_that_cannot_serve_is_passed_over_in_silence(office: Desk, spoil: Callable[[Path], None]) -> None:
    top = Path(os.environ["XDG_CACHE_HOME"])
    top.mkdir()
    spoil(top / "qmsctl")
    said = office.run("check", code=None)
    assert said.err == office.run("--no-cache", "check", code=None).err
    assert not shelves(office)


def test_the_folder_is_the_users_alone(aged: Desk) -> None:
    (file,) = shelves(aged)
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_link_in_place_of_the_file_is_not_followed(aged: Desk, parsed: list[str]) -> None:
    (file,) = shelves(aged)
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))
    aged.run("list")
    assert PAPER in parsed


def test_two_folders_share_nothing(aged: Desk, tmp_path: Path) -> None:
    aged.copied(tmp_path / "copy").run("list")
    assert len(shelves(aged)) == 2


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_damage_changes_no_answer(aged: Desk, chance: random.Random) -> None:
    aged.run("list")
    (file,) = shelves(aged)
    data = bytearray(file.read_bytes())
    for _time in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data) + 1)))])
    same_as_without(aged, "list", "--format", "json")
    same_as_without(aged, "check", "--format", "json")


@pytest.mark.parametrize("head", [b"", b"x", compress(b"[]"), compress(b"{}"), compress(b"[[]]"), compress(b"[" * 100_000), compress(b"[[0]" + b",[0]" * 9 + b"]"), compress(b'["\\ud800"]')])
def test_what_nobody_wrote_here_is_dropped(aged: Desk, head: bytes) -> None:
    """Even where its sum is right."""
    (file,) = shelves(aged)
    maker, before = held(file)
    parts = before.leaves[0].stored[1:-1]
    with closing(sqlite3.connect(file, isolation_level=None)) as shelf:
        shelf.execute("update leaf set head = ?, total = ?", (head, total_of(head, *parts)))
    assert not taken(file, maker).leaves
    assert not file.exists()


@pytest.mark.parametrize("damaged", ["zeroblob(length(told))", "0", "x''", "'x'"])
def test_a_verdict_that_was_damaged_is_none(aged: Desk, damaged: str) -> None:
    aged.edit(PAPER, "type: procedure", "type: procedure\nnonsense: x")
    aged.run("check", code=None)
    (file,) = shelves(aged)
    with closing(sqlite3.connect(file, isolation_level=None)) as shelf:
        assert shelf.execute("select count(*) from verdict").fetchone()[0]
        shelf.execute(f"update verdict set told = {damaged}")
    same_as_without(aged, "check", "--format", "json")


@pytest.fixture
def asked() -> Iterator[dict[str, bool]]:
    """The rules that are asked from now on, each with whether it is asked about all there is."""
    found: dict[str, bool] = {}

    def heard(rule: Rule, library: Library) -> Heard:
        found[rule.id] = library.whole is None or library.items is library.whole.items
        return hear(rule, library)

    with patch("qmsctl.core.denied.hear", heard), patch.object(holding, "GRANULE", 0):
        yield found


def narrow(asked: dict[str, bool]) -> set[bool]:
    return {asked[rule.id] for rule in all_rules() if rule.sees is not Sight.WHOLE and rule.id in asked}


def test_a_rule_is_asked_again_only_about_what_may_say_something_else(aged: Desk, asked: dict[str, bool]) -> None:
    aged.run("check", code=None)
    assert narrow(asked) == {True}
    for command in ("list", "check", "check"):
        asked.clear()
        aged.write(PAPER, aged.read(PAPER) + "\nThêm.\n")
        same_as_without(aged, command)
    assert narrow(asked) == {False}
    asked.clear()
    aged.run("check", code=None)
    assert narrow(asked) == {False}, "nothing has changed since"


def test_a_change_that_is_judged_twice_has_rules_asked_about_what_lies_around_it(aged: Desk, asked: dict[str, bool]) -> None:
    aged.write(PAPER, aged.read(PAPER) + "\nThêm.\n")
    aged.run("check", "--base", "HEAD", code=None)
    for command in (("check", "--base", "HEAD"), ("check",)):
        asked.clear()
        aged.write(PAPER, aged.read(PAPER) + "\nThêm.\n")
        aged.run(*command, code=None)
        assert {asked[rule.id] for rule in all_rules() if rule.sees is not Sight.WHOLE and not rule.of_old and rule.id in asked} == {False}
        same_as_without(aged, *command)


@pytest.mark.parametrize("path", ["qms.yaml", "people.yaml", "attachments/x.pdf"])
def test_what_bears_on_all_has_all_rules_asked(aged: Desk, asked: dict[str, bool], path: str) -> None:
    aged.run("check", code=None)
    asked.clear()
    aged.write(path, f"{aged.read(path) if (aged.root / path).exists() else ''}\n# x\n")
    same_as_without(aged, "check")
    assert narrow(asked) == {True}


def test_what_no_rule_looked_into_may_change(aged: Desk, asked: dict[str, bool]) -> None:
    for text in ("một", "một hai", "ba"):
        asked.clear()
        aged.write("nháp.log", text)
        same_as_without(aged, "check")
    assert narrow(asked) == {False}
    (aged.root / "nháp.log").unlink()
    asked.clear()
    same_as_without(aged, "check")
    assert narrow(asked) == {True}


def test_another_day_has_all_rules_asked(aged: Desk, asked: dict[str, bool]) -> None:
    aged.run("check", code=None)
    asked.clear()
    aged.today = "2026-06-02"
    aged.run("check", code=None)
    assert narrow(asked) == {True}


def test_a_rule_that_asks_history_is_asked_about_everything_again(aged: Desk, asked: dict[str, bool]) -> None:
    aged.write(PAPER, aged.read(PAPER) + "\n[x](QT-98.md)\n")
    for _time in range(2):
        aged.run("check", code=None)
    assert asked["reference-broken"]
    assert not asked["anchor-broken"]


@pytest.mark.parametrize("damaged", ["update denied set said = zeroblob(length(said))", "update denied set said = 0", "delete from judged", "update judged set total = 1", "update denied set total = total + 1"])
def test_what_was_denied_and_is_damaged_is_asked_again(aged: Desk, asked: dict[str, bool], damaged: str) -> None:
    aged.run("check", code=None)
    (file,) = shelves(aged)
    with closing(sqlite3.connect(file, isolation_level=None)) as shelf:
        shelf.execute(damaged)
    asked.clear()
    same_as_without(aged, "check", "--format", "json")
    assert narrow(asked) == {True}


def test_leaves_that_were_judged_are_kept_until_they_are_judged_again(aged: Desk) -> None:
    (file,) = shelves(aged)

    def retired() -> int:
        with closing(sqlite3.connect(file)) as shelf:
            return int(shelf.execute("select count(*) from retired").fetchone()[0])

    with patch.object(holding, "GRANULE", 0):
        aged.run("check", code=None)
        for word in ("một", "hai"):
            aged.write(PAPER, aged.read(PAPER) + f"\n{word}\n")
            aged.run("list")
            assert retired() == 1
        aged.run("check", code=None)
        assert retired() == 1  # few files are looked into again, and nothing is written
        with patch.object(denials, "_ENOUGH", 0):
            aged.run("check", code=None)
    assert retired() == 0


def test_only_rows_of_what_was_changed_are_derived_again(aged: Desk) -> None:
    aged.edit(PAPER, "title: ", "title: Mới ")
    with patch("qmsctl.core.listing._row", wraps=listing._row) as derived:
        aged.run("list")
    assert [call.args[1] for call in derived.call_args_list] == ["QT-01"]


@pytest.mark.parametrize("damaged", ["update derived set told = zeroblob(9)", "update derived set turn = turn + 1", "update changed set names = '[]'"])
def test_rows_that_were_damaged_are_derived_anew(aged: Desk, damaged: str) -> None:
    aged.edit(PAPER, "title: ", "title: Mới ")
    aged.run("list")
    (file,) = shelves(aged)
    with closing(sqlite3.connect(file, isolation_level=None)) as shelf:
        assert shelf.execute(damaged).rowcount == 1
    same_as_without(aged, "list", "--format", "json")


def test_no_narrow_rule_looks_twice(aged: Desk) -> None:
    aged.run("check", code=None)
    with patch("qmsctl.rules.field_unknown._names", side_effect=AssertionError):
        aged.run("check", code=None)


def test_a_full_disk_keeps_nothing_and_says_nothing(office: Desk) -> None:
    with patch("qmsctl.store.cache.shelf._opened", side_effect=sqlite3.OperationalError("database or disk is full")):
        said = office.run("check")
    assert said.err == office.run("--no-cache", "check").err


def test_another_process_that_writes_is_not_overwritten(office: Desk) -> None:
    office.run("list")
    (file,) = shelves(office)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin exclusive")
        said = office.run("list")
    assert said.out == office.run("--no-cache", "list").out


def test_processes_at_the_same_time(aged: Desk) -> None:
    (file,) = shelves(aged)
    file.unlink()
    said = {process("-C", aged.root, "--today", aged.today, "list").stdout for _time in range(3)}
    assert len(said) == 1


def write_unseen(desk: Desk, path: str, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old``, and have all that the system tells of the file be what it told before."""
    assert old in desk.read(path)
    desk.write(path, desk.read(path).replace(old, new))
    changed = (desk.root / path).stat()
    (file,) = shelves(desk)
    maker, before = held(file)
    now = changed.st_size, changed.st_mtime_ns, changed.st_ctime_ns, changed.st_ino
    again = [Leaf.of(leaf.number, [each._replace(facts=now) if each.kept.path == path else each for each in leaf], b"") for leaf in before.leaves]
    assert put(file, maker, before, [leaf.number for leaf in again], again, ())


def test_what_is_signed_was_read(aged: Desk) -> None:
    """Even where all that the system tells of a file is as it was."""
    write_unseen(aged, PAPER, "revision: 1", "revision: 2")
    assert aged.row("QT-01")["draft"] is None, "it is not seen"
    aged.run("submit", "QT-01")
    assert any(each.rpartition("/")[2].startswith("2-") for each in aged.dossiers("QT-01"))


def test_what_a_sign_off_is_judged_by_was_read(aged: Desk) -> None:
    aged.edit(PAPER, "revision: 1", "revision: 2")
    aged.run("submit", "QT-01")
    (dossier,) = (each for each in aged.dossiers("QT-01") if each.rpartition("/")[2].startswith("2-"))
    aged.run("list")
    write_unseen(aged, "people.yaml", "role: director, from: 2025-01-01", "role: director, from: 2025-01-01, until: 2025-02-01")
    assert "without a role" in aged.run("approve", "QT-01", "--by", "binh", code=3).err
    aged.edit("people.yaml", ", until: 2025-02-01", "")
    aged.run("list")
    write_unseen(aged, f"{dossier}/QT-01.md", "revision: 2", "revision: 2 ")
    assert "has not been submitted" in aged.run("approve", "QT-01", "--by", "binh", code=3).err

