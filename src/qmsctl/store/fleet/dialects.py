"""A metric in the SQL of another engine, for who has outgrown one machine. The extra ``qmsctl[fleet-engines]``."""

from __future__ import annotations

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _

DIALECTS = ("duckdb", "spark", "postgres", "trino")


def in_dialect(query: str, dialect: str, *, comments: bool = False) -> str:
    """The query as an engine of :data:`DIALECTS` reads it. Raises ``RepositoryError`` where sqlglot is not installed."""
    try:
        import sqlglot
    except ImportError:
        raise RepositoryError(
            _("SQL is put into the words of another engine by sqlglot, which is not installed"),
            advice(_("to install it: pip install 'qmsctl[fleet-engines]'")),
        ) from None
    return sqlglot.transpile(query, read="duckdb", write=dialect, pretty=True, comments=comments)[0]
