"""The audit report as long as its reader wants it."""

from __future__ import annotations

import re
from datetime import date
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.cli.commands.report import command
from qmsctl.reports import build, find_report, register
from qmsctl.reports.audit import SECTIONS, AuditReport
from qmsctl.reports.parts.figured import Figured
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.shipped.catalogue import translator
from tests.office import office
from tests.reports.small_office import checked, options, small_office

LIBRARY = small_office()
RESULT = checked(LIBRARY)
IN_FULL = ("texts", "pages")


def report(*sections: str, with_documents: bool = False) -> AuditReport:
    found = build("audit", LIBRARY, RESULT, options(sections=sections, with_documents=with_documents))
    assert isinstance(found, AuditReport)
    return found


def shown(page: str) -> list[str]:
    return re.findall(r'<section id="(\w+)">', page)


def test_every_section_that_has_something_to_say_where_none_is_chosen() -> None:
    view = report(with_documents=True)
    assert shown(render_report("audit", view, "en")) == list(view.sections)
    assert set(SECTIONS) - set(view.sections) <= {"scope", "cases"}
    assert set(view.sections) - set(report().sections) == set(IN_FULL)


@given(st.sets(st.sampled_from(sorted(SECTIONS)), min_size=1))
def test_the_chosen_sections_alone_in_their_order_and_every_link_leads_somewhere(chosen: set[str]) -> None:
    view = report(*chosen)
    page = render_report("audit", view, "en")
    assert shown(page) == list(view.sections) == [each for each in SECTIONS if each in chosen and each in report(*SECTIONS).sections]
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))
    assert "the chosen sections alone" in page
    for name, title in view.sections.items():
        assert page.count(f'<a href="#{name}">{title}</a>') == 1


def test_contents_and_sections_are_numbered_alike() -> None:
    page = render_report("audit", report(), "en")
    listed = re.findall(r'<li><a href="#(\w+)">', page.partition("<main")[0])
    assert listed == shown(page)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_says_alone_what_it_says_among_others(name: str) -> None:
    whole, alone = (render_report("audit", found, "en") for found in (report(with_documents=True), report(name)))
    if name not in shown(whole):
        assert shown(alone) == []
        return
    assert words_of(name, alone) == words_of(name, whole) != []


def words_of(name: str, page: str) -> list[str]:
    (section,) = re.findall(rf'<section id="{name}">(.*?)</section>', page, re.DOTALL)
    return re.sub(r"<[^>]+>| \(\S+\.md\)", " ", section).split()  # a link that leads nowhere here has its file in brackets


def test_the_help_names_every_section() -> None:
    option = get_type_hints(command, include_extras=True)["only"].__metadata__[0]
    assert option.help.endswith(": " + ", ".join(SECTIONS) + ".")
    assert translator("vi")(option.help).endswith(": " + ", ".join(SECTIONS) + ".")
    assert f"{', '.join(register.SECTIONS)}. " in option.help
    assert [found.sections for name in ("audit", "register") if (found := find_report(name))] == [tuple(SECTIONS), tuple(register.SECTIONS)]


@pytest.mark.parametrize("chosen", [(), ("documents",), ("external", "kept"), ("held",), ("reading", "distribution")])
def test_the_register_has_the_chosen_lists_alone(chosen: tuple[str, ...]) -> None:
    view = build("register", LIBRARY, RESULT, options(sections=chosen))
    assert isinstance(view, register.Register)
    page, wanted = render_report("register", view, "en"), [each for each in register.SECTIONS if each in (chosen or register.SECTIONS)]
    assert ("the chosen sections alone" in page) == bool(chosen)
    assert shown(page) == wanted == [each.id for each in view.sheets] == re.findall(r'<li><a href="#(\w+)">', page.partition("<main")[0])
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


def test_what_was_given_up_is_not_counted_and_named() -> None:
    record = "```md records/nonconformities/{id}.md\n---\nid: {id}\ntype: nonconformity\ntitle: x\nstatus: {status}\nraised: 2026-0{month}-03\nseverity: minor\nowner: minh\n---\n```\n"
    states = {"NC-2026-001": ("cancelled", 1), "NC-2026-002": ("reported", 1), "NC-2026-003": ("rejected", 1)}
    library = office("".join(record.format(id=name, status=status, month=month) for name, (status, month) in states.items()))
    view = build("nonconformities", library, checked(library), options(start=date(2026, 1, 1), end=date(2026, 1, 31)))
    assert isinstance(view, Figured)
    assert [view.tiles[0].value, *map(str, view.warnings)] == ["1", "Not counted, for they were cancelled or not accepted: NC-2026-001, NC-2026-003."]
