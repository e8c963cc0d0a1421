"""``qmsctl hook``: a real git asks qmsctl before it commits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import SOURCE, Desk, git, procedure

TEXT = "documents/procedures/QT-01.md"
HOOK = ".git/hooks/pre-commit"


@pytest.fixture(autouse=True)
def _program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hook calls this Python, which has to find the sources."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    monkeypatch.setattr("sys.argv", ["pytest"])


def commit(desk: Desk, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | variables
    return subprocess.run(
        ["git", "commit", "-m", "change", *arguments], cwd=desk.root, env=kept, capture_output=True, encoding="utf-8", check=False
    )


def head(desk: Desk) -> str:
    return desk.git("rev-parse", "HEAD").strip()


def installed(desk: Desk, *arguments: str) -> Desk:
    said = desk.run("hook", "install", *arguments)
    assert said.written == [str(desk.root / HOOK)]
    return desk


def test_a_good_commit_passes_in_silence(office: Desk) -> None:
    installed(office)
    office.write("documents/procedures/QT-02.md", procedure("QT-02"))
    office.git("add", "--all")
    done = commit(office, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_bad_commit_is_refused_with_the_mend(office: Desk) -> None:
    installed(office)
    office.edit(TEXT, "đúng hẹn", "sớm")
    office.git("add", "--all")
    before = head(office)
    done = commit(office)
    assert done.returncode == 1
    assert head(office) == before
    assert f"{TEXT}:" in done.stderr
    assert "[approved-text-changed]" in done.stderr
    assert "1 lỗi" in done.stderr, "in the language of the office"
    assert "qmsctl revise QT-01" in done.stderr
    assert "khi đẩy lên vẫn bị kiểm tra" in done.stderr


def test_what_counts_is_what_is_staged(office: Desk) -> None:
    installed(office)
    office.write("README.md", "x\n")
    office.git("add", "README.md")
    office.edit(TEXT, "đúng hẹn", "sớm")
    assert commit(office).returncode == 0
    assert commit(office, "-a").returncode == 1
    assert commit(office, "--", TEXT).returncode == 1
    office.git("add", TEXT)
    office.edit(TEXT, "sớm", "đúng hẹn")
    assert commit(office).returncode == 1


def test_an_old_error_keeps_nobody_from_working(office: Desk) -> None:
    office.edit(TEXT, "đúng hẹn", "sớm")
    office.write("documents/procedures/QT-02.md", "nothing\n")
    office.commit()
    installed(office)
    assert office.check()[0] == 1
    office.write("README.md", "x\n")
    office.git("add", "--all")
    assert commit(office).returncode == 0
    office.edit(TEXT, "sớm", "đúng hẹn")
    office.git("add", "--all")
    assert commit(office).returncode == 0, "one of two errors is mended"
    office.write("documents/procedures/QT-03.md", "nothing\n")
    office.git("add", "--all")
    done = commit(office)
    assert done.returncode == 1
    assert "QT-03" in done.stderr
    assert "QT-02" not in done.stderr


def test_the_first_commit_and_a_linked_work_tree(home: Path, tmp_path: Path, office: Desk) -> None:
    fresh = tmp_path / "fresh"
    shutil.copytree(office.root, fresh, ignore=shutil.ignore_patterns(".git", "state"))
    git(fresh, "init", "--quiet", "-b", "main")
    desk = office.at(fresh)
    desk.sit("minh")
    installed(desk)
    desk.git("add", "--all")
    assert commit(desk).returncode == 0
    desk.git("worktree", "add", "--quiet", "-b", "work", str(tmp_path / "linked"))
    linked = desk.at(tmp_path / "linked")
    linked.edit(TEXT, "đúng hẹn", "sớm")
    assert commit(linked, "-a").returncode == 1
    assert linked.run("hook", "install").written == [str(fresh / HOOK)]


def test_a_system_in_a_folder_and_a_branch_without_it(office: Desk, tmp_path: Path) -> None:
    top = tmp_path / "kho"
    top.mkdir()
    git(top, "init", "--quiet", "-b", "main")
    inside = office.at(office.root.rename(top / "chất lượng; x"))
    (inside.root / ".git").rename(tmp_path / "old.git")
    inside.sit("minh")
    assert inside.run("hook", "install").written == [str(top / HOOK)]
    whole = inside.at(top)
    whole.git("add", "--all")
    assert commit(whole).returncode == 0
    inside.edit(TEXT, "đúng hẹn", "sớm")
    assert commit(whole, "-a").returncode == 1
    whole.git("checkout", "--quiet", "--", ".")
    whole.git("switch", "--quiet", "--orphan", "other")
    whole.write("x.md", "not controlled\n")
    whole.git("add", "x.md")
    assert commit(whole).returncode == 0


def test_another_hook_is_kept(office: Desk) -> None:
    hook = office.root / HOOK
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    said = office.refused("hook", "install")
    assert "there is another pre-commit hook here" in said.err
    assert "hook install --force" in said.err
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 7\n"
    installed(office, "--force")
    assert os.access(hook, os.X_OK)
    assert hook.with_name("pre-commit.before-qmsctl").read_text(encoding="utf-8") == "#!/bin/sh\nexit 7\n"
    installed(office)
    office.run("hook", "uninstall")
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 7\n"
    assert "no pre-commit hook of qmsctl" in office.refused("hook", "uninstall").err


def test_a_link_is_not_followed(office: Desk, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("#!/bin/sh\n# qmsctl pre-commit\n", encoding="utf-8")
    hook = office.root / HOOK
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to(target)
    office.refused("hook", "install")
    office.refused("hook", "uninstall")
    installed(office, "--force")
    assert target.read_text(encoding="utf-8").count("\n") == 2
    assert not hook.is_symlink()


def test_uninstall_takes_it_away(office: Desk) -> None:
    installed(office)
    assert office.run("hook", "uninstall", "--dry-run").written == [str(office.root / HOOK)]
    assert (office.root / HOOK).is_file()
    office.run("hook", "uninstall")
    assert not (office.root / HOOK).exists()
    office.edit(TEXT, "đúng hẹn", "sớm")
    assert commit(office, "-a").returncode == 0


@pytest.mark.parametrize("where", ["repository", "user"])
def test_hooks_kept_elsewhere_are_not_touched(office: Desk, home: Path, where: str) -> None:
    scope = "--local" if where == "repository" else "--global"
    office.git("config", scope, "core.hooksPath", "công cụ/hooks")
    said = office.refused("hook", "install")
    assert "công cụ/hooks" in said.err
    assert "hook install --dry-run" in said.err
    assert not (office.root / HOOK).exists()
    shown = office.run("hook", "install", "--dry-run").out
    office.write("công cụ/hooks/pre-commit", shown)
    (office.root / "công cụ/hooks/pre-commit").chmod(0o755)
    office.edit(TEXT, "đúng hẹn", "sớm")
    assert commit(office, "-a").returncode == 1


def test_without_the_program_a_commit_is_not_waved_through(office: Desk, tmp_path: Path) -> None:
    office.lang = "vi"
    installed(office)
    hook = office.root / HOOK
    hook.write_text(hook.read_text(encoding="utf-8").replace(str(Path(sys.executable).parent), "/nowhere"), encoding="utf-8")
    office.edit(TEXT, "đúng hẹn", "sớm")
    done = commit(office, "-a", PATH="/usr/bin:/bin")
    assert done.returncode == 1
    assert "không tìm thấy chương trình qmsctl" in done.stderr
    program = tmp_path / "bin" / "qmsctl"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m qmsctl "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    assert "[approved-text-changed]" in commit(office, "-a", PATH=f"{program.parent}:/usr/bin:/bin").stderr


def test_the_program_that_installed_it_is_the_one_that_is_called(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "it's here" / "qmsctl"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 5\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("sys.argv", [str(program), "hook", "install"])
    installed(office)
    monkeypatch.setattr("sys.argv", ["pytest"])
    subprocess.run([office.root / HOOK], cwd=office.root, check=False)
    assert subprocess.run([office.root / HOOK], cwd=office.root, check=False).returncode == 5


def test_without_a_repository(home: Path, office: Desk, tmp_path: Path) -> None:
    shutil.rmtree(office.root / ".git")
    for words in (("install",), ("uninstall",)):
        assert "git init" in office.refused("hook", *words).err
    assert "leave out --staged" in office.refused("check", "--staged").err
