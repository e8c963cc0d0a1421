"""The manifest of a delivery: whose rows, of which commit and day, and the digest of each file. It is what gets signed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from qmsctl.core.fleet.columns import COUNT, DAY, TITLE, WORD
from qmsctl.core.fleet.kinds import KINDS, VERSION
from qmsctl.core.fleet.rows import Lines
from qmsctl.core.text.values import read_moment
from qmsctl.regex import regex
from qmsctl.value import dataclass, field

MANIFEST, SIGNATURE, IDS = "manifest.json", "manifest.json.sig", "ids.json"
NAMESPACE = "qmsctl-fleet"
"""What a signature of a manifest says it is for."""

FILES = {kind: f"{kind}.jsonl" for kind in KINDS}
_AGENCY = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?", re.ASCII)
_COMMIT = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_SHA256 = regex(r"[0-9a-f]{64}", re.ASCII)


def is_agency(code: str) -> bool:
    """True for what may be the code of an agency, and the name of a folder."""
    return _AGENCY.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a delivery: its digest, and how many rows it has."""

    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """``committed`` is the moment of the commit, none earlier than that of one before it; ``since`` the commit after which rows were sent.

    ``checkpoint`` is the latest note of the witness, as ``path`` and ``sha256``, where there is one.
    """

    agency: str
    commit: str
    committed: datetime
    day: date
    tool: str
    standards: tuple[str, ...]
    files: Mapping[str, Part]
    since: str | None = None
    checkpoint: Mapping[str, str] | None = None
    left_out: int = 0
    v: int = field(default=VERSION)

    @property
    def data(self) -> bytes:
        """The bytes that are signed: the same for the same values."""
        values: dict[str, Any] = {
            "agency": self.agency, "checkpoint": self.checkpoint, "commit": self.commit, "committed": self.committed.isoformat(), "day": self.day.isoformat(),
            "files": {name: {"rows": part.rows, "sha256": part.sha256} for name, part in self.files.items()},
            "left_out": self.left_out, "since": self.since, "standards": list(self.standards), "tool": self.tool, "v": self.v,
        }
        return (json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def packed(lines: Lines, ids: tuple[str, ...], touched: tuple[str, ...] | None) -> Mapping[str, bytes]:
    """The files beside the manifest. ``touched`` are the ids of which all rows are sent, ``None`` where those of all are."""
    files = {FILES[kind]: "".join(f"{line}\n" for line in found).encode() for kind, found in lines.items()}
    listed = {"changed": None if touched is None else list(touched), "ids": list(ids), "v": VERSION}
    return {**files, IDS: (json.dumps(listed, sort_keys=True, indent=1) + "\n").encode()}


def parts(files: Mapping[str, bytes]) -> Mapping[str, Part]:
    """Digest and rows of each file."""
    return {name: Part(hashlib.sha256(data).hexdigest(), data.count(b"\n")) for name, data in files.items()}


def read_manifest(found: object) -> Manifest | str:
    """The manifest in what was read as JSON, or the name of the key that is wrong."""
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        return MANIFEST
    wrong = next((key for key, right in _RIGHT.items() if key not in found or not right(found[key])), None)
    if wrong or found.keys() != _RIGHT.keys():
        return wrong or min(found.keys() - _RIGHT.keys())
    committed = read_moment(found["committed"])
    assert committed is not None  # _RIGHT has made sure
    files = {name: Part(part["sha256"], part["rows"]) for name, part in found["files"].items()}
    return Manifest(
        found["agency"], found["commit"], committed, date.fromisoformat(found["day"]), found["tool"], tuple(found["standards"]), files,
        found["since"], found["checkpoint"], found["left_out"],
    )


def _is(expression: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and expression.fullmatch(value) is not None


def _is_part(name: object, part: object) -> bool:
    known = name == IDS or name in FILES.values()
    return known and isinstance(part, dict) and part.keys() == {"sha256", "rows"} and _is(_SHA256, part["sha256"]) and COUNT.fits(part["rows"])


def _is_checkpoint(value: object) -> bool:
    return value is None or (isinstance(value, dict) and value.keys() == {"path", "sha256"} and TITLE.fits(value["path"]) and _is(_SHA256, value["sha256"]))


_RIGHT = {
    "v": lambda value: value == VERSION and not isinstance(value, bool),
    "agency": lambda value: _is(_AGENCY, value),
    "commit": lambda value: _is(_COMMIT, value),
    "committed": lambda value: isinstance(value, str) and len(value) < 40 and read_moment(value) is not None,
    "day": DAY.fits,
    "tool": lambda value: TITLE.fits(value) and len(value) < 40,
    "standards": lambda value: isinstance(value, list) and len(value) < 10 and all(map(WORD.fits, value)),
    "files": lambda value: isinstance(value, dict) and value.keys() == {*FILES.values(), IDS} and all(_is_part(*each) for each in value.items()),
    "since": lambda value: value is None or _is(_COMMIT, value),
    "checkpoint": _is_checkpoint,
    "left_out": COUNT.fits,
}

SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": f"{MANIFEST} of a delivery of rows",
    "type": "object",
    "additionalProperties": False,
    "required": list(_RIGHT),
    "properties": {
        "v": {"const": VERSION},
        "agency": {"type": "string", "pattern": f"^{_AGENCY.pattern}$", "description": "The code of the office; it has to be that of the signer."},
        "commit": {"type": "string", "pattern": f"^{_COMMIT.pattern}$", "description": "The commit whose files the rows tell of."},
        "committed": {"type": "string", "format": "date-time", "description": "When it was made, none earlier than a commit before it."},
        "day": {"type": "string", "format": "date", "description": "The day as of which the rows are."},
        "tool": {"type": "string", "description": "What made them."},
        "standards": {"type": "array", "items": {"type": "string"}, "description": "The editions the office works by."},
        "files": {
            "type": "object",
            "additionalProperties": False,
            "required": [*FILES.values(), IDS],
            "properties": {
                name: {"type": "object", "additionalProperties": False, "required": ["rows", "sha256"], "properties": {"rows": {"type": "integer", "minimum": 0}, "sha256": {"type": "string", "pattern": f"^{_SHA256.pattern}$"}}}
                for name in (*FILES.values(), IDS)
            },
        },
        "since": {"type": ["string", "null"], "pattern": f"^{_COMMIT.pattern}$", "description": "The commit after which rows of sign-offs and records were sent; null where all were."},
        "checkpoint": {"type": ["object", "null"], "additionalProperties": False, "required": ["path", "sha256"], "properties": {"path": {"type": "string"}, "sha256": {"type": "string", "pattern": f"^{_SHA256.pattern}$"}}, "description": "The latest note of the witness."},
        "left_out": {"type": "integer", "minimum": 0, "description": "Files whose ids are not made from the pattern of their type, so that they may not be named."},
    },
}
