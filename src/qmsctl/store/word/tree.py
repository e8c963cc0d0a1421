"""A page of ours as a tree of elements, for those who make something else of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from qmsctl.value import dataclass, field

_VOID = frozenset(("meta", "br", "img", "hr", "input", "link", "col", "polygon", "rect", "path"))


@dataclass(slots=True)
class Element:
    """An element with its attributes and what is in it: elements and texts."""

    tag: str
    attributes: Mapping[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    def elements(self) -> Iterator[Element]:
        """The elements right in it."""
        return (each for each in self.inside if isinstance(each, Element))

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements with one of these tags right in it, or in one of another tag."""
        for each in self.elements():
            if each.tag in tags:
                yield each
            else:
                yield from each.all(*tags)

    @property
    def is_seen(self) -> bool:
        """False for what is only drawn."""
        return self.attributes.get("aria-hidden") != "true"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(found)
        if tag not in _VOID:
            self.open.append(found)

    def handle_endtag(self, tag: str) -> None:
        if any(each.tag == tag for each in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def tree(html: str) -> Element:
    """The tree of a page; what is not closed is closed by what it is in."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]
