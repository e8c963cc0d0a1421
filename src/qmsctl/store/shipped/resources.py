"""Finds the files under ``templates/``, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


@cache
def templates_root() -> Path:
    """The folder ``templates``: inside the installed package, else at the top of the checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "templates"


def read_text(name: str) -> str:
    """The text of the file ``name``, a path below ``templates/``."""
    return (templates_root() / name).read_text(encoding="utf-8")


@cache
def listing(prefix: str) -> tuple[str, ...]:
    """The names in the folder ``prefix`` below ``templates/``, sorted."""
    return tuple(sorted(entry.name for entry in (templates_root() / prefix).iterdir()))
