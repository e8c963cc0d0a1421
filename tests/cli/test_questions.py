"""What a person is asked at a terminal, and that nobody else is."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.text.writing import Writing
from tests.desk import Desk, Said, as_in_the_folder, command, environment, process

NC = "NC-2026-001"
CTRL_C, CTRL_D = b"\x03", b"\x04"


def asked(desk: Desk, words: Sequence[str], answers: Sequence[str | bytes]) -> tuple[int, str]:
    """The exit code and all that was seen, by a person who answers each prompt in turn."""
    ours, theirs = pty.openpty()
    program = command("-C", desk.root, "--lang", desk.lang, "--today", desk.today, *words)
    variables = environment(TERM="xterm", NO_COLOR="1", COLUMNS="200", HOME=os.environ["HOME"])
    with subprocess.Popen(
        program, stdin=theirs, stdout=theirs, stderr=theirs, env=variables, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 — Ctrl-C needs a terminal of its own
    ) as started:
        os.close(theirs)
        try:
            seen = _conversation(ours, list(answers))
            return started.wait(30), seen
        finally:
            started.kill()
            os.close(ours)


def _conversation(terminal: int, answers: list[str | bytes]) -> str:
    seen, until = b"", time.monotonic() + 60
    while time.monotonic() < until and select.select([terminal], [], [], 30)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        seen += part
        if not part:
            break
        if seen.endswith(b"> ") and answers:
            answer = answers.pop(0)
            if answer in (CTRL_C, CTRL_D):
                time.sleep(0.5)  # a person presses it after the prompt is there; the line editor may miss one before
            os.write(terminal, answer if isinstance(answer, bytes) else f"{answer}\n".encode())
            seen += b" "
    assert not answers, f"never asked for {answers}:\n{seen.decode(errors='replace')}"
    return seen.decode(errors="replace").replace("\r\n", "\n")


@pytest.mark.parametrize(("lang", "words"), [
    ("vi", ["Việc gì không phù hợp?", "chỗ này cần có câu trả lời", "cần ngày như 25/03/2026 hoặc 2026-03-25", "3  Lãnh đạo", "“QT-99” không phải tài liệu", "cần một số từ 1 đến 2 hoặc chữ ghi sau số đó", "1  nặng", "nhấn Enter để chọn: quá trình thực hiện", "tiếp theo: qmsctl advance"]),
    ("en", ["What is wrong?", "an answer is needed here", "a date such as 25/03/2026 or 2026-03-25 is expected", "3  Lãnh đạo", "“QT-99” is neither a document", "a number from 1 to 2 is expected, or the words behind it", "1  major", "Enter for: process", "next: qmsctl advance"]),
])
def test_a_nonconformity_is_asked_for(office: Desk, lang: str, words: list[str]) -> None:
    office.lang = lang
    code, seen = asked(office, ["nc", "log"], [
        "", "Phiếu hẹn thiếu chữ ký", "Ba phiếu.", "", "31/02/2026", "29/5/2026", "2", "QT-99", "QT-01, 8.2.3", "7",
        "nang" if lang == "vi" else "MAJOR", "", "HS-01", "",
    ])
    assert code == 0, seen
    for each in words:
        assert each in as_in_the_folder(Said(code, seen, ""), office.root).out
    text = office.read(office.path_of(NC))
    for part in ("title: Phiếu hẹn thiếu chữ ký", "raised: 2026-05-29", "unit: ho-tich", "requirement: [QT-01, 8.2.3]", "severity: major",
                 "source: process", "raised_by: minh", "## 1. Mô tả\n\nBa phiếu.\n\n## 2. Bằng chứng\n\nHS-01\n"):
        assert part in text
    assert office.check()[0] == 0


def test_only_what_is_missing_is_asked(office: Desk) -> None:
    code, seen = asked(office, ["nc", "log", "Thiếu", "--description", "x", "--unit", "ho-tich", "--severity", "minor", "--source", "complaint"], ["", "", ""])
    assert code == 0, seen
    assert "What is wrong" not in seen
    assert seen.count("> ") == 3
    code, seen = asked(office, ["nc", "log", "Thiếu", "--no-input"], [])
    assert (code, seen.count("> ")) == (0, 0)


def test_what_would_be_refused_later_is_asked_again_at_once(office: Desk) -> None:
    hidden = "a\u200bb"
    code, seen = asked(office, ["nc", "log"], [hidden, b"\xff\xfe\n", "Thiếu", "## Tiêu đề", "", "<b>x</b>", "", "Đúng.", "", "", "", "", "", "", ""])
    assert code == 0, seen
    assert "U+200B" in seen
    assert "the text has a heading" in seen
    assert "raw HTML" in seen
    assert "## 1. Mô tả\n\nĐúng.\n" in office.read(office.path_of(NC))


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("before", [[], ["Thiếu", "x"]])
def test_leaving_leaves_nothing(office: Desk, key: bytes, before: list[str]) -> None:
    tree = office.tree()
    code, seen = asked(office, ["nc", "log"], [*before, key])
    assert code == 130
    assert "nothing was written" in seen
    assert "Traceback" not in seen
    assert office.tree() == tree


@pytest.mark.parametrize(("lang", "questions"), [
    ("vi", ["1. Vì sao: Ba hồ sơ trả quá hẹn?", "2. Vì sao: Cán bộ nghỉ?", "nhấn Enter nếu đây là nguyên nhân gốc rễ", "1  con người"]),
    ("en", ["1. Why: Ba hồ sơ trả quá hẹn?", "2. Why: Cán bộ nghỉ?", "Enter: this is the root cause", "1  people"]),
])
def test_whys_are_asked_until_the_root(office: Desk, lang: str, questions: list[str]) -> None:
    office.run("nc", "log", "Ba hồ sơ trả quá hẹn.")
    office.lang = lang
    code, seen = asked(office, ["nc", "why", NC], ["", "Cán bộ nghỉ.", "Không có người thay", "", "1"])
    assert code == 0, seen
    for each in questions:
        assert each in seen
    text = office.read(office.path_of(NC))
    assert "cause_category: people\ncause_method: 5-whys\ncause: Không có người thay\n" in text
    code, seen = asked(office, ["nc", "why", NC], ["Chưa giao", ""])
    assert "1. Cán bộ nghỉ.\n2. Không có người thay\n3. " in seen, "the earlier answers are shown"
    assert "cause: Chưa giao\n" in office.read(office.path_of(NC))
    tree = office.tree()
    assert asked(office, ["nc", "why", NC], ["x", CTRL_C])[0] == 130
    assert asked(office, ["nc", "why", NC], [""])[0] == 0
    assert office.tree() == tree


def test_nobody_is_asked_in_a_pipe(office: Desk) -> None:
    """No terminal, no question: the command neither waits nor guesses."""
    words = ("-C", office.root, "--today", office.today)
    for done in (process(*words, "nc", "log"), process(*words, "nc", "why", NC)):
        assert done.returncode in (2, 3)
        assert b"> " not in done.stdout + done.stderr


DAY_FIRST = Writing(day_first=True)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(8999, 12, 31)))
def test_a_day_in_either_order(day: date) -> None:
    assert DAY_FIRST.day(str(day)) == day
    year, month, of_month = str(day).split("-")
    assert DAY_FIRST.day(f"{int(of_month)}/{int(month)}/{year}") == day


@given(st.text(max_size=12))
def test_what_is_no_day_is_none(text: str) -> None:
    found = DAY_FIRST.day(text)
    assert found is None or "-" in text or "/" in text
