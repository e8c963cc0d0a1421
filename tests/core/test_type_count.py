"""What a type may say under ``counted``."""

from __future__ import annotations

import pytest

from qmsctl.core.types.count import FIGURES
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_nodes import TypeInvalid
from qmsctl.core.types.type_reader import read_type
from qmsctl.store.definitions import type_set

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
    return read_type(TYPE.format(name="visit", extends="", counted=f"counted:\n  - {entry}\n", first="current"), no_base, builtin=False)


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
        ("{for: resources, as: held, open: perhaps}", "yes or no is expected"),
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


def test_a_type_counts_as_the_one_it_extends_as_far_as_it_has_its_states() -> None:
    entries = "counted:\n  - {for: resources, as: held}\n  - {for: resources, as: effective, in: [current]}\n"
    parent = read_type(TYPE.format(name="visit", extends="", counted=entries, first="current"), no_base, builtin=False)

    def child(counted: str, first: str) -> list[str]:
        text = TYPE.format(name="trip", extends="extends: visit\n", counted=counted, first=first)
        return [each.figure for each in read_type(text, lambda _name: parent, builtin=False).counts]

    assert child("", "current") == ["held", "effective"]
    assert child("", "planned") == ["held"]
    assert child("counted:\n  - {for: resources, as: unmet}\n", "current") == ["unmet"]


def test_every_figure_is_that_of_a_type() -> None:
    said = {(each.consumer, each.figure) for found in type_set({}).all() for each in found.counts}
    assert said == {(consumer, figure) for consumer, figures in FIGURES.items() for figure in figures}
