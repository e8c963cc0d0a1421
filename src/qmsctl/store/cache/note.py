"""A small file of JSON in the user's cache: what cannot be read is not there, and what cannot be written is not kept."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from qmsctl.store.user_state import is_usable


def noted(file: Path) -> Any:
    """What ``file`` holds; ``None`` where it is not the user's own, or is damaged."""
    try:
        return json.loads(file.read_bytes()) if is_usable(file) else None
    except (OSError, ValueError, RecursionError):
        return None


def note(file: Path, value: Any) -> None:
    """Write all of ``value`` at once, or nothing."""
    new = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(OSError):
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
            target.write(json.dumps(value))
        new.replace(file)
