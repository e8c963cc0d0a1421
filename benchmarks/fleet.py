"""Makes the deliveries of many agencies, verifies and loads them, asks every metric, and says what that took.

    python benchmarks/fleet.py --agencies 300 --records 2000

The figures of three agencies are counted once more from their rows with plain Python; the run fails where they differ.
Keys are made with ``ssh-keygen`` and thrown away. Memory is the peak of this one process.
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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from qmsctl.core.fleet.kinds import KINDS, Row, row
from qmsctl.core.fleet.manifest import FILES, MANIFEST, NAMESPACE, SIGNATURE, Manifest, packed, parts
from qmsctl.store import ssh_keygen
from qmsctl.store.fleet.inbox import opened, signers_in
from qmsctl.store.fleet.lake import Asked, Lake
from qmsctl.store.fleet.loading import load_all
from qmsctl.store.fleet.metrics import metrics, query_of

DAY = date(2026, 11, 20)
TYPES = ("nonconformity", "complaint", "action", "audit", "declaration", "training", "feedback")
CAUSES = ("people", "procedure", "equipment", "information", "environment", "supplier", "law")
LEVELS = ("entered", "declared", "evidenced", "signed")
REVISIONS, MONTHS = 3, 12


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


def deliver(folder: Path, code: str, seed: int, records: int) -> str:
    """Write the delivery of an agency; the line of its signer."""
    key = folder / f"{code}.key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", code, "-f", str(key)], check=True)  # noqa: S607
    lines = {kind: tuple(sorted(json.dumps(each, sort_keys=True, separators=(",", ":")) for each in found)) for kind, found in rows_of(seed, records).items()}
    ids = tuple(sorted({each["id"] for kind in ("document", "record") for each in map(json.loads, lines[kind])}))
    files = packed(lines, ids, None)
    manifest = Manifest(code, f"{seed:040x}", datetime(2026, 11, 20, tzinfo=UTC), DAY, "qmsctl", ("iso9001-2015",), parts(files))
    signature = ssh_keygen.sign(ssh_keygen.key_in(key), {MANIFEST: manifest.data}, namespace=NAMESPACE)[MANIFEST]
    place = folder / code
    place.mkdir()
    for name, data in {**files, MANIFEST: manifest.data, SIGNATURE: signature}.items():
        (place / name).write_bytes(data)
    return f"{code} {key.with_suffix('.key.pub').read_text().strip()}"


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how long it took, on the clock and in processor time, and the peak of memory so far."""
    began, used = time.perf_counter(), time.process_time()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {time.perf_counter() - began:.1f} s, {time.process_time() - used:.1f} s of processor, peak {peak:.0f} MB", flush=True)


def recount(place: Path) -> tuple[tuple[int, ...], Counter[str], int]:
    """Cases, late records by type, and nonconformities open for long, of one agency, in plain Python."""
    found = {kind: [json.loads(line) for line in (place / name).read_text(encoding="utf-8").splitlines()] for kind, name in FILES.items()}
    cases = tuple(sum(each[key] for each in found["case"]) for key in ("received", "finished", "late", "overdue"))
    late = Counter(each["type"] for each in found["record"] if not each["final"] and date.fromisoformat(each["due"]) < DAY)
    old = sum(each["type"] == "nonconformity" and not each["final"] and date.fromisoformat(each["opened"]) < DAY - timedelta(days=90) for each in found["record"])
    return cases, late, old


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--agencies", type=int, default=300)
    parser.add_argument("--records", type=int, default=2000)
    asked = parser.parse_args()
    codes = [f"T{number:03}" for number in range(asked.agencies)]
    with tempfile.TemporaryDirectory(prefix="qmsctl-fleet-") as name:
        folder = Path(name)
        with timed("make and sign"):
            (folder / "signers").write_text("".join(f"{deliver(folder, code, seed, asked.records)}\n" for seed, code in enumerate(codes)), encoding="utf-8")
        sent = sum(each.stat().st_size for code in codes for each in (folder / code).iterdir())
        print(f"{sent / 1_000_000:.0f} MB of rows")
        signers = signers_in(folder / "signers")
        with timed("verify"):
            found = opened([folder / code for code in codes], signers, DAY)
        print(f"{sum(each.found.rows for each in found if each.found):,} rows")
        lake = Lake.open(folder / "lake")
        lake.expect(signers.agencies)
        with timed("load"):
            refused = [each for each in load_all(lake, found) if each.problem]
        assert not refused, refused[0]
        print(f"{sum(each.stat().st_size for each in (folder / 'lake').rglob('*.parquet')) / 1_000_000:.0f} MB of Parquet")
        with timed("tables"):
            lake.ask(Asked(DAY), {})
        told = {}
        for each in metrics():
            with timed(f"  {each}"):
                told[each] = lake.rows(query_of(each))
        for code in codes[:3]:
            cases, late, old = recount(folder / code)
            assert next(row[2:6] for row in told["on_time_by_agency"] if row[0] == code) == cases
            assert {row[2]: row[3] for row in told["late_records"] if row[0] == code} == late
            assert sum(row[0] == code for row in told["open_nonconformities"]) == old
        print("the figures of three agencies are the same in plain Python")


if __name__ == "__main__":
    main()
