"""Whom a paper means: roles and units of the office by the names that others gave them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qmsctl.core.incoming.labels import key
from qmsctl.core.incoming.paper import RECORDS, STEPS, Paper, Table
from qmsctl.core.office.config import Config
from qmsctl.core.text.labels import plain_label

Names = Mapping[str, str]
"""Ids of roles and units by foreign names; empty where nobody has decided."""

_COLUMNS = {STEPS: "responsible", RECORDS: "keeper"}


def one_line(name: str) -> str:
    """A name that stood on several lines of a cell."""
    return " ".join(name.replace("\n", ", ").split())


def foreign_names(papers: Iterable[Paper]) -> tuple[str, ...]:
    """Who is named in tables of the papers, each once, in their order."""
    found = (row.get(_COLUMNS[part.kind], "") for paper in papers for part in paper.body if isinstance(part, Table) for row in part.rows)
    return tuple(dict.fromkeys(one_line(name) for name in found if name.strip()))


def proposed(name: str, config: Config) -> str:
    """The role or unit that a name is likely to mean: of the same words, else of all its words or all of whose words it has; else none."""
    known = {role.id: role.title for role in config.roles} | {unit.id: unit.name for unit in config.units if config.role(unit.id) is None}
    wanted = frozenset(_plain(name).split())
    words = {found: frozenset(_plain(title).split()) for found, title in known.items()}
    by_id = next((found for found in known if plain_label(found) == _plain(name)), "")
    same = next((found for found, own in words.items() if own == wanted), "")
    near = [found for found, own in words.items() if own and (own < wanted or wanted < own) and min(len(own), len(wanted)) > 1]
    return same or by_id or (near[0] if len(near) == 1 else "")


def _plain(text: str) -> str:
    return plain_label(key(text))
