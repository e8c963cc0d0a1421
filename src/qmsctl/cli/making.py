"""Commands that make a file: who makes it, with which body, in which language, and what it is called then."""

from __future__ import annotations

from collections.abc import Callable

from qmsctl.cli.session import Session
from qmsctl.cli.writing import carry_out, git_email
from qmsctl.core.auditing.questions import Say
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body
from qmsctl.message import show

Make = Callable[[Library, str | None, Body, Say], Edit]
"""Makes the edit for a person, with a template for the body and a way to put words into the office's language."""


def make_file(session: Session, by: str | None, dry_run: bool, commit: bool, make: Make) -> str:
    """Carry out what ``make`` makes. Its first file is new; the id of it, empty if nothing was written."""
    from qmsctl.store.rendering import new_body

    email = git_email(session.place())
    made: list[Edit] = []

    def edit(library: Library) -> Edit:
        own = library.people.by_email(email) if email else None
        language = library.config.language
        made.append(
            make(
                library,
                by or (own.id if own else None),
                lambda found, new_id, title: new_body(found, new_id, title, language),
                speaker(language),
            )
        )
        return made[-1]

    carry_out(session, edit, dry_run, commit)
    return "" if dry_run else made[-1].about


def speaker(language: str) -> Say:
    """Puts messages and labels into a language."""
    from qmsctl.store.catalogue import translator

    translate = translator(language)
    return lambda words: show(words, translate, language)
