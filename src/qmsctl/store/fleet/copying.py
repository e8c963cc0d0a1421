"""A lake as tables of a PostgreSQL: what its register names and nothing else, exchanged in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from qmsctl.core.fleet.succession import Load
from qmsctl.core.fleet.tables import PARTED, TABLES, columns
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.fleet.lake import Lake
from qmsctl.store.fleet.postgres import REGISTER, SCHEMA, connected, definitions, kept_as, quoted, register_in, telling
from qmsctl.store.fleet.register import written

_MAKER = "qmsctl lake "
_LOCK = int.from_bytes(hashlib.sha256(b"qmsctl lake").digest()[:4], "big")


def copy_lake(lake: Lake, place: str) -> int:
    """Make the tables of a database those of the lake; how many deliveries were brought. Those that are there stay as they are.

    Raises ``QmsError``; the tables are then as they were.
    """
    opened = connected(place)
    with telling(opened.info.dbname), opened as connection:
        held = connection.execute("SELECT pg_try_advisory_xact_lock($1::bigint)", [_LOCK]).fetchone()
        if held != (True,):
            raise Refusal(_("another command is loading into {folder}; nothing was loaded", folder=connection.info.dbname))
        before = _before(connection)
        gone, new = before - set(lake.register.loads), [each for each in lake.register.loads if each not in before]
        for kind, table in TABLES.items():
            _exchange(connection, lake, kind, table, gone, new)
        connection.execute(f"DELETE FROM {SCHEMA}.{REGISTER}")  # noqa: S608 — names of ours, here and below
        connection.execute(f"INSERT INTO {SCHEMA}.{REGISTER} VALUES ($1)", [written(lake.register).decode()])  # noqa: S608
    return len(new)


def _before(connection: Any) -> set[Load]:
    """The deliveries that are there, in tables of today's columns: others are made anew. Raises ``RepositoryError`` for tables that are not ours."""
    made = definitions()
    mark = _MAKER + hashlib.sha256("\n".join(made.values()).encode()).hexdigest()[:16]
    found = kept_as(connection)
    name = connection.info.dbname
    if found == mark:
        return set(register_in(connection, name).loads)
    if found is not None and not found.startswith(_MAKER):
        raise RepositoryError(_("the database {name} has a table {table} that was not made by qmsctl", name=name, table=f"{SCHEMA}.{REGISTER}"), advice(_("name another database")))
    if connection.execute("SELECT to_regnamespace($1)", [SCHEMA]).fetchone() == (None,):
        connection.execute(f"CREATE SCHEMA {SCHEMA}")
    for table, definition in made.items():
        if found is not None:
            connection.execute(f"DROP TABLE IF EXISTS {SCHEMA}.{table}")
        connection.execute(definition)
    connection.execute(f"COMMENT ON TABLE {SCHEMA}.{REGISTER} IS '{mark}'")
    return set()


def _exchange(connection: Any, lake: Lake, kind: str, table: str, gone: Collection[Load], new: Collection[Load]) -> None:
    names = ", ".join(map(quoted, {**PARTED, **columns(kind)}))
    out = [[each.agency for each in gone], [each.month for each in gone]]
    connection.execute(f"DELETE FROM {SCHEMA}.{table} WHERE (agency, sent_month) IN (SELECT * FROM unnest($1::text[], $2::text[]))", out)  # noqa: S608
    with connection.cursor() as cursor, cursor.copy(f"COPY {SCHEMA}.{table} ({names}) FROM STDIN") as copy:
        for row in lake.rows_of(kind, new):
            copy.write_row(row)
    connection.execute(f"ANALYZE {SCHEMA}.{table}")
