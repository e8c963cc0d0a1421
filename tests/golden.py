"""Golden files: compared, or written again under ``QMSCTL_UPDATE=1``."""

from __future__ import annotations

import os
from pathlib import Path

REWRITE = bool(os.environ.get("QMSCTL_UPDATE"))
"""Asked once, for tests of commands run without the variables of whoever runs them."""


def assert_golden(path: Path, text: str) -> None:
    """``text`` is what ``path`` holds."""
    if REWRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing; QMSCTL_UPDATE=1 writes it"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} is out of date; QMSCTL_UPDATE=1 writes it again"
