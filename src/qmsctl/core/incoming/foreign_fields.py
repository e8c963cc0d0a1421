"""The front matter that other systems write: YAML, often with keys that stand there twice and values that are no YAML of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qmsctl.core.incoming.markdown import seen
from qmsctl.regex import regex

_KEY = regex(r"([A-Za-z][\w .-]{0,60}?)\s*:(?:\s+(.*))?")
_ITEM = regex(r"\s*-\s+(.*)")
_BLOCK = regex(r"[|>][-+\d]*\s*")


def foreign_fields(text: str) -> tuple[Mapping[str, str], tuple[str, ...], str]:
    """The keys before the text as plain texts, lists parted by commas; which stand there twice; and the text.

    Read line by line, so that a key which stands there twice, a tab or a tag costs nothing but itself.
    """
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, (), text
    end = next((number for number, each in enumerate(lines[1:], 1) if each.strip() in ("---", "...")), None)
    if end is None:
        return {}, (), text
    fields: dict[str, str] = {}
    doubled: list[str] = []
    last = ""
    for each in lines[1:end]:
        item, found = _ITEM.fullmatch(each), _KEY.fullmatch(each)
        if item and last:
            fields[last] = ", ".join(part for part in (fields[last], _bare(item[1])) if part)
        elif found:
            last = found[1].strip()
            doubled += [last] if last in fields else []
            fields.setdefault(last, "" if _BLOCK.fullmatch(found[2] or "") else _bare(found[2] or ""))
        elif last and each[:1].isspace() and (more := _bare(each)) and not more.startswith("#"):
            fields[last] = " ".join(part for part in (fields[last], more) if part)
    return fields, tuple(doubled), "\n".join(lines[end + 1 :])


def _bare(value: str) -> str:
    """A value without quotes, the brackets of a list or a comment."""
    shown = seen(value).strip()
    if shown[:1] in "\"'" and shown[:1] and shown.endswith(shown[0]) and len(shown) > 1:
        return shown[1:-1]
    shown = re.sub(r"\s+#.*$", "", shown)
    if shown.startswith("[") and shown.endswith("]"):
        return ", ".join(_bare(each) for each in shown[1:-1].split(","))
    return shown
