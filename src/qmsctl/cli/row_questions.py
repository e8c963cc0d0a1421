"""What ``qmsctl row add`` asks a person at a terminal: the columns that a row needs."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.acts.occasion import Occasion
from qmsctl.cli.session import Session
from qmsctl.core.lifecycle.table_rows import given_cells, missing_columns, table
from qmsctl.message import _


def with_answers(session: Session, occasion: Occasion, subject: str, name: str, given: Mapping[str, str]) -> Mapping[str, str]:
    """The columns that were ``given``, and the answers for others: all of them where none is given, else those that are needed."""
    if not session.terminal.asks:
        return given
    library = session.library(occasion.place)
    found = table(library, subject, name)
    cells = given_cells(found, given, library.config.writing)
    missing = missing_columns(found, cells)
    asked = tuple(found.columns) if not given else missing
    if not asked:
        return given
    from qmsctl.cli.field_question import value_asked

    session.say(_("A row of “{table}”. Ctrl-C leaves, and nothing is written.", table=found.field.label))
    answers = {key: value_asked(session, library, key, found.columns[key], needed=key in missing) for key in asked}
    return {**given, **{key: text for key, text in answers.items() if text}}
