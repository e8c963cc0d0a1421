"""A controlled copy leads its holder to the text in force: to a portal that shows it, and from an internal text never to the one for everybody."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

import pytest
import segno

from qmsctl.cli.putting_out import Paper
from qmsctl.cli.session import Session
from qmsctl.core.office.web_address import read_address
from qmsctl.core.records.distribution import OUT
from qmsctl.reports.portal.public import public_portal
from qmsctl.reports.portal.staff import staff_portal
from qmsctl.store.pages.qr import qr_code
from tests.office import QMS_YAML, office
from tests.reports.small_office import checked, options
from tests.reports.test_document import EVIDENCE, HELD, SCAN, signed, text

ADDRESS, STAFF = "https://qms.example.vn/bo", "https://noi-bo.example.vn/"
PUBLIC, INSIDE = (text().replace("owner: minh", f"classification: {each}\nowner: minh") for each in ("public", "internal"))
BEHIND = SCAN + signed(more=EVIDENCE) + HELD.format(status=OUT)


def at(portal: str, source: str) -> str:
    return f"```yaml qms.yaml\n{QMS_YAML}portal: {portal}\n```\n{source}"


def printed(source: str, copy: str = "02", span: str = "", *, has_segno: bool = True) -> tuple[str, list[str]]:
    """The page, and what whoever has it made is told."""
    library, said = office(source), list[str]()
    session = cast("Session", SimpleNamespace(language="en", say=lambda message: said.append(str(message))))
    with patch.dict("sys.modules", {} if has_segno else {"segno": None}):
        paper = Paper(session, library, checked(library))
        page, _again = (paper.put_out("document", options(lang="en", subject="QT-07", span=span, copy=copy), "html") for _time in range(2))
    return page.decode(), said


def test_a_public_document_leads_to_its_page_in_the_portal_for_everybody() -> None:
    source = at(f"{{address: {ADDRESS}, staff_address: {STAFF}}}", PUBLIC + BEHIND)
    page, said = printed(source)
    assert said == []
    found = re.findall(r"https://\S+/QT-07\.html", page)
    assert found == [f"{ADDRESS}/pages/QT-07.html"]
    assert found[0].removeprefix(f"{ADDRESS}/") in {each.address for each in public_portal(office(source), options(lang="en")).pages}
    assert page.count("<svg role") == 1


def test_an_internal_document_never_leads_to_the_portal_for_everybody() -> None:
    page, _said = printed(at(f"{{address: {ADDRESS}}}", INSIDE + BEHIND))
    assert ADDRESS not in page
    assert "<svg role" not in page
    source = at(f"{{address: {ADDRESS}, staff_address: {STAFF}}}", INSIDE + BEHIND)
    page, _said = printed(source)
    assert ADDRESS not in page
    assert f"{STAFF}documents/QT-07.html" in page
    assert "documents/QT-07.html" in {each.address for each in staff_portal(office(source), options(lang="en")).pages}


def test_an_internal_revision_to_come_of_a_public_document_leads_nowhere() -> None:
    later = text(2, purpose="Hai.", change="nội bộ", effective="2026-09-01").replace("owner: minh", "classification: internal\nowner: minh")
    source = PUBLIC + BEHIND + later + signed(5, EVIDENCE) + HELD.format(status=OUT).replace("revision: 1", "revision: 2")
    page, _said = printed(at(f"{{address: {ADDRESS}}}", source), span="2")
    assert "CONTROLLED DOCUMENT" in page
    assert ADDRESS not in page


@pytest.mark.parametrize("source", [PUBLIC, INSIDE])
@pytest.mark.parametrize("portal", ["{}", "{address: http://qms.example.vn/}", "{address: //qms.example.vn}"])
def test_without_an_address_the_copy_is_as_it_was(source: str, portal: str) -> None:
    assert printed(at(portal, source + BEHIND)) == printed(source + BEHIND)


def test_what_is_no_controlled_copy_leads_nowhere() -> None:
    assert ADDRESS not in printed(at(f"{{address: {ADDRESS}}}", PUBLIC + BEHIND), copy="")[0]


def test_without_the_package_the_address_stands_there_alone_and_that_is_said_once() -> None:
    page, said = printed(at(f"{{address: {ADDRESS}}}", PUBLIC + BEHIND), has_segno=False)
    assert f"{ADDRESS}/pages/QT-07.html" in page
    assert "<svg role" not in page
    assert [each.partition(",")[0] for each in said] == ["the copy has no QR code"]


def test_the_squares_are_those_of_the_code() -> None:
    address = f"{ADDRESS}/pages/QT-07.html"
    code = qr_code(address)
    assert code is not None
    rows = [[*row] for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    black = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}
    assert code.size == len(rows)
    assert black == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://qms.example.vn", "https://qms.example.vn/"),
        ("https://qms.example.vn:8443/a/b/", "https://qms.example.vn:8443/a/b/"),
        *((bad, None) for bad in ("http://qms.example.vn/", "https://", "https:///a", "https://a@b.vn/", "https://b.vn/?q=1", "https://b.vn/#a", "https://b.vn/../a", "https://b.vn/a b", "https://b.vn\n", "javascript:1", "https://b.vn//a")),
    ],
)
def test_an_address_is_of_https_and_nothing_but_a_place(given: str, read: str | None) -> None:
    assert read_address(given) == read
