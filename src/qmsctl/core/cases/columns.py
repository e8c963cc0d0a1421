"""The columns of a data file: fixed ones under English keys or Vietnamese words, and one for each step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from qmsctl.core.text.labels import plain_label
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.types.kinds import shortened
from qmsctl.message import Message, _
from qmsctl.regex import regex

FIXED = ("case", "received", "due", "stops", "supplements", "finished", "released_by")
REQUIRED = {"case": _("case (the id of a case)"), "received": _("received (when it was taken in)"), "finished": _("finished (when the result was handed over)")}
"""The columns without which there is no case, and what they hold."""

_WORDS: Mapping[str, Sequence[str]] = {
    "case": ("case id", "id", "ma ho so", "so ho so", "ma so ho so", "ho so"),
    "received": ("received at", "tiep nhan", "ngay tiep nhan", "ngay gio tiep nhan", "thoi diem tiep nhan", "ngay nhan"),
    "due": ("due at", "hen tra", "ngay hen tra", "ngay hen tra ket qua", "han tra", "thoi diem hen tra"),
    "stops": ("stopped", "tam dung", "dung tinh gio", "thoi gian tam dung"),
    "supplements": ("supplement", "returned for supplement", "bo sung", "so lan bo sung", "yeu cau bo sung"),
    "finished": ("finished at", "returned", "tra ket qua", "ngay tra", "ngay tra ket qua", "tra thuc te", "ket thuc"),
    "released_by": ("nguoi ky", "nguoi ky duyet", "nguoi cho phep tra ket qua", "thong qua"),
}
_COMPUTED = ("result", "ket qua", "tinh trang", "ket qua giai quyet")
_STEP = regex(r"(?:step|buoc) +")


class Header(NamedTuple):
    """What stands in each place of a row: the key of a fixed column or the number of a step, nothing where there is no heading."""

    names: tuple[str, ...]
    steps: tuple[str, ...]


def header(cells: Sequence[str], steps: Collection[str]) -> Header | tuple[Message, ...]:
    """The columns that a file's first row names, ``steps`` being the procedure's; else what is wrong with it.

    Spreadsheets save more columns than were written in: those without a heading at the end are none.
    """
    cells = cells[: max((place for place, cell in enumerate(cells, 1) if cell), default=0)]
    fixed = {plain_label(word): key for key in FIXED for word in (key, *_WORDS[key])}
    known_steps = {plain_label(step): step for step in steps}
    names: list[str] = []
    faults: list[Message] = []
    for cell in cells:
        if not cell:
            names.append("")
            continue
        word = plain_label(cell)
        name = fixed.get(word) or known_steps.get(word) or known_steps.get(_STEP.sub("", word, count=1))
        if name is None:
            faults.append(_unknown(cell, word, (*FIXED, *steps)))
        elif name in names:
            faults.append(_("the column “{column}” is there twice", column=shortened(cell)))
        names.append(name or "")
    missing = tuple(words for key, words in REQUIRED.items() if key not in names)
    if missing:
        faults.append(_("these columns are missing: {columns}", columns=missing))
    if faults:
        return tuple(faults)
    return Header(tuple(names), tuple(name for name in names if name and name not in FIXED))


def case_column(cells: Sequence[str]) -> int | None:
    """The place of the ids of cases in a file's first row, from 0."""
    words = {plain_label(word) for word in ("case", *_WORDS["case"])}
    return next((place for place, cell in enumerate(cells) if plain_label(cell) in words), None)


def _unknown(cell: str, word: str, known: Collection[str]) -> Message:
    if word in _COMPUTED:
        return _("the column “{column}” is not taken over: results follow from the times; take it out", column=shortened(cell))
    return _(
        "the column “{column}” is not known: only ids and times are kept; {hint}",
        column=shortened(cell), hint=did_you_mean(cell, known),
    )
