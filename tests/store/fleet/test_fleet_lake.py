"""The lake: what is loaded is counted as plain Python counts it, and what is refused leaves no trace."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlglot

from qmsctl.core.fleet.asking import Asked
from qmsctl.core.fleet.kinds import KINDS, row
from qmsctl.core.fleet.signers import Signers, read_signers
from qmsctl.core.fleet.tables import OWN, TABLES
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.store.fleet.archive import read_delivery, zipped
from qmsctl.store.fleet.dialects import in_dialect
from qmsctl.store.fleet.inbox import opened
from qmsctl.store.fleet.lake import Lake
from qmsctl.store.fleet.loading import load_all
from qmsctl.store.fleet.metrics import metrics, query_of
from tests.fleet import TODAY, Packet, packet
from tests.keys import public

pytest.importorskip("duckdb")

SIGNERS = read_signers("".join(f"{code} {public(code).text} Phường {code}\n" for code in ("T1", "T2", "001")), "signers")
LISTED = {"1.001193": "Đăng ký khai sinh", "2.000815": "Chứng thực bản sao"}
SIGN_OFFS = "".join(
    json.dumps(row("signoff", subject="QT-01", revision=1, meaning="approve", at="2026-01-12", level=level, witnessed=seen, signers=1)) + "\n"
    for level, seen in (("signed", "2026-02-02"), ("signed", None), ("declared", "2026-02-02"))
).encode()
NEXT: dict[str, Any] = {"commit": "b" * 40, "committed": datetime(2026, 6, 10, tzinfo=UTC), "day": date(2026, 6, 10)}


def loaded(folder: Path, *packets: Packet, signers: Signers = SIGNERS) -> Mapping[str, str]:
    """What became of each delivery, by the place it lay at."""
    places = []
    for found in packets:
        number = len(list(folder.glob("in-*")))
        places.append(found.write(folder / f"in-{number}", found.agency))
    lake = Lake.open(folder / "lake")
    lake.expect(signers.agencies)
    return {each.place.name: str(each.problem or "") for each in load_all(lake, opened(places, signers, date(2026, 6, 10)))}


def asked(folder: Path, name: str, day: date = TODAY) -> list[tuple[object, ...]]:
    lake = Lake.open(folder / "lake")
    lake.ask(Asked(day), LISTED)
    return [tuple(map(str, each)) for each in lake.rows(query_of(name))]


def test_every_metric_is_counted_of_all_that_was_sent(tmp_path: Path) -> None:
    assert set(loaded(tmp_path, packet("T1").with_raw("signoff", SIGN_OFFS), packet("T2", record={"severity": "minor"}, case={"early": 8, "late": 0}))) == {"in-0", "in-1"}
    found = {name: asked(tmp_path, name) for name in metrics()}
    assert found["agencies"][0] == ("001", "Phường 001", "None", "None", "None", "None", "None", "None")
    assert found["agencies"][1] == ("T1", "Phường T1", "2026-06-01", "1", "1", "None", "None", "0")
    assert found["silent"] == [("001", "Phường 001", "None")]
    assert found["procedures"] == [("1.001193", "Đăng ký khai sinh", "yes", "2", "0"), ("2.000815", "Chứng thực bản sao", "yes", "0", "2")]
    assert found["on_time"] == [("1.001193", "Đăng ký khai sinh", "2", "24", "20", "2", "2", "90.0")]
    assert [each[6] for each in found["on_time_by_agency"]] == ["80.0", "100.0"]
    assert found["late_records"][0] == ("T1", "Phường T1", "nonconformity", "1", "2026-05-20")
    assert len(found["overdue_reviews"]) == len(found["open_nonconformities"]) == 2
    assert found["causes"] == [("people", "2", "2", "1")]
    assert found["levels"] == [("T1", "Phường T1", "3", "0", "1", "0", "2", "2")]


def test_what_is_refused_leaves_no_trace_and_the_rest_goes_on(tmp_path: Path) -> None:
    loaded(tmp_path, packet("T1"))
    before = sorted(each.relative_to(tmp_path) for each in (tmp_path / "lake").rglob("*.parquet"))
    older = replace(packet("T1"), commit="c" * 40, committed=datetime(2026, 5, 31, tzinfo=UTC), day=date(2026, 5, 31))
    good, bad = replace(packet("T2"), **NEXT), packet("T2").with_line("record", severity="Kín")
    said = loaded(tmp_path, older, good, bad, packet("001"))
    assert "older than" in said["in-1"]
    assert said["in-2"] == said["in-3"] != ""
    assert said["in-4"] == ""
    after = sorted(each.relative_to(tmp_path) for each in (tmp_path / "lake").rglob("*.parquet") if "agency=001" not in str(each))
    assert after == before
    assert asked(tmp_path, "agencies")[0][:3] == ("001", "Phường 001", "2026-06-01")


def test_what_was_sent_since_takes_the_place_of_what_changed(tmp_path: Path) -> None:
    whole = packet("T1").with_raw("signoff", b"")
    second = {**whole.rows, "record": (*whole.rows["record"], *packet("T1", record={"id": "NC-2026-002"}).rows["record"], *packet("T1", record={"id": "NC-2026-003"}).rows["record"])}
    whole = replace(whole, rows=second, ids=("NC-2026-001", "NC-2026-002", "NC-2026-003", "QT-01"))
    loaded(tmp_path, whole)
    delta = replace(packet("T1", record={"id": "NC-2026-002", "severity": "minor"}), ids=("NC-2026-001", "NC-2026-002", "QT-01"), changed=("NC-2026-002", "NC-2026-003"), since="a" * 40, **NEXT)
    assert loaded(tmp_path, delta) == {"in-1": ""}
    rows = [(each[2], each[3]) for each in asked(tmp_path, "open_nonconformities", NEXT["day"])]
    assert rows == [("NC-2026-001", "major"), ("NC-2026-002", "minor")]
    assert loaded(tmp_path, delta) == {"in-2": ""}, "again is no fault"
    assert len(asked(tmp_path, "open_nonconformities")) == 0, "the lake keeps the last of each month"


def test_more_cases_late_than_finished_are_no_row(tmp_path: Path) -> None:
    """Of one such row a share would not fit its column, and no agency be counted."""
    bad = packet("T1").with_line("case", late=10**11)
    assert "see “late”" in loaded(tmp_path, bad, packet("T2"))["in-0"]
    assert [each[2] for each in asked(tmp_path, "on_time")] == ["1"]


@pytest.mark.parametrize("change", [{"agency": "../../etc"}, {"agency": "T1/x"}, {"sha256": "*" * 64}, {"day": "2026"}, {"standards": None}])
def test_what_becomes_part_of_a_path_is_looked_at(tmp_path: Path, change: dict[str, Any]) -> None:
    loaded(tmp_path, packet("T1"))
    path = tmp_path / "lake" / "lake.json"
    found = json.loads(path.read_bytes())
    found["loads"][0] |= change
    path.write_text(json.dumps(found))
    with pytest.raises(RepositoryError, match="is damaged"):
        Lake.open(tmp_path / "lake")


def test_one_loads_at_a_time_and_only_whom_the_list_names_is_counted(tmp_path: Path) -> None:
    loaded(tmp_path, packet("T1"), packet("T2"))
    (tmp_path / "lake" / ".staged-of-one-that-died").mkdir()
    one, other = Lake.open(tmp_path / "lake"), Lake.open(tmp_path / "lake")
    with one.alone(), pytest.raises(Refusal, match="another command"), other.alone():
        pass
    with other.alone():
        other.expect({"T2": "Phường T2"})
    assert not list((tmp_path / "lake").glob(".staged-*"))
    assert [each[0] for each in asked(tmp_path, "agencies")] == ["T2"]
    assert asked(tmp_path, "on_time")[0][2] == "1"


def test_what_duckdb_cannot_do_keeps_no_other_agency_out(tmp_path: Path) -> None:
    loaded(tmp_path)
    (tmp_path / "lake" / "record").mkdir()
    (tmp_path / "lake" / "record" / "agency=T1").write_text("a file in the way")
    said = loaded(tmp_path, packet("T1"), packet("T2"))
    assert "nothing of it was loaded" in said["in-0"]
    assert said["in-1"] == ""
    assert [each[2] for each in asked(tmp_path, "agencies")] == ["None", "None", "2026-06-01"]
    written = set((tmp_path / "lake").glob("*/agency=T1/**/*.parquet"))
    assert written, "other kinds were written before the one that failed"
    lake = Lake.open(tmp_path / "lake")
    with lake.alone():
        left = set((tmp_path / "lake").glob("*/agency=*/**/*.parquet"))
    assert left
    assert not left & written
    assert [each[2] for each in asked(tmp_path, "agencies")] == ["None", "None", "2026-06-01"]


@pytest.mark.parametrize("dialect", ["spark", "postgres", "trino"])
def test_a_metric_is_told_in_the_sql_of_another_engine(dialect: str) -> None:
    assert all("SELECT" in in_dialect(query_of(name), dialect) for name in metrics())


def test_a_lake_reads_nothing_but_itself(tmp_path: Path) -> None:
    import duckdb

    lake = Lake.open(tmp_path / "lake")
    (tmp_path / "secret.csv").write_text("a\n1\n")
    for query in (f"SELECT * FROM read_csv('{tmp_path}/secret.csv')", "INSTALL httpfs", f"COPY (SELECT 1) TO '{tmp_path}/out.csv'", "SET enable_external_access = true", f"ATTACH '{tmp_path}/x.db'"):
        with pytest.raises(duckdb.Error):
            lake.connection.execute(query)


def test_an_archive_is_read_without_being_unpacked(tmp_path: Path) -> None:
    good = packet("T1").signed("T1")
    (tmp_path / "good.zip").write_bytes(zipped(good))
    assert read_delivery(tmp_path / "good.zip") == good
    for name, parts in {"slip": ["../../evil", *good], "folder": [f"T1/{each}" for each in good], "twice": ["case.jsonl", *good], "absolute": ["/etc/cron.d/x", *good]}.items():
        with pytest.warns(UserWarning, match="Duplicate") if name == "twice" else nullcontext(), zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            for part in parts:
                archive.writestr(part, good.get(part, b"x"))
        with pytest.raises(RepositoryError):
            read_delivery(tmp_path / f"{name}.zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("record.jsonl", b"0" * (65 * 1024 * 1024))
    with pytest.raises(RepositoryError, match="unpacked"):
        read_delivery(tmp_path / "bomb.zip")
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "manifest.json").symlink_to(tmp_path / "good.zip")
    with pytest.raises(RepositoryError):
        read_delivery(tmp_path / "link")


@pytest.mark.parametrize("dialect", ["duckdb", "spark", "postgres", "trino"])
def test_each_metric_is_sql_that_other_engines_parse(dialect: str) -> None:
    known = {*TABLES.values(), *OWN}
    for name in metrics():
        tree = sqlglot.parse_one(query_of(name), read="duckdb")
        told = sqlglot.transpile(query_of(name), read="duckdb", write=dialect)[0]
        assert sqlglot.parse_one(told, read=dialect)
        own = {each.alias for each in tree.find_all(sqlglot.exp.CTE)}
        assert {each.name for each in tree.find_all(sqlglot.exp.Table)} - own <= known


def test_each_kind_has_its_table() -> None:
    assert TABLES.keys() == KINDS.keys()
