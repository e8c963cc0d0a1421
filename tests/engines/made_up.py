"""A lake of a few agencies whose rows are drawn from small pools, so that they meet, repeat, tie and are missing."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from qmsctl.core.fleet import columns
from qmsctl.core.fleet.columns import Column
from qmsctl.core.fleet.kinds import KINDS, Row, row
from qmsctl.core.fleet.manifest import Manifest, packed, parts
from qmsctl.core.fleet.receiving import Received
from qmsctl.store.fleet.lake import Lake

DAY = date(2026, 11, 20)
AGENCIES = {
    "001": "Phường Ô Môn", "T1": "Phường Đông Hà", "T10": "phường đông hà", "T2": "Xã \"Ea H'leo\"; DROP SCHEMA qmsctl CASCADE; --", "Z-9.a_b": "Thị xã \\N\t$1 {x} %s", "a": "", "never": "Xã chưa gửi", "empty": "Xã Ứng Hoè 🌾",
}
LISTED = {"1.000001": "Đăng ký khai sinh", "1.000002": "Chứng thực bản sao \\ 'từ' \"bản chính\"", "2.999999": ""}
_WORDS = {
    "type": ("nonconformity", "audit", "declaration", "procedure", "form"), "cause": ("people", "procedure", "law", "supplier"), "severity": ("major", "minor"),
    "state": ("raised", "confirmed", "closed"), "meaning": ("author", "approve", "close"), "what": ("statutory-complaints",), "rule": ("field-missing", "review-overdue"),
}
_TITLES = ("Quy trình cấp Giấy phép", "\\N", "a\\tb 'x' \"y\"", "Ứng phó; -- ${x}")


def fill(lake: Lake, rows: int = 60, seed: int = 1) -> None:
    """Load the agencies, some of them for two months; ``never`` sends nothing, ``empty`` no rows."""
    lake.expect(AGENCIES)
    for number, code in enumerate(each for each in AGENCIES if each != "never"):
        for months_ago in (2, 0) if number % 2 else (0,):
            lake.load(delivery(code, DAY - timedelta(days=31 * months_ago + number), 0 if code == "empty" else rows, seed * 1000 + number * 10 + months_ago))


def delivery(code: str, day: date, rows: int, seed: int) -> Received:
    chance = Random(seed)
    lines = {kind: tuple(sorted(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in _rows(kind, chance, rows))) for kind in KINDS}
    files = packed(lines, (), None)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    manifest = Manifest(code, f"{seed:040x}", moment, day, "qmsctl", ("iso9001-2015",), parts(files))
    return Received(manifest, hashlib.sha256(manifest.data).hexdigest(), files, frozenset(), None)


def _rows(kind: str, chance: Random, count: int) -> list[Row]:
    found = [row(kind, **{name: _value(name, column, chance) for name, column in KINDS[kind].items()}) for _each in range(count)]
    if kind == "case" and count:
        found += [row("case", **dict.fromkeys(KINDS["case"], 0) | {"procedure": f"QT-0{late}", "month": "2026-01", "finished": finished, "late": finished - late}) for late, finished in ((1, 2000), (247, 2000), (1, 3), (999, 2000))]
    return [each for each in found if each is not None and (kind != "case" or each["late"] <= each["finished"])]  # type: ignore[operator]


def _value(name: str, column: Column, chance: Random) -> Any:
    if not column.needed and chance.random() < 0.25:
        return None
    if column.words:
        return chance.choice(column.words)
    pools: dict[int, Any] = {
        id(columns.ID): lambda: f"{chance.choice(('QT', 'qt', 'NC-2026'))}-{chance.randrange(6):02}", id(columns.CODE): lambda: f"1.00000{chance.randrange(4)}",
        id(columns.WORD): lambda: chance.choice(_WORDS.get(name, ("qmr", "one-stop"))), id(columns.DAY): lambda: DAY - timedelta(days=chance.randrange(-30, 500)),
        id(columns.MONTH): lambda: f"2026-{chance.randrange(1, 13):02}", id(columns.COUNT): lambda: chance.choice((0, 1, 1, 2, 3, chance.randrange(40), 10**8)),
        id(columns.NUMBER): lambda: chance.choice((0, -1.5, 0.1, 1e11, chance.random())), id(columns.FLAG): lambda: chance.random() < 0.4, id(columns.TITLE): lambda: chance.choice(_TITLES),
    }
    return pools[id(column.kind)]()
