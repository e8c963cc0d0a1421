"""Words for shell completion: quick looks at file names, no checking, never an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer


def _root(context: typer.Context) -> Path | None:
    start = context.find_root().params.get("repo") or Path()
    folder = Path(start).resolve()
    return next((each for each in (folder, *folder.parents) if (each / "qms.yaml").is_file()), None)


def complete_id(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids that begin with what has been typed."""
    return sorted(path.stem for path in _controlled(_root(ctx)) if path.stem.startswith(incomplete))


def _controlled(root: Path | None) -> Iterator[Path]:
    for top in ("documents", "records") if root else ():
        yield from (path for path in (root or Path()).joinpath(top).rglob("*.md") if path.stem != "README")


def complete_type(ctx: typer.Context, incomplete: str) -> list[str]:
    """Types that begin with what has been typed."""
    from qmsctl.store.definitions import builtin_type_names

    root = _root(ctx)
    own = {path.name for path in root.glob(".qms/types/*")} if root else set()
    return sorted(name for name in builtin_type_names() | own if name.startswith(incomplete))


def complete_state(ctx: typer.Context, incomplete: str) -> list[str]:
    """States of all record types that begin with what has been typed."""
    from qmsctl.store.definitions import type_set

    states = {state for each in type_set({}).all() for state in each.states}
    return sorted(state for state in states if state.startswith(incomplete))


def complete_person(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of people, from the lines of people.yaml that name one."""
    import re

    root = _root(ctx)
    if root is None or not (root / "people.yaml").is_file():
        return []
    text = (root / "people.yaml").read_text(encoding="utf-8", errors="replace")
    found = re.findall(r"^\s*-\s*\{?\s*id:\s*([A-Za-z0-9._-]+)", text, re.MULTILINE)
    return sorted(person for person in found if person.startswith(incomplete))


def complete_rule(ctx: typer.Context, incomplete: str) -> list[str]:
    """Rules that begin with what has been typed."""
    from qmsctl.rules import rule_names

    return [name for name in rule_names() if name.startswith(incomplete)]
