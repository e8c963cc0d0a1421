"""Words for shell completion: quick looks at file names, no checking, never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.cli.later import typer

if TYPE_CHECKING:
    from qmsctl.core.office.config import Config
    from qmsctl.core.types.record_type import RecordType


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
    """Types of documents and records that begin with what has been typed."""
    return sorted(each.name for each in _types(ctx) if each.name.startswith(incomplete))


def complete_listed(ctx: typer.Context, incomplete: str) -> list[str]:
    """The same, and the words that stand for all documents or all records."""
    kinds = [kind for kind in ("document", "record") if kind.startswith(incomplete)]
    return [*kinds, *complete_type(ctx, incomplete)]


def _types(context: typer.Context) -> tuple[RecordType, ...]:
    """The types that a document or record may have, the office's own among them."""
    from qmsctl.store.shipped.definitions import type_set

    root = _root(context)
    own = root.glob(".qms/types/*/type.yaml") if root else ()
    texts = {path.relative_to(root or path).as_posix(): path.read_text(encoding="utf-8", errors="replace") for path in own}
    return tuple(each for each in type_set(texts).all() if each.kind in ("document", "record"))


def complete_state(ctx: typer.Context, incomplete: str) -> list[str]:
    """The states the record may go to from where it is; all states where no record is named."""
    subject = ctx.params.get("subject")
    path = next((each for each in _controlled(_root(ctx)) if each.stem == subject), None)
    name, status = _type_and_status(path) if path else ("", "")
    known = {each.name: each for each in _types(ctx)}
    if name not in known:
        states = {state for each in known.values() for state in each.states}
    else:
        here = known[name].states.get(status)
        states = set(here.to if here else known[name].states)
    return sorted(state for state in states if state.startswith(incomplete))


def _type_and_status(path: Path) -> tuple[str, str]:
    """Two lines of the front matter, read as plain text."""
    with path.open("rb") as file:
        head = file.read(65536).decode("utf-8", "replace").split("\n---", 1)[0]
    lines = (line.partition(":") for line in head.splitlines())
    found = {key: value.partition(" #")[0].strip(" '\"\r") for key, _colon, value in lines}
    return found.get("type", ""), found.get("status", "")


def complete_status(ctx: typer.Context, incomplete: str) -> list[str]:
    """Statuses of documents and states of records; of nonconformities where it is they that are listed."""
    from qmsctl.core.records.disposal import DESTROYED
    from qmsctl.core.signoffs.status_labels import DOCUMENT_STATUSES

    only = "nonconformity" if ctx.command_path.endswith("nc list") else None
    types = [each for each in _types(ctx) if only in (None, each.name)]
    found = {state for each in types for state in each.states}
    found.update(DOCUMENT_STATUSES if any(each.kind == "document" for each in types) else ())
    found.add(DESTROYED)
    return sorted(status for status in found if status.startswith(incomplete))


def complete_value(field: str) -> Callable[[typer.Context, str], list[str]]:
    """Completes the values that a field of a nonconformity may have."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        found = next((each for each in _types(ctx) if each.name == "nonconformity"), None)
        values = found.fields[field].values if found and field in found.fields else ()
        return [value for value in values if value.startswith(incomplete)]

    return complete


def complete_unit(ctx: typer.Context, incomplete: str) -> list[str]:
    """Units of qms.yaml that begin with what has been typed."""
    return sorted(unit.id for unit in _config(ctx).units if unit.id.startswith(incomplete))


def complete_role(ctx: typer.Context, incomplete: str) -> list[str]:
    """Roles of qms.yaml that begin with what has been typed."""
    return sorted(role.id for role in _config(ctx).roles if role.id.startswith(incomplete))


def complete_owner(ctx: typer.Context, incomplete: str) -> list[str]:
    """People and roles that begin with what has been typed."""
    return sorted({*complete_person(ctx, incomplete), *complete_role(ctx, incomplete)})


def _config(context: typer.Context) -> Config:
    """What qms.yaml says; nothing where it cannot be read."""
    from qmsctl.core.office.config import Config
    from qmsctl.core.office.config_reader import read_config
    from qmsctl.core.text.nodes import Mapping
    from qmsctl.core.text.yaml_reader import read_yaml
    from qmsctl.core.text.yaml_refused import YamlRefused

    root = _root(context)
    try:
        node = read_yaml((root / "qms.yaml").read_text(encoding="utf-8")) if root else None
    except (OSError, UnicodeDecodeError, YamlRefused):
        node = None
    return read_config(node) if isinstance(node, Mapping) else Config()


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
