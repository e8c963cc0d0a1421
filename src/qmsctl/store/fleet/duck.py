"""DuckDB as it is let at foreign files: in one folder, with no extension from elsewhere, with little memory. The extra ``qmsctl[fleet]``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY, THREADS = "1GB", 2


def connect(folder: Path) -> DuckDBPyConnection:
    """A connection in memory that reads and writes below ``folder`` and nowhere else. Raises ``RepositoryError`` without DuckDB."""
    try:
        import duckdb
    except ImportError:
        raise RepositoryError(
            _("rows of many offices are counted with DuckDB, which is not installed"),
            advice(_("to install it: pip install 'qmsctl[fleet]'")),
        ) from None
    found = duckdb.connect()
    for setting in (
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        f"memory_limit = '{MEMORY}'",
        f"threads = {THREADS}",
        f"temp_directory = {quoted(str(folder / '.spill'))}",
        f"allowed_directories = [{quoted(str(folder))}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        found.execute(f"SET {setting}")
    return found


def failing() -> tuple[type[Exception], ...]:
    """What DuckDB and the system raise where something cannot be written."""
    import duckdb

    return OSError, duckdb.Error


def quoted(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"
