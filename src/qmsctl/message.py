"""Words for people, made before the reader's language is known.

The pure rooms build a :class:`Message` from an English text and its parameters;
the command line and the templates render it through the message catalogue.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Translate = Callable[[str], str]


def untranslated(text: str) -> str:
    """The translation that changes nothing: English."""
    return text


@dataclass(frozen=True, slots=True)
class Label:
    """One name in several languages, as type definitions give it: ``{en: …, vi: …}``.

    ``editions`` are the names it has instead where an office follows another edition of the standard.
    """

    texts: Mapping[str, str]
    editions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_edition(self, standard: str) -> Label:
        """The name by which an edition calls it."""
        own = self.editions.get(standard)
        return Label({**self.texts, **own}) if own else self

    def in_language(self, lang: str) -> str:
        """The text in ``lang``, else in English, else in whatever language there is."""
        return self.texts.get(lang) or self.texts.get("en") or next(iter(self.texts.values()), "")

    def __str__(self) -> str:
        return self.in_language("en")


class Worded(ABC):
    """What has words in every language: it can stand in a place of a :class:`Message`, too."""

    __slots__ = ()

    @abstractmethod
    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The words in the language of ``translate``."""


@dataclass(frozen=True, slots=True)
class Message(Worded):
    """An English text with ``{name}`` places and what stands in them."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The text in the language of ``translate``, its places filled."""
        text = translate(self.text)
        if not self.params:
            return text
        shown = {name: show(value, translate, lang) for name, value in self.params.items()}
        return text.format_map(shown)

    def __str__(self) -> str:
        return self.render()


def _(text: str, /, **params: object) -> Message:
    """Mark ``text`` for translation and bind its parameters."""
    return Message(text, params)


def show(value: object, translate: Translate = untranslated, lang: str = "en") -> str:
    """A parameter as a reader of ``lang`` expects it: in Vietnamese, dates are DD/MM/YYYY and decimals have a comma."""
    match value:
        case Worded():
            return value.render(translate, lang)
        case Label():
            return value.in_language(lang)
        case datetime():
            day = "%d/%m/%Y %H:%M" if lang == "vi" else "%Y-%m-%d %H:%M"
            return value.strftime(day)
        case date():
            return value.strftime("%d/%m/%Y") if lang == "vi" else value.isoformat()
        case Decimal():
            return f"{value:f}".replace(".", ",") if lang == "vi" else f"{value:f}"
        case tuple() | list() | frozenset() | set():
            items = sorted(value) if isinstance(value, (frozenset, set)) else value
            return ", ".join(show(item, translate, lang) for item in items)
        case _:
            return str(value)
