"""A type as an edition of the standard and an office's profile have it."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.value import replace


def as_in(found: RecordType, standard: str, profile: str) -> RecordType | None:
    """The type with the words that ``standard`` and ``profile`` have for it, without what is not of the profile.

    ``None`` where the type itself is not. Where a default is not of the profile, the first value takes its place.
    """
    if not standard and not profile:
        return found
    if not found.label.is_of(profile):
        return None
    fields, blocks = (_fields(each, standard, profile) for each in (found.fields, found.blocks))
    label = found.label.as_in(standard, profile)
    if fields is found.fields and blocks is found.blocks and label is found.label:
        return found
    return replace(found, fields=fields, blocks=blocks, label=label)


def _fields(fields: Mapping[str, Field], standard: str, profile: str) -> Mapping[str, Field]:
    """The fields by name; the same mapping where none of them is another one."""
    changed = {name: _field(field, standard, profile) for name, field in fields.items() if field.label.is_of(profile)}
    return fields if len(changed) == len(fields) and all(field is fields[name] for name, field in changed.items()) else changed


def _field(field: Field, standard: str, profile: str) -> Field:
    label = field.label.as_in(standard, profile)
    values = {key: each.as_in(standard, profile) for key, each in field.values.items() if each.is_of(profile)}
    keys = _fields(field.keys, standard, profile)
    of = tuple(_field(part, standard, profile) for part in field.of)
    same = (
        label is field.label
        and keys is field.keys
        and all(part is before for part, before in zip(of, field.of, strict=True))
        and len(values) == len(field.values)
        and all(each is field.values[key] for key, each in values.items())
    )
    if same:
        return field
    default = next(iter(values)) if field.default in field.values and field.default not in values else field.default
    return replace(field, label=label, values=values, keys=keys, of=of, default=default)
