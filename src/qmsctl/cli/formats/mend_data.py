"""A mend as data, for editors, bots and scripts; the shape is a promise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qmsctl.mend import (
    Addition,
    Advice,
    Assignment,
    Command,
    Correction,
    GitCommand,
    Hole,
    Mend,
    Row,
    Step,
    TakeBack,
    Value,
    holes_of,
)
from qmsctl.mend_words import step_words

Words = Callable[[object], str]
"""Puts messages into the reader's language."""


def mend_data(mend: Mend, words: Words) -> dict[str, Any]:
    """The steps, what for, by whom, whether they are a part of what is needed, and the other way or ``null``."""
    return {
        "steps": [_step(each, words) for each in mend.steps],
        "why": None if mend.why is None else words(mend.why),
        "by": list(mend.by),
        "part": mend.part,
        "otherwise": None if mend.otherwise is None else mend_data(mend.otherwise, words),
    }


def _step(step: Step, words: Words) -> dict[str, Any]:
    """One step: its kind, what belongs to that, and how it is said."""
    return {**_told(step), "text": words(step_words(step))}


def _told(step: Step) -> dict[str, Any]:
    match step:
        case Command():
            operands = [_value(each) for each in step.operands]
            named = {"verb": step.verb, "operands": operands, "general": _options(step.general)}
            return {"kind": "command", **named, **_given(step)}
        case Addition():
            return {"kind": "add", **_given(step)}
        case GitCommand():
            return {"kind": "git", "words": [_value(each) for each in step.words], "holes": list(holes_of(step))}
        case TakeBack():
            return {"kind": "take-back", "path": step.path, "copy": step.copy, "since": step.since}
        case Correction():
            start = {"line": step.span.line, "column": step.span.column}
            end = {"line": step.span.end_line, "column": step.span.end_column}
            return {"kind": "edit", "path": step.path, "start": start, "end": end, "old": step.old, "new": step.new}
        case Advice():
            return {"kind": "advice"}


def _given(step: Command | Addition) -> dict[str, Any]:
    return {"set": _sets(step.sets), "options": _options(step.options), "holes": list(holes_of(step))}


def _sets(sets: Sequence[Assignment]) -> dict[str, Any]:
    """Values by field, as ``--set`` names it: with a ``+`` at the end where one more is added."""
    return {f"{each.name}+" if each.more else each.name: _value(each.value) for each in sets}


def _options(options: Sequence[tuple[str, str | Hole | None]]) -> dict[str, Any]:
    """Values by option; ``true`` for one that has none, and an array where it is given several times."""
    found: dict[str, list[Any]] = {}
    for name, value in options:
        found.setdefault(name, []).append(True if value is None else _value(value))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _value(value: Value) -> Any:
    match value:
        case Hole():
            return None
        case Row():
            return {name: _value(cell) for name, cell in value.cells}
        case str():
            return value
