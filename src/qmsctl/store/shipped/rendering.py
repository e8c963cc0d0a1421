"""Templates: HTML ones for reports, always escaped, and text ones for new files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from qmsctl.core.text.splice import quoted
from qmsctl.regex import regex
from qmsctl.store.shipped.resources import templates_root

if TYPE_CHECKING:
    from jinja2 import Environment

    from qmsctl.core.types.record_type import RecordType

_NAME = regex(r"\{\{ (\w+) \}\}")
_JINJA = regex(r"\{[{%#]")


@cache
def text_environment() -> Environment:
    """The environment of profile and type body templates: Markdown and YAML, not escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates_root()),
        autoescape=False,  # noqa: S701 — Markdown and YAML, not HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml_quote"] = quoted
    return environment


def new_body(found: RecordType, new_id: str, title: str, lang: str, profile: str = "") -> str:
    """The body of a new file in the office's language, with examples of its profile.

    An office's own types have no templates, for data never becomes one: their sections are enough.
    """
    if not found.builtin:
        titles = (section.title.in_language(lang) for section in found.sections)
        sections = "".join(f"\n## {number}. {text}\n" for number, text in enumerate(titles, 1))
        return f"# {title or new_id}\n{sections}"
    name = f"types/{found.name}/new.{lang}.md.j2"
    given = {"id": new_id, "title": title, "type_label": found.label.in_language(lang), "profile": profile}
    return filled((templates_root() / name).read_text(encoding="utf-8"), given) or text_environment().get_template(name).render(given)


def filled(text: str, given: Mapping[str, str]) -> str | None:
    """A template with its names filled in, where it has nothing else: to import Jinja takes twice as long as to start Python."""
    names = _NAME.findall(text)
    if _JINJA.search(_NAME.sub("", text)) or not given.keys() >= {*names}:
        return None
    return _NAME.sub(lambda found: given[found[1]], text)
