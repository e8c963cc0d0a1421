"""The reports as HTML: what may load, what is escaped, and the golden pages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from qmsctl.reports import all_reports, build
from qmsctl.reports.options import About
from qmsctl.store.pages.report_page import html_environment, render_report
from qmsctl.store.shipped.definitions import find_correspondence
from tests.golden import assert_golden
from tests.reports.figures_office import figures_office
from tests.reports.people_office import people_office
from tests.reports.process_office import process_office
from tests.reports.review_office import review_office
from tests.reports.slip_office import slip_office
from tests.reports.small_office import checked, options, small_office
from tests.reports.status_office import status_office

GOLDEN = Path(__file__).parent / "golden"
SOURCE = Path(__file__).parents[2]
REPORTS = {each.name: each for each in all_reports()}
NAMES = tuple(REPORTS)
OFFICES = dict.fromkeys(("document", "procedure", "processes", "raci"), process_office) | dict.fromkeys(("objectives", "training"), people_office) | dict.fromkeys(("audit-programme", "audit-results", "declaration", "management-review"), review_office) | dict.fromkeys(("cases", "nonconformities", "satisfaction", "savings"), figures_office) | {"distribution-slip": slip_office, "status": status_office}
"""Where another office than the small one has more to show."""
LETTERS = frozenset(("audit-results", "declaration"))
"""Reports that are laid out as letters of an office."""
PAPERS = LETTERS | {"document", "distribution-slip"}
"""Reports that are sheets of paper, without a cover."""
LISTS = frozenset(("archive", "listing", "records"))
"""Reports that are wide tables and nothing else: their sheets lie from the first to the last."""
SEARCHED = frozenset(("audit", "coverage", "transition"))
"""Reports with a list so long that it can be searched and sorted: they have the one script there is."""

_VOID = frozenset(["meta", "br", "img", "hr", "input", "link", "col"])


def page(name: str, lang: str = "en") -> str:
    library = OFFICES.get(name, small_office)()
    return render_report(name, build(name, library, checked(library), options(lang=lang, **chosen(name))), lang)


def chosen(name: str) -> dict[str, object]:
    """What a reader of the report says it is to be about."""
    report = REPORTS[name]
    match report.about:
        case About.OFFICE if name == "status":
            return {"reader": "binh"}
        case About.OFFICE | About.PERIOD:
            return {}
        case About.TWO_REVISIONS:
            return {"subject": report.example.split()[0], "span": "1..draft"}
        case About.TWO_EDITIONS:
            return {"correspondence": find_correspondence("iso9001-2008", "iso9001-2015")}
        case _:
            return {"subject": report.example}


class Strict(HTMLParser):
    """Tags that are opened are closed, in order; what it saw is in its lists."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [value for _tag, given, value in self.attributes if given == name]


def parsed(text: str) -> Strict:
    found = Strict()
    found.feed(text)
    found.close()
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_golden_page(name: str, lang: str) -> None:
    """Style sheet and script stand in it by the digests that the policy of the page has of them."""
    bare, count = re.subn(r"<(style|script)>.+?</\1>", r"<\1></\1>", page(name, lang), flags=re.DOTALL)
    assert 1 <= count <= 2
    assert_golden(GOLDEN / f"{name}.{lang}.html", bare)


def test_every_golden_page_is_of_a_report() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{lang}.html" for name in NAMES for lang in ("vi", "en")}


@pytest.mark.parametrize("name", NAMES)
def test_page_is_well_formed_and_ids_are_unique(name: str) -> None:
    found = parsed(page(name))
    assert found.open == []
    assert [each for each, times in Counter(found.values("id")).items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_anchor_leads_somewhere(name: str) -> None:
    found = parsed(page(name))
    inside = {value[1:] for value in found.values("href") if value.startswith("#")}
    assert len(inside) > (0 if name in PAPERS else 1)
    assert inside <= set(found.values("id"))


def digest_of(text: str, tag: str) -> str:
    """The digest by which the policy names the one element of this kind."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    assert len(found) == 1
    return base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()


@pytest.mark.parametrize("name", NAMES)
def test_policy_allows_the_one_style_sheet_and_nothing_else(name: str) -> None:
    text = page(name)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    script = f"; script-src 'sha256-{digest_of(text, 'script')}'" if name in SEARCHED else ""
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{digest_of(text, 'style')}'; img-src data:; base-uri 'none'; form-action 'none'{script}"
    )
    assert "unsafe" not in policy[1]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_the_page_loads_or_runs(name: str) -> None:
    found = parsed(page(name))
    loading = {"link", "iframe", "object", "embed", "form", "base", "img", "image", "use", "foreignobject", "animate", "set"}
    assert not loading & set(found.tags)
    assert found.tags["script"] == (name in SEARCHED)
    assert found.values("src") == []
    assert found.values("style") == []
    assert not [attribute for _tag, attribute, _value in found.attributes if attribute.startswith("on")]
    assert not re.search(r"url\((?!\"data:image/svg\+xml,%3Csvg )", page(name))  # a drawing in our own style sheet


def test_a_hostile_title_in_a_list_of_changes_is_only_text() -> None:
    assert "&lt;script&gt;alert(&#39;{{7*7}}&#39;)&lt;/script&gt;" in page("changes")
    assert "<script" not in page("changes")


@pytest.mark.parametrize("name", ["audit-results", "management-review"])
def test_hostile_words_of_records_are_only_text(name: str) -> None:
    assert "&lt;script&gt;alert(&#39;{{7*7}}&#39;)&lt;/script&gt;" in page(name)
    assert "<script" not in page(name)


@pytest.mark.parametrize("name", ["audit", "coverage", "register"])
def test_hostile_titles_are_only_text(name: str) -> None:
    text = page(name)
    assert "&lt;script&gt;alert(&#39;{{7*7}}&#39;)&lt;/script&gt;" in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert text.count("<script") == (name in SEARCHED)
    assert "<img" not in text


def test_markdown_is_data_and_its_tables_stand_in_their_places() -> None:
    text = page("audit")
    assert "&lt;b&gt;đậm&lt;/b&gt;" in text
    assert "Tiếp nhận {{7*7}}" in text
    assert "49" not in re.sub(r"<style>.*?</style>|[0-9a-f]{64}|sha256-[^']+", "", text, flags=re.DOTALL)
    assert "block 0" not in text
    assert text.index("Trả kết quả đúng hẹn") < text.index("Tiếp nhận {{7*7}}")


def test_a_hostile_office_name_stays_inside_the_style_sheets_string() -> None:
    library = small_office()
    files = dict(library.outside.data)  # type: ignore[attr-defined]
    evil = '</style><script>1</script>"; } body { background: red } \\\\'
    files["qms.yaml"] = files["qms.yaml"].replace("UBND phường Tân An".encode(), f"'{evil}'".encode())
    from tests.office import library_of

    office = library_of(files, library.today)
    text = render_report("register", build("register", office, checked(office), options()), "en")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    assert "background: red" not in style[1]
    assert parsed(text).tags["script"] == 0


def test_a_link_to_a_document_leads_to_its_place_in_the_page() -> None:
    assert '<a href="#text-QT-07"' in page("audit")
    assert 'href="https://example.org/x"' in page("audit")


@pytest.mark.parametrize("name", NAMES)
def test_tables_have_captions_and_their_headers_a_scope(name: str) -> None:
    text = page(name)
    found = parsed(text)
    ours = text.count("<table") - text.count('<div class="prose"><table')
    assert found.tags["caption"] == ours
    assert found.tags["th"] == len([1 for tag, name, _value in found.attributes if (tag, name) == ("th", "scope")])


@pytest.mark.parametrize("name", NAMES)
def test_same_input_same_bytes(name: str) -> None:
    assert page(name) == page(name)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_labels_begin_with_a_capital(name: str, lang: str) -> None:
    labels = re.findall(r'<(dt|caption|h[1-6]|th scope="col")[^>]*>(.*?)</', page(name, lang), re.DOTALL)
    words = [re.sub(r"<[^>]+>", "", found).strip() for _tag, found in labels]
    assert [each for each in words if each[:1].islower()] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_report_turns_the_paper(name: str) -> None:
    text = page(name)
    assert set(re.findall(r"@page[^{]*\{[^}]*?size: (A4 [a-z]+)", text)) <= ({"A4 portrait", "A4 landscape"} if name in LISTS else {"A4 portrait"})
    assert not re.search(r"\bpage: (?!auto)", text)


def test_words_of_a_cell_between_backticks_are_code_and_months_may_wrap() -> None:
    template = html_environment("vi").from_string("{{ cell|broken }} {{ month|wrapping }}")
    assert template.render(cell="Duyệt: `qmsctl approve <b>`, ``", month="01/2026") == "Duyệt: <code>qmsctl approve &lt;b&gt;</code>, `` 01/<wbr>2026"


def test_one_report_tells_that_an_edition_was_withdrawn() -> None:
    told = [name for name in NAMES if "ISO withdrew this edition" in page(name)]
    assert told == ["audit"]


def test_a_number_and_its_unit_stay_together_and_periods_are_the_readers() -> None:
    text = page("objectives", "vi")
    assert re.search(r">Tối (thiểu|đa) [0-9,]+(%|\u00a0)", text)
    assert not re.search(r">20\d\d-(\d\d|Q\d)<", text)


def test_language_of_the_page() -> None:
    assert '<html lang="en">' in page("audit")
    assert '<html lang="vi">' in page("audit", "vi")


def test_without_a_commit_the_page_says_so() -> None:
    library = small_office()
    given = options(commit=None)
    assert "read without git" in render_report("audit", build("audit", library, checked(library), given), "en")
    dirty = options(committed_dirty=True)
    assert "not committed" in render_report("audit", build("audit", library, checked(library), dirty), "en")


def messages() -> set[str]:
    """Every English text of the reports that a reader may see."""
    found = {"Page", "Uncontrolled copy when printed"}
    for folder, method in (("src/qmsctl/reports", ("**.py", "python")), ("templates/reports", ("**.j2", "jinja2"))):
        for _file, _line, message, _comments, _context in extract_from_dir(
            SOURCE / folder, [method], keywords={"_": None}
        ):
            found.add(str(message))
    return found


def test_every_word_has_a_vietnamese_one() -> None:
    known: dict[object, object] = {}
    for path in sorted((SOURCE / "src/qmsctl/locale/vi").glob("*.po")):
        with path.open("rb") as file:
            known |= {each.id: each.string for each in read_po(file, locale="vi") if each.id}
    assert sorted(text for text in messages() if not known.get(text)) == []


def test_templates_use_one_environment_a_language() -> None:
    assert html_environment("en") is html_environment("en")
    assert html_environment("en").autoescape is True
