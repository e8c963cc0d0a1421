"""How ``qmsctl cases import`` reads its words and its file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.making import make
from qmsctl.cli.arguments import named_source, read_given, warn_of_list
from qmsctl.cli.session import Session
from qmsctl.core.cases.register import Month
from qmsctl.core.incoming.case_intake import Given, take_in
from qmsctl.core.incoming.case_lists import TARGETS, weight
from qmsctl.core.incoming.columns import CASES
from qmsctl.core.text.writing import Writing
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, command
from qmsctl.message import _
from qmsctl.store.incoming.tables import read_tables
from qmsctl.store.shipped.import_maps import maps_of, named_map
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, and of which procedure and month it is, where that is said."""

    file: str
    procedure: str | None = None
    month: str | None = None

    @classmethod
    def of(cls, words: Sequence[str], writing: Writing) -> Self:
        """What ``[PROCEDURE] [MONTH] FILE`` means."""
        *before, file = words
        if not before and not Path(file).suffix and not Path(file).is_file():
            raise UsageError(_("no file is named"), command("cases import", file, Hole("file")))
        if len(before) > 2:
            raise UsageError(_("procedure, month and file are expected, in this order; here are {count} words", count=len(words)))
        if len(before) == 1 and Month.parse(writing.filed_period(before[0])):
            before = ["", *before]
        procedure, month = (*before, "", "")[:2]
        return cls(file, procedure or None, month or None)


def taken_in(session: Session, asked: Asked, named: str | None, by: str | None, ending: Ending) -> Done:
    """Read the file and carry out what it makes of the registers."""
    path = Path(asked.file)
    data = read_given(path)
    occasion = session.occasion()
    warn_of_list(session, occasion.place, path)
    maps = maps_of(session.library(occasion.place), CASES, TARGETS)
    maps = (named_map(maps, named),) if named else maps
    workbook = read_tables(data, lambda sheet: weight(sheet, maps))
    name, sha256 = named_source(path, data)
    given = Given(workbook, maps, {"name": name, "sha256": sha256}, asked.procedure, asked.month)
    return make(occasion, by, lambda library, who, body, _say: take_in(library, given, who, body), ending)
