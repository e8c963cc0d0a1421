"""Every metric on DuckDB, Spark and PostgreSQL: the same rows in the same order, value by value and type by type. ``make engines`` runs this."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from qmsctl.core.fleet.asking import Asked
from qmsctl.errors import QmsError, Refusal, RepositoryError, UsageError
from qmsctl.store.fleet.copying import copy_lake
from qmsctl.store.fleet.engine import Engine
from qmsctl.store.fleet.lake import Lake
from qmsctl.store.fleet.metrics import metrics, query_of
from qmsctl.store.fleet.postgres import PostgresLake
from qmsctl.store.fleet.spark import SparkLake
from tests.desk import qmsctl
from tests.engines.cluster import USER, cluster, programs
from tests.engines.made_up import AGENCIES, DAY, LISTED, delivery, fill

pytestmark = [
    pytest.mark.process,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
    pytest.mark.skipif("QMSCTL_ENGINES" not in os.environ, reason="make engines installs the engines and runs this"),
    pytest.mark.skipif(programs() is None, reason="needs PostgreSQL: apt-get install postgresql"),
]

MASTER = "local[2]"
DAYS = {"the last": DAY, "one of last month": DAY - timedelta(days=40), "one before all": date(2020, 1, 1)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in a folder whose name means something to Spark and SQL."""
    found = tmp_path_factory.mktemp("store") / "kho [1]{a,b} *'số liệu'"
    with closing(Lake.open(found)) as lake:
        fill(lake)
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    with cluster() as found, pytest.MonkeyPatch.context() as patch:
        for name, value in {"PGHOST": str(found / "socket"), "PGUSER": USER, "PGDATABASE": "postgres", "PGPASSFILE": str(found / "pgpass")}.items():
            patch.setenv(name, value)
        yield found


@pytest.fixture(scope="module")
def duck(folder: Path) -> Iterator[Engine]:
    with closing(Lake.open(folder)) as lake:
        yield lake


@pytest.fixture(scope="module")
def spark(folder: Path) -> Iterator[Engine]:
    with closing(SparkLake.open(str(folder), MASTER)) as lake:
        yield lake


@pytest.fixture(scope="module")
def postgres(folder: Path, server: Path) -> Iterator[Engine]:
    with closing(Lake.open(folder)) as lake:
        assert copy_lake(lake, "") == len(lake.register.loads)
        assert copy_lake(lake, "") == 0, "what is there stays"
    with closing(PostgresLake.open("")) as found:
        yield found


def typed(rows: list[tuple[object, ...]]) -> list[list[tuple[str, object]]]:
    return [[(type(each).__name__, each) for each in row] for row in rows]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("engine", ["spark", "postgres"])
def test_every_metric_is_the_same_row_by_row(request: pytest.FixtureRequest, duck: Engine, engine: str, day: str) -> None:
    other: Engine = request.getfixturevalue(engine)
    for each in (duck, other):
        each.ask(Asked(DAYS[day], 90, 31), LISTED)
    counts = {}
    for name in metrics():
        expected = typed(duck.rows(query_of(name)))
        assert typed(other.rows(query_of(name))) == expected, name
        counts[name] = len(expected)
    print(f"\n{engine}, {day}: {counts}")
    assert all(counts.values()) == (day != "one before all"), "each metric has something to compare"


@pytest.mark.parametrize(("engine", "place"), [("spark", None), ("postgres", "dbname=postgres")])
def test_the_commands_put_out_the_same_bytes(postgres: Engine, folder: Path, tmp_path: Path, engine: str, place: str | None) -> None:
    (tmp_path / "tthc.csv").write_text("".join(f'{code},"{name.replace(chr(34), chr(34) * 2)}"\n' for code, name in LISTED.items()), encoding="utf-8")
    options = ("--tthc", tmp_path / "tthc.csv", "--today", DAY)
    told = ("--engine", engine, *(("--master", MASTER) if engine == "spark" else ()))
    for form in ("csv", "json"):
        here = qmsctl("fleet", "query", "on-time", "--lake", folder, "--format", form, *options)
        there = qmsctl("fleet", "query", "on-time", "--lake", place or folder, "--format", form, *options, *told)
        assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    for name, lake, more in (("here", folder, ()), ("there", place or folder, told)):
        (tmp_path / name).mkdir()
        assert qmsctl("fleet", "report", lake, "-o", tmp_path / name / "page.html", *options, *more).code == 0
    for name in ("page.html", "page.xlsx"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()


def test_a_copy_follows_the_lake(server: Path, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect("", autocommit=True) as connection:
        connection.execute("CREATE DATABASE follows LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0")
    place = "dbname=follows"
    with closing(Lake.open(tmp_path / "lake")) as lake:
        said = _refused(lambda: PostgresLake.open(place))
        assert "there is no lake in the database follows" in said
        lake.expect(AGENCIES)
        lake.load(delivery("T1", DAY - timedelta(days=5), 30, 1))
        assert copy_lake(lake, place) == 1
        lake.load(delivery("T1", DAY, 20, 2))
        lake.load(delivery("T2", DAY, 20, 3))
        with psycopg.connect(place) as other:
            other.execute("LOCK TABLE qmsctl.documents IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(RepositoryError, match="timeout"):
                copy_lake(lake, f"{place} options='-c lock_timeout=200'")
        with psycopg.connect(place) as other:
            from qmsctl.store.fleet import copying

            other.execute("SELECT pg_advisory_xact_lock(%s)", [copying._LOCK])
            with pytest.raises(Refusal, match="another command"):
                copy_lake(lake, place)
        assert copy_lake(lake, place) == 2, "that of the same month is exchanged"
        _same(lake, place)
        lake.expect({"T2": "Xã"})
        assert copy_lake(lake, place) == 0
        _same(lake, place)
        with psycopg.connect(place) as other:
            other.execute("COMMENT ON TABLE qmsctl.register IS 'qmsctl lake of long ago'")
            other.execute("DROP TABLE qmsctl.counts")
        assert copy_lake(lake, place) == 2, "tables of another version are made anew"
        _same(lake, place)
        with psycopg.connect(place) as other:
            other.execute("COMMENT ON TABLE qmsctl.register IS NULL")
        assert "was not made by qmsctl" in _refused(lambda: copy_lake(lake, place))
        next(iter((tmp_path / "lake" / "record").rglob("*.parquet"))).unlink()
    with closing(Lake.open(tmp_path / "lake")) as lake:
        assert "cannot be asked" in _refused(lambda: lake.ask(Asked(DAY), {}))


def _same(lake: Lake, place: str) -> None:
    with closing(PostgresLake.open(place)) as there:
        for each in (lake, there):
            each.ask(Asked(DAY), LISTED)
        for name in metrics():
            assert typed(there.rows(query_of(name))) == typed(lake.rows(query_of(name))), name


def _refused(act: Any) -> str:
    with pytest.raises(QmsError) as told:
        act()
    return str(told.value)


def test_who_may_only_read_asks_a_database_that_only_reads(postgres: Engine, server: Path) -> None:
    import psycopg

    with psycopg.connect("") as connection:
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("GRANT USAGE ON SCHEMA qmsctl TO reader")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA qmsctl TO reader")
        connection.execute("REVOKE TEMP ON DATABASE postgres FROM PUBLIC")
    with closing(PostgresLake.open("options='-c role=reader -c default_transaction_read_only=on'")) as found:
        found.ask(Asked(DAY), LISTED)
        assert found.rows(query_of("levels"))
        assert "cannot be asked" in _refused(lambda: found.rows("SELECT agency FROM qmsctl.nowhere"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_wrong_is_said_in_a_sentence(server: Path, folder: Path, tmp_path: Path, language: str) -> None:
    query = ("--lang", language, "fleet", "query", "on-time")
    hollow = tmp_path / "hollow"
    hollow.mkdir()
    (hollow / "lake.json").write_bytes((folder / "lake.json").read_bytes())
    away = f"host={tmp_path} connect_timeout=1"
    for arguments, code in {
        (*query, "--engine", "postgres", "--lake", away): 3, ("--lang", language, "fleet", "copy", folder, "--into", away): 3,
        (*query, "--engine", "postgres", "--lake", "dbname=template1"): 3, (*query, "--engine", "postgres", "--lake", "dbname=nowhere"): 3,
        (*query, "--engine", "postgres", "--lake", folder): 3, (*query, "--engine", "postgres", "--lake", "postgresql://u:s3cret@localhost/x"): 2,
        (*query, "--engine", "postgres", "--lake", "host=localhost password=s3cret"): 2, (*query, "--engine", "spark", "--lake", tmp_path): 2,
        (*query, "--engine", "spark", "--lake", hollow, "--master", MASTER): 3, (*query, "--lake", hollow): 3,
        (*query, "--engine", "spark", "--lake", f"file://{tmp_path}/nowhere", "--master", MASTER): 3, (*query, "--engine", "spark", "--lake", "s3a://bucket/lake", "--master", MASTER): 3,
        (*query, "--engine", "spark", "--lake", folder, "--master", "sc://127.0.0.1:1"): 3, (*query, "--engine", "spark", "--lake", folder, "--master", "nonsense"): 3,
    }.items():
        said = qmsctl(*arguments)
        print("$", *arguments[2:], "\n", said.err)
        assert (said.code, said.out) == (code, ""), said
        assert not any(each in said.err for each in ("Traceback", "s3cret", "\tat ", 'File "'))
        assert len(said.err.splitlines()) <= 3


def test_what_spark_makes_stays_out_of_the_folder_one_stands_in(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(SparkLake.open(f"file://{folder}", MASTER)) as lake:
        lake.ask(Asked(DAY), {})
        assert lake.rows(query_of("levels"))
    assert list(tmp_path.iterdir()) == []


def test_a_secret_for_a_store_is_not_taken_from_the_command_line() -> None:
    for place, master in (("s3a://key:secret@bucket/lake", ""), ("lake", "sc://host/;token=secret")):
        with pytest.raises(UsageError):
            SparkLake.open(place, master)
