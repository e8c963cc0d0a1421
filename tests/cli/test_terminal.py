"""Hostile text in data never steers a terminal and never disappears from it."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time
from pathlib import Path

import pytest

from qmsctl.cli.formats.table import columns_of, table
from qmsctl.cli.terminal import Terminal
from tests.desk import Desk, command, environment, procedure, qmsctl

MARKUP = "[bold]Đậm[/bold] [/] [link=http://x]a[/link] :smile: {{7*7}} %s {0} <b>"
RAW = ("\x1b[31mđỏ", "\x1b]52;c;ZXZpbA==\x07", "\x9b31m", "a\rb", "a\u202eb", "a\u200bb")
ESCAPED = tuple(re.sub(r"[^ -~À-ỹ]", lambda found: f"\\u{ord(found.group()):04x}", each) for each in RAW)
"""The same characters written as escapes of a double-quoted YAML scalar."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list",), ("list", "--format", "csv"), ("list", "--format", "json"), ("check",), ("check", "--format", "json"),
    ("show", "QT-02"), ("show", "QT-02", "--format", "json"), ("show", "NC-2026-001"), ("nc", "list"),
    ("submit", "QT-02", "--dry-run"), ("submit", "QT-02"), ("revise", "QT-02", "--change", "x"), ("types",), ("rules",),
    ("verify",), ("verify", "QT-02", "--format", "json"),
    ("set", "QT-02", "owner=lan", "--dry-run"), ("advance", "NC-2026-001", "confirmed", "--dry-run"), ("schema", "procedure"),
)


def hostile(desk: Desk, title: str) -> Desk:
    """QT-02 and NC-2026-001 with this title, as YAML writes it."""
    desk.write("documents/procedures/QT-02.md", procedure("QT-02", title))
    desk.write(
        "records/nonconformities/NC-2026-001.md",
        f"---\nid: NC-2026-001\ntype: nonconformity\ntitle: {title}\nstatus: reported\nraised: 2026-01-05\nraised_by: minh\n"
        "about: process\nsource: process\nseverity: minor\nrequirement: [QT-01]\nowner: minh\n---\n\n## Mô tả\n\nx\n",
    )
    return desk


def _visible(text: str) -> bool:
    return not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", text.replace("\r\n", "\n"))


def test_markup_is_text(desk: Desk) -> None:
    hostile(desk, f'"{MARKUP}"')
    for words in (("list",), ("show", "QT-02"), ("show", "NC-2026-001"), ("nc", "list"), ("list", "--format", "csv")):
        assert MARKUP in desk.run(*words).out, words
    assert f"error: there is no document or record “{MARKUP}”" in desk.refused("submit", MARKUP).err
    assert MARKUP in desk.run("set", "NC-2026-001", f"correction={MARKUP}", "--dry-run").out
    assert "[bold]Đậm[/bold] [/]" in desk.run("nc", "log", MARKUP.replace("<b>", ""), "--requirement", "QT-01", "--set", "owner=minh", "--set", "raised_by=minh").err


@pytest.mark.parametrize("title", RAW + tuple(f'"{each}"' for each in ESCAPED))
def test_control_characters_never_reach_the_terminal(desk: Desk, title: str) -> None:
    hostile(desk, title)
    for words in COMMANDS:
        said = desk.run(*words, code=None)
        assert said.code in (0, 1, 2, 3), said.err
        assert _visible(said.out), words
        assert _visible(said.err), words
    assert desk.run("check", code=1).out.count("QT-02.md") >= 1, "and they are an error"


def test_control_characters_are_shown(desk: Desk) -> None:
    """Where a text comes through, what is hidden in it is written out."""
    desk.write("documents/procedures/QT-02.md", procedure("QT-02"))
    desk.run("submit", "QT-02", "-m", "lời bàn", by="minh")
    (folder,) = desk.dossiers("QT-02")
    desk.write(f"{folder}/author.minh.md", desk.read(f"{folder}/author.minh.md").replace("lời bàn", "lời \x1b]52;c;x\x07 bàn"))
    said = desk.run("show", "QT-02", "--revision", "1", code=None)
    assert _visible(said.out + said.err)


@pytest.mark.parametrize("word", ["\x1b[31m", "\x1b]52;c;x\x07", "a\nb", "\x9b31m"])
def test_control_characters_on_the_command_line(desk: Desk, word: str, tmp_path: Path) -> None:
    for words in (
        (word,), ("submit", word), ("show", word), ("list", word), ("check", word), ("check", "--at", word), ("explain", word),
        ("list", "--format", word), ("set", "QT-01", word), ("set", "QT-01", f"{word}=1"), ("new", word), ("report", word),
        ("submit", "QT-01", "--by", word), ("submit", "QT-01", "--basis-file", word), ("advance", "QT-01", word),
        ("show", "QT-01", "--revision", word), ("list", f"--{word}"), ("report", "audit", "--from", word), ("nc", word),
    ):
        said = desk.run(*words, code=None)
        assert said.code in (2, 3), words
        assert _visible(said.out + said.err), words
    for words in (("--today", word, "list"), ("--lang", word, "list"), ("-C", word, "list")):
        said = qmsctl(*words)
        assert said.code in (2, 3)
        assert _visible(said.out + said.err), words


def test_paths_with_control_characters(desk: Desk) -> None:
    desk.write("documents/procedures/QT-02\x1b[31m.md", procedure("QT-02"))
    desk.write("documents/\x1b]0;x\x07/QT-03.md", procedure("QT-03"))
    for words in (("check",), ("list",), ("check", "--format", "json"), ("report", "audit")):
        said = desk.run(*words, code=None)
        assert _visible(said.out + said.err), words


def in_terminal(desk: Desk, *words: str, **variables: str) -> str:
    """What a person sees who types the command."""
    main, other = pty.openpty()
    program = command("-C", desk.root, "--lang", "en", "--today", desk.today, *words)
    with subprocess.Popen(program, stdin=other, stdout=other, stderr=other, env=environment(TERM="xterm", **variables)) as started:
        os.close(other)
        seen = b""
        until = time.monotonic() + 30
        while time.monotonic() < until and select.select([main], [], [], 30)[0]:
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
    os.close(main)
    return seen.decode()


COLOUR = re.compile("\x1b\\[[0-9;]*m")


def test_colours_on_a_terminal_and_nothing_else(desk: Desk) -> None:
    hostile(desk, f'"{ESCAPED[1]} {MARKUP}"')
    seen = in_terminal(desk, "check")
    assert COLOUR.search(seen)
    assert _visible(COLOUR.sub("", seen))
    assert not COLOUR.search(in_terminal(desk, "check", NO_COLOR="1"))
    assert _visible(COLOUR.sub("", in_terminal(desk, "list")))
    assert _visible(in_terminal(desk, "list", NO_COLOR="1"))
    assert _visible(COLOUR.sub("", in_terminal(desk, "submit", "QT-77")))


def test_what_a_pager_shows_keeps_to_the_width_of_the_screen(desk: Desk) -> None:
    title = "Tiếp nhận và trả kết quả " * 8
    desk.edit("documents/procedures/QT-01.md", re.findall(r"title: .*", desk.read("documents/procedures/QT-01.md"))[0], f"title: {title.strip()}")
    for words in (("list",), ("todo", "--all"), ("coverage",)):
        shown = _piped(desk, words, at_a_terminal=True)
        assert shown
        assert max(len(line) for line in shown.splitlines() if " -C " not in line) <= 80, words
        assert "\x1b" not in shown
    assert max(map(len, _piped(desk, ("list",), at_a_terminal=False).splitlines())) > 200


def _piped(desk: Desk, words: tuple[str, ...], *, at_a_terminal: bool) -> str:
    """What goes down a pipe; on standard error sits a person, or a program."""
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            command("-C", str(desk.root), "--today", desk.today, *words), env=environment(), stdout=subprocess.PIPE,
            stderr=theirs if at_a_terminal else subprocess.DEVNULL, check=True,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    return done.stdout.decode()


LISTED = ("Id", "Type", "Title", "Revision", "Status", "Owner")
ROW = ("NC-2026-001", "Sự không phù hợp", "Gần 18 % hồ sơ đăng ký hộ kinh doanh phải bổ sung từ hai lần trở lên", "", "đã lập kế hoạch", "Đại diện lãnh đạo về chất lượng")


@pytest.mark.parametrize(("width", "left_out"), [(160, set()), (110, {"Type"}), (80, {"Type", "Revision"})])
def test_what_a_narrow_screen_can_spare_is_left_out_first_things_first(width: int, left_out: set[str]) -> None:
    shown = table(Terminal(stdout=True, width=width), LISTED, [ROW], spare=(1, 3))
    assert {each for each in LISTED if each not in shown.splitlines()[0].split() and each not in shown} == left_out
    assert all(columns_of(line) <= width for line in shown.splitlines())
    assert table(Terminal(), LISTED, [ROW], spare=(1, 3)) == table(Terminal(), LISTED, [ROW])
