"""Templates that were compiled when qmsctl was built: none stands for another source."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

import pytest
from jinja2 import UndefinedError

from qmsctl.store.pages import compiled_templates
from qmsctl.store.pages.compiled_templates import CompiledTemplates
from qmsctl.store.pages.report_page import html_environment


def test_code_is_taken_for_the_source_it_was_made_from_and_for_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = html_environment("en")
    (tmp_path / "web").mkdir()
    (tmp_path / "web/a.html.j2").write_text("<p>{{ words }}</p>", encoding="utf-8")
    monkeypatch.setattr(compiled_templates, "templates_root", lambda: tmp_path)
    monkeypatch.setattr(compiled_templates, "_FOLDER", tmp_path)
    (tmp_path / "jinja-0-web.gone.html.j2").write_text("old")
    compiled_templates.write(environment)
    assert len([*tmp_path.glob("jinja-*")]) == 1

    def code(source: str) -> CodeType | None:
        return CompiledTemplates().get_bucket(environment, "web/a.html.j2", None, source).code

    found = code("<p>{{ words }}</p>")
    assert found is not None
    template = environment.template_class.from_code(environment, found, {})
    assert template.render(words="<b>") == "<p>&lt;b&gt;</p>"
    with pytest.raises(UndefinedError):
        template.render()
    assert code("<p>{{ other }}</p>") is None
    monkeypatch.setattr(compiled_templates, "_jinja", lambda: "another")
    assert code("<p>{{ words }}</p>") is None
