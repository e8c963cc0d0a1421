"""A small office in memory, for tests that need a library and no files.

Examples in rule pages and in ``tests/rules/*.md`` are written as fenced blocks:

- ``md PATH`` or ``yaml PATH`` or ``text PATH`` — a file; a later block replaces an earlier one;
- ``edit PATH`` — the file as it stands so far, with the lines that begin with ``-`` taken out and those with ``+`` put in; lines that begin with
  a space stay, an empty one stands between two places;
- ``dossier ID`` — freezes the file of that id as it stands so far and signs it, a line a sign-off:
  ``author minh 2026-01-05T08:00:00+07:00``, ``approve binh director 2026-01-06T08:00:00+07:00``,
  with ``key=value`` after it for further fields (``effective=2026-02-01``); an office of format 2 is named by its code, unless ``office=`` says otherwise; ``key=binh`` adds a signature
  with the throw-away key of binh, which people.yaml names as ``ssh-ed25519 AAAA…binh``, ``key=binh/git`` one
  made for another purpose;
- ``configured NUMBER`` — signs qms.yaml, people.yaml and the own types as they stand so far, a line a sign-off:
  ``binh director 2026-01-06T08:00:00+07:00 key=binh``;
- ``checkpoint DAY`` — the log and the note of a checkpoint of that day over what is signed so far;
- ``cosigned NOTE`` — the word of somebody outside on a note, and its signature: ``so 2026-02-03T08:00:00+07:00``, with ``key=so/git`` one made
  for another purpose, with ``of=NOTE`` on another note;
- ``committed DAY`` — when the files of the dossiers above it were committed first;
- ``files`` — paths of further files of the tree, one a line, empty;
- ``special`` — what is no plain file, a line each: ``symlink PATH``, ``submodule PATH``, ``special PATH``,
  ``unread PATH``;
- ``gone PATH`` — takes a file out again, be it one of the two that every office has;
- ``used`` — ids seen in history, one a line;
- ``lost PATH DAY`` — takes a file out that a commit of that day deleted, ``lost PATH DAY PLACE`` one that lay at another place then; ``shallow`` — not all of the history is here;
- ``base`` — everything above it is what stood where the change began, everything below it the change;
- ``tip`` — everything between ``base`` and it is what the branch the change is for has got meanwhile; the change begins from the base again;
- ``above FOLDER/`` — the ``.gitattributes`` of a folder above the QMS, which is in its ``FOLDER/``;
- ``latest MOMENT`` — the latest date that a commit of the change gives itself;
- ``behind`` — paths, one a line, at which git's index is behind the last commit;
- ``past PATH`` and ``elsewhere PATH`` — a file of the base's history that is gone, and one of another branch.

A line ``Today: 2026-06-01`` sets the day, the last of several, a line ``Stricter from: 2026-05-01`` makes the office one of format 2. ``qms.yaml`` and ``people.yaml`` are those below
unless the example has its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from qmsctl.core.assembled import assemble
from qmsctl.core.base import Base
from qmsctl.core.dossiers import Dossiers
from qmsctl.core.keys.ssh_signature import NAMESPACE, Signature
from qmsctl.core.library import Library
from qmsctl.core.office.config import Config
from qmsctl.core.office.office_hours import PublicHolidays
from qmsctl.core.office.people import People
from qmsctl.core.outside import Commit, Lost
from qmsctl.core.reading import is_controlled, parse
from qmsctl.core.source import EntryKind
from qmsctl.core.text import nodes
from qmsctl.core.text.lfs_pointer import content_digest, pointed
from qmsctl.core.text.text_file import cut, digest
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.witness.cosignature import cosignature
from qmsctl.core.witness.making import checkpoint
from qmsctl.core.witness.note import read_note
from qmsctl.errors import RepositoryError
from qmsctl.message import Message, _
from qmsctl.store.public_holidays import knows_holidays, public_holidays
from qmsctl.store.shipped.definitions import config_type, find_standard, type_set
from qmsctl.store.signatures.ssh_signatures import verify
from tests.keys import signature, with_keys

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

BY_DEFAULT = {"qms.yaml": QMS_YAML, "people.yaml": PEOPLE_YAML}

TODAY = date(2026, 6, 1)
HISTORY = ("used", "committed", "past", "elsewhere", "above", "lost", "shallow", "behind")

_BLOCK = re.compile(r"^```(\w+)(?: +([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STRICTER = re.compile(r"^Stricter from: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_CODE = re.compile(rb"code: ([\w-]+)")
_TODAY = re.compile(r"^Today: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


@dataclass
class FakeOutside:
    """Files in memory in place of a work tree."""

    data: Mapping[str, bytes] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)
    elsewhere: dict[str, bytes] = field(default_factory=dict)
    past: dict[str, bytes] = field(default_factory=dict)
    lost: dict[str, Lost] = field(default_factory=dict)
    whole: bool = True
    above: dict[str, bytes] = field(default_factory=dict)
    since: datetime | None = None
    behind: tuple[str, ...] = ()

    def read(self, path: str) -> bytes:
        if path not in self.data:
            raise RepositoryError(_("there is no file {path}", path=path))
        return self.data[path]

    def sha256(self, path: str) -> str | None:
        return content_digest(self.data[path]) if path in self.data else None

    def pointer(self, path: str) -> str | None:
        return pointed(self.data.get(path, b""))

    def used_ids(self) -> Mapping[str, str]:
        return self.used

    def past_ids(self) -> Mapping[str, str]:
        return {path.rpartition("/")[2].removesuffix(".md"): f"abc:{path}" for path in self.past}

    def ids_elsewhere(self) -> Mapping[str, str]:
        return {path.rpartition("/")[2].removesuffix(".md"): f"feature:{path}" for path in self.elsewhere}

    def read_past(self, place: str) -> bytes | None:
        return {**self.past, **self.elsewhere}.get(place.partition(":")[2])

    def first_commits(self) -> Mapping[str, Commit]:
        return self.commits

    def arrival(self, path: str, data: bytes) -> Commit | None:
        return self.commits.get(path)

    def office_since(self) -> datetime | None:
        return self.since

    def lost_signoffs(self) -> Mapping[str, Lost]:
        return self.lost

    def history_is_whole(self) -> bool:
        return self.whole

    def unseen(self) -> tuple[Message, ...]:
        return ()

    def attributes_above(self) -> Mapping[str, bytes]:
        return self.above

    def accepted_configuration(self) -> Mapping[str, str] | None:
        return None

    def index_behind(self) -> tuple[str, ...]:
        return self.behind

    def public_holidays(self, country: str, year: int) -> PublicHolidays:
        return public_holidays(country, year)

    def knows_holidays(self, country: str) -> bool:
        return knows_holidays(country)

    def signature(self, path: str) -> Signature | None:
        data, armoured = self.data.get(path), self.data.get(f"{path}.sig")
        return self.verify(data, armoured) if data is not None and armoured is not None else None

    def verify(self, data: bytes, armoured: bytes) -> Signature:
        return verify(data, armoured)


def library_of(
    files: Mapping[str, bytes | str],
    today: date = TODAY,
    kinds: Mapping[str, EntryKind] | None = None,
    outside: FakeOutside | None = None,
    clock: datetime | None = None,
    without: Collection[str] = (),
) -> Library:
    """The library of these files; ``qms.yaml`` and ``people.yaml`` default to the small office, unless it is to be ``without`` them."""
    data = {
        path: with_keys(content).encode() if isinstance(content, str) else content
        for path, content in {**BY_DEFAULT, **files}.items()
        if path in files or path not in without
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
        files={}, parsed={}, items=(), signoff_items=(), dossiers=Dossiers({}),
        outside=replace(outside or FakeOutside(), data=data), find_standard=find_standard, config_type=config_type,
    )
    return assemble(frame, entries, parsed)


def office(text: str) -> Library:
    """The library that the fenced blocks of ``text`` describe."""
    stricter = _STRICTER.search(text)
    files: dict[str, bytes] = {"qms.yaml": f"{QMS_YAML}format: 2\nstricter_from: {stricter[1]}\n".encode()} if stricter else {}
    base: dict[str, bytes] | None = None
    tip: dict[str, bytes] | None = None
    gone: set[str] = set()
    accepted: dict[str, Commit] = {}
    latest: datetime | None = None
    outside = FakeOutside()
    kinds: dict[str, EntryKind] = {}
    for kind, argument, content in _BLOCK.findall(text):
        if kind in ("dossier", "configured", "files", "checkpoint", "cosigned", "edit"):
            files.update(_several(kind, argument.strip(), content, files))
        elif kind == "special":
            lines = (line.split(maxsplit=1) for line in content.splitlines())
            kinds.update({path: EntryKind[word.upper()] for word, path in lines})
        elif kind == "gone":
            gone.add(argument.strip())
            files.pop(argument.strip(), None)
        elif kind == "base":
            base, accepted = dict(files), dict(outside.commits)
        elif kind == "tip":
            tip, files = files, dict(base or {})
        elif kind == "latest":
            latest = datetime.fromisoformat(argument.strip())
        elif kind in HISTORY:
            _remember(outside, kind, argument.strip(), content, files)
        elif argument:
            files[argument.strip()] = with_keys(content.removesuffix("\n") if kind == "endless" else content).encode()
    days = _TODAY.findall(text)
    today = date.fromisoformat(days[-1]) if days else TODAY
    result = library_of(files, today, kinds, outside, without=gone)
    before, gone_on = _at(base, today, replace(outside, commits=accepted)), _at(tip, today, outside)
    return result if before is None else result.since(Base((before,), tip=gone_on, latest=latest))


def _at(files: Mapping[str, bytes] | None, today: date, outside: FakeOutside) -> Library | None:
    return None if files is None else library_of(files, today, None, outside)


def _edited(data: bytes, content: str) -> bytes:
    """The file with some lines replaced, each run of which stands in it once."""
    text = f"\n{data.decode()}"
    for place in content.rstrip("\n").split("\n\n"):
        old, new = ("\n".join(line[1:] for line in place.split("\n") if line[0] in kept) for kept in (" -", " +"))
        assert text.count(f"\n{old}\n") == 1, f"not there once: {old}"
        text = text.replace(f"\n{old}\n", f"\n{new}\n" if new else "\n")
    return text.removeprefix("\n").encode()


def _several(kind: str, argument: str, content: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files that one block stands for."""
    if kind == "dossier":
        return dossier(files, argument, content)
    if kind == "checkpoint":
        return {each.path: each.after or b"" for each in checkpoint(library_of(files), date.fromisoformat(argument)).changes}
    if kind == "cosigned":
        return _cosigned(files, argument, content)
    if kind == "edit":
        return {argument: _edited(files.get(argument) or BY_DEFAULT[argument].encode(), with_keys(content))}
    return configured(files, int(argument), content) if kind == "configured" else dict.fromkeys(content.split("\n")[:-1], b"")


def _cosigned(files: Mapping[str, bytes], note: str, content: str) -> dict[str, bytes]:
    person, moment, *rest = content.split()
    said = dict(word.split("=", 1) for word in rest)
    name, _slash, purpose = said.get("key", person).partition("/")
    data = cosignature(read_note(files[said.get("of", note)]), datetime.fromisoformat(moment))
    return {f"{note}.cosigned": data, f"{note}.cosigned.sig": signature(name, data, purpose or NAMESPACE)}


def _remember(outside: FakeOutside, kind: str, argument: str, content: str, files: dict[str, bytes]) -> None:
    if kind == "used":
        outside.used |= dict.fromkeys(content.split(), "refs/heads/main")
    elif kind == "committed":
        outside.commits |= {path: _commit(argument) for path in files if path not in outside.commits}
    elif kind == "lost":
        path, day, *place = argument.split()
        outside.lost[path] = Lost(place[0] if place else path, "abc", _commit(day).at, digest(files.pop(path)))
    elif kind == "shallow":
        outside.whole = False
    elif kind == "behind":
        outside.behind = tuple(content.split())
    else:
        getattr(outside, kind)[argument] = content.encode()


def _commit(day: str) -> Commit:
    return Commit("abc", datetime.fromisoformat(f"{day}T12:00:00+07:00"), "Đỗ Văn Minh", "minh@tan-an.example")


def dossier(files: Mapping[str, bytes], subject: str, lines: str) -> dict[str, bytes]:
    """The copy and sign-off files of a dossier of ``subject`` as it stands in ``files``."""
    path = next(p for p in files if p.endswith(f"/{subject}.md") and not p.startswith("signoffs/"))
    data = files[path]
    sha = digest(data)
    front = read_yaml(cut(data).front)
    assert isinstance(front, nodes.Mapping)
    name = front.text("revision") or front.text("status")
    bound = f"revision: {name}" if front.text("revision") else f"state: {name}"
    folder = f"signoffs/{subject}/{name}-{sha[:8]}"
    made = {f"{folder}/{subject}.md": data}
    for line in lines.splitlines():
        words = line.split()
        meaning, person, *rest = words
        key = next((word.removeprefix("key=") for word in rest if word.startswith("key=")), None)
        rest = [word for word in rest if not word.startswith("key=")]
        extra = [word.replace("=", ": ", 1) for word in rest if "=" in word]
        plain = [word for word in rest if "=" not in word]
        at, role = plain[-1], plain[0] if len(plain) > 1 else None
        fields = [f"subject: {subject}", bound, f"sha256: {sha}", f"meaning: {meaning}", f"by: {person}"]
        fields += [f"role: {role}"] if role else []
        fields += [f"at: {at}", *extra, *(_office(files) if not any(each.startswith("office: ") for each in extra) else ())]
        own = {entry.partition(":")[0]: entry for entry in fields if not entry.endswith(": ")}
        text = "---\ntype: signoff\n" + "\n".join(own.values()) + "\n---\n"
        names = (f"{folder}/{meaning}.{person}{number}.md" for number in ("", *(f".{again}" for again in range(2, 100))))
        own_path = next(each for each in names if each not in made)
        made[own_path] = text.encode()
        if key:
            name, _slash, purpose = key.partition("/")
            made[f"{own_path}.sig"] = signature(name, text.encode(), purpose or NAMESPACE)
    return made


def configured(files: Mapping[str, bytes], number: int, lines: str) -> dict[str, bytes]:
    """The sign-off files of the configuration as it stands in ``files``, or in the small office."""
    whole = {"people.yaml": PEOPLE_YAML.encode(), "qms.yaml": QMS_YAML.encode(), **files}
    digests = {path: digest(whole[path]) for path in sorted(whole) if path in ("people.yaml", "qms.yaml") or path.startswith(".qms/types/")}
    sha = digest("".join(f"{sha}  {path}\n" for path, sha in digests.items()).encode())
    made: dict[str, bytes] = {}
    for line in lines.splitlines():
        person, role, at, *rest = line.split()
        rows = "".join(f"  - {sha}  {path}\n" for path, sha in digests.items())
        text = f"---\ntype: signoff\nsubject: configuration\nrevision: {number}\nsha256: {sha}\nmeaning: approve\nby: {person}\nrole: {role}\nat: {at}\nfiles:\n{rows}---\n"
        own = f"signoffs/configuration/{number}-{sha[:8]}/approve.{person}.md"
        made[own] = text.encode()
        for word in rest:
            made[f"{own}.sig"] = signature(word.removeprefix("key="), text.encode())
    return made


def _office(files: Mapping[str, bytes]) -> list[str]:
    """The line that names the office, where it is of the second format."""
    found = _CODE.search(files.get("qms.yaml", b""))
    return [f"office: {found[1].decode()}"] if found and b"format: 2" in files["qms.yaml"] else []


def with_exempt(library: Library, ids: frozenset[str]) -> Library:
    """The library as a change sees it in which ``ids`` were frozen before."""
    return replace(library, exempt=ids)
