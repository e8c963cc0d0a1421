"""Golden files: compared, or written again under ``QMSCTL_UPDATE=1``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

REWRITE = bool(os.environ.get("QMSCTL_UPDATE"))
"""Asked once, for tests of commands run without the variables of whoever runs them."""


def assert_golden(path: Path, text: str) -> None:
    """``text`` is what ``path`` holds."""
    if REWRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing; QMSCTL_UPDATE=1 writes it"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} is out of date; QMSCTL_UPDATE=1 writes it again"


def assert_section(path: Path, title: str, lines: Sequence[str]) -> None:
    """``lines`` stand below ``title`` in ``path``, which holds a section for each test that says something."""
    sections = _sections(path)
    if REWRITE:
        sections = {**sections, title: list(lines)} if lines else {name: each for name, each in sections.items() if name != title}
        path.write_text("".join(f"## {name}\n{''.join(f'{line}{chr(10)}' for line in sections[name])}\n" for name in sorted(sections)), encoding="utf-8")
    assert list(lines) == sections.get(title, []), f"{title} in {path.name} is out of date; QMSCTL_UPDATE=1 with -n0 writes it again"


def title_of(test: pytest.Item) -> str:
    """What a test is called in such a file: its function, and the number of its case."""
    case = next(iter(test.callspec.indices.values()), "") if hasattr(test, "callspec") else ""
    return f"{getattr(test, 'originalname', test.name)} {case}".strip()


def _sections(path: Path) -> dict[str, list[str]]:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    parts = (part.rstrip("\n").split("\n") for part in f"\n{text}".split("\n## ")[1:])
    return {title: lines for title, *lines in parts}
