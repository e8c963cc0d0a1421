"""The word a person may have meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from qmsctl.mend import Advice, Mend
from qmsctl.message import Label, Named, Translate, Worded, _, untranslated
from qmsctl.value import dataclass, field

_OWN = ("x-", "x_")
_LONGEST = 40
_LISTED = 40
_COMPARED = 200
"""Of more words than these, only those near in alphabetical order are compared, read from the front and from the end."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that is most like ``word``, if any is."""
    return _closest(word.lower(), frozenset(known)) if len(word) <= _LONGEST else None


@lru_cache(maxsize=512)
def _closest(word: str, known: frozenset[str]) -> str | None:
    import difflib

    return next(iter(difflib.get_close_matches(word, _near(word, known), 1, 0.7)), None)


def _near(word: str, known: frozenset[str]) -> Iterable[str]:
    """Those that may be meant: a slip leaves the beginning of a word as it was, or its end."""
    if len(known) <= _COMPARED:
        return _in_order(known)
    found = (*_around(word, _in_order(known)), *(each[::-1] for each in _around(word[::-1], _from_the_end(known))))
    return dict.fromkeys(found)


def _around(word: str, known: Sequence[str]) -> Sequence[str]:
    place, reach = bisect_left(known, word), _COMPARED // 4
    return known[max(place - reach, 0) : place + reach]


@lru_cache(maxsize=8)
def _in_order(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(known))


@lru_cache(maxsize=8)
def _from_the_end(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(each[::-1] for each in known))


@dataclass(frozen=True, slots=True)
class Suggestion(Worded):
    """What may have been meant by ``word``; it is looked for where somebody reads it, for hostile files have thousands."""

    word: str
    known: frozenset[str] = field(repr=False)
    labels: Mapping[str, Label] = field(default_factory=dict, repr=False)

    @property
    def found(self) -> str | None:
        """The closest of those that are known, if any is near."""
        return closest(self.word, self.known)

    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The closest of those that are known, else all of them."""
        found = self.found
        message = _("did you mean “{word}”?", word=found) if found else _("known are: {known}", known=_listed(self.known, self.labels))
        return message.render(translate, lang)

    def __str__(self) -> str:
        return self.render()


def did_you_mean(word: str, known: Collection[str], labels: Mapping[str, Label] | None = None) -> Suggestion:
    """The closest of ``known``, else all of them, with the words of those that have some."""
    return Suggestion(word, frozenset(known), labels or {})


def instead(word: str, *meant: str) -> Mend:
    """The words of which one may be meant by the one that somebody gave."""
    return Mend((Advice(_("did you mean {ids}?", ids=meant), instead=(word, meant[0]) if len(meant) == 1 else None),))


def _listed(known: frozenset[str], labels: Mapping[str, Label]) -> tuple[str | Named, ...]:
    shown = (Named(each, labels[each]) if each in labels else each for each in _in_order(known)[:_LISTED])
    return (*shown, *(("…",) if len(known) > _LISTED else ()))


def unknown_keys(keys: Iterable[str], known: Collection[str]) -> Iterator[str]:
    """The keys that are neither known nor the office's own (``x-…``)."""
    return (key for key in keys if key not in known and not key.startswith(_OWN))
