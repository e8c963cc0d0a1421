"""A lake counted by Spark, out of the same Parquet files on a store that its machines share. The extra ``qmsctl[spark]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qmsctl.core.fleet.asking import Asked, counted, own_rows
from qmsctl.core.fleet.tables import OWN, PARTED, TABLES, columns
from qmsctl.errors import QmsError
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.fleet.dialects import in_dialect
from qmsctl.store.fleet.engine import SPARK, not_read, secret_shown
from qmsctl.store.fleet.register import NAME, Register, parsed, read_register
from qmsctl.store.fleet.spark_session import spark_session
from qmsctl.value import dataclass

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_TYPES = {"VARCHAR": "STRING"}
_GLOB = regex(r"[\\{}\[\]*?]")


@dataclass(frozen=True, slots=True)
class SparkLake:
    """A lake at ``place``, the URL of a folder as Spark reads it, with what is ``register``-ed there."""

    session: SparkSession
    place: str
    register: Register

    @classmethod
    def open(cls, place: str, master: str = "") -> SparkLake:
        """The lake in the folder or at the URL ``place``. Spark is where ``master`` says, else its own configuration.

        Raises ``RepositoryError`` where pyspark is missing, Spark cannot be started, or there is no lake; ``UsageError`` for a
        secret in one of the two.
        """
        _check_secrets(place, master)
        session = spark_session(master)
        try:
            url = place.rstrip("/") if is_url(place) else f"file:///{Path(place).resolve().as_posix().lstrip('/')}"
            return cls(session, url, _register(session, url) if is_url(place) else read_register(Path(place)))
        except QmsError:
            session.stop()
            raise

    def ask(self, asked: Asked, listed: Mapping[str, str]) -> None:
        """Make the tables of the session."""
        loads = counted(self.register.loads, self.register.agencies, asked.day)
        with _telling(self.place):
            self.session.conf.set("spark.sql.ansi.enabled", "true")
            for kind, table in TABLES.items():
                schema = schema_of({**columns(kind), **PARTED})
                reader = self.session.read.schema(schema).option("basePath", f"{self.place}/{kind}")
                paths = parts(self.place, [each.part(kind) for each in loads.values()])
                (reader.parquet(*paths) if paths else self.session.createDataFrame([], schema)).createOrReplaceTempView(table)
            for table, rows in own_rows(asked, self.register.agencies, loads, listed).items():
                self.session.createDataFrame(list(rows), schema_of(OWN[table])).createOrReplaceTempView(table)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        sql = in_dialect(query, SPARK)
        with _telling(self.place):
            return [tuple(each) for each in self.session.sql(sql).collect()]

    def close(self) -> None:
        """Stop Spark, where it was started here."""
        self.session.stop()


def is_url(place: str) -> bool:
    """True for what Spark is to find, False for a folder of this machine."""
    return "://" in place


def schema_of(typed: Mapping[str, str]) -> str:
    """Columns as Spark writes a schema."""
    return ", ".join(f"`{name}` {_TYPES.get(sql, sql)}" for name, sql in typed.items())


def parts(place: str, names: Iterable[str]) -> list[str]:
    """Files of a lake as Spark is told them: the place means itself, whatever stands in its name."""
    literal = _GLOB.sub(r"\\\g<0>", place)
    return [f"{literal}/{each}" for each in names]


def _check_secrets(place: str, master: str) -> None:
    if is_url(place) and urlsplit(place).password is not None:
        raise secret_shown(_("give the keys of the store to Spark in its own configuration, such as spark-defaults.conf"))
    if "token=" in master.casefold():
        raise secret_shown(_("put the address in the environment variable {name}", name="SPARK_REMOTE"))


def _register(session: SparkSession, url: str) -> Register:
    with _telling(url):
        found = session.read.text(parts(url, [NAME]), wholetext=True).collect()
    return parsed(str(found[0][0]) if found else "", f"{url}/{NAME}")


@contextmanager
def _telling(place: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # the client, its bridge to Java and the network each have faults of their own kind
        raise not_read(place, error) from error
