"""A file of JSON with a sum over it, in the user's cache: what cannot be read is not there, and what cannot be written is not kept."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import compress, decompress, error

from qmsctl.store.machine.user_state import is_usable


def noted(file: Path) -> Any:
    """What ``file`` holds; ``None`` where it is not the user's own, or is damaged."""
    try:
        return json.loads(decompress(file.read_bytes())) if is_usable(file) else None
    except (OSError, ValueError, RecursionError, error):
        return None


def note(file: Path, value: Any, pressed: int = 0) -> None:
    """Write all of ``value`` at once, or nothing; ``pressed`` is for what is large, as zlib has it."""
    new = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(OSError):
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(compress(json.dumps(value).encode(), pressed))
        new.replace(file)
