"""The portal for everybody: of documents that are classified as public, what their types say is for the public, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from qmsctl.core.cases.register import registers
from qmsctl.core.contents import grouped
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.announced import Announced, field_of
from qmsctl.core.procedures.forms import FORM, linked
from qmsctl.core.text.nodes import is_empty
from qmsctl.core.types.openness import Openness
from qmsctl.core.types.type_order import type_rank
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Label, Message, _
from qmsctl.reports.document import forms_of
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, plain_cover
from qmsctl.reports.parts.data_table import DataTable, Detail, data_table
from qmsctl.reports.portal.addresses import seen_from
from qmsctl.reports.portal.facts import facts_of, is_official, public_services, says_all
from qmsctl.reports.portal.feedback import feedback
from qmsctl.reports.portal.on_time import OnTime, on_time
from qmsctl.reports.portal.open_text import OpenText, open_sections, open_text
from qmsctl.reports.portal.origins import Origins
from qmsctl.reports.portal.page import Bar, Framed, Group, Kind, ListPage, Page, Portal, Row, Way
from qmsctl.reports.portal.search import search_page
from qmsctl.reports.portal.standing_addresses import open_documents, public_addresses
from qmsctl.reports.portal.withheld import Withheld
from qmsctl.value import dataclass, replace

_TITLE = _("Services and documents")
_HOME = Way(_TITLE, "index.html")
_SEARCH = Way(_("Search"), "search.html")
_FIGURES = Way(_("Figures"), "figures.html")
_MOST_NAMED = 12
"""So many pages that lack something are named one by one."""


@dataclass(frozen=True, slots=True)
class ServicePage(Framed):
    """What somebody has to know who wants something of the office.

    ``facts`` are by their labels, empty where nothing is said; ``sections`` and ``tables`` what the document says for the public;
    ``forms`` those to be filled in. ``official`` is set in an agency, whose own text is not the official one.
    """

    OPEN: ClassVar[bool] = True
    cover: Cover
    bar: Bar
    id: str
    facts: tuple[Detail, ...]
    tables: tuple[DataTable, ...]
    sections: tuple[OpenText, ...]
    forms: tuple[Row, ...]
    on_time: OnTime | None
    official: bool
    links: Mapping[str, str]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextPage(Framed):
    """A text that is handed out as a whole; ``is_form`` is one to be filled in."""

    OPEN: ClassVar[bool] = True
    cover: Cover
    bar: Bar
    id: str
    facts: tuple[Detail, ...]
    text: OpenText
    is_form: bool
    links: Mapping[str, str]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FiguresPage(Framed):
    """How long people waited, by service, and what they said."""

    OPEN: ClassVar[bool] = True
    cover: Cover
    bar: Bar
    services: tuple[tuple[Row, OnTime], ...]
    feedback: tuple[tuple[Label | Message, str], ...]


@dataclass(frozen=True, slots=True)
class _Site:
    library: Library
    origins: Origins
    cover: Cover
    items: Mapping[str, Item]
    addresses: Mapping[str, str]
    documents: frozenset[str]
    services: Mapping[str, tuple[Announced, ...]]

    def titled(self, title: Message | str) -> Cover:
        return replace(self.cover, title=title)

    def bar(self, address: str) -> Bar:
        return Bar.above(address, _HOME, (_SEARCH, _FIGURES))

    def titles(self, item: Item) -> Mapping[str, str]:
        """What the documents are called that ``item`` links to and that are not shown."""
        inside = (name for name in _linked(item) if name not in self.items and name in self.documents)
        return {name: naming.title(self.library, name) for name in inside}

    def links(self, item: Item) -> Mapping[str, str]:
        """Where the documents stand that ``item`` links to."""
        return {name: seen_from(self.addresses[item.id], self.addresses[name]) for name in _linked(item) if name in self.addresses}

    def field(self, item: Item) -> str:
        """The field of work of a document, where that is for everybody."""
        return field_of(item, self.services) if "field" in item.type.openness.fields else ""

    def row(self, item: Item) -> Row:
        codes = (each.code for each in self.services.get(item.id, ()))
        words = (*(item.text(name) or "" for name in item.type.openness.fields if name != "title"), *codes, self.field(item))
        return Row(item.id, item.title, item.type.label, self.addresses[item.id], None, words=words)


def public_portal(library: Library, options: ReportOptions) -> Portal:
    """The portal of ``library``: of no commit and no working text, and the day alone on its first page."""
    bare = replace(plain_cover(_TITLE, library, options), commit="", short_commit="", dirty=False, unseen=())
    items = {item.id: item for item in open_documents(library)}
    addresses = public_addresses(items)
    site = _Site(library, Origins(library), bare, items, addresses, frozenset(library.subjects), public_services(library))
    counted = {each.text("procedure") for each in registers(library)}
    figures = {name: found for name, item in items.items() if name in counted and item.type.openness.sections and (found := on_time(name, library))}
    kept_back = withheld(library, items)
    own = grouped((each.text("parent") or "", each.id) for each in library.by_type.get(FORM, ()))
    pages = (*_lists(site, figures), *(_page(item, site, figures.get(name), own.get(name, ())) for name, item in items.items()))
    return Portal(True, options.lang, site.origins.office, pages, kept_back, tuple(_notes(site)))


def _notes(site: _Site) -> Iterator[tuple[Message, Mend]]:
    """What the office should know of what everybody reads."""
    if not site.items:
        where = advice(_("write “classification: public” into the head of what everybody may read, before it is approved"))
        open_types = tuple(each.label for each in site.library.types.all() if each.kind == "document" and each.openness != Openness())
        yield _("nothing is for everybody yet: no document in force says “classification: public”, of the types of which everybody may see something: {types}", types=open_types), where.or_else(command("list", status="effective").in_order_to(_("see what is in force")))
    unsaid = tuple(name for name, item in site.items.items() if is_official(item) and not says_all(item, site.services))
    if unsaid:
        few = _("pages that say “not stated” of code, decision or day of the last comparison: {ids}", ids=unsaid)
        many = _("{count} pages say “not stated” of code, decision or day of the last comparison, among them {ids}", count=len(unsaid), ids=unsaid[:_MOST_NAMED])
        yield (
            many if len(unsaid) > _MOST_NAMED else few,
            advice(_("name them in the block “services” of the external document with the decision that announced them")),
        )


def withheld(library: Library, shown: Mapping[str, Item]) -> Withheld:
    """Everything that is not ``shown``: ids with the titles of documents, files, and whoever is named in people.yaml."""
    names = {*library.by_id, *library.dossiers, *library.stems} - set(shown)
    documents = frozenset(library.subjects)
    return Withheld(
        titles={name: naming.title(library, name) if name in documents else "" for name in names},
        open=frozenset(shown),
        paths=frozenset((*library.files, *library.folders)),
        people=tuple(sorted({text for each in library.people.all for text in (each.name, *each.emails)})),
    )


def _lists(site: _Site, figures: Mapping[str, OnTime]) -> Iterator[Page]:
    rows = {item.id: site.row(item) for item in site.items.values()}
    groups = tuple(_groups(site, rows))
    home = ListPage(site.titled(_TITLE), site.bar(_HOME.address), groups, shows_ids=False)
    yield Page(_HOME.address, _TITLE, Kind.HOME, (groups, site.cover.today), lambda: home)
    yield search_page(_SEARCH.address, site.titled(_("Search")), site.bar(_SEARCH.address), rows.values(), shows_ids=False)
    told = tuple((rows[name], found) for name, found in figures.items())
    said = feedback(site.library)
    view = FiguresPage(site.titled(_("Figures")), site.bar(_FIGURES.address), told, said)
    yield Page(_FIGURES.address, _("Figures"), Kind.FIGURES, (told, said), lambda: view)


def _groups(site: _Site, rows: Mapping[str, Row]) -> Iterator[Group]:
    found: dict[tuple[str, str], list[Row]] = {}
    for item in site.items.values():
        found.setdefault((item.type.name, site.field(item)), []).append(rows[item.id])
    for name, field in sorted(found, key=lambda key: (type_rank(site.library.types.get(key[0]), key[0]), key[1])):
        label = found[name, field][0].label
        yield Group("", _("{name}: {value}", name=label, value=field) if field else Message("{name}", {"name": label}), tuple(found[name, field]))


def _page(item: Item, site: _Site, figures: OnTime | None, own: Iterable[str]) -> Page:
    address, openness = site.addresses[item.id], item.type.openness
    facts = tuple(facts_of(item, site.services, site.library))
    links = tuple((name, site.addresses.get(name)) for name in _linked(item))
    titles = site.titles(item)
    if openness.text:
        made_from: tuple[object, ...] = (item.sha256, facts, links, *titles.items())
        return Page(address, item.title, Kind.TEXT, made_from, lambda: _text_page(item, site, facts, titles))
    asked = tuple(site.row(site.items[name]) for name in forms_of(item, own, site.library) if name in site.items)
    return Page(address, item.title, Kind.SERVICE, (item.sha256, facts, links, tuple(titles.items()), asked, figures), lambda: _service_page(item, site, facts, titles, asked, figures))


def _linked(item: Item) -> Iterator[str]:
    return (each.id for each in linked(item))


def _text_page(item: Item, site: _Site, facts: tuple[Detail, ...], titles: Mapping[str, str]) -> TextPage:
    address = site.addresses[item.id]
    return TextPage(site.titled(item.title), site.bar(address), item.id, facts, open_text(item, site.library), item.type.is_a(FORM), site.links(item), titles)


def _service_page(item: Item, site: _Site, facts: tuple[Detail, ...], titles: Mapping[str, str], asked: tuple[Row, ...], figures: OnTime | None) -> ServicePage:
    address = site.addresses[item.id]
    return ServicePage(
        cover=site.titled(item.title),
        bar=site.bar(address),
        id=item.id,
        facts=facts,
        tables=tuple(_tables(item, site.library)),
        sections=tuple(open_sections(item, site.library)),
        forms=asked,
        on_time=figures,
        official=is_official(item),
        links=site.links(item),
        titles=titles,
    )


def _tables(item: Item, library: Library) -> Iterator[DataTable]:
    """The data blocks with the columns that are for the public."""
    for name, columns in item.type.openness.blocks.items():
        block = item.type.blocks[name]
        for found in item.body.block(name):
            if found.problem is None and not is_empty(found.rows):
                yield data_table(replace(block, keys={each: block.keys[each] for each in columns}), found.rows, library)

