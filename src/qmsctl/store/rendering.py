"""Templates: HTML ones for reports, always escaped, and text ones for new files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qmsctl.core.splice import quoted
from qmsctl.store.resources import templates_root

if TYPE_CHECKING:
    from jinja2 import Environment

    from qmsctl.core.record_type import RecordType


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


def new_body(found: RecordType, new_id: str, title: str, lang: str) -> str:
    """The body of a new file of a built-in type, in the office's language."""
    environment = text_environment()
    template = environment.get_template(f"types/{found.name}/new.{lang}.md.j2")
    return template.render(id=new_id, title=title, type_label=found.label.in_language(lang))
