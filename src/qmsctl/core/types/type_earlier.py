"""``from`` and ``before`` of a ``type.yaml``: what goes on for records that were opened before a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qmsctl.core.text.nodes import Mapping, Node, texts
from qmsctl.core.text.values import read_date
from qmsctl.core.types.record_type import Earlier, RecordType, Reopening
from qmsctl.core.types.type_nodes import TypeInvalid, as_mapping, entries_of, flag_of, only_keys
from qmsctl.message import _
from qmsctl.value import replace

_KEYS = frozenset(["from", "before", "retention", "reopen", "states"])
_STATE_KEYS = frozenset(["final", "freezes"])
_NEVER = "no"


def read_earlier(top: Mapping, found: RecordType, reopening: Callable[[Node | None], Reopening | None]) -> Earlier | None:
    """What ``before`` says of ``found``, the type as it is from the day ``from`` on. Raises :class:`TypeInvalid`."""
    if "from" not in top.entries and "before" not in top.entries:
        return None
    start = read_date(top.text("from"))
    if start is None or "before" not in top.entries or found.kind != "record":
        raise TypeInvalid(
            _("a type of record says “from” which day it holds, and what goes on for earlier ones “before” that; one needs the other"),
            min(top.key_lines[key] for key in ("from", "before") if key in top.key_lines),
        )
    spec = as_mapping(top.entries["before"], top.key_lines["before"])
    only_keys(spec, _KEYS)
    states = {name: _state(name, part, found) for name, part in entries_of(spec.entries.get("states"))}
    way = spec.entries.get("reopen")
    then = replace(
        found,
        retention=spec.text("retention") or found.retention,
        reopening=found.reopening if way is None else None if spec.text("reopen") == _NEVER else reopening(way),
    )
    return Earlier(
        start=start,
        retention=then.retention,
        reopening=then.reopening,
        final={name: flag_of(part, "final") for name, part in states.items() if "final" in part.entries},
        freezes={name: texts(part.entries["freezes"]) for name, part in states.items() if "freezes" in part.entries},
        earlier=_older(spec, start, then, reopening),
    )


def _older(spec: Mapping, start: date, found: RecordType, reopening: Callable[[Node | None], Reopening | None]) -> Earlier | None:
    older = read_earlier(spec, found, reopening)
    if older is not None and older.start >= start:
        raise TypeInvalid(_("“from” within “before” is an earlier day"), spec.key_lines["from"])
    return older


def _state(name: str, node: Node, found: RecordType) -> Mapping:
    spec = as_mapping(node, node.line)
    only_keys(spec, _STATE_KEYS)
    if name not in found.states:
        raise TypeInvalid(_("“{key}” names the unknown state “{other}”", key="before", other=name), spec.line)
    return spec
