"""The metrics: one file of SQL each, in a subset that other engines understand."""

from __future__ import annotations

from qmsctl.store.shipped.resources import listing, read_text

_FOLDER, _SUFFIX = "fleet/metrics", ".sql"


def metrics() -> tuple[str, ...]:
    """The names of all metrics."""
    return tuple(each.removesuffix(_SUFFIX) for each in listing(_FOLDER) if each.endswith(_SUFFIX))


def query_of(name: str) -> str:
    """The SQL of a metric."""
    return read_text(f"{_FOLDER}/{name}{_SUFFIX}")
