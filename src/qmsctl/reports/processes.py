"""The processes of the office: a map of them, and what each takes in, gives out and is measured by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.process_links import Link, layer, links
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.types.field import Field
from qmsctl.message import Label, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.process_map import ProcessMap, process_map
from qmsctl.reports.parts.state import State, document_state
from qmsctl.value import dataclass

ABOUT = About.OFFICE

TYPE = "process"
SHOWN = ("inputs", "outputs", "criteria", "measures", "risks", "documents")


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process: ``comes_from`` and ``leads_to`` are those it is linked with, whichever side says so."""

    id: str
    anchor: str
    title: str
    owner: str
    unit: str
    layer: Label | str
    state: State
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    comes_from: tuple[str, ...]
    leads_to: tuple[str, ...]
    criteria: tuple[str, ...]
    measures: tuple[str, ...]
    risks: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Processes:
    """The map and the table; ``one_sided`` are links of which only one of the two processes knows.

    ``labels`` are what the type calls its fields.
    """

    cover: Cover
    map: ProcessMap
    layers: Mapping[str, Label | str]
    lines: tuple[ProcessLine, ...]
    one_sided: tuple[Link, ...]
    labels: Mapping[str, Label]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> Processes:
    """Every process as it is in force; one that never was, as its working text has it."""
    texts = tuple(_texts(library))
    standard = library.config.standards[0] if library.config.standards else ""
    layers = {text.id: layer(text, standard) for text in texts}
    found = links(texts)
    lines = tuple(_line(text, layers[text.id], found, library) for text in texts)
    return Processes(
        cover=cover(_("Processes and their interaction"), library, options),
        map=process_map({text.id: text.title for text in texts}, layers, found),
        layers={name: _layer(library, name) for name in dict.fromkeys(layers.values())},
        lines=lines,
        one_sided=tuple(link for link in found if link.one_sided),
        labels={name: _field(library, name).label for name in SHOWN},
        anchors=naming.anchors(lines),
    )


def _texts(library: Library) -> Iterator[Item]:
    for subject in library.subjects:
        standing = library.standing(subject)
        item = text_of(standing.in_force, library) or (None if standing.approved else library.by_id.get(subject))
        if item is not None and item.type.is_a(TYPE):
            yield item


def _field(library: Library, name: str) -> Field:
    """A field of the type; one that an office's own type has left out is called by its key."""
    kind = library.types.get(TYPE)
    return (kind.fields.get(name) if kind else None) or Field(name, "text", Label({"en": name}))


def _layer(library: Library, name: str) -> Label | str:
    return _field(library, "layer").values.get(name, name)


def _line(text: Item, group: str, found: Sequence[Link], library: Library) -> ProcessLine:
    standing = library.standing(text.id)
    return ProcessLine(
        id=text.id,
        anchor=naming.anchor("process", text.id),
        title=text.title,
        owner=naming.holder(library, text.text("owner") or ""),
        unit=naming.unit(library, text.text("unit") or ""),
        layer=_layer(library, group),
        state=document_state(standing.status),
        inputs=text.texts("inputs"),
        outputs=text.texts("outputs"),
        comes_from=tuple(link.source for link in found if link.target == text.id),
        leads_to=tuple(link.target for link in found if link.source == text.id),
        criteria=text.texts("criteria"),
        measures=text.texts("measures"),
        risks=text.texts("risks"),
        documents=text.texts("documents"),
    )
