"""Makes the deliveries of many agencies, verifies and loads them, asks every metric, and says what that took.

    python benchmarks/fleet.py --agencies 300 --records 2000
    python benchmarks/fleet.py --agencies 300 --records 40 --offices
    build/engines/bin/python benchmarks/fleet.py --spark 'local[2]' --postgres dbname=province

Without ``--offices`` the rows are made up; with it each agency is an office in git, and its own ``fleet export`` makes and signs them: every
tenth has a checkpoint and its letter. The figures of three agencies are counted once more with plain Python, from their rows, and those of
all offices from what was written into them; the run fails where they differ. Keys are made with ``ssh-keygen`` and thrown away.
Memory is the peak of this one process, or of the largest of those it started.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from offices import Told, command, model, office

from qmsctl.core.fleet.asking import Asked
from qmsctl.core.fleet.kinds import KINDS, Row, row
from qmsctl.core.fleet.manifest import FILES, MANIFEST, NAMESPACE, SIGNATURE, Manifest, packed, parts
from qmsctl.store.fleet.copying import copy_lake
from qmsctl.store.fleet.engine import Engine
from qmsctl.store.fleet.inbox import opened, signers_in
from qmsctl.store.fleet.lake import Lake
from qmsctl.store.fleet.loading import load_all
from qmsctl.store.fleet.metrics import metrics, query_of
from qmsctl.store.fleet.postgres import PostgresLake
from qmsctl.store.fleet.spark import SparkLake
from qmsctl.store.signatures import ssh_keygen

DAY = date(2026, 11, 20)
TYPES = ("nonconformity", "complaint", "action", "audit", "declaration", "training", "feedback")
CAUSES = ("people", "procedure", "equipment", "information", "environment", "supplier", "law")
LEVELS = ("entered", "declared", "evidenced", "signed")
REVISIONS, MONTHS = 3, 12
WITNESSED = 10
"""One office of so many has a checkpoint, and the letter that carried it."""


def rows_of(seed: int, records: int) -> dict[str, list[Row | None]]:
    """The rows of one agency: 60 documents in three revisions, records with their states and sign-offs, a year of cases."""
    chance = random.Random(seed)  # noqa: S311 — figures, no secrets
    found: dict[str, list[Row | None]] = {kind: [] for kind in KINDS}
    for number in range(60):
        name = f"QT-{number:02}"
        for revision in range(1, REVISIONS + 1):
            is_last = revision == REVISIONS
            review = DAY + timedelta(days=chance.randint(-60, 300)) if is_last else None
            found["document"].append(row("document", id=name, type="procedure", revision=revision, status="effective" if is_last else "superseded", next_review=review, public=False))
            found["signoff"] += [row("signoff", subject=name, revision=revision, meaning=meaning, role="director", at=DAY, level=chance.choice(LEVELS), signers=1) for meaning in ("author", "approve")]
            found["tthc"].append(row("tthc", document=name, revision=revision, code=f"1.{number:06}"))
        found["case"] += [case(chance, name, month) for month in range(1, MONTHS + 1)]
    for number in range(records):
        name, opened_on, final = f"NC-2026-{number:04}", DAY - timedelta(days=chance.randint(0, 700)), chance.random() < 0.8
        found["record"].append(row(
            "record", id=name, type=chance.choice(TYPES), state="closed" if final else "confirmed", final=final, given_up=False, opened=opened_on,
            closed=opened_on + timedelta(days=30) if final else None, due=opened_on + timedelta(days=60), severity=chance.choice(("major", "minor")), cause=chance.choice(CAUSES),
        ))
        found["state"] += [row("state", record=name, state=state, at=opened_on) for state in ("raised", "confirmed")]
        found["signoff"].append(row("signoff", subject=name, state="confirmed", meaning="close", role="qmr", at=opened_on, level=chance.choice(LEVELS), signers=1))
    return found


def case(chance: random.Random, procedure: str, month: int) -> Row | None:
    """A month of a procedure."""
    finished, late = chance.randint(0, 30), chance.randint(0, 2)
    late = min(late, finished)
    return row(
        "case", procedure=procedure, month=f"2026-{month:02}", received=finished + 2, finished=finished, early=finished - late, on_time=0, late=late,
        open=1, overdue=1, stopped=0, supplemented=0, unread=0,
    )


def new_key(folder: Path, code: str) -> Path:
    """A key of an agency."""
    key = folder / f"{code}.key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", code, "-f", str(key)], check=True)  # noqa: S607
    return key


def signer(code: str, key: Path) -> str:
    """The line of a signer."""
    return f"{code} {key.with_suffix('.key.pub').read_text().strip()}\n"


def deliver(folder: Path, code: str, seed: int, records: int) -> str:
    """Write the delivery of an agency; the line of its signer."""
    key = new_key(folder, code)
    lines = {kind: tuple(sorted(json.dumps(each, sort_keys=True, separators=(",", ":")) for each in found)) for kind, found in rows_of(seed, records).items()}
    ids = tuple(sorted({each["id"] for kind in ("document", "record") for each in map(json.loads, lines[kind])}))
    files = packed(lines, ids, None)
    manifest = Manifest(code, f"{seed:040x}", datetime(2026, 11, 20, tzinfo=UTC), DAY, "qmsctl", ("iso9001-2015",), parts(files))
    signature = ssh_keygen.sign(ssh_keygen.key_in(key), {MANIFEST: manifest.data}, namespace=NAMESPACE)[MANIFEST]
    place = folder / code
    place.mkdir()
    for name, data in {**files, MANIFEST: manifest.data, SIGNATURE: signature}.items():
        (place / name).write_bytes(data)
    return signer(code, key)


def export(folder: Path, code: str) -> str:
    """Have an office send its rows; the line of its signer."""
    key = new_key(folder, code)
    command("-C", folder / "offices" / code, "fleet", "export", "-o", folder / code, "--key", key)
    return signer(code, key)


def offices(folder: Path, codes: Sequence[str], records: int, day: date) -> dict[str, Told]:
    """Make the offices as of today, the ``day``; what was written into each."""
    files = model(folder / "offices" / "model")
    told = {code: office(folder / "offices" / code, files, code, seed, records, day) for seed, code in enumerate(codes)}
    scan = folder / "12.pdf"
    scan.write_bytes(b"%PDF-1.4")
    for code in codes[::WITNESSED]:
        command("-C", folder / "offices" / code, "checkpoint", "--commit")
        command("-C", folder / "offices" / code, "checkpoint", "letter", "--basis", "12/UBND-VP", "--basis-date", day, "--basis-file", scan, "--commit")
    return told


@contextmanager
def timed(what: str, whose: int = resource.RUSAGE_SELF) -> Iterator[None]:
    """Say how long it took, on the clock and in processor time, and the peak of memory so far."""
    began, used = time.perf_counter(), resource.getrusage(whose)
    yield
    now = resource.getrusage(whose)
    processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    print(f"{what}: {time.perf_counter() - began:.1f} s, {processor:.1f} s of processor, peak {now.ru_maxrss / 1024:.0f} MB", flush=True)


def recount(place: Path, day: date) -> tuple[tuple[int, ...], Counter[str], int]:
    """Cases, late records by type, and nonconformities open for long, of one agency, in plain Python."""
    found = {kind: [json.loads(line) for line in (place / name).read_text(encoding="utf-8").splitlines()] for kind, name in FILES.items()}
    cases = tuple(sum(each[key] for each in found["case"]) for key in ("received", "finished", "late", "overdue"))
    late = Counter(each["type"] for each in found["record"] if not each["final"] and each["due"] and date.fromisoformat(each["due"]) < day)
    old = sum(each["type"] == "nonconformity" and not each["final"] and date.fromisoformat(each["opened"]) < day - timedelta(days=90) for each in found["record"])
    return cases, late, old


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--agencies", type=int, default=300)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--offices", action="store_true", help="each agency an office in git that exports its rows itself")
    parser.add_argument("--spark", metavar="MASTER", help="count by Spark there, too")
    parser.add_argument("--postgres", metavar="CONNECTION", help="copy the lake there and count by PostgreSQL, too")
    asked = parser.parse_args()
    codes = [f"T{number:03}" for number in range(asked.agencies)]
    day = datetime.now().astimezone().date() if asked.offices else DAY
    written: dict[str, Told] = {}
    with tempfile.TemporaryDirectory(prefix="qmsctl-fleet-") as name:
        folder = Path(name)
        if asked.offices:
            with timed("make offices", resource.RUSAGE_CHILDREN):
                written = offices(folder, codes, asked.records, day)
            with timed("export and sign", resource.RUSAGE_CHILDREN):
                lines = [export(folder, code) for code in codes]
        else:
            with timed("make and sign"):
                lines = [deliver(folder, code, seed, asked.records) for seed, code in enumerate(codes)]
        (folder / "signers").write_text("".join(lines), encoding="utf-8")
        sent = sum(each.stat().st_size for code in codes for each in (folder / code).iterdir())
        print(f"{sent / 1_000_000:.0f} MB of rows")
        signers = signers_in(folder / "signers")
        with timed("verify"):
            found = opened([folder / code for code in codes], signers, day)
        print(f"{sum(each.found.rows for each in found if each.found):,} rows")
        lake = Lake.open(folder / "lake")
        lake.expect(signers.agencies)
        with timed("load"):
            refused = [each for each in load_all(lake, found) if each.problem]
        assert not refused, refused[0]
        print(f"{sum(each.stat().st_size for each in (folder / 'lake').rglob('*.parquet')) / 1_000_000:.0f} MB of Parquet")
        with timed("tables"):
            lake.ask(Asked(day), {})
        told = {}
        for each in metrics():
            with timed(f"  {each}"):
                told[each] = lake.rows(query_of(each))
        with timed("page", resource.RUSAGE_CHILDREN):
            command("fleet", "report", folder / "lake", "-o", folder / "province.html", "--today", day)
        check(folder, told, codes[:3], written, day)
        if asked.spark:
            with timed("Spark: start"):
                spark = SparkLake.open(str(folder / "lake"), asked.spark)
            elsewhere(spark, day, told)
        if asked.postgres:
            with timed("PostgreSQL: copy"):
                copy_lake(lake, asked.postgres)
            elsewhere(PostgresLake.open(asked.postgres), day, told)


def elsewhere(engine: Engine, day: date, told: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """Ask another engine the same; fail where it answers otherwise. Its own processor time and memory are not seen from here."""
    with closing(engine):
        for again in ("", ", once more"):
            with timed(f"  tables and ten metrics{again}"):
                engine.ask(Asked(day), {})
                assert {each: engine.rows(query_of(each)) for each in metrics()} == told


def check(folder: Path, told: Mapping[str, Sequence[tuple[Any, ...]]], few: Sequence[str], written: Mapping[str, Told], day: date) -> None:
    """Fail where plain Python counts other figures."""
    cases, open_long = {row[0]: row[2:6] for row in told["on_time_by_agency"]}, Counter(row[0] for row in told["open_nonconformities"])
    for code in few:
        counted, late, old = recount(folder / code, day)
        assert cases[code] == counted
        assert {row[2]: row[3] for row in told["late_records"] if row[0] == code} == late
        assert open_long[code] == old
    print(f"the figures of {len(few)} agencies are the same in plain Python")
    for code, each in written.items():
        assert Told(*cases[code][:3], open_long[code]) == each
    if written:
        witnessed = {row[0]: row[7] for row in told["levels"]}
        assert all((witnessed[code] > 0) == (number % WITNESSED == 0) for number, code in enumerate(written))
        print(f"those of {len(written)} offices are what was written into them")


if __name__ == "__main__":
    main()
