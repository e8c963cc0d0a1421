"""Words for people, made before the reader's language is known.

The pure rooms build a :class:`Message` from an English text and its parameters;
the command line and the templates render it through the message catalogue.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from qmsctl.value import dataclass, field

Translate = Callable[[str], str]


def untranslated(text: str) -> str:
    """The translation that changes nothing: English."""
    return text


@dataclass(frozen=True, slots=True)
class Label:
    """One name in several languages, as type definitions give it: ``{en: …, vi: …}``.

    ``variants`` are the names it has instead in another edition of the standard, or in an office of another profile.
    What is so called is only in offices of the profiles ``only``; in all where none is named.
    """

    texts: Mapping[str, str]
    variants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    only: tuple[str, ...] = ()

    def as_in(self, *names: str) -> Label:
        """The name by which an edition and a profile call it; of several the last one that has a name for it."""
        own = [self.variants[name] for name in names if name in self.variants]
        return Label({key: text for texts in (self.texts, *own) for key, text in texts.items()}) if own else self

    def is_of(self, profile: str) -> bool:
        """True if there is such a thing in offices of this profile; of none, there is everything."""
        return not (self.only and profile) or profile in self.only

    def in_language(self, lang: str) -> str:
        """The text in ``lang``, else in English, else in whatever language there is."""
        return self.texts.get(lang) or self.texts.get("en") or next(iter(self.texts.values()), "")

    def __str__(self) -> str:
        return self.in_language("en")


class Worded:
    """What has words in every language: it can stand in a place of a :class:`Message`, too.

    It is no ``ABC``, for that a value is none of those takes long to tell.
    """

    __slots__ = ()

    @abstractmethod
    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The words in the language of ``translate``."""


@dataclass(frozen=True, slots=True)
class Named(Worded):
    """An id as it is typed, and behind it what it is called, where that says more: ``people (con người)``."""

    id: str
    label: Label

    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The id with its name in the reader's language."""
        words = self.label.in_language(lang)
        says_more = words and words.casefold().replace(" ", "-") != self.id.casefold().replace(" ", "-")
        return f"{self.id} ({words})" if says_more else self.id

    def __str__(self) -> str:
        return self.render()


def named(labels: Mapping[str, Label]) -> tuple[Named, ...]:
    """Ids with what they are called, in their order."""
    return tuple(Named(name, label) for name, label in labels.items())


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
        shown = {name: show(each, translate, lang) for name, each in self.params.items()}
        return text.format_map(shown)

    def whatever(self, name: str) -> Message:
        """What has the same text, and the same in all places but that of this name."""
        return Message(self.text, {key: value for key, value in self.params.items() if key != name})

    def exchanged(self, old: Message, new: Message) -> Message:
        """The same, with ``new`` in every place where ``old`` stands."""
        if self == old:
            return new
        return Message(self.text, {name: _exchanged(value, old, new) for name, value in self.params.items()})

    def __str__(self) -> str:
        return self.render()


def _exchanged(value: object, old: Message, new: Message) -> object:
    match value:
        case Message():
            return value.exchanged(old, new)
        case tuple():
            return tuple(_exchanged(each, old, new) for each in value)
        case _:
            return value


def _(text: str, /, **params: object) -> Message:
    """Mark ``text`` for translation and bind its parameters."""
    return Message(text, params)


def either(choices: Sequence[object]) -> object:
    """Any one of these, as a sentence lists them."""
    *most, last = choices
    return _("{most}, or {last}", most=tuple(most), last=last) if most else last


def numbered(parts: Sequence[Message]) -> Message:
    """Sentences in a sentence: ``(1) …; (2) …``."""
    places = {f"part{number}": part for number, part in enumerate(parts, 1)}
    return Message("; ".join(f"({number}) {{{name}}}" for number, name in enumerate(places, 1)), places)


def show(value: object, translate: Translate = untranslated, lang: str = "en") -> str:
    """A parameter as a reader of ``lang`` expects it: in Vietnamese, dates are DD/MM/YYYY and decimals have a comma."""
    if type(value) is str:
        return value
    match value:
        case str():
            return str(value)
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
