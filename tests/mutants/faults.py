"""Faults put into a module: every one that mutmut knows, behind a switch in each function, so that one process holds them all."""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

from mutmut.mutation.file_mutation import mutate_file_contents

SOURCE = Path("src/qmsctl")
KEPT = Path("build/mutation")


@dataclass(frozen=True)
class Fault:
    """One fault: its name for the switch, the function it is in, what was a line and what it became."""

    name: str
    function: str
    before: str
    after: str

    @property
    def switch(self) -> str:
        """What the function is called where it is switched."""
        return self.name.partition("__mutmut_")[0]

    def __str__(self) -> str:
        return f"{self.function}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Faulty:
    """A module with all its faults in it."""

    module: str
    code: str
    faults: tuple[Fault, ...]


def modules(room: str, names: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """The modules of a room that go by one of these names, ``*`` for anything, with their files."""
    package = f"qmsctl.{room.replace('/', '.')}"
    for path in sorted((SOURCE / room).glob("*.py")):
        if any(fnmatchcase(path.stem, name) for name in names):
            yield package if path.stem == "__init__" else f"{package}.{path.stem}", path


def faulty(module: str, path: Path) -> Faulty:
    """The module with its faults, made once for each state of its file."""
    text = path.read_text(encoding="utf-8")
    kept = KEPT / f"{module}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
    if kept.is_file():
        found = json.loads(kept.read_text(encoding="utf-8"))
        return Faulty(module, found["code"], tuple(Fault(**each) for each in found["faults"]))
    with contextlib.redirect_stdout(io.StringIO()):
        mutated = mutate_file_contents(str(path), text)
    lines = mutated.code.splitlines()
    bodies = {name: lines[span.start - 1 : span.end] for name, span in mutated.line_span_by_function_name.items()}
    made = Faulty(module, mutated.code, tuple(_fault(module, name, bodies) for name in mutated.mutant_names))
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob(f"{module}-*.json"):
        old.unlink()
    kept.write_text(json.dumps({"code": made.code, "faults": [asdict(each) for each in made.faults]}), encoding="utf-8")
    return made


def _fault(module: str, name: str, bodies: dict[str, list[str]]) -> Fault:
    function = name.partition("__mutmut_")[0]
    before, after = bodies[f"{function}__mutmut_orig"], bodies[name]
    changed = [line for line in difflib.ndiff(before, after) if line[:2] in ("- ", "+ ") and "__mutmut_" not in line]
    old, new = (" ".join(line[2:].strip() for line in changed if line.startswith(sign)) for sign in "-+")
    return Fault(f"{module}.{name}", f"{module}.{re.sub('^x[_ǁ]', '', function).replace('ǁ', '.')}", old, new)


class FaultyModules(MetaPathFinder):
    """Imports these modules with their faults in place of what is in their files."""

    def __init__(self, found: Sequence[tuple[str, Path]]) -> None:
        self.paths = dict(found)
        self.made = {name: faulty(name, path) for name, path in found}

    def install(self) -> None:
        """From now on."""
        sys.meta_path.insert(0, self)

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname not in self.paths:
            return None
        path = self.paths[fullname]
        loader = _Loader(fullname, str(path), self.made[fullname].code)
        return spec_from_file_location(fullname, path, loader=loader, submodule_search_locations=[str(path.parent)] if path.stem == "__init__" else None)


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, code: str) -> None:
        super().__init__(fullname, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.code, self.path, "exec", dont_inherit=True)
