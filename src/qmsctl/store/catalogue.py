"""Translations from the compiled message catalogues."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qmsctl.message import Translate, untranslated

LOCALE = Path(__file__).resolve().parent.parent / "locale"


@cache
def translator(lang: str) -> Translate:
    """From the English of the source to ``lang``; English itself needs no catalogue."""
    if lang == "en":
        return untranslated
    import gettext

    found = gettext.translation("qmsctl", LOCALE, [lang], fallback=True).gettext
    return lambda text: found(text) if text else ""
