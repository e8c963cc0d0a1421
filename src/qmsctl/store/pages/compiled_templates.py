"""HTML templates as code, written when qmsctl is built: to compile those of one page takes longer than to fill them in.

``build_catalog.py`` has it written. Code of another template, of another Jinja or of another Python is compiled anew.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from qmsctl.store.shipped.resources import PACKAGE, templates_root

_FOLDER = PACKAGE / "prepared"
_ROOMS = ("reports", "web")


class CompiledTemplates(BytecodeCache):
    """What was compiled. Jinja itself compares the digest of each source, and the version of Python."""

    def __init__(self) -> None:
        self._before = f"jinja-{_jinja()}-"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of the file in which a template is kept."""
        return self._before + name.replace("/", ".")

    def load_bytecode(self, bucket: Bucket) -> None:
        """What is not there is compiled."""
        with suppress(OSError):
            bucket.bytecode_from_string((_FOLDER / bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing is kept of what a command compiles."""


def write(environment: jinja2.Environment) -> None:
    """A file for each template of this environment."""
    for old in _FOLDER.glob("jinja-*"):
        old.unlink()
    cache = CompiledTemplates()
    for path in sorted(each for room in _ROOMS for each in (templates_root() / room).glob("*.j2")):
        name, source = path.relative_to(templates_root()).as_posix(), path.read_text(encoding="utf-8")
        bucket = cache.get_bucket(environment, name, None, source)
        bucket.code = environment.compile(source, name, name)
        (_FOLDER / bucket.key).write_bytes(bucket.bytecode_to_string())


def _jinja() -> str:
    """The digest of the program that compiles templates and runs them."""
    found = hashlib.sha256()
    for path in sorted(Path(jinja2.__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
