"""The register of a lake: which agencies there are, and which delivery of each month it holds. What it does not name is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from qmsctl.core.fleet.manifest import is_agency
from qmsctl.core.fleet.succession import Load
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.machine import files
from qmsctl.store.outputs.output import write_output
from qmsctl.value import dataclass, replace

NAME, VERSION = "lake.json", 1
_DIGEST = regex(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Register:
    """``agencies`` are those of the list of signers, with their names; of each and each month the latest of ``loads`` stays."""

    agencies: Mapping[str, str]
    loads: tuple[Load, ...] = ()

    def last(self, agency: str) -> Load | None:
        """What was loaded of an agency last."""
        return next((each for each in reversed(self.loads) if each.agency == agency), None)

    @property
    def latest(self) -> tuple[Load, ...]:
        """The last of each agency, by its code."""
        return tuple(sorted({each.agency: each for each in self.loads}.values(), key=lambda each: each.agency))

    def with_load(self, load: Load) -> Register:
        """With another load, in place of that of its agency and month."""
        kept = tuple(each for each in self.loads if (each.agency, each.month) != (load.agency, load.month))
        return replace(self, loads=(*kept, load))


def read_register(folder: Path) -> Register:
    """The register of the lake in ``folder``; an empty one where there is none yet. Raises ``RepositoryError``."""
    path = folder / NAME
    return parsed(files.read(path, str(path)), str(path)) if path.exists() else Register({})


def parsed(data: bytes | str, path: str) -> Register:
    """The register that was written as ``data``, found at ``path``. Raises ``RepositoryError``."""
    try:
        found = json.loads(data)
        if found["v"] != VERSION:
            raise RepositoryError(_("{path} was written by another version of qmsctl", path=path), advice(_("update qmsctl on this machine")))
        return Register({_checked(is_agency, code): str(name) for code, name in found["agencies"].items()}, tuple(map(_load, found["loads"])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RepositoryError(_("{path} is damaged", path=path), advice(_("load everything into a new folder"))) from None


def write_register(folder: Path, register: Register) -> None:
    """Put the register in the place of the one before, whole or not at all."""
    write_output(folder / NAME, written(register))


def written(register: Register) -> bytes:
    """The register as it is written."""
    loads = [
        {"agency": each.agency, "commit": each.commit, "committed": each.committed.isoformat(), "day": each.day.isoformat(), "sha256": each.sha256, "standards": list(each.standards)}
        for each in register.loads
    ]
    data = json.dumps({"v": VERSION, "agencies": dict(sorted(register.agencies.items())), "loads": loads}, ensure_ascii=False, indent=1)
    return f"{data}\n".encode()


def _load(found: Mapping[str, str | list[str]]) -> Load:
    texts = {key: str(found[key]) for key in ("agency", "commit", "committed", "day", "sha256")}
    agency, sha256 = _checked(is_agency, texts["agency"]), _checked(_DIGEST.fullmatch, texts["sha256"])
    return Load(agency, texts["commit"], datetime.fromisoformat(texts["committed"]), date.fromisoformat(texts["day"]), sha256, tuple(found["standards"]))


def _checked(fits: Callable[[str], object], text: str) -> str:
    """The text, which becomes part of a path. Raises ``ValueError`` for one that may not."""
    if not fits(text):
        raise ValueError(text)
    return text
