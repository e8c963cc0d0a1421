"""The HTML that may stand in a page, whoever wrote the Markdown it came from."""

from __future__ import annotations

import nh3

from qmsctl.regex import regex

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del",
    "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "s", "samp",
    "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
}

_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "li": {"value"},
    "ol": {"start"},
    "table": {"tabindex"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}

# SVG is left out: it may hold scripts.
_INLINED = regex(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*")


def sanitised(html: str) -> str:
    """``html`` with every tag, attribute and address that is not harmless taken off.

    Text is never dropped, and an image only shows if its bytes are in the page.
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=set(),
        attributes=_ATTRIBUTES,
        attribute_filter=_address,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    )


def _address(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        return value if _INLINED.fullmatch(value) else None
    if name == "href" and value.lstrip().lower().startswith("data:"):
        return None
    return value
