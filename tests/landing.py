"""Changes to an accepted branch, and the four ways in which they come in: fast-forward, merge, squash, rebase.

What counts is what ``check --base`` says of the outcome, seen from what had been accepted before.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.desk import Change, Desk, git

LANDINGS = ("fast-forward", "merge", "squash", "rebase")


def landed(desk: Desk) -> Iterator[tuple[str, Desk, str]]:
    """The change on ``main``, brought in each way, in the copy told of in Vietnamese: how, where, and the commit it is compared with."""
    desk.commit("the change")
    desk.git("branch", "--quiet", "-m", "main", "work")
    desk.git("branch", "--quiet", "main", "accepted")
    yield "fast-forward", desk, "accepted"
    crossing = desk.git("rev-list", "--merges", "accepted..work").strip()
    there = desk.copied(desk.root.parent / "there")
    there.lang = "vi"
    there.git("switch", "--quiet", "main")
    there.write("README.md", "# Đọc tôi\n")
    base = there.commit("meanwhile")
    for way in LANDINGS[1:] if not crossing else LANDINGS[1:-1]:
        there.git("checkout", "--quiet", "-B", "main", base)
        match way:
            case "merge":
                there.git("merge", "--quiet", "--no-ff", "--no-edit", "work")
            case "squash":
                there.git("merge", "--quiet", "--squash", "work")
                there.commit("squashed")
            case "rebase":
                there.git("switch", "--quiet", "work")
                git(there.root, "rebase", "--quiet", "main", moment=f"{there.today}T23:45:00+07:00")
        yield way, there, base


def errors(desk: Desk, base: str) -> set[str]:
    """The rules of the errors in the change since ``base``; each names the file and a way out."""
    told = desk.run("check", "--base", base, "--format", "json", code=None).json
    assert not told.get("incomplete"), told
    found = [each for each in told["diagnostics"] if each["severity"] == "error"]
    assert all(each["path"] and each["hint"] for each in found), found
    return {each["rule"] for each in found}


def accept(desk: Desk) -> None:
    """What has been reached is accepted: nothing is wrong with it."""
    desk.git("tag", "accepted")
    assert desk.check() == (0, {}), desk.diagnostics()


def caught(desk: Desk, attack: Change, rules: set[str]) -> None:
    """These rules and no other find it, however it comes in."""
    attack(desk)
    for way, there, base in landed(desk):
        assert errors(there, base) == rules, way


def passes(desk: Desk, change: Change, *, without_base: bool = False) -> None:
    """It brings no error, however it comes in; ``without_base`` the outcome has none either, seen by itself."""
    change(desk)
    for way, there, base in landed(desk):
        assert errors(there, base) == set(), way
        assert not without_base or there.errors() == [], f"{way}, without a base"
