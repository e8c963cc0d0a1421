"""The front matter of a type as JSON Schema (draft 2020-12), for editors and integrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType

_PATTERNS = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "datetime": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$",
    "duration": r"^\d{1,4}(\.\d{1,2})?[hdwmy]$",
    "time-limit": r"^(\d{1,4}(\.\d{1,2})?[hdwmy]|same-day( until ([01]\d|2[0-3]):[0-5]\d)?)$",
    "period": r"^\d{4}(-(H[12]|Q[1-4]|W\d{2}|\d{2}|\d{2}-\d{2}))?$",
    "hours": r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$",
    "retention": r"^(permanent|by law:.*|\d{1,4}(\.\d{1,2})?[hdwmy])$",
    "address": r"^https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$",
    "sha256": r"^[0-9a-f]{64}$",
    "reference": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
}


def json_schema(found: RecordType, lang: str) -> Mapping[str, Any]:
    """The schema of the type's front matter; labels are in ``lang``."""
    properties: dict[str, Any] = {"id": {"type": "string"}, "type": {"const": found.name}}
    if found.states:
        properties["status"] = {"enum": list(found.states)}
    properties |= {name: _field(field, lang) for name, field in found.fields.items()}
    first = (None, found.first_state)
    required = [name for name, field in found.fields.items() if field.required and field.state in first]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": found.label.in_language(lang),
        "type": "object",
        "properties": properties,
        "required": ["id", "type", *(["status"] if found.states else []), *required],
        "patternProperties": {"^x[-_]": {}},
        "additionalProperties": False,
    }


def _field(field: Field, lang: str) -> dict[str, Any]:
    return {"title": field.label.in_language(lang), **_kind(field, lang)}


def _kind(field: Field, lang: str) -> dict[str, Any]:
    match field.kind:
        case "integer" | "number":
            limits = {"minimum": field.minimum, "maximum": field.maximum}
            return {"type": field.kind, **{key: value for key, value in limits.items() if value is not None}}
        case "bool":
            return {"enum": ["yes", "no", "true", "false", True, False]}
        case "one-of":
            return {"enum": list(field.values)}
        case "list":
            return {"type": "array", "items": _kind(field.of[0], lang)}
        case "any":
            return {"anyOf": [_kind(part, lang) for part in field.of]}
        case "map" | "table":
            row = _row(field, lang)
            return {"type": "array", "items": row} if field.kind == "table" else row
        case _:
            pattern = _PATTERNS.get(field.kind)
            return {"type": "string", **({"pattern": pattern} if pattern else {})}


def _row(field: Field, lang: str) -> dict[str, Any]:
    if field.of:
        return {"type": "object", "additionalProperties": _kind(field.of[0], lang)}
    return {
        "type": "object",
        "properties": {name: _field(part, lang) for name, part in field.keys.items()},
        "required": [name for name, part in field.keys.items() if part.required],
        "additionalProperties": False,
    }
