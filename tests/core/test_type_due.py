"""What a type may say under ``due``."""

from __future__ import annotations

import pytest

from qmsctl.core.gates import shape_of
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_nodes import TypeInvalid
from qmsctl.core.types.type_reader import nodes_of, type_of
from qmsctl.core.types.type_set import TypeSet
from qmsctl.store.shipped.definitions import type_set

TYPE = """\
type: visit
kind: record
label: {{en: Visit}}
id: VS-{{number:3}}
folder: records/visits
fields:
  title: {{kind: text}}
  last: {{kind: date}}
  cycle: {{kind: duration}}
blocks:
  visits:
    label: {{en: Visits}}
    columns: {{day: {{kind: date}}, done: {{kind: date}}}}
due:
  - {due}
states:
  - {{id: current, label: {{en: current}}, to: [ended]}}
  - {{id: ended, label: {{en: ended}}, final: true}}
"""


def read(due: str, kind: str = "record") -> RecordType:
    def base(name: str) -> RecordType:
        raise TypeInvalid(None, 1)  # type: ignore[arg-type]

    return type_of(nodes_of(TYPE.format(due=due).replace("kind: record", f"kind: {kind}")), base, builtin=False, shape_of=shape_of)


@pytest.mark.parametrize(
    "due",
    [
        "{field: last, label: {en: visit}}",
        "{field: last, every: cycle, grace: 5d, in: [current], to: ended, label: {en: visit}}",
        "{field: last, every: 12m, latest_of: [title], when: {title: [x]}, label: {en: visit}}",
        "{block: visits, column: day, unless: [done], owner: title, label: {en: visit}}",
        "{block: visits, column: [done, day], since: last, every: 1m, row: visits, set: [last], label: {en: visit}}",
    ],
)
def test_well_formed(due: str) -> None:
    assert len(read(due).dues) == 1


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("{label: {en: visit}}", "“field”"),
        ("{field: last, block: visits, column: day, label: {en: visit}}", "“field”"),
        ("{block: visits, label: {en: visit}}", "“column”"),
        ("{field: last}", "label"),
        ("{field: lst, label: {en: visit}}", "lst"),
        ("{field: last, owner: nobody, label: {en: visit}}", "nobody"),
        ("{field: last, every: cycl, label: {en: visit}}", "cycl"),
        ("{field: last, since: snce, label: {en: visit}}", "snce"),
        ("{field: last, when: {kind: [x]}, label: {en: visit}}", "kind"),
        ("{field: last, latest_of: [kind], label: {en: visit}}", "kind"),
        ("{field: last, set: [nxt], label: {en: visit}}", "nxt"),
        ("{block: vists, column: day, label: {en: visit}}", "vists"),
        ("{field: last, row: vists, label: {en: visit}}", "vists"),
        ("{block: visits, column: dy, label: {en: visit}}", "dy"),
        ("{block: visits, column: day, unless: [dne], label: {en: visit}}", "dne"),
        ("{field: last, in: [open], label: {en: visit}}", "open"),
        ("{field: last, to: closed, label: {en: visit}}", "closed"),
        ("{field: last, grace: long, label: {en: visit}}", "long"),
        ("{field: last, until: [ended], label: {en: visit}}", "until"),
        ("[field]", "keys"),
    ],
)
def test_what_it_names_has_to_be_there(due: str, says: str) -> None:
    with pytest.raises(TypeInvalid, match=says) as found:
        read(due)
    assert found.value.line == 15


def test_documents_are_reviewed_and_not_due() -> None:
    with pytest.raises(TypeInvalid, match="records"):
        read("{field: last, label: {en: visit}}", "document")


def test_every_built_in_type_that_rests_or_waits_says_so_in_data() -> None:
    """A state in which a record stays for long has something due there, or rests; else it would wait in every list."""
    types: TypeSet = type_set({})
    resting = {(kind.name, state.id) for kind in types.all() for state in kind.states.values() if state.rests}
    assert ("supplier", "approved") in resting
    assert ("nonconformity", "reported") not in resting
    assert not [pair for pair in resting if types.get(pair[0]).states[pair[1]].final]  # type: ignore[union-attr]
