"""``due`` of a ``type.yaml``: what falls due in records of the type."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.office.config import PERIODS
from qmsctl.core.office.duration import Duration
from qmsctl.core.text.nodes import Mapping, Node, Sequence, texts
from qmsctl.core.types.due import Due
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_nodes import TypeInvalid, as_mapping, entries_of, label_of, only_keys
from qmsctl.message import Message, _

_KEYS = frozenset(
    ["label", "field", "block", "column", "every", "since", "grace", "in", "when", "unless", "where", "latest_of", "owner", "to", "set", "row", "setting", "by", "moved_by"]
)


def read_due(node: Node) -> Due:
    """An entry under ``due``. Raises :class:`TypeInvalid`."""
    spec = as_mapping(node, node.line)
    only_keys(spec, _KEYS)
    field, block, columns = spec.text("field"), spec.text("block"), texts(spec.entries.get("column"))
    if bool(field) == bool(block) or bool(block) != bool(columns):
        raise TypeInvalid(_("an entry of “due” has a “field”, or a “block” with its “column”"), spec.line)
    if "label" not in spec.entries:
        raise TypeInvalid(_("“{key}” is missing", key="label"), spec.line)
    setting = spec.text("setting")
    if setting is not None and (setting not in PERIODS or not field or "by" not in spec.entries or "every" in spec.entries):
        message = _("a “setting” is one of {known}, and has a “field” and “by” beside it", known=PERIODS)
        raise TypeInvalid(message, spec.key_lines["setting"])
    if "where" in spec.entries and "unless" not in spec.entries:
        raise TypeInvalid(_("“{key}” is missing", key="unless"), spec.key_lines["where"])
    latest_of = spec.entries.get("latest_of")
    return Due(
        label=label_of(spec.entries["label"], spec.line),
        field=field,
        block=block,
        columns=columns,
        every=spec.text("every"),
        since=spec.text("since"),
        grace=_grace(spec),
        states=texts(spec.entries.get("in")),
        when={key: texts(part) for key, part in entries_of(spec.entries.get("when"))},
        unless=texts(spec.entries.get("unless")),
        where={key: texts(part) for key, part in entries_of(spec.entries.get("where"))},
        latest_of=None if latest_of is None else texts(latest_of),
        owner=spec.text("owner"),
        to=spec.text("to"),
        sets=texts(spec.entries.get("set")),
        row=spec.text("row"),
        setting=setting,
        by=spec.text("by"),
        moved_by=spec.text("moved_by"),
    )


def _grace(spec: Mapping) -> Duration | None:
    text = spec.text("grace")
    found = Duration.parse(text) if text else None
    if text and found is None:
        message = _("got “{text}”; expected {expected}", text=text,
                    expected=_("a duration such as 2h, 3d (working days), 12m or 3y"))
        raise TypeInvalid(message, spec.key_lines["grace"])
    return found


def due_faults(found: RecordType, top: Mapping) -> Iterator[tuple[Message, int]]:
    """What the entries name and the type does not have; the line of the list for one that is inherited."""
    node = top.entries.get("due")
    lines = [part.line for part in node.items] if isinstance(node, Sequence) else []
    if found.kind != "record" and found.dues:
        yield _("“{key}” belongs to records; documents are reviewed as qms.yaml says", key="due"), top.key_lines["due"]
    for place, due in enumerate(found.dues):
        line = lines[place] if place < len(lines) else top.line
        for message in _unknown(found, due):
            yield message, line


def _unknown(found: RecordType, due: Due) -> Iterator[Message]:
    blocks = [name for name in (due.block, due.row, due.moved_by) if name]
    columns = found.blocks[due.block].keys if due.block in found.blocks and due.block else {}
    fields = [due.field, due.since, due.by, *due.when, *(due.latest_of or ()), *due.sets]
    fields += [] if due.unless else [due.owner]
    fields += [] if due.every is None or Duration.parse(due.every) else [due.every]
    for name in fields:
        if name is not None and name not in found.fields:
            yield _("“{key}” names the unknown field “{field}”", key="due", field=name)
    for name in blocks:
        if name not in found.blocks:
            yield _("“{key}” names the unknown data block “{block}”", key="due", block=name)
    for name in (*due.columns, *due.unless, *due.where):
        if columns and name not in columns:
            yield _("“{key}” names the unknown column “{column}”", key="due", column=name)
    for name in (*due.states, due.to):
        if name is not None and name not in found.states:
            yield _("“{key}” names the unknown state “{other}”", key="due", other=name)
