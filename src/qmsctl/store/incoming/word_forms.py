"""What Word writes otherwise than in runs of text: equations, boxes to tick, choices, small readings, words drawn as shapes, fields.

They become runs with what a reader of the page sees; what lies in other files has no words here, and is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from qmsctl.store.incoming.word_names import V, W, child, parents, unwrapped, value

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_O = "{urn:schemas-microsoft-com:office:office}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_AROUND = (W + "fldSimple", W + "bdo", W + "dir")
_ELSEWHERE = (W + "altChunk", W + "subDoc", W + "control", _O + "OLEObject")
_TICKED, _OPEN = "☒", "☐"
_BETWEEN = {"f": "/", "sSup": "^", "sSub": "_", "sSubSup": "_^", "rad": "√"}
"""The signs that stand for how the parts of an equation are set: over, above, below."""


def lay_open(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Put runs in place of all that; what is to be looked at with its words, and what lies elsewhere by its name."""
    for mark in list(root.iter(_W14 + "checkbox")):
        mark.tag = W + "none"  # the sign that was chosen stands within, as a run
    above = parents(root)
    for each in list(root.iter()):
        holder = above.get(each)
        if holder is None:
            continue
        if each.tag in _AROUND:
            unwrapped(holder, each, above)
        elif each.tag == _M + "oMath":
            yield "equation", (line := _line(each))
            _replace(holder, each, line, above)
        elif each.tag == W + "ruby":
            base, small = (" ".join(_said(part)) for part in (child(each, "rubyBase"), child(each, "rt")))
            _become(each, W + "t", f"{base} ({small})" if small else base)
        elif each.tag == W + "ffData":
            _answer(each, above)
        elif each.tag == V + "textpath" and each.get("string"):
            _become(each, W + "t", each.get("string") or "")
            _raise_to_run(each, above)
        elif each.tag in _ELSEWHERE:
            yield "object", each.get("ProgID") or value(each, "name") or ""


def _replace(holder: ET.Element, each: ET.Element, text: str, above: dict[ET.Element, ET.Element]) -> None:
    """A run, and a paragraph around it where none is, in place of an element."""
    if holder.tag == _M + "oMathPara" and holder in above:
        each, holder = holder, above[holder]
    made = run = _run(text)
    if holder.tag in (W + "body", W + "tc", W + "txbxContent", W + "sdtContent") and not any(one.tag == W + "r" for one in holder):
        made = ET.Element(W + "p")
        made.append(run)
    if each in list(holder):
        holder[list(holder).index(each)] = made


def _answer(data: ET.Element, above: dict[ET.Element, ET.Element]) -> None:
    """What was ticked or chosen in a field of a form, as a run before it."""
    box, choice = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        mark = next((each for each in (child(box, "checked"), child(box, "default")) if each is not None), None)
        text = _TICKED if mark is not None and value(mark) not in ("0", "false", "off") else _OPEN
        data.remove(box)
    elif choice is not None:
        entries = [value(each) for each in choice.iter(W + "listEntry")]
        number = next((value(each) for each in (child(choice, "result"), child(choice, "default")) if each is not None), "0")
        text = entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""
    else:
        return
    field: ET.Element | None = data
    while field is not None and field.tag != W + "r":
        field = above.get(field)
    holder = above.get(data if field is None else field, data)
    holder.insert(next((place for place, each in enumerate(holder) if each is field), 0), _run(text))


def _raise_to_run(text: ET.Element, above: dict[ET.Element, ET.Element]) -> None:
    """Words that are drawn stand where the run stands that holds the drawing."""
    run = above[text]
    while run.tag != W + "r" and run in above:
        run = above[run]
    if run.tag == W + "r" and text in list(above[text]):
        above[text].remove(text)
        run.append(text)


def _become(each: ET.Element, tag: str, text: str) -> None:
    each.clear()
    each.tag, each.text = tag, text


def _run(text: str) -> ET.Element:
    run = ET.Element(W + "r")
    ET.SubElement(run, W + "t").text = text
    return run


def _said(element: ET.Element | None) -> Iterator[str]:
    return (each.text or "" for each in element.iter(W + "t")) if element is not None else iter(())


def _line(equation: ET.Element) -> str:
    """An equation in one line."""
    if equation.tag in (_M + "t", W + "t"):
        return equation.text or ""
    kind = equation.tag.removeprefix(_M)
    parts = [line for each in equation if (line := _line(each))]
    if kind == "rad":
        return f"√({parts[-1] if parts else ''})"
    if kind == "d":
        return f"({', '.join(parts)})"
    if kind in _BETWEEN:
        signs = _BETWEEN[kind]
        return "".join(part if not number else f"{signs[min(number, len(signs)) - 1]}{_closed(part)}" for number, part in enumerate(map(_closed, parts) if kind == "f" else parts))
    return "".join(parts)


def _closed(part: str) -> str:
    return part if part.isalnum() or (part.startswith("(") and part.endswith(")")) else f"({part})"
