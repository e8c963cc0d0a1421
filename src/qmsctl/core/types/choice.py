"""A column or a value that somebody names by its id or by the words that are shown for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qmsctl.core.text.characters import fold, unmarked
from qmsctl.core.types.field import Field
from qmsctl.message import Label, Message
from qmsctl.regex import regex

_ANSWERS = {"yes": Label({"en": "yes", "vi": "có"}), "no": Label({"en": "no", "vi": "không"})}
_WORD = regex(r"\w+")


def chosen(text: str, labels: Mapping[str, Label]) -> str | None:
    """The key that ``text`` names: itself, else the one whose words in any language are those, with their marks or without, if it is one alone."""
    if text in labels:
        return text
    for read in (fold, unmarked):
        wanted = read(text.strip().replace("-", " "))
        found = [key for key, label in labels.items() if wanted in (read(each.replace("-", " ")) for each in (key, *label.texts.values()))]
        if len(found) == 1:
            return found[0]
    return None


def part_of(text: str, labels: Mapping[str, Label]) -> str | None:
    """The key in whose words in any language those of ``text`` stand, with their marks or without, if it is one alone."""
    wanted = apart(text)
    found = [key for key, label in labels.items() if any(wanted in apart(each) for each in label.texts.values())] if wanted.strip() else []
    return found[0] if len(found) == 1 else None


def apart(text: str) -> str:
    """The words of ``text`` without their marks, one space around each, so that one text holds the words of another or does not."""
    return f" {' '.join(_WORD.findall(unmarked(text)))} "


def as_value(field: Field | None, text: str) -> str:
    """``text`` as files hold it: of a choice the id, where its words were given, of a question to be answered with yes or no the one it says."""
    values = (_ANSWERS if field.kind == "bool" else field.values) if field is not None and field.kind in ("one-of", "bool") else {}
    return chosen(text, values) or text


def with_labels(labels: Iterable[tuple[str, Label]]) -> tuple[Message, ...]:
    """Ids, each with the words for it."""
    return tuple(Message("{id} ({label})", {"id": key, "label": label}) for key, label in labels)
