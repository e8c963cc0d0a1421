"""A type of the office's own cannot be used, or names something that does not exist.

## Why
A type says what a record needs before it counts as closed (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). A gate
on a misspelt field never opens, a sign-off by a role nobody can hold is never given, and a file of a type
that cannot be read is in no register.

## Bad
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Chuyến thăm}
id: VS-{number:3}
folder: records/visits
fields:
  title: {kind: text, required: true}
  held: {kind: date}
states:
  - {id: planned, label: {en: planned}, to: [done]}
  - {id: done, label: {en: done}, final: true, gates: [{present: [heldd]}]}
```

## Good
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Chuyến thăm}
id: VS-{number:3}
folder: records/visits
fields:
  title: {kind: text, required: true}
  held: {kind: date}
states:
  - {id: planned, label: {en: planned}, to: [done]}
  - {id: done, label: {en: done}, final: true, gates: [{present: [held]}]}
```

## Mend
Correct ``type.yaml`` at the line named. ``qmsctl schema TYPE`` shows what a type means once it can be read.
"""

from collections.abc import Collection, Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.gates import operators
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import meant
from qmsctl.core.sight import Sight
from qmsctl.core.source import EntryKind
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.gate_names import names_of, operators_of
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_reader import MAX_DEPTH
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}

_TOP = {"document": "documents", "record": "records"}
_Named = tuple[tuple[str, str], ...]


def check(library: Library) -> Iterator[Problem]:
    """Read every type below ``.qms/types/``, then look up what each of them names."""
    paths = [p.split("/") for p, kind in library.files.items() if kind is EntryKind.FILE and p.startswith(".qms/types/")]
    found = [library.types.get(parts[2]) for parts in paths if parts[3:] == ["type.yaml"]]
    for problem in library.types.problems:
        yield Problem(problem.path, problem.line, problem.message, _mend(problem.path))
    for own in found:
        if own is not None:
            yield from _own(library, own)


def _own(library: Library, own: RecordType) -> Iterator[Problem]:
    path = f".qms/types/{own.name}/type.yaml"
    top = read_yaml(library.outside.read(path).decode("utf-8"), depth=MAX_DEPTH)
    assert isinstance(top, Mapping)
    states = {row.text("id"): row.line for row in top.sequence("states") if isinstance(row, Mapping)}
    for state in own.states.values():
        roles = state.signoff.roles if state.signoff else ()
        named = [("role", role) for role in roles] + [each for gate in state.gates for each in names_of(gate)]
        strange = [("operator", each) for gate in state.gates for each in operators_of(gate)]
        line = states.get(state.id, 1)
        for message, name, known in _unknown(library, own, (*named, *strange)):
            yield Problem(path, line, message, meant(library, path, line, name, known))
    if own.name in library.types.shadowing:
        message = _("this definition takes the place of the built-in type “{type}”, with its gates", type=own.name)
        yield Problem(path, 1, message, advice(_("give the type a name of its own, unless this is meant")), Severity.WARNING)
    for message, line in (*_place(own, top), *_elsewhere(library, own, top)):
        yield Problem(path, line, message, _mend(path))


def _unknown(library: Library, own: RecordType, named: _Named) -> Iterator[tuple[Message, str, Collection[str]]]:
    """What the states of a type name and nobody knows, and what is known in its place."""
    known: dict[str, Collection[str]] = {
        "field": {*own.fields, "status", "id"},
        "section": {section.id for section in own.sections},
        "block": set(own.blocks),
        "state": set(own.states),
        "role": library.names.roles,
        "operator": operators(),
    }
    messages = {
        "field": _("a gate names the unknown field “{name}”"),
        "section": _("a gate names the unknown section “{name}”"),
        "block": _("a gate names the unknown data block “{name}”"),
        "state": _("a gate names the unknown state “{name}”"),
        "role": _("the role “{name}” is not in qms.yaml"),
        "operator": _("the gate “{name}” is not known"),
        "type": _("a gate names the unknown type “{name}”"),
    }
    for kind, name in named:
        if kind == "type":
            known["type"] = {each.name for each in library.types.all()}
        if name not in known[kind]:
            yield Message(messages[kind].text, {"name": name}), name, known[kind]


def _place(own: RecordType, top: Mapping) -> Iterator[tuple[Message, int]]:
    if own.kind not in _TOP or own.name == "signoff":
        yield _("an office's own type is a document or a record"), top.key_lines["kind"]
    elif own.top_folder != _TOP[own.kind]:
        message = _("the folder is “{folder}”; one below {top}/ is expected", folder=own.folder, top=_TOP[own.kind])
        yield message, top.key_lines["folder"]


def _elsewhere(library: Library, own: RecordType, top: Mapping) -> Iterator[tuple[Message, int]]:
    """Types that references may name, the clauses served, and who may reopen."""
    fields = top.entries.get("fields")
    lines = fields.key_lines if isinstance(fields, Mapping) else {}
    for field in own.fields.values():
        for part in (field, *field.of, *field.keys.values()):
            for name in part.to:
                if name not in _TOP and not library.types.has(name):
                    message = _("field “{field}” may name the unknown type “{type}”", field=field.name, type=name)
                    yield message, lines.get(field.name, 1)
    for edition, numbers in own.clauses.items():
        standard = library.find_standard(edition)
        strange = tuple(number for number in numbers if standard is None or number not in standard.clauses)
        if strange:
            message = _("{edition} has no clause {clauses}", edition=edition, clauses=strange)
            yield message, top.key_lines.get("clauses", 1)
    for role in own.reopening.roles if own.reopening else ():
        if role not in library.names.roles:
            yield _("the role “{name}” is not in qms.yaml", name=role), top.key_lines.get("reopen", 1)


def _mend(path: str) -> Mend:
    return advice(_("correct {path}", path=path)).then(command("schema", path.split("/")[2]))
