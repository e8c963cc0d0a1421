"""Acts that make files: who makes them, with which body, in which language."""

from __future__ import annotations

from collections.abc import Callable

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.occasion import Occasion
from qmsctl.core.auditing.questions import Say
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body
from qmsctl.message import show
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.shipped.rendering import new_body

Compose = Callable[[Library, str | None, Body, Say], Edit]
"""Makes the edit for a person, with a template for the body and a way to put words into the office's language."""


def make(occasion: Occasion, by: str | None, compose: Compose, ending: Ending) -> Done:
    """Carry out what ``compose`` makes for the person ``by``, or for git's user."""

    def composed(library: Library) -> Edit:
        language = library.config.language
        return compose(
            library,
            occasion.person(library, by),
            lambda found, new_id, title: new_body(found, new_id, title, language, library.config.profile),
            speaker(language),
        )

    return carry_out(occasion, composed, ending)


def speaker(language: str) -> Say:
    """Puts messages and labels into a language."""
    translate = translator(language)
    return lambda words: show(words, translate, language)
