"""What a type may say under ``counted``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qmsctl.core.gates import shape_of
from qmsctl.core.types.count import FIGURES
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_nodes import TypeInvalid
from qmsctl.core.types.type_reader import nodes_of, type_of
from qmsctl.store.shipped.definitions import type_set

TYPE = """\
type: {name}
kind: record
{extends}label: {{en: Visit}}
id: VS-{{number:3}}
folder: records/visits
fields:
  title: {{kind: text}}
  held: {{kind: date}}
blocks:
  visits:
    label: {{en: Visits}}
    columns: {{day: {{kind: date}}, result: {{kind: text}}}}
{counted}states:
  - {{id: {first}, label: {{en: first}}, to: [ended]}}
  - {{id: ended, label: {{en: ended}}, final: true}}
"""


def no_base(name: str) -> RecordType:
    raise KeyError(name)


def read(entry: str) -> RecordType:
    return type_of(nodes_of(TYPE.format(name="visit", extends="", counted=f"counted:\n  - {entry}\n", first="current")), no_base, builtin=False, shape_of=shape_of)


@pytest.mark.parametrize(
    "entry",
    [
        "{for: resources, as: held}",
        "{for: resources, as: held, on: held, in: [current], when: {title: [x]}, without: [title], open: true, late: held}",
        "{for: resources, as: held, block: visits, on: day, where: {result: [good]}}",
        "{for: resources, as: held, block: visits, on: held}",
        "{for: audit plan, as: risks}",
    ],
)
def test_well_formed(entry: str) -> None:
    assert len(read(entry).counts) == 1


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{as: held}", "“for” is missing"),
        ("{for: resources}", "“as” is missing"),
        ("{for: leaders, as: held}", "one of previous-actions"),
        ("{for: resources, as: raised}", "one of out_of_service"),
        ("{for: resources, as: held, at: held}", "“at” is not known here"),
        ("{for: resources, as: held, open: perhaps}", "expected yes or no"),
        ("{for: resources, as: held, on: day}", "“counted” names the unknown field “day”"),
        ("{for: resources, as: held, late: day}", "“counted” names the unknown field “day”"),
        ("{for: resources, as: held, when: {day: [x]}}", "“counted” names the unknown field “day”"),
        ("{for: resources, as: held, without: [day]}", "“counted” names the unknown field “day”"),
        ("{for: resources, as: held, in: [over]}", "“counted” names the unknown state “over”"),
        ("{for: resources, as: held, block: lines}", "“counted” names the unknown data block “lines”"),
        ("{for: resources, as: held, where: {result: [x]}}", "“counted” names the unknown column “result”"),
        ("{for: resources, as: held, block: visits, where: {held: [x]}}", "“counted” names the unknown column “held”"),
    ],
)
def test_refused_with_the_line_of_the_entry(entry: str, says: str) -> None:
    with pytest.raises(TypeInvalid) as caught:
        read(entry)
    assert says in str(caught.value.message)
    assert caught.value.line == 14


def test_a_type_counts_as_the_one_it_extends_as_far_as_it_has_what_they_name() -> None:
    entries = "counted:\n  - {for: resources, as: held}\n  - {for: resources, as: effective, in: [current]}\n"
    parent = type_of(nodes_of(TYPE.format(name="visit", extends="", counted=entries, first="current")), no_base, builtin=False, shape_of=shape_of)

    def child(counted: str, first: str) -> list[str]:
        text = TYPE.format(name="trip", extends="extends: visit\n", counted=counted, first=first)
        return [each.figure for each in type_of(nodes_of(text), lambda _name: parent, builtin=False, shape_of=shape_of).counts]

    assert child("", "current") == ["held", "effective"]
    assert child("", "planned") == ["held"]
    assert child("counted:\n  - {for: resources, as: unmet}\n", "current") == ["unmet"]


def test_every_figure_is_in_the_docs() -> None:
    text = (Path(__file__).parents[2] / "docs" / "types.md").read_text(encoding="utf-8")
    rows = [line for line in text.partition("| `for` | `as` |")[2].splitlines() if line.startswith("| `")]
    said = {(names := re.findall("`([^`]+)`", line))[0]: tuple(names[1:]) for line in rows}
    assert said == FIGURES


def test_every_figure_is_that_of_a_type() -> None:
    said = {(each.consumer, each.figure) for found in type_set({}).all() for each in found.counts}
    assert said == {(consumer, figure) for consumer, figures in FIGURES.items() for figure in figures}


OWN_SUPPLIER = """\
type: supplier
kind: record
label: {{en: Firm}}
id: F-{{number:3}}
folder: records/suppliers
fields:
  title: {{kind: text}}
{more}states:
  - {{id: approved, label: {{en: approved}}}}
"""
EVALUATION = "blocks:\n  evaluation: {label: {en: Evaluation}, columns: {date: {kind: date}}}\n"


@pytest.mark.parametrize(
    ("more", "figures"),
    [
        ("", ["approved"]),
        (EVALUATION, ["approved", "evaluations", "shown"]),
        ("counted: [{for: suppliers, as: suspended}]\n", ["suspended"]),
    ],
)
def test_a_type_in_place_of_a_built_in_one_counts_as_that_as_far_as_it_can(more: str, figures: list[str]) -> None:
    found = type_set({".qms/types/supplier/type.yaml": OWN_SUPPLIER.format(more=more)})
    kind = found.get("supplier")
    assert kind is not None
    assert [each.figure for each in kind.counts] == figures
    assert not found.problems


def test_a_type_in_place_of_a_built_in_one_keeps_its_place_in_lists() -> None:
    text = "type: manual\nkind: document\nextends: document\nlabel: {en: Handbook}\nid: HB-{number:2}\nfolder: documents/manual\n"
    ranks = [each.rank for more in ("", "rank: 7\n") if (each := type_set({".qms/types/manual/type.yaml": text + more}).get("manual"))]
    assert ranks == [1, 7]
    with pytest.raises(TypeInvalid, match="expected a whole number"):
        type_of(nodes_of(text + "rank: first\n"), lambda _name: parent_document(), builtin=False, shape_of=shape_of)


def parent_document() -> RecordType:
    found = type_set({}).get("manual")
    assert found is not None
    return found
