"""The words of a type as an edition of the standard has them."""

from __future__ import annotations

from dataclasses import replace

from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType


def in_edition(found: RecordType, standard: str) -> RecordType:
    """The type with the labels of its fields, and of their values, that ``standard`` has for them."""
    fields = {name: _field(field, standard) for name, field in found.fields.items()}
    changed = any(field is not found.fields[name] for name, field in fields.items())
    return replace(found, fields=fields) if changed else found


def _field(field: Field, standard: str) -> Field:
    if not any(standard in label.editions for label in (field.label, *field.values.values())):
        return field
    values = {key: label.in_edition(standard) for key, label in field.values.items()}
    return replace(field, label=field.label.in_edition(standard), values=values)
