"""A report's view model to one HTML file that needs no network, and no script to be read."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markupsafe import Markup

from qmsctl.core.link_target import Elsewhere, read_target
from qmsctl.core.office.period_words import period_words
from qmsctl.core.text.anchors import slug
from qmsctl.core.text.inline_text import BREAK
from qmsctl.errors import RepositoryError
from qmsctl.message import Message, _, show
from qmsctl.regex import regex
from qmsctl.store.pages.finder import with_finder
from qmsctl.store.pages.markdown import HtmlWriter
from qmsctl.store.pages.markdown_tables import marked
from qmsctl.store.pages.rows import filled
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.shipped.resources import read_text, templates_root

if TYPE_CHECKING:
    from jinja2 import Environment

    from qmsctl.core.proof.pictures import Picture

_PLAIN = regex(r"[A-Za-z0-9]", re.ASCII)
_AFTER_NUMBER = regex(r"(?<=[0-9]) (?=\S)")
"""The blank between a number and its unit."""
_CODE = regex(r"(?<!`)`([^`<>]+)`(?!`)")
_NO_NAMES: Mapping[str, str] = {}


def render_report(name: str, view: Any, lang: str) -> str:
    """The page of the report ``name``: the same characters for the same view and language."""
    environment = html_environment(lang)
    style = _style(name, view, lang)
    sheet = Markup(style)  # noqa: S704 — our own style sheet
    template = environment.get_template(f"reports/{name}.html.j2")
    script = _script(name)
    policy = _policy(style, script)
    page = template.render(view=view, style=sheet, script=Markup(script), csp=policy)  # noqa: S704 — our own script
    return (page if script else with_finder(page, policy, environment)).rstrip() + "\n"


@cache
def html_environment(lang: str) -> Environment:
    """The environment of HTML templates in one language: always escaped, nothing undefined."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from qmsctl.store.pages.compiled_templates import CompiledTemplates

    environment = Environment(
        loader=FileSystemLoader(templates_root()),
        autoescape=True,
        undefined=StrictUndefined,
        optimized=False,  # to look for constants takes longer than a command saves by them
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=CompiledTemplates(),
    )
    translate = translator(lang)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translate, lambda one, many, count: translate(one if count == 1 else many), newstyle=True
    )
    environment.filters["t"] = lambda value: show(value, translate, lang)
    environment.filters["period"] = lambda text: show(period_words(text), translate, lang)
    environment.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["kept"] = lambda text: _AFTER_NUMBER.sub("\u00a0", text)
    environment.filters["wrapping"] = lambda text: Markup("/<wbr>").join(text.split("/"))
    environment.filters["broken"] = _broken
    environment.filters["filled"] = filled
    environment.filters["place"] = _place
    environment.filters["open_markdown"] = _open_markdown
    environment.filters["markdown"] = partial(_markdown, lambda message: show(message, translate, lang))
    return environment


def _broken(text: str) -> Markup:
    """A value with its lines: one ends at a line end and, as in a cell of Markdown, at a bare ``<br>``; what stands between backticks is code."""
    lines = (part.strip() for line in text.strip().split("\n") for part in BREAK.split(line))
    return Markup("<br>").join(Markup(_coded(marked(each))) for each in lines)  # noqa: S704 — escaped


def _coded(html: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html) if "`" in html else html


def _policy(style: str, script: str = "") -> str:
    """What the page may load: its own style sheet, the images inside it, and its script if it has one."""
    runs = f" script-src {_source(script)};" if script else ""
    return f"default-src 'none'; style-src {_source(style)};{runs} img-src data:; base-uri 'none'; form-action 'none'"


def _source(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _script(name: str) -> str:
    """The script of a report, without which it can be read, too; most have none."""
    return read_text(f"reports/{name}.js") if (templates_root() / "reports" / f"{name}.js").is_file() else ""


def _style(name: str, view: Any, lang: str) -> str:
    """The style sheets of a report, with the words of the margins of printed pages as CSS strings."""
    translate = translator(lang)
    style = "".join(map(_sheet, (*getattr(view, "SHEETS", ("report",)), name)))
    for mark, parts in getattr(view, "margins", None) or _margins(view.cover):
        text = "".join(show(part, translate, lang) for part in parts)
        style = style.replace(f'"@{mark}"', f'"{_css_escaped(text)}"')
    for mark, measure in getattr(view, "measures", ()):
        style = style.replace(f"@{mark}@", str(measure))
    return style


@cache
def _sheet(name: str) -> str:
    """The style sheet of this name; a report need not have one of its own."""
    return read_text(f"reports/{name}.css") if (templates_root() / "reports" / f"{name}.css").is_file() else ""


def _margins(cover: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """What stands in the margins of a report that says nothing else."""
    yield "head-left", (cover.organization,)
    yield "head-right", (cover.title,)
    yield "foot-left", (_("Uncontrolled copy when printed"), " · ", cover.today, *((f" · {cover.short_commit}",) if cover.short_commit else ()))
    yield "page", (_("Page"),)


def _css_escaped(text: str) -> str:
    """``text`` for the inside of a CSS string, where no character of it can have a meaning."""
    return "".join(c if _PLAIN.match(c) else f"\\{ord(c):06x}" for c in text)


def _markdown(say: Callable[[Message], str], text: Any, tables: Sequence[Markup], anchors: Mapping[str, str], offset: int, prefix: str, names: Mapping[str, str] = _NO_NAMES) -> Markup:
    """A ``Text`` as HTML, with ``tables`` in place of its data blocks; ``names`` has what files are called that links lead to."""
    marks = [f'<div id="{prefix}block {number}"></div>' for number in range(len(tables))]
    places = {(block.name, _lines(block.source)): mark for block, mark in zip(text.blocks, marks, strict=True)}
    shown = {picture.path: picture for picture in text.pictures}

    def picture(address: str) -> Picture | None:
        return shown.get(read_target(text.folder, address).path or "")

    writer = HtmlWriter(
        blocks={name: _block(name, places) for name, _source in places},
        href=lambda path: _href(path, anchors),
        called=lambda path: names.get(_stem(path)),
        image=lambda path: _inlined(found) if (found := picture(path)) and not found.lack else None,
        unshown=lambda path: say(found.lack) if (found := picture(path)) and found.lack else "",
        heading_offset=offset,
        id_prefix=prefix,
    )
    try:
        html = writer.html(text.markdown)
    except RepositoryError:  # nested too deep to be laid out; nothing of it may be lost
        return Markup("<pre>{}</pre>").format(text.markdown)
    for mark, table in zip(marks, tables, strict=True):
        html = html.replace(mark, str(table))
    return Markup(html)  # noqa: S704 — sanitised


def _inlined(picture: Picture) -> str:
    return f"data:{picture.media};base64,{b64encode(picture.data).decode()}"


def _block(name: str, places: Mapping[tuple[str, str], str]) -> Callable[[str], str]:
    """What stands for a data block: the mark of its table, else its source.

    No heading's id has a space in it, and no author can write a ``div``: a mark cannot be forged.
    """
    return lambda source: places.get((name, _lines(source)), f"<pre><code>{escape(source)}</code></pre>\n")


def _lines(source: str) -> str:
    return source.replace("\r\n", "\n").strip("\n")


def _href(path: str, anchors: Mapping[str, str]) -> str | None:
    """The place in the page of the document or record whose file ``path`` names, or of the heading in it."""
    name, place = _stem(path), unquote(path).partition("#")[2]
    found = anchors.get(f"{name}#{slug(place)}") or anchors.get(name)
    return f"{_place(found)}#{slug(place)}" if place and isinstance(found, Elsewhere) else _place(found) if found else None


def _place(found: str) -> str:
    """Where a link to this place leads: to another page, or within this one."""
    return found if isinstance(found, Elsewhere) else f"#{found}"


def _unnamed(_path: str) -> str:
    """What stands beside a link in place of its path, where nothing does."""
    return ""


def _open_markdown(text: Any, links: Mapping[str, str], titles: Mapping[str, str], offset: int) -> Markup:
    """A text for everybody: what it links to has its address if it is among ``links``, else its title, and never its path."""
    writer = HtmlWriter(
        href=lambda path: _href(path, links),
        called=_unnamed,
        instead=lambda path: None if _stem(path) in links else titles.get(_stem(path)),
        heading_offset=offset,
        tells_definitions=False,
    )
    try:
        return Markup(writer.html(text.markdown))  # noqa: S704 — sanitised
    except RepositoryError:  # nested too deep to be laid out
        return Markup("<pre>{}</pre>").format(text.markdown)


def _stem(path: str) -> str:
    return unquote(path).partition("#")[0].rpartition("/")[2].removesuffix(".md")
