"""XML as it may come in: without a document type, not nested without end."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from qmsctl.message import _
from qmsctl.store.incoming.unfit import Unfit

MOST_DEPTH = 200
MOST_TABLES = 20
"""Tables within tables; Word itself lays out fewer."""
MOST_ELEMENTS = 1_000_000


def check_xml(name: str, data: bytes) -> None:
    """Raise :class:`Unfit` where a part could do more than be read. The parser says what a document type is, in every encoding."""
    watch = _Watch(name)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = watch.refuse_type
    parser.StartElementHandler = watch.enter
    parser.EndElementHandler = watch.leave
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Unfit(_("its part “{name}” is no whole XML: it is damaged", name=name)) from None
    except (ValueError, LookupError):
        raise Unfit(_("its part “{name}” is in an encoding that Word and Excel do not write: open the file there, and save it anew", name=name)) from None


class _Watch:
    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = self._tables = self._elements = 0

    def refuse_type(self, *_declared: object) -> None:
        raise Unfit(_("its part “{name}” declares a document type, which no file of an office needs: it is made to deceive", name=self._name))

    def enter(self, tag: str, _attributes: Any) -> None:
        self._depth += 1
        self._elements += 1
        self._tables += _is_table(tag)
        if self._tables > MOST_TABLES or self._depth > MOST_DEPTH:
            raise Unfit(_("its part “{name}” is nested too deep: more than {most} tables in each other, or {depth} parts", name=self._name, most=MOST_TABLES, depth=MOST_DEPTH))
        if self._elements > MOST_ELEMENTS:
            raise Unfit(_("its part “{name}” has more than {most} elements", name=self._name, most=MOST_ELEMENTS))

    def leave(self, tag: str) -> None:
        self._depth -= 1
        self._tables -= _is_table(tag)


def _is_table(tag: str) -> bool:
    return tag.rpartition(":")[2] == "tbl"
