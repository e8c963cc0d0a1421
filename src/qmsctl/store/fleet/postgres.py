"""A lake counted by PostgreSQL, out of the tables that ``fleet copy`` keeps there. The extra ``qmsctl[postgres]``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qmsctl.core.fleet.asking import Asked, counted, own_rows
from qmsctl.core.fleet.tables import OWN, PARTED, TABLES, columns
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole, advice, command
from qmsctl.message import _
from qmsctl.store.fleet.dialects import in_dialect
from qmsctl.store.fleet.engine import POSTGRES, not_installed, not_read, reason, secret_shown
from qmsctl.store.fleet.register import Register, parsed
from qmsctl.value import dataclass, field

if TYPE_CHECKING:
    from psycopg import Connection

_WITH, _LATEST = "WITH ", "latest_sent"
SCHEMA, REGISTER = "qmsctl", "register"
_TYPES = {"VARCHAR": "text", "DOUBLE": "double precision"}
_KEPT = {**_TYPES, "VARCHAR": 'text COLLATE "C"'}
"""Texts are in the order of their bytes, whatever the language of the database."""

_SECRETS = {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
_PATIENCE = 10
"""Seconds until a server counts as away, where the connection says nothing else."""


@dataclass(slots=True)
class PostgresLake:
    """A lake in a database, asked in one transaction that reads, so that all metrics are of one moment. A standby serves, too."""

    connection: Connection[Any]
    name: str
    register: Register
    head: str = ""
    values: list[list[object]] = field(default_factory=list)

    @classmethod
    def open(cls, place: str) -> PostgresLake:
        """The lake in the database that a connection string of libpq tells. Raises ``RepositoryError`` and ``UsageError``."""
        connection = connected(place)
        name = connection.info.dbname
        try:
            from psycopg import IsolationLevel

            connection.read_only, connection.isolation_level = True, IsolationLevel.REPEATABLE_READ
            with telling(name):
                return cls(connection, name, register_in(connection, name))
        except BaseException:
            connection.close()
            raise

    def ask(self, asked: Asked, listed: Mapping[str, str]) -> None:
        """Say what the tables of the next queries are."""
        loads = counted(self.register.loads, self.register.agencies, asked.day)
        own = {**own_rows(asked, self.register.agencies, loads, listed), _LATEST: [(each.agency, each.month) for each in loads.values()]}
        self.head, self.values = head_of(), [[row[place] for row in own[table]] for table, typed in _given().items() for place in range(len(typed))]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        sql = headed(self.head, in_dialect(query, POSTGRES))
        with telling(self.name):
            found: list[tuple[object, ...]] = self.connection.execute(sql, self.values).fetchall()
            return found

    def close(self) -> None:
        """Let go of the server."""
        self.connection.close()


def headed(head: str, sql: str) -> str:
    """A query behind the tables it asks; PostgreSQL allows one WITH."""
    return f"{head},\n{sql.removeprefix(_WITH)}" if sql.startswith(_WITH) else f"{head}\n{sql}"


def _given() -> Mapping[str, Mapping[str, str]]:
    """The tables that a query brings along as values, with their columns."""
    return {**OWN, _LATEST: PARTED}


def head_of() -> str:
    """What stands before each query: its tables, those of agencies as far as they count. Values stand in it by number."""
    tables, number = [], 0
    for table, typed in _given().items():
        arrays = [f"${number + place}::{_TYPES.get(sql, sql)}[]" for place, sql in enumerate(typed.values(), 1)]
        number += len(typed)
        names = ", ".join(map(quoted, typed))
        tables.append(f"{table} AS (SELECT {', '.join(_collated(name, sql) for name, sql in typed.items())} FROM unnest({', '.join(arrays)}) AS given({names}))")  # noqa: S608
    tables += [f"{table} AS (SELECT kept.* FROM {SCHEMA}.{table} AS kept JOIN {_LATEST} USING (agency, sent_month))" for table in TABLES.values()]  # noqa: S608
    return "WITH " + ",\n".join(tables)


def _collated(name: str, sql: str) -> str:
    return f'{quoted(name)} COLLATE "C" AS {quoted(name)}' if sql == "VARCHAR" else quoted(name)


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def definitions() -> Mapping[str, str]:
    """How the tables of a lake are made, by their names."""
    found = {REGISTER: f"CREATE TABLE {SCHEMA}.{REGISTER} (data text NOT NULL)"}
    for kind, table in TABLES.items():
        typed = ", ".join(f"{quoted(name)} {_KEPT.get(sql, sql)}" for name, sql in {**PARTED, **columns(kind)}.items())
        found[table] = f"CREATE TABLE {SCHEMA}.{table} ({typed}); CREATE INDEX ON {SCHEMA}.{table} (agency, sent_month)"
    return found


def register_in(connection: Connection[Any], name: str) -> Register:
    """The register of the lake in a database called ``name``. Raises ``RepositoryError`` where there is none."""
    found = connection.execute(f"SELECT data FROM {SCHEMA}.{REGISTER}").fetchone() if kept_as(connection) else None  # noqa: S608
    if found is None:
        raise RepositoryError(_("there is no lake in the database {name}", name=name), command("fleet copy", Hole("lake"), into=Hole("connection")).in_order_to(_("bring one there")))
    return parsed(str(found[0]), f"{name}: {SCHEMA}.{REGISTER}")


def kept_as(connection: Connection[Any]) -> str | None:
    """What is remarked of the table of the register: how the tables were made; ``None`` where there is no such table."""
    found = connection.execute("SELECT coalesce(obj_description(to_regclass($1), 'pg_class'), '') WHERE to_regclass($1) IS NOT NULL", [f"{SCHEMA}.{REGISTER}"]).fetchone()
    return str(found[0]) if found else None


def connected(place: str) -> Connection[Any]:
    """A connection to where a connection string and the environment of libpq tell. Raises ``RepositoryError``, and ``UsageError`` for a secret in it."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise not_installed("PostgreSQL", "qmsctl[postgres]") from None
    advised = advice(_("where it is, is told as libpq reads it: {example}, or by {service}, {host} and {database}", example="postgresql://host/database", service="PGSERVICE", host="PGHOST", database="PGDATABASE"))
    try:
        known = conninfo_to_dict(place)
        if known.keys() & _SECRETS:
            raise secret_shown(_("put it in the file that {passfile} or {servicefile} names", passfile="PGPASSFILE", servicefile="PGSERVICEFILE"))
        patience = {} if "connect_timeout" in known or "PGCONNECT_TIMEOUT" in os.environ else {"connect_timeout": _PATIENCE}
        return psycopg.connect(place, client_encoding="utf8", application_name="qmsctl", cursor_factory=psycopg.RawCursor, **patience)
    except psycopg.Error as error:
        raise RepositoryError(_("PostgreSQL cannot be reached: {reason}", reason=reason(error)), advised) from error


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Says as a sentence what PostgreSQL has against what is done."""
    import psycopg

    try:
        yield
    except (psycopg.Error, UnicodeError) as error:
        raise not_read(name, error) from error
