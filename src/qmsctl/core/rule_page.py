"""The page of a rule: its docstring, cut into a summary and the parts why, bad, good and mend."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping

from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_PART = regex(r"^## (Why|Bad|Good|Mend)$", re.MULTILINE)
_CODE = regex(r"^(```.*?^```)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of prose on one line, to be translated, or a fenced example, not to be."""

    text: str
    code: bool


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a rule says of itself."""

    summary: str
    parts: Mapping[str, tuple[Passage, ...]]

    def prose(self) -> Iterator[str]:
        """Everything to be translated."""
        yield self.summary
        for passages in self.parts.values():
            yield from (passage.text for passage in passages if not passage.code)


def read_page(docstring: str) -> RulePage:
    """The page in the docstring of a rule's module."""
    head, *rest = _PART.split(inspect.cleandoc(docstring))
    parts = {rest[i]: tuple(_passages(rest[i + 1])) for i in range(0, len(rest), 2)}
    return RulePage(" ".join(head.split()), parts)


def _passages(text: str) -> Iterator[Passage]:
    for part in _CODE.split(text):
        if part.startswith("```"):
            yield Passage(part, code=True)
        else:
            yield from (Passage(" ".join(each.split()), code=False) for each in part.split("\n\n") if each.strip())


def heading(part: str) -> Message:
    """The heading of a part, in words."""
    return {"Why": _("Why"), "Bad": _("Bad"), "Good": _("Good"), "Mend": _("How to mend it")}[part]
