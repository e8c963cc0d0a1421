"""What metrics ask: the rows of all agencies as tables, and three more: the agencies, what is listed, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.fleet.kinds import KINDS

TABLES: Mapping[str, str] = {
    "document": "documents", "tthc": "services", "signoff": "signoffs", "record": "records", "state": "states",
    "case": "cases", "diagnostic": "diagnostics", "objective": "objectives", "count": "counts",
}
"""The table of each kind of rows; each has the columns ``agency`` and ``sent_month`` besides."""

OWN: Mapping[str, Mapping[str, str]] = {
    "agencies": {"code": "VARCHAR", "name": "VARCHAR", "sent": "DATE", "commit_id": "VARCHAR"},
    "listed": {"code": "VARCHAR", "name": "VARCHAR"},
    "asked": {"day": "DATE", "long_ago": "DATE", "year_ago": "DATE", "expected": "DATE"},
}
"""The tables the lake makes itself: whom the province expects, the administrative procedures of its list, and the days a metric goes by."""


PARTED: Mapping[str, str] = {"agency": "VARCHAR", "sent_month": "VARCHAR"}
"""Whose rows they are, and of which month; this stands in the names of folders."""


def columns(kind: str) -> Mapping[str, str]:
    """The columns of a kind of rows with their types in SQL."""
    return {name: column.kind.sql for name, column in KINDS[kind].items()}
