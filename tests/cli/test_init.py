"""A new system, in every profile, edition and language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.desk import Desk, assert_plain, git, qmsctl

DAY = "2026-01-05"
EXPECTED = {"placeholder-left", "required-document-missing", "role-unheld"}
"""What a system warns of whose targets are proposals, whose documents nobody has approved and whose roles nobody was given."""

ME = ("--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")



def people(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((root / "people.yaml").read_text(encoding="utf-8"))["people"]
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("standard", ["iso9001-2008", "iso9001-2015"])
@pytest.mark.parametrize("profile", ["agency", "company"])
def test_a_new_system_passes_its_own_check(home: Path, tmp_path: Path, profile: str, standard: str, lang: str) -> None:
    root = tmp_path / "cơ quan"
    said = qmsctl("--today", DAY, "init", root, "--profile", profile, "--standard", standard, "--lang", lang, *ME, "--commit")
    assert said.code == 0, said.err
    desk = Desk(root, DAY)
    assert desk.git("status", "--short") == ""
    checked = desk.run("check", "--format", "json").json
    assert {each["rule"] for each in checked["diagnostics"]} <= EXPECTED
    assert checked["summary"]["errors"] == 0
    assert checked["summary"]["files"] > 20
    assert desk.run("check", "--strict", code=None).code == (1 if checked["summary"]["warnings"] else 0)
    rows = desk.run("list", "document", "--format", "json").json
    assert {row["status"] for row in rows} == {"draft"}
    assert f"language: {lang}" in desk.read("qms.yaml")
    assert standard in desk.read("qms.yaml")
    assert "{{" not in "".join(desk.read(path) for path in desk.tree())
    assert desk.git("log", "-1", "--format=%an <%ae>").strip() == "Đỗ Văn Minh <minh@tan-an.example>"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_newcomers_have_everything_saved_in_git(home: Path, tmp_path: Path, lang: str) -> None:
    root = tmp_path / "office"
    said = qmsctl("--lang", "en", "--today", DAY, "init", root, "--lang", lang, "--commit", *ME)
    assert "each command saves in git what it writes (commit: always in qms.yaml)" in said.err
    desk = Desk(root, DAY)
    assert "\ncommit: always\n" in desk.read("qms.yaml")
    assert desk.git("status", "--short") == ""
    desk.run("new", "instruction", "--title", "Giao nhận hồ sơ")
    assert desk.git("status", "--short") == ""
    assert len(desk.git("log", "--format=%h").split()) == 2


def test_without_a_language_it_follows_that_of_the_command(home: Path, tmp_path: Path) -> None:
    assert qmsctl("--today", DAY, "--lang", "vi", "init", tmp_path / "a", *ME).code == 0
    assert "language: vi" in (tmp_path / "a/qms.yaml").read_text(encoding="utf-8")


def test_lays_down_on_the_day_it_is_told(home: Path, tmp_path: Path) -> None:
    assert qmsctl("--today", "2024-03-01", "init", tmp_path / "a", *ME).code == 0
    assert "from: 2024-03-01" in (tmp_path / "a/people.yaml").read_text(encoding="utf-8")


def test_this_folder_is_the_default(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = qmsctl("--today", DAY, "init", *ME)
    assert said.code == 0
    assert (tmp_path / "qms.yaml").is_file()
    assert "README.md" in said.out.splitlines()


def test_the_next_step_is_a_command_that_works(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = qmsctl("--today", DAY, "-C", "phòng ban", "init", "hệ thống", *ME)
    assert said.code == 0
    assert f'qmsctl -C "phòng ban/hệ thống" --today {DAY} check' in said.err
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert qmsctl("--lang", "en", "--today", DAY, "init", *ME).err.endswith(f"then: qmsctl --today {DAY} check\n")


def test_refuses_a_folder_that_holds_a_system(home: Path, tmp_path: Path) -> None:
    assert qmsctl("--today", DAY, "init", tmp_path / "a", *ME).code == 0
    desk = Desk(tmp_path / "a", DAY)
    before = desk.tree()
    said = qmsctl("init", tmp_path / "a", *ME)
    assert said.code == 3
    assert desk.tree() == before
    assert "holds a QMS already" in said.err
    assert_plain(said)
    other = qmsctl("--lang", "en", "init", tmp_path / "a", *ME, "--profile", "company", "--ci", "github")
    assert other.code == 3
    assert desk.tree() == before
    assert "--profile “company” (there it is “agency”); nothing was changed" in other.err


def test_refuses_to_overwrite_a_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text("people: []\n")
    said = qmsctl("--today", DAY, "init", tmp_path, *ME)
    assert said.code == 3
    assert "people.yaml" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["people.yaml"]


def test_keeps_a_readme_that_is_there(home: Path, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("của chúng tôi\n")
    assert qmsctl("--today", DAY, "init", tmp_path, *ME).code == 0
    assert (tmp_path / "README.md").read_text() == "của chúng tôi\n"


@pytest.mark.parametrize("inside", ["", "chất lượng"])
def test_works_in_a_repository_with_commits(home: Path, tmp_path: Path, inside: str) -> None:
    git(tmp_path, "init", "--quiet", "-b", "trunk")
    git(tmp_path, "config", "user.name", "Lan")
    git(tmp_path, "config", "user.email", "lan@tan-an.example")
    (tmp_path / "other.txt").write_text("một\n")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "-m", "before")
    (tmp_path / "other.txt").write_text("hai\n")
    (tmp_path / "staged.txt").write_text("ba\n")
    git(tmp_path, "add", "staged.txt")
    assert qmsctl("--today", DAY, "init", tmp_path / inside, "--commit").code == 0
    assert git(tmp_path, "status", "--short") == " M other.txt\nA  staged.txt\n"
    assert git(tmp_path, "log", "--format=%s").splitlines()[1:] == ["before"]
    assert Desk(tmp_path / inside, DAY).check()[0] == 0


def test_without_a_name_it_refuses_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    said = qmsctl("init", tmp_path / "a")
    assert said.code == 3
    assert_plain(said)
    assert "--name" in said.err
    assert not (tmp_path / "a").exists()


def test_takes_the_name_that_git_knows(home: Path, tmp_path: Path) -> None:
    (home / ".gitconfig").write_text("[user]\nname = Nguyễn Thị Ánh\nemail = anh@tan-an.example\n", encoding="utf-8")
    assert qmsctl("--today", DAY, "init", tmp_path / "a").code == 0
    assert [person["id"] for person in people(tmp_path / "a")] == ["anh"]


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Đỗ Văn Minh", "m@x.example", "minh"),
        ("Nguyễn Thị Ước", "u@x.example", "uoc"),
        ("Trần Đình Đệ", "de@x.example", "de"),
        ("Jane O'Brien", "j@x.example", "obrien"),
        ("李雷", "li.lei@x.example", "lilei"),
    ],
)
def test_a_name_gives_an_id(home: Path, tmp_path: Path, name: str, email: str, expected: str) -> None:
    assert qmsctl("--today", DAY, "init", tmp_path / "a", "--name", name, "--email", email).code == 0
    assert [(person["id"], person["name"]) for person in people(tmp_path / "a")] == [(expected, name)]
    assert Desk(tmp_path / "a", DAY).check()[0] == 0


@pytest.mark.parametrize(
    "hostile", ['UBND "Tân An"', "a: b # c", "'", "{{7*7}}", "{% raw %}", "- x", "[bold]", "\\n", "Tân An\nroles: []", "yes", "\x1b]0;x\x07"]
)
def test_a_name_is_never_more_than_a_name(home: Path, tmp_path: Path, hostile: str) -> None:
    said = qmsctl("--today", DAY, "init", tmp_path / "a", "--organization", hostile, "--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
    assert "\x1b" not in said.out + said.err
    if said.code == 0:
        desk = Desk(tmp_path / "a", DAY)
        assert desk.check()[0] == 0
        assert "49" not in desk.read("qms.yaml").splitlines()[5]
    else:
        assert_plain(said)
        assert not (tmp_path / "a/qms.yaml").exists()


@pytest.mark.parametrize(
    "wrong", [("--profile", "bank"), ("--standard", "iso9001-2000"), ("--lang", "fr")], ids=lambda pair: pair[0]
)
def test_an_unknown_choice_is_a_usage_error(home: Path, tmp_path: Path, wrong: tuple[str, str]) -> None:
    said = qmsctl("init", tmp_path / "a", *ME, *wrong)
    assert said.code == 2
    assert wrong[1] in said.err
    assert not (tmp_path / "a").exists()


def test_refuses_in_a_folder_it_may_not_write(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file, not a folder")
    said = qmsctl("init", tmp_path / "a", *ME)
    assert said.code == 3
    assert_plain(said)


def test_refuses_on_a_detached_head(home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "-b", "main")
    git(tmp_path, "-c", "user.name=Lan", "-c", "user.email=lan@x.example", "commit", "--quiet", "--allow-empty", "-m", "x")
    git(tmp_path, "checkout", "--quiet", "--detach")
    said = qmsctl("init", tmp_path, *ME)
    assert said.code == 3
    assert_plain(said)
    assert not (tmp_path / "qms.yaml").exists()


def test_a_dry_run_leaves_nothing(home: Path, tmp_path: Path) -> None:
    said = qmsctl("--lang", "en", "init", tmp_path / "office", "--organization", "UBND", "--name", "Hoa", "--email", "hoa@x.example", "--dry-run")
    assert said.code == 0
    assert "+++ b/qms.yaml" in said.out
    assert not (tmp_path / "office").exists()


def test_adds_its_settings_to_those_that_are_there(home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitattributes").write_text("*.png binary")
    (tmp_path / "README.md").write_text("ours")
    said = qmsctl("--lang", "en", "init", tmp_path, "--organization", "UBND", "--name", "Hoa", "--email", "hoa@x.example")
    assert said.code == 0
    lines = (tmp_path / ".gitattributes").read_text().splitlines()
    assert lines[0] == "*.png binary"
    assert "*.md text eol=lf" in lines
    assert (tmp_path / "README.md").read_text() == "ours"
    assert "README.md was there before" in said.err


def test_git_knows_the_newcomer_in_a_new_repository(home: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    assert qmsctl("--lang", "en", "init", office, "--organization", "UBND", "--name", "Hoa", "--email", "hoa@x.example").code == 0
    assert qmsctl("--lang", "en", "-C", office, "nc", "log", "Late").code == 0


@pytest.mark.parametrize(
    ("lang", "given", "machine", "zone", "holidays"),
    [
        ("en", (), "Europe/Dublin", "Europe/Dublin", "IE"),
        ("en", (), "UTC", "UTC", "none"),
        ("vi", (), "Europe/Dublin", "Asia/Ho_Chi_Minh", "VN"),
        ("en", ("--time-zone", "Asia/Ho_Chi_Minh"), "UTC", "Asia/Ho_Chi_Minh", "VN"),
        ("en", ("--time-zone", "Europe/Berlin", "--country", "DE-BY"), "UTC", "Europe/Berlin", "DE-BY"),
        ("vi", ("--country", "none"), "UTC", "Asia/Ho_Chi_Minh", "none"),
    ],
)
def test_an_office_is_where_it_says_or_where_the_machine_is(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, given: tuple[str, ...], machine: str, zone: str, holidays: str
) -> None:
    monkeypatch.setenv("TZ", machine)
    assert qmsctl("--today", DAY, "init", tmp_path / "a", "--lang", lang, *given, *ME).code == 0
    written = yaml.safe_load((tmp_path / "a/qms.yaml").read_text(encoding="utf-8"))
    assert (written["time_zone"], written["holidays"]) == (zone, holidays)
    assert Desk(tmp_path / "a", DAY).run("check", "--format", "json").json["summary"]["errors"] == 0


@pytest.mark.parametrize("given", [("--time-zone", "Europe/Nowhere"), ("--country", "XX"), ("--country", "DE-XX"), ("--country", "vn")])
def test_a_place_that_nobody_knows_is_refused(home: Path, tmp_path: Path, given: tuple[str, str]) -> None:
    said = qmsctl("--lang", "en", "--today", DAY, "init", tmp_path / "a", *given, *ME)
    assert said.code == 2
    assert f"“{given[1]}”" in said.err
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(("lang", "dates"), [("vi", "dmy"), ("en", "iso")])
def test_days_are_typed_as_the_language_has_them_and_reports_are_passed_over(home: Path, tmp_path: Path, lang: str, dates: str) -> None:
    root = tmp_path / "office"
    said = qmsctl("--lang", lang, "init", root, "--lang", lang, "--organization", "TA", "--name", "Minh", "--email", "minh@tan-an.example")
    assert said.code == 0, said.err
    assert yaml.safe_load((root / "qms.yaml").read_text(encoding="utf-8"))["dates"] == dates
    for name, code in (("audit-2026-11-30.html", 0), ("procedure-QT-01-2026-11-30.html", 0), ("attachments/audit-2026-11-30.html", 1), ("page.html", 1)):
        git(root, "check-ignore", name, code=code)
