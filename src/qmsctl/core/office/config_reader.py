"""``qms.yaml`` and ``people.yaml`` to values, taking what is good and leaving out what is not.

What is wrong with them is found by the field rules, from the same nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.keys.ssh_key import read_key
from qmsctl.core.office.config import PERIODS, Config, FormerCode, NotApplicable, Period, Role, Unit
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.ignoring import Ignore
from qmsctl.core.office.matrix import ANY_ROLE, MatrixEntry
from qmsctl.core.office.office_hours import COUNTRY, DAYS, NO_COUNTRY, USUAL_WEEK, VIET_NAM, Day, Timetable, read_hours
from qmsctl.core.office.people import Key, People, Person, RoleHeld, UnitHeld
from qmsctl.core.office.web_address import read_address
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, texts
from qmsctl.core.text.values import read_date, read_integer

_NOBODY: tuple[ANY_ROLE, ...] = ((),)  # a place no role can fill: what names no approver approves nothing
_DAYS = range(3651)
_IN_VIET_NAM = ("Asia/Ho_Chi_Minh", "Asia/Saigon")
_SETTINGS = ("effect_after", "commit_within", "verdict_within", "checkpoint_within")


LANGUAGES = ("vi", "en")
"""The languages there are words for."""


def read_config(top: Mapping) -> Config:
    """The configuration in the top mapping of ``qms.yaml``."""
    organization = top.entries.get("organization")
    named = organization if isinstance(organization, Mapping) else top
    language = top.text("language")
    return Config(
        name=named.text("name") or "",
        code=named.text("code") or "",
        former=tuple(FormerCode(row.text("code") or "", _date(row, "until"), _basis(row), row.line) for row in rows(named, "former")),
        parent=named.text("parent") or "",
        place=named.text("place") or "",
        heading=named.text("heading") or "",
        language=language if language in LANGUAGES else "en",
        time_zone=top.text("time_zone") or "UTC",
        standards=texts(top.entries.get("standards")),
        units=tuple(Unit(row.text("id") or "", row.text("name") or "") for row in rows(top, "units")),
        roles=tuple(Role(row.text("id") or "", row.text("title") or "") for row in rows(top, "roles")),
        approval=tuple(_matrix_entry(row) for row in rows(top, "approval")),
        review_every=_durations(top.entries.get("review_every")),
        acknowledge_within=_strings(top.entries.get("acknowledge_within")),
        ids=_strings(top.entries.get("ids")),
        section_names=_section_names(top.entries.get("section_names")),
        not_applicable=tuple(
            NotApplicable(row.text("standard") or "", row.text("clause") or "", row.text("reason") or "", row.line)
            for row in rows(top, "not_applicable")
        ),
        ignore=tuple(
            Ignore(row.text("rule") or "", row.text("path") or "", row.text("reason") or "", _date(row, "until"), row.line)
            for row in rows(top, "ignore")
        ),
        commit=top.text("commit") or "manual",
        sign=top.text("sign") or "manual",
        drafts=top.text("drafts") or "allowed",
        settings=_settings(top),
        periods={key: _durations(top.entries.get(key)) for key in PERIODS},
        repeat_window=Duration.parse(top.text("repeat_window") or ""),
        retention_from=top.text("retention_from") or "",
        timetable=_timetable(top),
        format=read_integer(top.text("format") or "") or 1,
        stricter_from=read_date(top.text("stricter_from")),
        configuration=top.text("configuration") or "",
        witnesses=tuple((row.text("name") or "", key) for row in rows(top, "witnesses") if (key := read_key(row.text("key") or ""))),
        dates=top.text("dates") or "",
        profile=top.text("profile") or "",
        portal=_address(top, "address"),
        staff_portal=_address(top, "staff_address"),
    )


def read_people(top: Mapping) -> People:
    """The people in the top mapping of ``people.yaml``."""
    return People(tuple(_person(row) for row in rows(top, "people") if row.text("id")))


def _address(top: Mapping, key: str) -> str:
    """Where a portal stands on the web; empty where that is not said, or is no address."""
    portal = top.entries.get("portal")
    return read_address(portal.text(key) or "") or "" if isinstance(portal, Mapping) else ""


def _settings(top: Mapping) -> dict[str, int]:
    """The numbers of days an office has chosen, by their keys."""
    found = {name: read_integer(top.text(name) or "") for name in _SETTINGS}
    return {name: days for name, days in found.items() if days in _DAYS and days is not None}


def _week(node: Node | None) -> tuple[Day, ...]:
    """The hours of each day from Monday; the usual ones where none are given."""
    if not isinstance(node, Mapping):
        return USUAL_WEEK
    found = tuple(_hours(node.entries.get(day)) for day in DAYS)
    return found if any(found) else USUAL_WEEK


def _hours(node: Node | None) -> Day:
    return tuple(hours for text in texts(node) if (hours := read_hours(text)))


def _timetable(top: Mapping) -> Timetable:
    """When the office works; a day of its calendar has the hours of a full day unless it has its own, or is off."""
    usual = Timetable(_week(top.entries.get("working_hours")))
    own: dict[date, Day] = {}
    for row in rows(top, "calendar"):
        day = _date(row, "date")
        if day is not None:
            works = row.text("kind") == "working"
            own[day] = (_hours(row.entries.get("hours")) or usual.full_day) if works else ()
    country = top.text("holidays") or ""
    if country != NO_COUNTRY and not COUNTRY.fullmatch(country):
        country = VIET_NAM if top.text("time_zone") in _IN_VIET_NAM else NO_COUNTRY
    return Timetable(usual.week, own, country)


def _person(row: Mapping) -> Person:
    return Person(
        id=row.text("id") or "",
        name=row.text("name") or row.text("id") or "",
        emails=texts(row.entries.get("email")),
        units=tuple(_units(row)),
        roles=tuple(RoleHeld(held.text("role") or "", _period(held), _basis(held), held.line) for held in rows(row, "roles")),
        keys=tuple(
            Key(read_key(key.text("key") or ""), _period(key), _date(key, "revoked"), _basis(key), key.line)
            for key in rows(row, "keys")
        ),
        period=_period(row),
        line=row.line,
    )


def _basis(row: Mapping) -> str | None:
    """The paper that an entry names: as text, or by its number, day and file."""
    node = row.entries.get("basis")
    named = texts(node) if not isinstance(node, Mapping) else tuple(node.text(key) or "" for key in ("number", "date", "file", "sha256"))
    return " ".join(filter(None, named)) or None


def _units(row: Mapping) -> Iterator[UnitHeld]:
    """Those of ``units``, each with its period; where there is only ``unit``, that one at all times."""
    if "units" in row.entries:
        for held in rows(row, "units"):
            if unit := held.text("unit"):
                yield UnitHeld(unit, _period(held), _basis(held), held.line)
    elif unit := row.text("unit"):
        yield UnitHeld(unit, Period(), None, row.key_lines["unit"])


def _matrix_entry(row: Mapping) -> MatrixEntry:
    return MatrixEntry(
        start=_date(row, "from") or date.max,
        type=row.text("type") or "",
        review=tuple(_slots(row.entries.get("review"))),
        approve=tuple(_slots(row.entries.get("approve"))) or _NOBODY,
        adopt=texts(row.entries.get("adopt")),
        level=row.text("level"),
        basis=_basis(row),
        sign=_signing(row.entries.get("sign")),
        order=row.text("order") or "any",
        line=row.line,
    )


def _signing(node: Node | None) -> dict[str, tuple[str, ...]]:
    """The roles of each state; a state of which none are given is left to its type."""
    return {state: texts(part) for state, part in node.entries.items() if texts(part)} if isinstance(node, Mapping) else {}


def _slots(node: Node | None) -> Iterator[ANY_ROLE]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield texts(item)
    elif isinstance(node, Scalar) and node.text:
        yield (node.text,)


def rows(top: Mapping, key: str) -> Iterator[Mapping]:
    """The mappings in the list under ``key``."""
    for item in top.sequence(key):
        if isinstance(item, Mapping):
            yield item


def _strings(node: Node | None) -> dict[str, str]:
    entries = node.entries.items() if isinstance(node, Mapping) else ()
    return {key: value.text for key, value in entries if isinstance(value, Scalar)}


def _section_names(node: Node | None) -> dict[str, dict[str, tuple[str, ...]]]:
    kinds = node.entries.items() if isinstance(node, Mapping) else ()
    return {kind: {name: texts(each) for name, each in own.entries.items()} for kind, own in kinds if isinstance(own, Mapping)}


def _durations(node: Node | None) -> dict[str, Duration]:
    found = {key: Duration.parse(text) for key, text in _strings(node).items()}
    return {key: duration for key, duration in found.items() if duration}


def _date(row: Mapping, key: str) -> date | None:
    return read_date(row.text(key))


def _period(row: Mapping) -> Period:
    return Period(_date(row, "from"), _date(row, "until"))
