"""The lake of a province: Parquet files by kind, agency and month, and the tables that metrics ask."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.core.fleet.asking import Asked, counted, own_rows
from qmsctl.core.fleet.kinds import BY_SUBJECT, KINDS
from qmsctl.core.fleet.manifest import FILES
from qmsctl.core.fleet.receiving import Received
from qmsctl.core.fleet.succession import Load, load_of
from qmsctl.core.fleet.tables import OWN, PARTED, TABLES, columns
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.message import _
from qmsctl.store.fleet.duck import connect, failing, quoted
from qmsctl.store.fleet.engine import not_read
from qmsctl.store.fleet.register import NAME, Register, read_register, write_register
from qmsctl.store.machine.kernel_lock import try_lock
from qmsctl.store.outputs.draft import is_draft
from qmsctl.value import dataclass

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE, _LOCK, _STAGED = 10_000, ".lock", ".staged-"
_ROWS = "agency=*/sent_month=*/*.parquet"


@dataclass(slots=True)
class Lake:
    """A lake that is open. Raises ``RepositoryError`` where its register cannot be read, or DuckDB is not installed."""

    folder: Path
    register: Register
    connection: DuckDBPyConnection

    @staticmethod
    def may_be(folder: Path) -> bool:
        """True for a lake, for an empty folder and for none: nothing of anybody else's lies there."""
        return not folder.exists() or (folder.is_dir() and ((folder / NAME).is_file() or all(each.name == _LOCK or is_draft(each) for each in folder.iterdir())))

    @classmethod
    def open(cls, folder: Path) -> Lake:
        """The lake in ``folder``, which may be empty."""
        folder.mkdir(parents=True, exist_ok=True)
        real = Path(os.path.realpath(folder))
        return cls(real, read_register(real), connect(real))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While nobody else loads; what a load that died or failed had begun is taken away. Raises ``Refusal`` where somebody does."""
        descriptor = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            if not try_lock(descriptor):
                raise Refusal(_("another command is loading into {folder}; nothing was loaded", folder=str(self.folder)))
            self.register = read_register(self.folder)
            for left in self.folder.glob(f"{_STAGED}*"):
                shutil.rmtree(left, ignore_errors=True)
            self._tidy()
            yield
        finally:
            os.close(descriptor)

    def _tidy(self) -> None:
        """Take out the rows that no register names: what a load wrote that did not come to its end."""
        named = {self._file(kind, each) for kind in KINDS for each in self.register.loads}
        for kind in KINDS:
            for left in (self.folder / kind).glob(_ROWS):
                if left not in named:
                    with suppress(OSError):
                        left.unlink()

    def expect(self, agencies: Mapping[str, str]) -> None:
        """Those agencies are to send rows, and no others are counted."""
        self.register = Register(dict(agencies), self.register.loads)
        write_register(self.folder, self.register)

    def load(self, found: Received) -> None:
        """Take in a delivery. It is there when the register names it: before that nothing of it is, after it nothing of the one before.

        Raises ``QmsError`` where it cannot be written.
        """
        load, last = load_of(found), self.register.last(found.manifest.agency)
        staged = self.folder / f"{_STAGED}{secrets.token_hex(8)}"
        try:
            staged.mkdir()
            for kind in KINDS:
                self._write(kind, found, load, last, staged)
        except failing() as error:
            reason = str(error).partition("\n")[0]
            raise RepositoryError(_("it could not be written to the lake: {reason}; nothing of it was loaded", reason=reason)) from error
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        replaced = [each for each in self.register.loads if (each.agency, each.month) == (load.agency, load.month)]
        register = self.register.with_load(load)
        write_register(self.folder, register)
        self.register = register
        self._take_out(each for each in replaced if each.sha256 != load.sha256)

    def _write(self, kind: str, found: Received, load: Load, last: Load | None, staged: Path) -> None:
        """One file of Parquet; of what was sent since the last, those rows of that which stay are in it, too."""
        lines, target = staged / FILES[kind], self._file(kind, load)
        lines.write_bytes(found.files[FILES[kind]])
        names = ", ".join(map(_name, KINDS[kind]))
        query = f"SELECT {names} FROM {_lines(lines, columns(kind))}"  # noqa: S608 — names of ours, and a quoted path
        if found.changed is not None and last is not None and kind in BY_SUBJECT:
            stay = staged / "stay.jsonl"
            stay.write_text("".join(f"{json.dumps({'id': each})}\n" for each in sorted(found.ids - found.changed)), encoding="utf-8")
            before = quoted(str(self._file(kind, last)))
            query += f" UNION ALL SELECT {names} FROM read_parquet({before}) WHERE {_name(BY_SUBJECT[kind])} IN (SELECT id FROM {_lines(stay, {'id': 'VARCHAR'})})"  # noqa: S608
        target.parent.mkdir(parents=True, exist_ok=True)
        self.connection.execute(f"COPY ({query} ORDER BY ALL) TO {quoted(str(staged / 'rows'))} (FORMAT parquet, COMPRESSION zstd)")
        os.replace(staged / "rows", target)

    def _file(self, kind: str, load: Load) -> Path:
        return self.folder / load.part(kind)

    def _take_out(self, loads: Iterator[Load]) -> None:
        for each in loads:
            for kind in KINDS:
                with suppress(OSError):
                    self._file(kind, each).unlink()

    def ask(self, asked: Asked, listed: Mapping[str, str]) -> None:
        """Make the tables: of each agency what it sent last, by ``asked.day``; ``listed`` are administrative procedures by code."""
        loads = counted(self.register.loads, self.register.agencies, asked.day)
        with self._telling():
            for kind, table in TABLES.items():
                self.connection.execute(f"CREATE OR REPLACE VIEW {table} AS {self._part(kind, loads.values())}")
            for table, rows in own_rows(asked, self.register.agencies, loads, listed).items():
                self._own(table, rows)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a metric. Raises ``RepositoryError`` where a file of the lake cannot be read."""
        with self._telling():
            return self.connection.execute(query).fetchall()

    def rows_of(self, kind: str, loads: Collection[Load]) -> Iterator[tuple[object, ...]]:
        """The rows of a kind that came with these loads: agency, month and the columns. Raises ``RepositoryError``."""
        with self._telling():
            found = self.connection.execute(self._part(kind, loads))
            while rows := found.fetchmany(_AT_ONCE):
                yield from rows

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except failing() as error:
            raise not_read(self.folder, error) from error

    def _part(self, kind: str, loads: Collection[Load]) -> str:
        typed = {**PARTED, **columns(kind)}
        if not loads:
            return f"SELECT {', '.join(f'CAST(NULL AS {sql}) AS {_name(name)}' for name, sql in typed.items())} WHERE false"
        paths = ", ".join(quoted(str(self._file(kind, each))) for each in loads)
        parted = ", ".join(f"{quoted(name)}: {sql}" for name, sql in PARTED.items())
        return f"SELECT {', '.join(map(_name, typed))} FROM read_parquet([{paths}], hive_partitioning = true, hive_types = {{{parted}}})"  # noqa: S608

    def _own(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        typed = OWN[table]
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in typed.items())})")
        for row in rows:
            self.connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' for _each in typed)})", list(row))  # noqa: S608


def _name(column: str) -> str:
    return f'"{column}"'


def _lines(path: Path, typed: Mapping[str, str]) -> str:
    """Lines of JSON as a table of these columns; nothing is guessed."""
    listed = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in typed.items())
    return f"read_json({quoted(str(path))}, columns = {{{listed}}}, format = 'newline_delimited')"
