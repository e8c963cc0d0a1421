"""Deliveries of small agencies, made without an office."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from qmsctl.core.fleet.kinds import KINDS, row
from qmsctl.core.fleet.manifest import FILES, MANIFEST, NAMESPACE, SIGNATURE, Manifest, packed, parts
from tests.desk import qmsctl
from tests.keys import public, signature

TODAY = date(2026, 6, 1)
A_ROW: Mapping[str, Mapping[str, Any]] = {
    "document": {"id": "QT-01", "type": "procedure", "revision": 1, "status": "effective", "effective": "2026-01-12", "next_review": "2026-05-01", "public": False},
    "tthc": {"document": "QT-01", "revision": 1, "code": "1.001193"},
    "record": {"id": "NC-2026-001", "type": "nonconformity", "state": "confirmed", "final": False, "given_up": False, "opened": "2026-01-20", "due": "2026-05-20", "severity": "major", "cause": "people"},
    "case": {"procedure": "QT-01", "month": "2026-04", "received": 12, "finished": 10, "early": 6, "on_time": 2, "late": 2, "open": 1, "overdue": 1, "stopped": 0, "supplemented": 0, "unread": 0},
}


@dataclass(frozen=True)
class Packet:
    """A delivery of an agency; ``more`` goes into its manifest as it is."""

    agency: str
    rows: Mapping[str, tuple[bytes, ...]]
    ids: tuple[str, ...] = ("NC-2026-001", "QT-01")
    changed: tuple[str, ...] | None = None
    since: str | None = None
    commit: str = "a" * 40
    committed: datetime = datetime(2026, 5, 30, tzinfo=UTC)
    day: date = TODAY
    more: Mapping[str, Any] = field(default_factory=dict)

    def with_line(self, kind: str, **values: Any) -> Packet:
        """The first row of a kind with other values."""
        found = {**json.loads(self.rows[kind][0]), **values}
        return replace(self, rows={**self.rows, kind: ((json.dumps(found, ensure_ascii=False) + "\n").encode(), *self.rows[kind][1:])})

    def with_raw(self, kind: str, data: bytes) -> Packet:
        return replace(self, rows={**self.rows, kind: (data,)})

    def files(self) -> dict[str, bytes]:
        files = {**packed(dict.fromkeys(KINDS, ()), self.ids, self.changed), **{FILES[kind]: b"".join(lines) for kind, lines in self.rows.items()}}
        manifest = Manifest(self.agency, self.commit, self.committed, self.day, "qmsctl 1", ("iso9001-2015",), parts(files), self.since)
        data = json.dumps({**json.loads(manifest.data), **self.more}).encode() if self.more else manifest.data
        return {MANIFEST: data, **files}

    def signed(self, key: str) -> dict[str, bytes]:
        files = self.files()
        return {**files, SIGNATURE: signature(key, files[MANIFEST], NAMESPACE)}

    def write(self, folder: Path, key: str) -> Path:
        folder.mkdir(parents=True)
        for name, data in self.signed(key).items():
            (folder / name).write_bytes(data)
        return folder


def province_page(folder: Path, lang: str) -> Path:
    """The page of a province of three agencies, one of which is silent; every part of it has something in it."""
    signers = folder / "signers"
    signers.write_text("".join(f"{code} {public(code).text} UBND phường Tân An số {code}\n" for code in ("T1", "T2", "T3")), encoding="utf-8")
    seen = row("signoff", subject="QT-01", revision=1, meaning="approve", at="2026-01-12", level="signed", witnessed="2026-02-02", signers=1)
    sent = [packet(code).with_raw("signoff", f"{json.dumps(seen)}\n".encode()).write(folder / code, code) for code in ("T1", "T2")]
    assert qmsctl("fleet", "load", *sent, "--into", folder / "lake", "--signers", signers).code == 0
    said = qmsctl("--lang", lang, "fleet", "report", folder / "lake", "-o", folder / "province.html", "--today", "2026-06-01", "--organization", "Sở Khoa học và Công nghệ")
    assert said.code == 0, said.err
    return folder / "province.html"


def packet(agency: str, **changes: Mapping[str, Any]) -> Packet:
    """A delivery with a document, what it serves, a record and a count of cases; ``changes`` are other values of the row of a kind."""
    rows = {kind: row(kind, **{**values, **changes.get(kind, {})}) for kind, values in A_ROW.items()}
    return Packet(agency, {kind: ((json.dumps(found, sort_keys=True) + "\n").encode(),) for kind, found in rows.items()})
