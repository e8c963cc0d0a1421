from __future__ import annotations

from datetime import date

import pytest
from jinja2 import UndefinedError

from qmsctl.message import Label, _
from qmsctl.store.catalogue import translator
from qmsctl.store.pages import report_environment
from qmsctl.store.rendering import text_environment
from qmsctl.store.resources import listing, read_text

VIETNAMESE = {"Approved by {name}": "{name} phê duyệt", "Signed %(n)s": "Đã ký %(n)s"}


def page(template: str, lang: str = "vi", **values: object) -> str:
    known = VIETNAMESE if lang == "vi" else {}

    def translate(text: str) -> str:
        return known.get(text, text)

    return report_environment(translate, lang).from_string(template).render(**values)


def test_data_is_escaped_and_never_a_template() -> None:
    hostile = "{{7*7}} <b> {% raw %}"
    assert page("{{ x }}", x=hostile) == "{{7*7}} &lt;b&gt; {% raw %}"
    assert page("{{ x|t }}", x=_("Approved by {name}", name="<b>")) == "&lt;b&gt; phê duyệt"
    assert page('{{ _("Signed %(n)s", n=x) }}', x="<b>") == "Đã ký &lt;b&gt;"


def test_values_are_shown_in_the_language() -> None:
    day = date(2026, 3, 2)
    assert page("{{ x|t }} {{ x|month }}", x=day) == "02/03/2026 03/2026"
    assert page("{{ x|t }} {{ x|month }}", "en", x=day) == "2026-03-02 2026-03"
    assert page("{{ x|t }}", x=Label({"en": "Form", "vi": "Biểu mẫu"})) == "Biểu mẫu"


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        page("{{ nowhere }}")


def test_bodies() -> None:
    html = page(
        "{{ x|markdown(anchors, 3) }}{{ x|markdown(anchors, 3) }}",
        x="# A\n\n[q](../x/QT-07.md#y) [r](QT-08.md) <b>",
        anchors={"QT-07": "doc-qt-07"},
    )
    assert '<h3 id="text-1-a">A</h3>' in html
    assert '<h3 id="text-2-a">A</h3>' in html
    assert '<a href="#doc-qt-07"' in html
    assert "r (QT-08.md) &lt;b&gt;" in html


def test_text_templates_quote_for_yaml() -> None:
    quoted = text_environment().from_string("title: {{ x|yaml_quote }}").render(x='Sổ "A" \\ b\n<')
    assert quoted == 'title: "Sổ \\"A\\" \\\\ b\\n<"'


def test_resources() -> None:
    assert "nonconformity" in listing("types")
    assert read_text("types/nonconformity/type.yaml").startswith("type: nonconformity")


def test_english_needs_no_catalogue() -> None:
    assert translator("en")("Approved") == "Approved"
