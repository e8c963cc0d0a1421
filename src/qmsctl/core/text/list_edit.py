"""Entries added to a list of the front matter, or taken out of it: the lines of all others stay, comments and quotes too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from qmsctl.core.text import nodes
from qmsctl.regex import regex

_DASH = regex(r"[ ]*-[ ]+\Z")
_REST = regex(r"[ \t]*(?:[ \t]#[^\n]*)?\r?(?=\n|\Z)")
_OWN_REST = regex(r"[ \t]*,?(?:[ \t]+#[^\n]*?)?[ \t]*(?=\r?\n)")
_LINE_END = regex(r"\r?\n(?=[^\n]*\Z)")
_COMMA = regex(r"[ \t]*,")


class Entry(NamedTuple):
    """An entry of a list: what it is, comparably, and the span of its characters in the text."""

    value: str
    start: int
    end: int


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


def end_of(text: str, node: nodes.Node) -> int:
    """Where a value's characters end; libyaml lets block values reach to the next token."""
    if isinstance(node, nodes.Sequence) and not node.flow and node.items:
        return end_of(text, node.items[-1])
    if isinstance(node, nodes.Mapping) and not node.flow and node.entries:
        return end_of(text, list(node.entries.values())[-1])
    if isinstance(node, nodes.Scalar) and not node.plain and text[node.start] in "|>":
        return node.start + len(text[node.start : node.end].rstrip())
    return node.end


def edited(text: str, found: nodes.Sequence, wanted: Sequence[tuple[str, str]]) -> str | None:
    """``text`` with these entries in the list found in it, or ``None`` where the list has to be written anew.

    ``wanted`` holds, of each entry, what it is and how it would be written. A list of which nothing stays is
    another list.
    """
    entries = [Entry(repr(nodes.plain(each)), each.start, end_of(text, each)) for each in found.items]
    steps = _steps([each.value for each in entries], [value for value, _written in wanted])
    gone = [old for old, new in steps if new is None]
    if not entries or len(gone) == len(entries):
        return None
    moved = {entries[place].value: _as_written(text, entries[place], found.flow) for place in gone}
    come = [(old, moved.get(wanted[new][0]) or wanted[new][1]) for old, new in steps if new is not None]
    splices = (_in_brackets if found.flow else _in_lines)(text, entries, gone, come)
    if splices is None:
        return None
    for start, end, written in sorted(splices, key=lambda each: (each.start, each.end), reverse=True):
        text = text[:start] + written + text[end:]
    return text


def without(text: str, found: nodes.Sequence, place: int) -> str | None:
    """``text`` without one entry of the list found in it, counted from 0, or ``None`` where that cannot be done alone."""
    entries = [Entry(repr(nodes.plain(each)), each.start, end_of(text, each)) for each in found.items]
    if found.flow and len(entries) == 1:
        return f"{text[:found.start]}[]{text[found.end:]}"
    splices = (_in_brackets if found.flow else _in_lines)(text, entries, [place], [])
    if splices is None:
        return None
    (splice,) = splices
    return text[: splice.start] + splice.text + text[splice.end :]


def _as_written(text: str, entry: Entry, flow: bool) -> str:
    """An entry that goes to another place takes its quotes along and, on a line of its own, its comment."""
    rest = None if flow else _REST.match(text, entry.end)
    written = text[entry.start : rest.end() if rest else entry.end].rstrip("\r")
    return "" if "\n" in written else written


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int | None]]:
    """What to do: at the place of an old entry, ``None`` to take it out, or the number of a new one to put before it."""
    left = Counter(old)
    steps: list[tuple[int, int | None]] = []
    here = 0
    for number, value in enumerate(new):
        while left[value] and old[here] != value:
            left[old[here]] -= 1
            steps.append((here, None))
            here += 1
        if left[value]:
            left[value] -= 1
            here += 1
        else:
            steps.append((here, number))
    return [*steps, *((place, None) for place in range(here, len(old)))]


def _in_lines(text: str, entries: Sequence[Entry], gone: Sequence[int], come: Sequence[tuple[int, str]]) -> list[_Splice] | None:
    """A list with a dash before each entry: whole lines come and go."""
    starts = [text.rfind("\n", 0, each.start) + 1 for each in entries]
    dashes = [_DASH.fullmatch(text, start, each.start) for start, each in zip(starts, entries, strict=True)]
    rests = [_REST.match(text, each.end) for each in entries]
    if not all(dashes) or not all(rests) or any(one >= other for one, other in pairwise(starts)):
        return None
    ends = [rest.end() + 1 for rest in rests if rest]
    line_end = "\r\n" if text[ends[-1] - 2 : ends[-1]] == "\r\n" else "\n"
    prefixes = [dash[0] for dash in dashes if dash]
    removed = [_Splice(starts[place], ends[place], "") for place in gone]
    added = [
        (ends[place - 1] if place else starts[0], f"{prefixes[max(place - 1, 0)]}{written}{line_end}")
        for place, written in come
    ]
    return [*removed, *_joined(added, "".join)]


def _in_brackets(text: str, entries: Sequence[Entry], gone: Sequence[int], come: Sequence[tuple[int, str]]) -> list[_Splice] | None:
    """A list in brackets, on one line or on several; what comes where another goes takes its place."""
    instead = {place: ", ".join(written for at, written in come if at == place) for place, _written in come if place in gone}
    gone, come = [each for each in gone if each not in instead], [each for each in come if each[0] not in instead]
    kept = sorted(set(range(len(entries))) - set(gone))
    splices = [_Splice(entries[place].start, entries[place + 1].start, "") for place in gone if place < kept[-1]]
    if kept[-1] < len(entries) - 1:
        splices.append(_without_the_last(text, entries, kept[-1]))
    splices += [_Splice(entries[place].start, entries[place].end, written) for place, written in instead.items()]
    inner = [(place, written) for place, written in come if place]
    apart = _own_line(text, entries[0]) or " "
    splices += _joined([(entries[0].start, f"{written},{apart}") for place, written in come if not place], "".join)
    for place in dict.fromkeys(place for place, _written in inner):
        splices += _after(text, entries, place - 1, [written for each, written in inner if each == place])
    return splices


def _without_the_last(text: str, entries: Sequence[Entry], kept: int) -> _Splice:
    """All entries behind ``kept`` go; its comma stays where a comment or another comma does."""
    start, end = entries[kept].end, entries[-1].end
    between = text[start : entries[kept + 1].start]
    line_end = _LINE_END.search(between)
    rest = _OWN_REST.match(text, end) if line_end else None
    if line_end and ("#" in between or (rest and "," in rest[0])):
        start += line_end.start()
    return _Splice(start, rest.end() if rest else end, "")


def _own_line(text: str, entry: Entry) -> str:
    """The line end and the indent before an entry that begins a line; nothing before any other."""
    newline = text.rfind("\n", 0, entry.start)
    if newline < 0 or text[newline + 1 : entry.start].strip():
        return ""
    return text[newline - (text[newline - 1] == "\r") : entry.start]


def _after(text: str, entries: Sequence[Entry], place: int, written: Sequence[str]) -> list[_Splice]:
    """New entries behind one: on lines of their own where it has one, else behind it."""
    end = entries[place].end
    apart = _own_line(text, entries[place])
    line_end = text.find("\n", end)
    rest = _OWN_REST.match(text, end)
    if not apart:
        return [_Splice(end, end, "".join(f", {each}" for each in written))]
    if rest is None or rest.end() not in (line_end, line_end - 1):
        return [_Splice(end, end, "".join(f",{apart}{each}" for each in written))]
    comma = "," if _COMMA.match(text, end) else ""
    lines = ",".join(f"{apart}{each}" for each in written) + comma
    return [*([] if comma else [_Splice(end, end, ",")]), _Splice(rest.end(), rest.end(), lines)]


def _joined(added: Sequence[tuple[int, str]], join: Callable[[list[str]], str]) -> list[_Splice]:
    """What comes to one place in one piece, in its order."""
    return [_Splice(place, place, join([text for at, text in added if at == place])) for place in dict.fromkeys(at for at, _text in added)]
