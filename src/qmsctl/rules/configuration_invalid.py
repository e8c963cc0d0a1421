"""Something in qms.yaml or people.yaml is missing, misspelt or contradicts itself.

## Why
Who may sign, who belongs where and which clauses count all come from these two files
(ISO 9001:2008, 4.2.1, 5.5.1; ISO 9001:2015, 4.4.1 e, 5.3). A role with a typing error is held by nobody, so
nothing that needs it can be approved; an e-mail address of two people makes one able to sign as the other.

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: directer}]}
```

## Good
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director}]}
```

## Mend
Correct the line in the file named. Roles, units and people are ended with ``until:``, never removed: old
sign-offs are judged by them.
"""

from collections.abc import Iterable, Iterator

from qmsctl.core.diagnostic import Later, Problem, Severity
from qmsctl.core.keys.ssh_key import PublicKey, read_key
from qmsctl.core.library import Library
from qmsctl.core.mends.day_turned import TurnedDays
from qmsctl.core.mends.missing_configuration import brought_back, is_missing
from qmsctl.core.mends.own_names import own_names_problems
from qmsctl.core.mends.respelling import meant, meant_keys
from qmsctl.core.office.config import DEFAULT, FORMAT, PERIODS, zone
from qmsctl.core.office.config_reader import rows
from qmsctl.core.office.office_hours import COUNTRY, NO_COUNTRY, in_order, read_hours
from qmsctl.core.reading import CONFIG_PATH, PEOPLE_PATH
from qmsctl.core.text.ids import IdPattern, is_id
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, is_empty, texts
from qmsctl.core.text.values import read_date
from qmsctl.core.types.kinds import expected
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.validation import problems
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.1", "5.5.1"), "iso9001-2015": ("4.4.1", "5.3")}

_FIRST_EDITION = 1987
_Found = Iterator[tuple[int, Message, Mend | Later | None]]


def check(library: Library) -> Iterator[Problem]:
    """Read both files as their types say, then look at what the keys mean together."""
    for path, name in ((CONFIG_PATH, "qms"), (PEOPLE_PATH, "people")):
        if path not in library.parsed:
            yield Problem(path, 0, is_missing(path), brought_back(path))
            continue
        top = library.parsed_configuration(path)
        if top is not None:
            meaning = _office(library, top) if path == CONFIG_PATH else _people(top)
            for line, message, way in (*_keys(library, top, path, name), *meaning, *_periods(top)):
                yield Problem(path, line, message, way or advice(_("correct line {line} of {path}", line=line, path=path)))


def _keys(library: Library, top: Mapping, path: str, name: str) -> _Found:
    fields = library.config_type(name).fields
    for field in fields.values():
        node = top.entries.get(field.name)
        if node is not None and not is_empty(node):
            days = TurnedDays(library, path, field, node)
            for line, message in problems(field, node, library.names):
                yield line, _("“{field}”: {problem}", field=field.name, problem=message), days.on(line)
        elif field.required:
            message = _("“{field}” is missing: {expected}", field=field.name, expected=expected(field))
            yield top.key_lines.get(field.name, 1), message, None
    for key, way in meant_keys(library, path, top, fields):
        yield top.key_lines[key], _("“{key}” is not known here", key=key), way


def _office(library: Library, top: Mapping) -> _Found:
    name = top.text("time_zone")
    if name and zone(name) is None:
        message = _("“{name}” is no time zone; expected a name such as Asia/Ho_Chi_Minh", name=name)
        yield top.key_lines["time_zone"], message, None
    country = top.text("holidays")
    if country and not (country == NO_COUNTRY or (COUNTRY.fullmatch(country) and library.outside.knows_holidays(country))):
        message = _("of “{name}” no public holidays are known; expected a country such as VN or IE, a part of one such as DE-BY, or none", name=country)
        yield top.key_lines["holidays"], message, None
    for node in _scalars(top.entries.get("standards")):
        if library.find_standard(node.text) is None:
            years = range(_FIRST_EDITION, library.today.year + 1)
            shipped = tuple(each for year in years if library.find_standard(each := f"iso9001-{year}"))
            yield node.line, _("the standard “{name}” is not known; there are {shipped}", name=node.text, shipped=shipped), None
    for key in ("units", "roles"):
        yield from _ids(rows(top, key), key)
    if library.config.format >= FORMAT and not library.config.code:
        organization = top.entries.get("organization")
        line = organization.line if organization else 1
        yield line, _("“code” of the organization is missing, and from format {format} on every sign-off names it", format=FORMAT), _with_code()
    yield from _type_names(library, top)
    yield from own_names_problems(library, top.entries.get("section_names"))
    yield from _matrix(library, top)
    yield from _periods_given(library, top)
    yield from _office_hours(top)
    for row in rows(top, "witnesses"):
        yield from _key(row, row.text("name") or "?")


def _with_code() -> Mend:
    return advice(_("write a short code that no other office has as “code” under “organization”, such as UBND-TA"))


def _type_names(library: Library, top: Mapping) -> _Found:
    """Types that have an approval, a period of review or of reading, or an id pattern of their own."""
    named = [(node.text, node.line) for row in rows(top, "approval") for node in _scalars(row.entries.get("type"))]
    for key in ("review_every", "acknowledge_within", "ids", "section_names"):
        part = top.entries.get(key)
        named += part.key_lines.items() if isinstance(part, Mapping) else ()
    for name, line in named:
        if name != DEFAULT and not library.types.has(name):
            known = tuple(each.name for each in library.types.all())
            yield line, _("“{type}” is no type of document or record", type=name), meant(library, CONFIG_PATH, line, name, known)
    patterns = top.entries.get("ids")
    if not isinstance(patterns, Mapping):
        return
    for key, node in patterns.entries.items():
        pattern = IdPattern.parse(node.text) if isinstance(node, Scalar) else None
        if pattern is None or not is_id(pattern.fill(1, library.today.year, "X", "x")):
            way = advice(_("a pattern is made of letters, digits, . _ - and {number:2}, {year}, {parent}, {unit}, each once"))
            yield patterns.key_lines[key], _("the id pattern of “{type}” is not valid", type=key), way


def _periods_given(library: Library, top: Mapping) -> _Found:
    """Periods for values that no record can have."""
    for key in PERIODS:
        given = top.entries.get(key)
        if not isinstance(given, Mapping) or not given.entries:
            continue
        dues = [(kind, due) for kind in library.types.all() for due in kind.dues if due.setting == key]
        known = tuple(dict.fromkeys(value for kind, due in dues for value in kind.fields[due.by or ""].values))
        for name, line in given.key_lines.items():
            if name not in known:
                yield line, _("“{key}” gives a period for “{name}”, which no record has", key=key, name=name), meant(library, CONFIG_PATH, line, name, known)


def _matrix(library: Library, top: Mapping) -> _Found:
    approve = library.config_type("qms").fields["approval"].keys["approve"]
    seen: dict[tuple[str | None, str | None], int] = {}
    for row in rows(top, "approval"):
        first = seen.setdefault((row.text("type"), row.text("from")), row.line)
        if first != row.line:
            message = _("the approval of “{type}” from this day is given twice, first on line {first}",
                        type=row.text("type") or "", first=first)
            yield row.line, message, None
        kind = library.types.get(row.text("type") or "")
        if is_empty(row.entries.get("approve")) and not (kind and kind.kind == "record"):
            message = _("“{key}” is missing: {expected}", key="approve", expected=expected(approve))
            yield row.line, _("“{field}”: {problem}", field="approval", problem=message), None
        yield from _signing(row, kind)


def _signing(row: Mapping, kind: RecordType | None) -> _Found:
    """States of a record of which the office says who signs them."""
    node = row.entries.get("sign")
    states = tuple(state.id for state in kind.states.values() if state.signoff) if kind else ()
    for name, part in node.entries.items() if isinstance(node, Mapping) else ():
        line = node.key_lines[name] if isinstance(node, Mapping) else row.line
        if name not in states:
            message = _("“{state}” is no state of “{type}” that is signed", state=name, type=row.text("type") or "")
            yield line, message, advice(_("use one of {known}", known=states)) if states else None
        elif not texts(part):
            yield line, _("no role is given that signs “{state}”", state=name), advice(_("name a role of the office, or leave it to the type"))


def _office_hours(top: Mapping) -> _Found:
    """Days whose hours run into each other, and a week without any."""
    week = top.entries.get("working_hours")
    days = week.entries if isinstance(week, Mapping) else {}
    if isinstance(week, Mapping) and not any(texts(node) for node in days.values()):
        yield week.line, _("“{field}” names no hours, so no time limit would ever end", field="working_hours"), None
    for node in (*days.values(), *(row.entries.get("hours") for row in rows(top, "calendar"))):
        day = tuple(filter(None, map(read_hours, texts(node))))
        if node is not None and not in_order(day):
            way = advice(_("write the hours of a day one after the other, such as [07:30-11:30, 13:00-17:00]"))
            yield node.line, _("the hours {hours} run into each other", hours=texts(node)), way


def _people(top: Mapping) -> _Found:
    yield from _ids(rows(top, "people"), "people")
    for row in rows(top, "people"):
        if "unit" in row.entries and "units" in row.entries:
            message = _("{person} has both “unit” and “units”, and only one of them can count", person=row.text("id") or "?")
            yield row.key_lines["units"], message, advice(_("keep “units”, with a first and a last day where they are known"))
    owners: dict[str, Mapping] = {}
    for row in rows(top, "people"):
        for email in texts(row.entries.get("email")):
            other = owners.setdefault(email.casefold(), row)
            if other is not row:
                message = _("{first} and {second} have the same e-mail address {email}",
                            first=other.text("id") or "?", second=row.text("id") or "?", email=email)
                yield row.key_lines["email"], message, advice(_("give each person an address of their own"))
    yield from _signing_keys(top)


def _signing_keys(top: Mapping) -> _Found:
    """Keys that are none, that are too weak, or that two people share."""
    owners: dict[PublicKey, str] = {}
    for person in rows(top, "people"):
        name = person.text("id") or "?"
        for row in rows(person, "keys"):
            yield from _key(row, name)
            key = read_key(row.text("key") or "")
            if key is not None and owners.setdefault(key, name) != name:
                yield row.key_lines["key"], _("{first} and {second} have the same key {key}", first=owners[key], second=name, key=key.fingerprint), advice(_("give each person a key of their own, made with ssh-keygen"))


def _key(row: Mapping, name: str) -> _Found:
    """What is wrong with the key that a row says is that of ``name``."""
    key = read_key(row.text("key") or "")
    if key is None and row.text("key"):
        yield row.key_lines["key"], _("a key of {person} is no public key of OpenSSH that can be used here", person=name), advice(_("copy the one line of the person's .pub file as it stands"))
    elif key is not None and key.weakness is not None:
        yield row.key_lines["key"], _("a key of {person} proves nothing: {why}", person=name, why=key.weakness), advice(_("make a new key with ssh-keygen, of the kind ed25519"))


def _ids(found: Iterable[Mapping], key: str) -> _Found:
    for row in found:
        name = row.text("id")
        if name and not is_id(name):
            message = _("“{name}” is no id for “{key}”: letters A–Z, digits and . _ - are expected", name=name, key=key)
            yield row.key_lines["id"], message, None


def _periods(node: Node) -> _Found:
    """Every mapping whose ``until`` lies before its ``from``."""
    parts = node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ()
    if isinstance(node, Mapping):
        start, end = (read_date(node.text(key)) for key in ("from", "until"))
        if start and end and end < start:
            yield node.key_lines["until"], _("“until” ({end}) is before “from” ({start})", end=end, start=start), None
    for part in parts:
        yield from _periods(part)


def _scalars(node: Node | None) -> Iterator[Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,)
    yield from (each for each in items if isinstance(each, Scalar) and each.text)
