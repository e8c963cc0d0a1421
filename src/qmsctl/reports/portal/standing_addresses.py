"""Where the portals of an office show a document, on the web too: at an address that stays, whatever is shown there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.types.openness import Openness
from qmsctl.reports.portal.addresses import file_names, possible_names
from qmsctl.reports.portal.unnamed import unnamed

PUBLIC = "public"
_DOCUMENTS, _RECORDS = "documents", "records"


def open_documents(library: Library) -> Iterator[Item]:
    """The documents in force that may be shown to everybody."""
    for subject in library.subjects:
        found = library.standing(subject).in_force
        if found and found.copy and _is_open(found.copy):
            yield text_of(found, library) or found.copy


def public_addresses(names: Iterable[str]) -> Mapping[str, str]:
    """Where the portal for everybody shows the documents of these ids."""
    return {name: f"pages/{file}.html" for name, file in file_names(names).items()}


def staff_addresses(library: Library, records: Iterable[Item]) -> Mapping[str, str]:
    """Where the portal of the staff shows every document and these records."""
    subjects = frozenset(library.subjects)
    names = file_names((*subjects, *(each.id for each in records)))
    return {name: f"{_DOCUMENTS if name in subjects else _RECORDS}/{file}.html" for name, file in names.items()}


def leads(names: Iterable[str], addresses: Mapping[str, str]) -> Iterator[str]:
    """Where the staff is led by a page with these ids; of those that nothing has, where it would be led if something had them."""
    for name in names:
        if name in addresses:
            yield addresses[name]
        else:
            yield from (f"{folder}/{file}.html" for folder in (_DOCUMENTS, _RECORDS) for file in possible_names(name))


def on_the_web(item: Item, library: Library) -> str:
    """Where somebody who holds a print of ``item`` finds it; empty where the office names no portal that shows it.

    A text that is not for everybody never leads to the portal for everybody, even where another revision of it stands there.
    """
    config = library.config
    if config.portal and _is_open(item):
        shown = public_addresses(each.id for each in open_documents(library))
        if item.id in shown:
            return config.portal + shown[item.id]
    if config.staff_portal:
        kept_back = unnamed(library)
        return config.staff_portal + staff_addresses(library, (each for each in library.records if each.id not in kept_back))[item.id]
    return ""


def _is_open(item: Item) -> bool:
    return item.text("classification") == PUBLIC and item.type.openness != Openness()
