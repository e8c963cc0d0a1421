"""Where a command puts a file that a person names: over nothing but an earlier output, whole or not at all."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qmsctl.cli.formats.check_formats import check_formats
from qmsctl.cli.formats.own_output import is_own_output
from qmsctl.store.machine import files
from qmsctl.store.outputs import output
from tests import desk as desks
from tests.desk import Desk, Said, assert_plain, environment, git, process
from tests.mending import hints

COMMANDS: dict[str, Callable[[object], tuple[object, ...]]] = {
    "report": lambda file: ("report", "register", "-o", file),
    "transition": lambda file: ("transition", "--to", "iso9001-2015", "-o", file),
    "todo": lambda file: ("todo", "--all", "--ics", file),
    **{f"check {name}": lambda file, name=name: ("check", "--format", f"{name}={file}") for name in check_formats()},  # type: ignore[misc]
}
FEW = ("report", "todo", "check json")
GOLDEN = Path(__file__).parent / "golden"
QT = "documents/procedures/QT-01.md"
FORCE = {"as it is": (), "with --force": ("--force",)}

few = pytest.mark.parametrize("command", FEW)
forced = pytest.mark.parametrize("force", FORCE.values(), ids=FORCE)


def refused(desk: Desk, command: str, file: object, *more: str) -> Said:
    """The refusal; nothing in or beside the office has changed, be it a file, a link, a mode or git's."""
    before = everything(desk.root.parent)
    said = desk.run(*COMMANDS[command](file), *more, code=3)
    assert everything(desk.root.parent) == before
    assert said.out == ""
    assert "→" in said.err
    return said


def everything(root: Path) -> dict[str, object]:
    return {str(each): (each.lstat().st_mode, each.readlink() if each.is_symlink() else each.read_bytes() if each.is_file() else b"") for each in sorted(root.rglob("*"))}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_takes_the_place_of_an_earlier_one(office: Desk, command: str) -> None:
    target = office.root / "out"
    office.run(*COMMANDS[command](target))
    first = target.read_bytes()
    target.chmod(0o640)
    office.run(*COMMANDS[command](target))
    assert target.read_bytes() == first
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [each.name for each in office.root.iterdir() if each.name.startswith(".") and each.name.endswith("tmp")] == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_output_is_known_in_every_language(office: Desk, command: str, lang: str) -> None:
    office.edit(QT, "owner: unit-head", "owner: nobody")
    target = office.root.parent / "out"
    office.lang = lang
    office.run(*COMMANDS[command](target), code=None)
    office.lang = "en"
    office.run("report", "register", "-o", target)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("check.*")), ids=lambda path: path.name)
def test_formats_of_hostile_texts_are_known(path: Path) -> None:
    data = path.read_bytes()
    assert data
    assert is_own_output(data[: output.LOOKED_AT], data[-output.LOOKED_AT :])


@pytest.mark.parametrize(
    "text",
    [
        "notes\n", "<!doctype html>\n<html><head><title>qmsctl</title></head></html>\n", "<p>qmsctl</p>", "BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\n",
        '{"version": 1}', '[{"description": "x", "severity": "major"}]', '<?xml version="1.0"?><testsuite name="pytest"/>',
        '{"source": {"name": "eslint"}, "diagnostics": []}', '{"version": "2.1.0", "runs": []}', "3 errors in 4 files\n",
        "---\ntype: signoff\n---\n", "\x00\xff", "# qmsctl\n", '"; <meta name="generator" content="qmsctl 1">',
    ],
)
def test_what_somebody_else_wrote_is_not_written_over(office: Desk, text: str) -> None:
    target = office.root / "work.html"
    target.write_text(text)
    for command in FEW:
        said = refused(office, command, target)
        assert f"{target} is there already, and is no output of qmsctl" in said.err
        assert "--force" in said.err
    office.run(*COMMANDS["report"](target), "--force")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


@few
def test_an_empty_file_and_none_are_written(office: Desk, tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").touch()
    for name in ("empty", "new"):
        office.run(*COMMANDS[command](tmp_path / name))
        assert (tmp_path / name).stat().st_size


CONTROLLED = (
    QT, "documents/new.html", "documents/procedures/new.html", "records/new.html", "signoffs/new.html", "attachments/new.html",
    "qms.yaml", "people.yaml", ".qms/types/x/type.yaml", ".qms/new.html", ".qms", "documents", "branches/qms.yaml",
    "Documents/new.html", "QMS.YAML", "documents./new.html", ".QMS/new.html", "Signoffs/QT-01/new.html",
    "../office/documents/new.html", "build/../documents/new.html", "nowhere/../records/new.html",
    ".git/config", ".git/new.html", ".git", ".GIT/config", ".git./config", "git~1/config", ".git/hooks/pre-commit", "deep/.git/config",
    ".gitattributes", ".gitignore", ".gitmodules", "documents/.gitattributes", ".github/workflows/qms.yml", ".gitlab-ci.yml",
)


@forced
@few
@pytest.mark.parametrize("path", CONTROLLED)
def test_what_is_controlled_and_what_is_gits_is_never_written_to(office: Desk, path: str, command: str, force: tuple[str, ...]) -> None:
    said = refused(office, command, f"{office.root}/{path}", *force)
    assert "is not written to: it lies" in said.err
    assert force or "--force" not in said.err


@forced
def test_every_file_of_the_office_is_kept(office: Desk, force: tuple[str, ...]) -> None:
    for path in office.tree():
        refused(office, "report", office.root / path, *force)


@forced
@pytest.mark.parametrize(("link", "to"), [("out.html", QT), ("out.html", ".git/config"), ("out.html", "documents/not-there.html"), ("build", "documents"), ("build", ".git")])
def test_a_link_leads_nowhere_controlled(office: Desk, link: str, to: str, force: tuple[str, ...]) -> None:
    (office.root / link).symlink_to(to)
    said = refused(office, "report", office.root / (link if link.endswith(".html") else f"{link}/new.html"), *force)
    assert "is not written to: it lies" in said.err


def test_a_link_is_not_followed_and_with_force_replaced(office: Desk, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("notes")
    link = tmp_path / "out.html"
    link.symlink_to(victim)
    assert "is a link, which is not followed" in refused(office, "report", link).err
    office.run(*COMMANDS["report"](link), "--force")
    assert not link.is_symlink()
    assert victim.read_text() == "notes"


def test_a_dangling_link_makes_no_file_elsewhere(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "out.html").symlink_to(tmp_path / "new")
    refused(office, "report", tmp_path / "out.html")
    office.run(*COMMANDS["report"](tmp_path / "out.html"), "--force")
    assert not (tmp_path / "new").exists()


def test_a_second_name_of_a_controlled_file_is_only_parted_from_it(office: Desk, tmp_path: Path) -> None:
    text = office.read(QT)
    os.link(office.root / QT, tmp_path / "out.html")
    refused(office, "report", tmp_path / "out.html")
    office.run(*COMMANDS["report"](tmp_path / "out.html"), "--force")
    assert office.read(QT) == text


@forced
def test_what_git_tracks_is_kept_but_for_an_output(office: Desk, force: tuple[str, ...]) -> None:
    office.write("notes.txt", "notes\n")
    office.run(*COMMANDS["report"](office.root / "public.html"))
    office.commit("notes and a report")
    assert "git tracks it" in refused(office, "report", office.root / "notes.txt", *force).err
    office.run(*COMMANDS["report"](office.root / "public.html"), *force)


@forced
def test_a_linked_work_tree_and_a_bare_repository_are_gits_too(office: Desk, tmp_path: Path, force: tuple[str, ...]) -> None:
    office.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    git(tmp_path, "clone", "--quiet", "--bare", str(office.root), "office.repository")
    linked = office.at(tmp_path / "linked")
    for path in (".git", "../office/.git/worktrees/linked/HEAD", "../office.repository/config", "../office.repository/new.html", "../office.repository/hooks/post-update"):
        assert "git's own folder" in refused(linked, "report", f"{linked.root}/{path}", *force).err
    linked.run(*COMMANDS["report"](linked.root / "audit.html"))


def test_another_office_is_not_written_into_either(office: Desk, tmp_path: Path) -> None:
    other = office.copied(tmp_path / "other")
    refused(office, "report", other.root / "documents/new.html", "--force")
    inner = office.root / "branches/two"
    inner.mkdir(parents=True)
    (inner / "qms.yaml").write_text("language: vi\n")
    refused(office, "report", inner / "records/new.html", "--force")
    office.run(*COMMANDS["report"](inner / "new.html"))


@pytest.mark.parametrize("path", ["audit.html", "build/audit.html", "tài liệu/audit.html", "documents-printed/audit.html", "build/documents/audit.html", "gitlab/audit.html", "my.git.html"])
def test_other_places_are_free(office: Desk, path: str) -> None:
    office.run(*COMMANDS["report"](office.root / path))
    assert (office.root / path).read_bytes().startswith(b"<!doctype html>")
    assert office.errors() == []


def test_a_folder_is_no_file(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for more in ((), ("--force",)):
        assert "is a folder" in refused(office, "report", tmp_path / "folder", *more).err


@few
@pytest.mark.parametrize("verb", ["replace", "write"])
def test_a_failure_leaves_the_earlier_output_and_no_half_file(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, verb: str) -> None:
    kept = tmp_path / "kept"
    office.run(*COMMANDS[command](kept))

    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "replace") if verb == "replace" else (files, "write_new")), full)
        for target in (kept, tmp_path / "new", *([tmp_path / "a/b/new"] if command != "todo" else [])):
            before = everything(tmp_path)
            said = office.run(*COMMANDS[command](target), code=3)
            assert f"{target} cannot be written: no space left" in said.err
            assert everything(tmp_path) == before


def test_a_check_refuses_before_it_puts_anything_out(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("notes")
    before = everything(tmp_path)
    said = office.run("check", "--format", "text", "--format", f"json={tmp_path}/new", "--format", f"sarif={tmp_path}/notes", code=3)
    assert said.out == ""
    assert everything(tmp_path) == before


def test_streams_and_devices_go_on(office: Desk, tmp_path: Path) -> None:
    page = office.run(*COMMANDS["report"]("-")).out
    words = ("-C", office.root, "--lang", "en", "--today", office.today, "report", "register", "-o")
    assert process(*words, "/dev/stdout").stdout.decode().startswith("<!doctype html>")
    assert process(*words, "/dev/null").returncode == 0
    with (tmp_path / "redirected").open("wb") as file:
        file.write(b"notes")
        file.flush()
        done = subprocess.run([*process(*words, "-").args[:-1], "/dev/stdout"], stdout=file, check=False, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")})
    assert done.returncode == 0
    assert (tmp_path / "redirected").read_bytes().endswith(b"</html>\n")
    assert page.startswith("<!doctype html>")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
@pytest.mark.parametrize("name", FEW)
def test_a_pipe_with_a_name_is_no_file_and_nobody_waits_for_a_reader(office: Desk, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    said = office.run(*COMMANDS[name](tmp_path / "pipe"), code=3)
    assert f"{tmp_path / 'pipe'} is a pipe or device; a file is expected, or - for standard output" in said.err
    assert hints(said.err)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
@pytest.mark.parametrize("words", [("verify", "--kit"), ("export", "documents", "-o"), ("report", "portal", "-o"), ("fleet", "export", "-o")])
def test_nor_is_it_a_folder(office: Desk, tmp_path: Path, words: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "pipe")
    said = office.run(*words, tmp_path / "pipe", code=3)
    assert str(tmp_path / "pipe") in said.err
    assert_plain(said)


@pytest.mark.parametrize("path", ["documents/kit", ".git/kit", "signoffs", ".qms/kit", "Records/kit"])
def test_a_kit_lies_outside_of_what_is_controlled(office: Desk, path: str) -> None:
    before = everything(office.root)
    assert "is not written to" in office.run("verify", "--kit", office.root / path, code=3).err
    assert everything(office.root) == before
    office.run("verify", "--kit", office.root / "for-the-auditor")


@pytest.mark.parametrize("turn", [0, 2, "replace", "second replace", "rmdir"])
@pytest.mark.parametrize("folder", ["kit", "empty", "mount", "a/b/kit"])
def test_half_a_kit_is_taken_away(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int | str, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "mount").mkdir()
    before = everything(tmp_path)
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path).name == "mount")
    write, rename, writes, renames = files.write_new, os.replace, iter(range(100)), iter(["replace", "second replace", *"x" * 100])

    def full(path: Path, data: bytes) -> None:
        if next(writes) == turn:
            path.write_bytes(data[:3])
            raise OSError(28, "No space left on device")
        write(path, data)

    def refuses(*given: Path) -> None:
        if next(renames) == turn:
            raise OSError(28, "No space left on device")
        rename(*given)

    is_one_rename = folder != "mount" and turn in ("second replace", "rmdir")
    with monkeypatch.context() as patch:
        patch.setattr("qmsctl.store.outputs.new_folder.write_new", full)
        patch.setattr("qmsctl.store.outputs.new_folder.os.replace", refuses)
        if turn == "rmdir" and not is_one_rename:
            patch.setattr(Path, "rmdir", lambda _path: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        said = office.run("verify", "--kit", tmp_path / folder, code=0 if is_one_rename else 3)
    if is_one_rename:
        return
    assert "no space left" in said.err
    assert everything(tmp_path) == before
    office.run("verify", "--kit", tmp_path / folder)
    assert [each for each in everything(tmp_path) if each.endswith("tmp")] == []


@pytest.mark.parametrize("command", [*FEW, "kit"])
def test_a_disk_that_takes_no_more_leaves_what_was(office: Desk, tmp_path: Path, command: str) -> None:
    """The kernel itself takes a part of the bytes and then no more."""
    words = ("verify", "--kit", tmp_path / "kit") if command == "kit" else COMMANDS[command](tmp_path / "out")
    if command != "kit":
        office.run(*words)
    before = everything(tmp_path)
    assert command == "kit" or len((tmp_path / "out").read_bytes()) > 100
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 0; "$@"', "sh", *desks.command("-C", office.root, "--lang", "en", *words)],
        env=environment(), capture_output=True, check=False,
    )
    assert done.returncode == 3, done.stderr.decode()
    assert "cannot be written" in done.stderr.decode()
    assert everything(tmp_path) == before


@pytest.mark.parametrize("path", [QT, ".git/config", "people.yaml"])
def test_the_summary_of_a_step_is_not_added_to_a_controlled_file(office: Desk, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(office.root / path))
    before = everything(office.root)
    assert "GITHUB_STEP_SUMMARY" in office.run("check", "--format", "github", code=3).err
    assert everything(office.root) == before


@pytest.mark.parametrize("path", ["documents/new", ".git/new"])
def test_no_system_is_laid_down_inside_of_another_ones_files(office: Desk, path: str) -> None:
    before = everything(office.root)
    assert "is not written to" in office.run("init", office.root / path, "--organization", "X", code=3).err
    assert everything(office.root) == before


@pytest.mark.parametrize("words", [("report", "register", "-o"), ("export", "documents", "-o"), ("verify", "--kit"), ("report", "portal", "-o"), ("init", "--organization", "X")], ids=" ".join)
def test_an_address_is_no_place_to_write_to(office: Desk, words: tuple[str, ...]) -> None:
    before = everything(office.root)
    assert "s3a://bucket/out is not written to: it is an address" in re.sub("[^ ]*/s3a", "s3a", office.run(*words, "s3a://bucket/out", code=3).err)
    assert everything(office.root) == before


@pytest.mark.parametrize("words", [("import", "plan"), ("import", "apply"), ("cases", "import", "QT-01"), ("verify", "--against"), ("import", "register", "--type", "equipment")], ids=" ".join)
def test_an_address_is_no_file_to_read(office: Desk, words: tuple[str, ...]) -> None:
    said = office.run(*words, "https://bucket/in", code=None)
    assert (said.code in (2, 3), "https://bucket/in is an address" in said.err) == (True, True)


def test_a_folder_is_not_written_to_standard_output(office: Desk) -> None:
    assert "a folder is expected" in office.run("verify", "--kit", "-", code=3).err
