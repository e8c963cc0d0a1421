"""The environment of report templates: HTML, always escaped, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import unquote

from qmsctl.message import Translate, show
from qmsctl.store.resources import templates_root

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def report_environment(translate: Translate, lang: str) -> Environment:
    """Templates below ``templates/``; one environment for each page made.

    ``_("…")`` translates a template's own words, with ``%(name)s`` places. Filters: ``t`` shows a
    message, a label or a date, ``month`` the month of a date, ``markdown(anchors, level)`` a body
    whose ``#`` headings are of that level and whose links lead to ``anchors`` (by id) or nowhere.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — 60 ms

    environment = Environment(
        loader=FileSystemLoader(templates_root()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translate,
        lambda one, many, number: translate(one if number == 1 else many),
        newstyle=True,
    )
    environment.filters["t"] = lambda value: show(value, translate, lang)
    environment.filters["month"] = lambda day: _month(day, lang)
    environment.filters["markdown"] = _markdown_filter()
    return environment


def _month(day: date, lang: str) -> str:
    return day.strftime("%m/%Y" if lang == "vi" else "%Y-%m")


def _markdown_filter() -> Callable[[str, Mapping[str, str], int], Markup]:
    """The headings of each body of a page get fragments of their own."""
    from markupsafe import Markup  # noqa: PLC0415

    from qmsctl.store.markdown import HtmlWriter  # noqa: PLC0415 — 35 ms

    number = count(1)

    def markdown(text: str, anchors: Mapping[str, str], level: int = 1) -> Markup:
        def href(link: str) -> str | None:
            name = unquote(link.partition("#")[0]).rpartition("/")[2].removesuffix(".md")
            return f"#{anchors[name]}" if name in anchors else None

        prefix = f"text-{next(number)}-"
        writer = HtmlWriter(href=href, heading_offset=level - 1, id_prefix=prefix)
        return Markup(writer.html(text))  # noqa: S704 — sanitised

    return markdown
