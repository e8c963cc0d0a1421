"""The portal for those who work in the office: every document in force, drafts, earlier revisions and records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.announced import Announced, announced, field_of
from qmsctl.core.types.type_order import type_rank
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, plain_cover
from qmsctl.reports.parts.state import State, document_state, record_state
from qmsctl.reports.portal.addresses import file_names
from qmsctl.reports.portal.origins import Origins
from qmsctl.reports.portal.page import Bar, Group, Kind, ListPage, Page, Portal, Row, Way
from qmsctl.reports.portal.papers import Paper, paper_page, papers_of, record_page
from qmsctl.reports.portal.search import search_page
from qmsctl.reports.portal.standing_addresses import staff_addresses
from qmsctl.reports.portal.unnamed import unnamed
from qmsctl.reports.portal.withheld import Withheld
from qmsctl.value import dataclass, field, replace

_HOME = Way(_("Documents"), "index.html")
_WAYS = (
    Way(_("Search"), "search.html"), Way(_("Drafts"), "drafts.html"), Way(_("Earlier revisions"), "earlier.html"), Way(_("Records"), "records.html"),
)

_MOST_ON_HOME = 300
"""So many documents are listed where a reader begins; of more, lists are."""


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages have in common: the library, a cover, and where each document and record stands."""

    library: Library
    options: ReportOptions
    cover: Cover
    addresses: Mapping[str, str]
    services: Mapping[str, tuple[Announced, ...]]
    _states: dict[tuple[str, str | None], State | None] = field(default_factory=dict)

    def state(self, record: Item) -> State | None:
        """Where a record stands, if its type has states; found out once for all that stand alike."""
        key = record.type.name, record.status
        if key not in self._states:
            self._states[key] = record_state(record, self.library) if record.type.states else None
        return self._states[key]

    def field(self, item: Item) -> str:
        """The field of work of a document; empty where nothing is said of it."""
        return field_of(item, self.services)

    def titled(self, title: Message | str) -> Cover:
        """The cover of a page."""
        return replace(self.cover, title=title)

    def bar(self, address: str) -> Bar:
        """What stands above the page at ``address``."""
        return Bar.above(address, _HOME, _WAYS)


def staff_portal(library: Library, options: ReportOptions) -> Portal:
    """The portal of ``library``."""
    kept_back = unnamed(library)
    records = [each for each in library.records if each.id not in kept_back]
    site = Site(library, options, plain_cover(_("Documents"), library, options), staff_addresses(library, records), announced(library))
    papers = [paper for subject in library.subjects for paper in papers_of(subject, site.addresses[subject], library)]
    rows = {paper.address: _paper_row(paper, site) for paper in papers}
    held = [_record_row(each, site) for each in records]
    lists = list(_lists(site, papers, rows, held, {each.id: each for each in records}, kept_back))
    origins = Origins(library)
    pages = (
        *lists,
        search_page("search.html", site.titled(_("Search")), site.bar("search.html"), [*rows.values(), *held]),
        *(paper_page(paper, origins, options, site.addresses, site.bar) for paper in papers),
        *(record_page(each, site.addresses[each.id], origins, site.addresses, site.titled, site.bar) for each in records),
    )
    withheld = Withheld(dict.fromkeys(kept_back, ""))
    return Portal(False, options.lang, origins.office, pages, withheld)


def _paper_row(paper: Paper, site: Site) -> Row:
    item = paper.item
    unit = naming.unit(site.library, item.text("unit") or "")
    words = (*item.texts("keywords"), site.field(item))
    return Row(item.id, item.title, item.type.label, paper.address, document_state(paper.status), unit, paper.revision, paper.day, words)


def _record_row(item: Item, site: Site) -> Row:
    unit = naming.unit(site.library, item.text("unit") or "")
    return Row(item.id, item.title, item.type.label, site.addresses[item.id], site.state(item), unit)


def _lists(site: Site, papers: list[Paper], rows: Mapping[str, Row], held: list[Row], records: Mapping[str, Item], kept_back: Mapping[str, Item]) -> Iterator[Page]:
    main = [paper for paper in papers if paper.is_main]
    drafts = [rows[each.address] for each in papers if each.is_draft]
    units = tuple(_unit_pages(site, main, rows, held, records))
    fields = tuple(_field_pages(site, main, rows))
    groups = _by_type([paper for paper in main if not paper.is_draft and not paper.is_over], rows, site)
    types = tuple(_list(site, f"types/{each.anchor}.html", each.title, (each,)) for each in groups)
    ways = tuple((words, tuple(Way(page.title, page.address) for page in pages)) for words, pages in ((_("By field"), fields), (_("By unit"), units), (_("By kind"), types)) if pages)
    is_short = sum(len(each.rows) for each in groups) <= _MOST_ON_HOME
    notes = () if groups else (_("No document is in force yet; what is being written is among the drafts."),)
    yield _list(site, "index.html", _("Documents"), groups if is_short else (), ways, notes=notes, kind=Kind.HOME, dated=True)
    yield _list(site, "drafts.html", _("Drafts"), (Group("drafts", _("Drafts"), tuple(drafts)),))
    earlier = tuple(rows[each.address] for each in papers if each.is_over)
    yield _list(site, "earlier.html", _("Earlier revisions"), (Group("earlier", _("No longer in force"), earlier),))
    yield _list(site, "records.html", _("Records"), _records_by_type(held, records), notes=tuple(_counted(kept_back)))
    yield from (*units, *fields, *types)


def _list(site: Site, address: str, title: Message | str, groups: tuple[Group, ...], ways: tuple[tuple[Message, tuple[Way, ...]], ...] = (), *, notes: tuple[Message, ...] = (), kind: Kind = Kind.LIST, dated: bool = False) -> Page:
    shown = tuple(each for each in groups if each.rows)
    of_state = (site.cover.today, site.cover.commit, site.cover.dirty, site.cover.unseen) if dated else ()
    view = ListPage(site.titled(title), site.bar(address), shown, ways, notes)
    return Page(address, title, kind, (title, tuple(each.plain for each in shown), ways, notes, *of_state), lambda: view)


def _by_type(papers: list[Paper], rows: Mapping[str, Row], site: Site) -> tuple[Group, ...]:
    """The rows by type, in the order of types, those of a field of work together."""
    found: dict[tuple[str, str], list[Row]] = {}
    for paper in papers:
        found.setdefault((paper.item.type.name, site.field(paper.item)), []).append(rows[paper.address])
    order = sorted(found, key=lambda key: (type_rank(site.library.types.get(key[0]), key[0]), key[1]))
    names = file_names(" ".join(filter(None, key)) for key in order)
    return tuple(Group(names[" ".join(filter(None, key))], _heading(found[key][0].label, key[1]), tuple(found[key])) for key in order)


def _heading(label: Label, field: str) -> Message:
    return _("{name}: {value}", name=label, value=field) if field else Message("{name}", {"name": label})


def _records_by_type(held: list[Row], records: Mapping[str, Item]) -> tuple[Group, ...]:
    found: dict[str, list[Row]] = {}
    for row in held:
        found.setdefault(records[row.id].type.name, []).append(row)
    return tuple(Group(naming.anchor("type", name), _heading(found[name][0].label, ""), tuple(found[name])) for name in sorted(found))


def _unit_pages(site: Site, main: list[Paper], rows: Mapping[str, Row], held: list[Row], records: Mapping[str, Item]) -> Iterator[Page]:
    """A page for each unit: what it is in charge of, what it is to have, and its records that are not closed."""
    library = site.library
    names = file_names(unit.id for unit in library.config.units)
    own: dict[str, list[Row]] = {}
    given: dict[str, list[Row]] = {}
    open_: dict[str, list[Row]] = {}
    for paper in main:
        home, row = paper.item.text("unit") or "", rows[paper.address]
        own.setdefault(home, []).append(row)
        for name in paper.item.texts("distribution"):
            if name != home:
                given.setdefault(name, []).append(row)
    for row in held:
        if not library.is_closed(records[row.id]):
            open_.setdefault(records[row.id].text("unit") or "", []).append(row)
    for unit in library.config.units:
        groups = (
            Group("own", _("In charge of"), tuple(own.get(unit.id, ())), unit.name),
            Group("given", _("Also to be had here"), tuple(given.get(unit.id, ()))),
            Group("open", _("Records not closed yet"), tuple(open_.get(unit.id, ())), unit.name),
        )
        yield _list(site, f"units/{names[unit.id]}.html", unit.name, groups)


def _field_pages(site: Site, main: list[Paper], rows: Mapping[str, Row]) -> Iterator[Page]:
    found: dict[str, list[Row]] = {}
    for paper in main:
        if field := site.field(paper.item):
            found.setdefault(field, []).append(rows[paper.address])
    names = file_names(found)
    for field in sorted(found):
        yield _list(site, f"fields/{names[field]}.html", field, (Group("own", field, tuple(found[field])),))


def _counted(kept_back: Mapping[str, Item]) -> Iterator[Message]:
    """Of what is not named, how many there are of each kind."""
    found: dict[str, list[Item]] = {}
    for item in kept_back.values():
        found.setdefault(item.type.name, []).append(item)
    for items in found.values():
        words = next(iter(items[0].value_label(name) for name in items[0].type.unnamed))
        yield _("{label} – {kind}: {count}; only their number is told", label=items[0].type.label, kind=words, count=len(items))

