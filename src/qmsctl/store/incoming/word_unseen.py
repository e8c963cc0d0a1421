"""Text of a Word document that nobody sees on its page: hidden, in the colour of what it stands on, too small, beside the page.

What is hidden is taken out. The rest Word does show to whoever marks it, so it stays, and is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from qmsctl.store.incoming.word_names import WP, W, child, parents, value
from qmsctl.store.incoming.word_styles import Styles
from qmsctl.value import dataclass, replace

_TINY = 4
"""Half points; what an office prints has sixteen and more."""
_FAR = 31_680
"""Twentieths of a point: the longest side that a page of Word may have."""
_EMU = 635
"""So many are one of them."""
_ALIKE = 16
"""Of 256 steps of red, green and blue: what differs by less is one colour to the eye."""
_WHITE = "FFFFFF"
_THEME = {"background1": _WHITE, "light1": _WHITE, "bg1": _WHITE, "lt1": _WHITE}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a run stands: the style of its paragraph and of its table, what it stands on (nothing where that is not known), whether beside the page."""

    paragraph: str
    table: str
    ground: str
    away: bool = False


def take_out_unseen(root: ET.Element, styles: Styles) -> Iterator[tuple[str, str]]:
    """Take out the runs that Word does not show (``hidden``), and name those that nobody sees (``unseen``)."""
    above = parents(root)
    page = child(root, "background")
    for run, place in list(_runs(root, _Place("", "", _WHITE if page is None else _hex(page, "color")), styles)):
        text = "".join(each.text or "" for each in run.iter(W + "t"))
        if styles.hide(run, place.paragraph, place.table):
            above[run].remove(run)
            yield from [("hidden", text)] if text else ()
        elif text.strip() and (place.away or _is_unseen(run, place, styles)):
            yield "unseen", text


def _runs(element: ET.Element, place: _Place, styles: Styles) -> Iterator[tuple[ET.Element, _Place]]:
    for each in element:
        within = place
        if each.tag == W + "r":
            yield each, place
        elif each.tag == W + "p":
            looks = child(each, "pPr")
            style = value(child(looks, "pStyle"))
            within = replace(place, paragraph=style, ground=_ground(child(looks, "shd") if child(looks, "shd") is not None else styles.of_paragraph(style, "shd"), place.ground), away=place.away or _is_away(looks))
        elif each.tag == W + "tbl":
            style = value(child(each, "tblPr", "tblStyle"))
            within = replace(place, table=style, ground="" if styles.shades(style) else _ground(child(each, "tblPr", "shd"), place.ground))
        elif each.tag == W + "tc":
            within = replace(place, ground=_ground(child(each, "tcPr", "shd"), place.ground))
        elif each.tag == W + "txbxContent":
            within = replace(place, ground="")
        elif each.tag == WP + "anchor":
            within = replace(place, away=place.away or any(_is_far(text.text or "", _EMU) for text in each.iter(WP + "posOffset")))
        yield from _runs(each, within, styles)


def _is_unseen(run: ET.Element, place: _Place, styles: Styles) -> bool:
    size, colour, shade, mark = (styles.look(run, place.paragraph, place.table, name) for name in ("sz", "color", "shd", "highlight"))
    if styles.hides_some(place.table) or (value(size).isdecimal() and int(value(size)[:6]) <= _TINY):
        return True
    ground = "" if value(mark) not in ("", "none") else _ground(shade, place.ground)
    own = _hex(colour, "val")
    return bool(ground and own) and all(abs(int(own[at : at + 2], 16) - int(ground[at : at + 2], 16)) < _ALIKE for at in (0, 2, 4))


def _ground(shade: ET.Element | None, before: str) -> str:
    """The colour that a shade makes; empty where it is a pattern, or not known."""
    match value(shade):
        case "" | "nil":
            return before
        case "clear":
            return before if value(shade, "fill") in ("", "auto") and not value(shade, "themeFill") else _hex(shade, "fill")
        case "solid":
            return _hex(shade, "color")
    return ""


def _hex(element: ET.Element | None, name: str) -> str:
    """Six digits; empty for none, or one of a theme that is not white."""
    theme = value(element, "themeFill" if name == "fill" else "themeColor")
    found = _THEME.get(theme, "") if theme else value(element, name)
    return found if len(found) == 6 and not set(found) - set("0123456789abcdefABCDEF") else ""


def _is_away(looks: ET.Element | None) -> bool:
    frame, indent = child(looks, "framePr"), child(looks, "ind")
    return any(_is_far(value(each, name)) for each, names in ((frame, "xy"), (indent, ("left", "start", "firstLine"))) for name in names)


def _is_far(text: str, unit: int = 1) -> bool:
    digits = text.removeprefix("-")
    return digits.isdecimal() and int(digits[:12]) >= _FAR * unit
