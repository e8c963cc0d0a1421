"""What counts the rows of a lake: DuckDB here, or Spark or PostgreSQL where a ministry has them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from qmsctl.core.fleet.asking import Asked
from qmsctl.core.text.characters import visible
from qmsctl.errors import RepositoryError, UsageError
from qmsctl.mend import advice
from qmsctl.message import Message, _

ENGINES = DUCKDB, SPARK, POSTGRES = ("duckdb", "spark", "postgres")

_LONGEST_REASON, _JAVA = 300, ": "


class Engine(Protocol):
    """A lake that is open in an engine. Each raises ``RepositoryError`` where the engine cannot do it."""

    def ask(self, asked: Asked, listed: Mapping[str, str]) -> None:
        """Make the tables: of each agency what it sent last, by ``asked.day``; ``listed`` are administrative procedures by code."""

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query in the SQL of the metrics."""

    def close(self) -> None:
        """Let go of it."""


def not_installed(name: str, package: str) -> RepositoryError:
    """What is said where the driver of an engine is missing."""
    return RepositoryError(_("{engine} is asked with a package that is not installed", engine=name), advice(_("to install it: {command}", command=f"pip install '{package}'")))


def not_read(place: str | Path, error: Exception) -> RepositoryError:
    """What is said where an engine cannot read the lake, or answer."""
    return RepositoryError(_("the lake {place} cannot be asked: {reason}", place=visible(str(place)), reason=reason(error)))


def reason(error: Exception) -> str:
    """The first line of what an engine says of a fault; where Java is asked from Python, the first of Java's."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    told = next((line.removeprefix(_JAVA) for line in lines if line.startswith(_JAVA)), lines[0])
    return visible(told[:_LONGEST_REASON])


def secret_shown(where: Message) -> UsageError:
    """What is said of a password in the arguments: every user of the machine may see them."""
    return UsageError(_("a password or token stands on the command line, where every user of this machine can read it"), advice(where))
