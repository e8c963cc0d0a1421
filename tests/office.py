"""A small office in memory, for tests that need a library and no files.

Examples in rule pages and in ``tests/rules/*.md`` are written as fenced blocks:

- ``md PATH`` or ``yaml PATH`` or ``text PATH`` — a file; a later block replaces an earlier one;
- ``dossier ID`` — freezes the file of that id as it stands so far and signs it, a line a sign-off:
  ``author minh 2026-01-05T08:00:00+07:00``, ``approve binh director 2026-01-06T08:00:00+07:00``,
  with ``key=value`` after it for further fields (``effective=2026-02-01``);
- ``files`` — paths of further files of the tree, one a line, empty;
- ``special`` — what is no plain file, a line each: ``symlink PATH``, ``submodule PATH``, ``special PATH``,
  ``unread PATH``;
- ``gone PATH`` — takes a file out again;
- ``used`` — ids seen in history, one a line.

A line ``Today: 2026-06-01`` sets the day. ``qms.yaml`` and ``people.yaml`` are those below
unless the example has its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from qmsctl.core.config import Config, People
from qmsctl.core.library import Library, assemble
from qmsctl.core.reading import is_controlled, parse
from qmsctl.core.source import EntryKind
from qmsctl.core.text_file import cut, digest
from qmsctl.core.yaml_reader import read_yaml
from qmsctl.errors import RepositoryError
from qmsctl.message import _
from qmsctl.store.definitions import config_type, find_standard, type_set

QMS_YAML = """\
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: mot-cua, name: Trung tâm Phục vụ hành chính công}, {id: ho-tich, name: Bộ phận Hộ tịch}, {id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: deputy-director, title: Phó Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}, {id: unit-head, title: Trưởng đơn vị}, {id: clerk, title: Công chức}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
  - {from: 2025-01-01, type: procedure, review: [qmr], approve: [[director, deputy-director]]}
review_every: {default: 12m, policy: 36m}
"""

PEOPLE_YAML = """\
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]}
  - {id: hung, name: Lê Quốc Hùng, email: hung@tan-an.example, unit: lanh-dao, roles: [{role: deputy-director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}, {role: unit-head, from: 2025-01-01}]}
  - {id: minh, name: Đỗ Văn Minh, email: minh@tan-an.example, unit: ho-tich, roles: [{role: clerk, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua, roles: [{role: clerk, from: 2025-01-01}]}
  - {id: duc, name: Trịnh Minh Đức, email: duc@tan-an.example, unit: lanh-dao, until: 2025-12-31, roles: [{role: deputy-director, from: 2025-01-01, until: 2025-12-31}]}
"""

TODAY = date(2026, 6, 1)

_BLOCK = re.compile(r"^```(\w+)(?: +([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TODAY = re.compile(r"^Today: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


@dataclass
class FakeOutside:
    """Files in memory in place of a work tree."""

    data: Mapping[str, bytes] = field(default_factory=dict)
    used: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        if path not in self.data:
            raise RepositoryError(_("there is no file {path}", path=path))
        return self.data[path]

    def sha256(self, path: str) -> str | None:
        return hashlib.sha256(self.data[path]).hexdigest() if path in self.data else None

    def used_ids(self) -> Mapping[str, str]:
        return self.used


def library_of(
    files: Mapping[str, bytes | str],
    today: date = TODAY,
    kinds: Mapping[str, EntryKind] | None = None,
    used: Mapping[str, str] | None = None,
    clock: datetime | None = None,
) -> Library:
    """The library of these files; ``qms.yaml`` and ``people.yaml`` default to the small office."""
    data = {
        path: content.encode() if isinstance(content, str) else content
        for path, content in {"qms.yaml": QMS_YAML, "people.yaml": PEOPLE_YAML, **files}.items()
    }
    types = type_set(
        {path: content.decode() for path, content in data.items() if path.startswith(".qms/types/")}
    )
    entries = {**dict.fromkeys(data, EntryKind.FILE), **(kinds or {})}
    parsed = {path: parse(path, content, types) for path, content in data.items() if is_controlled(path)}
    from zoneinfo import ZoneInfo

    now = datetime.combine(today, time(23, 59, 59), ZoneInfo("Asia/Ho_Chi_Minh"))
    frame = Library(
        config=Config(), people=People(), types=types, today=today, now=now, clock=clock or now,
        files={}, parsed={}, items=(), signoff_items=(), dossiers={},
        outside=FakeOutside(data, used or {}), find_standard=find_standard, config_type=config_type,
    )  # fmt: skip
    return assemble(frame, entries, parsed)


def office(text: str) -> Library:
    """The library that the fenced blocks of ``text`` describe."""
    files: dict[str, bytes] = {}
    used: dict[str, str] = {}
    kinds: dict[str, EntryKind] = {}
    for kind, argument, content in _BLOCK.findall(text):
        if kind == "dossier":
            files.update(dossier(files, argument.strip(), content))
        elif kind == "files":
            files.update(dict.fromkeys(content.split("\n")[:-1], b""))
        elif kind == "special":
            lines = (line.split(maxsplit=1) for line in content.splitlines())
            kinds.update({path: EntryKind[word.upper()] for word, path in lines})
        elif kind == "gone":
            files.pop(argument.strip())
        elif kind == "used":
            used.update(dict.fromkeys(content.split(), "refs/heads/main"))
        elif argument:
            files[argument.strip()] = content.encode()
    found = _TODAY.search(text)
    return library_of(files, date.fromisoformat(found[1]) if found else TODAY, kinds, used)


def dossier(files: Mapping[str, bytes], subject: str, lines: str) -> dict[str, bytes]:
    """The copy and sign-off files of a dossier of ``subject`` as it stands in ``files``."""
    path = next(p for p in files if p.endswith(f"/{subject}.md") and not p.startswith("signoffs/"))
    data = files[path]
    sha = digest(data)
    front = read_yaml(cut(data).front)
    assert front is not None
    name = front.text("revision") or front.text("status")  # type: ignore[union-attr]
    bound = f"revision: {name}" if front.text("revision") else f"state: {name}"  # type: ignore[union-attr]
    folder = f"signoffs/{subject}/{name}-{sha[:8]}"
    made = {f"{folder}/{subject}.md": data}
    for line in lines.splitlines():
        words = line.split()
        meaning, person, *rest = words
        extra = [word.replace("=", ": ", 1) for word in rest if "=" in word]
        plain = [word for word in rest if "=" not in word]
        at, role = plain[-1], plain[0] if len(plain) > 1 else None
        fields = [f"subject: {subject}", bound, f"sha256: {sha}", f"meaning: {meaning}", f"by: {person}"]
        fields += [f"role: {role}"] if role else []
        fields += [f"at: {at}", *extra]
        own = {entry.partition(":")[0]: entry for entry in fields}
        text = "---\ntype: signoff\n" + "\n".join(own.values()) + "\n---\n"
        made[f"{folder}/{meaning}.{person}.md"] = text.encode()
    return made


def with_exempt(library: Library, ids: frozenset[str]) -> Library:
    """The library as a change sees it in which ``ids`` were frozen before."""
    return replace(library, exempt=ids)
