"""What each report says of itself, and what follows from it: its help, its completion, its errors. A new one is new files."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from qmsctl import reports
from qmsctl.cli.program import COMMANDS
from qmsctl.reports import Report, all_reports, reports_of
from qmsctl.reports.options import About
from qmsctl.store.shipped.resources import templates_root
from tests.desk import Said, as_in_the_folder, qmsctl
from tests.office import library_of
from tests.reports.small_office import checked, options

OFFICE = Path(__file__).parents[2] / "example-repo"
ONE_THING = {About.RECORD, About.RECORD_IF_NAMED, About.DOCUMENT, About.TWO_REVISIONS}
NAMED = [each for each in reports_of("report") if each.about in ONE_THING - {About.RECORD_IF_NAMED}]


def run(*words: str, lang: str = "en") -> Said:
    return qmsctl("-C", str(OFFICE), "--lang", lang, "--today", "2026-11-20", *words)


def test_a_module_that_builds_a_report_says_what_it_is_about() -> None:
    modules = [import_module(f"qmsctl.reports.{found.name}") for found in pkgutil.iter_modules(reports.__path__)]
    assert [each.__name__ for each in modules if hasattr(each, "build") and not hasattr(each, "ABOUT")] == []


@pytest.mark.parametrize("report", all_reports(), ids=lambda report: report.name)
def test_a_report_has_a_summary_a_template_a_command_and_an_example_where_it_needs_one(report: Report) -> None:
    assert report.summary.endswith(".")
    assert (templates_root() / "reports" / f"{report.name}.html.j2").is_file()
    assert report.command in COMMANDS
    assert bool(report.example) == (report.about not in (About.OFFICE, About.TWO_EDITIONS))


@pytest.mark.process
@pytest.mark.parametrize("report", reports_of("report"), ids=lambda report: report.name)
def test_its_example_works_in_the_example_office(report: Report) -> None:
    said = run("report", report.name, *report.example.split())
    assert said.code == 0, said.err
    assert said.out.startswith("<!doctype html>")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("report", reports_of("report"), ids=lambda report: report.name)
def test_the_help_names_it_with_its_example_and_its_summary_in_that_language(report: Report, lang: str) -> None:
    shown = " ".join(run("report", "--help", lang=lang).out.split())
    assert f"{report.name} {report.example}".strip() in shown
    assert (report.summary in shown) == (lang == "en")


@pytest.mark.parametrize("report", NAMED, ids=lambda report: report.name)
def test_without_what_it_is_about_the_error_gives_its_example(report: Report) -> None:
    said = as_in_the_folder(run("report", report.name), OFFICE)
    assert said.code == 2
    name, _arrow, proposed = said.err.partition(f"such as {report.example}: qmsctl ")
    assert f" report {report.name} " in f" {proposed}", name


@pytest.mark.parametrize("report", [each for each in reports_of("report") if each.about not in ONE_THING], ids=lambda report: report.name)
def test_about_the_whole_office_it_takes_no_more_words(report: Report) -> None:
    said = run("report", report.name, "QT-07")
    assert said.code == 2
    assert "takes no more words: QT-07" in said.err


def test_a_report_of_another_command_is_none_of_report() -> None:
    other = [each.name for each in all_reports() if each.command != "report"]
    assert other
    for name in other:
        said = run("report", name)
        assert said.code == 2
        assert f"there is no report “{name}”" in said.err


@pytest.fixture
def new_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A report that is one more module and nothing else; its template is a page like any other."""
    (tmp_path / "counted.py").write_text('''"""How many units there are."""

from qmsctl.reports.options import About

ABOUT = About.OFFICE


def build(library, result, options):
    """The number of units."""
    return len(library.config.units)
''')
    monkeypatch.setattr(reports, "__path__", [*reports.__path__, str(tmp_path)])
    all_reports.cache_clear()
    yield "counted"
    monkeypatch.undo()
    all_reports.cache_clear()


def test_a_new_report_is_a_module(new_report: str) -> None:
    library = library_of({}, date(2026, 6, 1))
    assert reports.build(new_report, library, checked(library), options()) == len(library.config.units)
    assert f"  {new_report} " in run("report", "--help").out
