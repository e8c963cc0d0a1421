"""``when`` and ``day`` of a field or column in a ``type.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.office.duration import Duration
from qmsctl.core.text.nodes import Mapping as Spec
from qmsctl.core.text.nodes import texts
from qmsctl.core.types.day_limits import WHEN, DayLimits
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_nodes import as_mapping, flag_of, one_of, only_keys
from qmsctl.message import Message, _

_KEYS = frozenset(["come", "since", "after", "within", "rising", "stricter"])
_DAYS = ("date", "datetime", "period")
_PAST, _ANY = "past", "any"


def read_day(field: Spec) -> DayLimits | None:
    """What a field says under ``when`` and ``day``; ``None`` where it says neither. Raises :class:`TypeInvalid`."""
    past = WHEN in field.entries and one_of(field, WHEN, (_PAST, _ANY)) == _PAST
    node = field.entries.get("day")
    if node is None:
        return DayLimits(come=True) if past else None
    spec = as_mapping(node, node.line)
    only_keys(spec, _KEYS)
    return DayLimits(
        come=past or flag_of(spec, "come"),
        since=texts(spec.entries.get("since")),
        after=texts(spec.entries.get("after")),
        within=spec.text("within"),
        rising=flag_of(spec, "rising"),
        stricter=texts(spec.entries.get("stricter")),
    )


def day_faults(found: RecordType) -> Iterator[tuple[Message, str, str]]:
    """What limits of days cannot mean: a sentence, and the ``fields`` or ``blocks`` and the name there."""
    for name, field in found.fields.items():
        for message in (*_faults(field, found.fields, found.fields), *_rising(field), *_inner(field, found.fields)):
            yield message, "fields", name
    for name, block in found.blocks.items():
        for column in block.keys.values():
            for message in (*_faults(column, {**found.fields, **block.keys}, found.fields), *_inner(column, found.fields)):
                yield message, "blocks", name


def _faults(field: Field, days: Mapping[str, Field], fields: Mapping[str, Field]) -> Iterator[Message]:
    """``days`` are the fields and columns it may name, ``fields`` those that may hold a duration."""
    limits = field.day
    if limits is None:
        return
    compared = bool(limits.named or limits.within or limits.rising)
    if field.kind not in _DAYS or (field.kind != "date" and compared):
        yield _("“{field}” has limits of days, but is no date", field=field.name)
    for name in limits.named:
        if name not in days or days[name].kind != "date" or name == field.name:
            yield _("“{key}” of “{field}” names “{other}”, which is no other date", key="day", field=field.name, other=name)
    for name in limits.stricter:
        if name not in (*limits.named, limits.within, *([WHEN] if limits.come else ())):
            yield _("“{key}” of “{field}” names “{other}”, which is no limit of it", key="stricter", field=field.name, other=name)
    if limits.within is None:
        return
    if not limits.named:
        yield _("“{key}” of “{field}” needs a day that it counts from, under “since” or “after”", key="within", field=field.name)
    if Duration.parse(limits.within) is None and (limits.within not in fields or fields[limits.within].kind != "duration"):
        yield _("“{key}” of “{field}” is neither a duration nor a field that holds one", key="within", field=field.name)


def _rising(field: Field) -> Iterator[Message]:
    if field.day is not None and field.day.rising:
        yield _("“{key}” belongs to a column of a data block", key="rising")


def _inner(field: Field, fields: Mapping[str, Field]) -> Iterator[Message]:
    """Of parts only the columns of a table have neighbours; a part of a list or a map may still say that it has come."""
    for part in (*field.of, *field.keys.values()):
        if field.kind == "table":
            yield from _faults(part, {**fields, **field.keys}, fields)
        elif part.day is not None and part.day != DayLimits(come=True):
            yield _("“{key}” belongs to a field or column, not to a part of “{field}”", key="day", field=field.name)
        elif part.day is not None and part.kind not in _DAYS:
            yield _("“{field}” has limits of days, but is no date", field=part.name)
        yield from _inner(part, fields)
