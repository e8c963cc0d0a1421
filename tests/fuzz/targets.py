"""What is read from strangers, each a function of bytes that raises nothing and keeps its promise.

``TARGETS`` are called by every seed in ``seeds.py``, and by atheris with what it makes of them (``make fuzz``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import takewhile
from zoneinfo import ZoneInfo

from qmsctl.core.cases.cells import Cells
from qmsctl.core.cases.table import read_table, write_table
from qmsctl.core.engine import run
from qmsctl.core.keys.ssh_signature import NAMESPACE
from qmsctl.core.library import Library
from qmsctl.core.reading import parse
from qmsctl.core.text import nodes
from qmsctl.core.text.block_rows import Cell, append_row, with_cell, without_row
from qmsctl.core.text.nodes import plain
from qmsctl.core.text.splice import set_fields
from qmsctl.core.text.text_file import NoFrontMatter, TextFile, cut, digest
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.errors import Refusal, UsageError
from qmsctl.rules import all_rules
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.shipped.definitions import type_set
from qmsctl.store.signatures.ssh_signatures import verify
from tests.keys import signature
from tests.office import dossier, library_of

DOCUMENT = "documents/procedures/QT-07.md"
TEXT = b"---\nid: QT-07\ntype: procedure\ntitle: A\nrevision: 1\neffective: 2026-01-12\nowner: minh\n---\n\n# A\n"
SIGNED = "author minh 2026-01-05T08:00:00+07:00\nreview lan qmr 2026-01-06T08:00:00+07:00\napprove binh director 2026-01-07T08:00:00+07:00"
DOSSIER = dossier({DOCUMENT: TEXT}, "QT-07", SIGNED)
APPROVAL = next(path for path in DOSSIER if "approve." in path)
FILES = (DOCUMENT, "records/nonconformities/NC-2026-001.md", "records/objectives/MT-2026-01.md", "records/audits/DG-2026-01.md")
CONFIGURATION = ("qms.yaml", "people.yaml", ".qms/types/permit/type.yaml")
SIGNATURE = signature("binh", TEXT)
GENUINE = {b"".join(signature(name, TEXT, purpose).split()) for name in ("binh", "lan") for purpose in (NAMESPACE, "git")}
"""The signatures there are over the text, however their lines are broken."""
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
STEPS = ("B1", "B2a", "B3")
KEYS = ("title", "owner", "raised", "tags", "x-own")
BLOCK = "steps"


def reading(data: bytes) -> None:
    """A file is fields, or one sentence with its line; its digest is that of its bytes."""
    for path in (DOCUMENT, APPROVAL, "qms.yaml"):
        found = parse(path, data, type_set({}))
        assert found.sha256 == digest(data)
        assert (found.fields is None) == (found.problem is not None)
        assert found.problem is None or 0 <= found.problem.line <= data.count(b"\n") + data.count(b"\r") + 1
    with suppress(NoFrontMatter, YamlRefused):
        file = cut(data)
        assert file.encode(file.text) == data


def checking(data: bytes) -> None:
    """Every rule gets along with a document or record of these bytes, and can say what it found."""
    judged(dict.fromkeys(FILES, data))


def splicing(data: bytes) -> None:
    """A changed field, row or cell moves no other byte; the first line is what is written."""
    value, _line_end, text = data.partition(b"\n")
    written = value.decode("utf-8", "replace")
    for key in KEYS:
        if (result := attempt(partial(set_fields, text, {key: written}))) is not None:
            assert rest(result, key) == rest(text, key), (key, result)
            assert fields(result) == {**fields(text), key: written}
    row = {"no": "B9", "task": written}
    added = attempt(partial(append_row, text, BLOCK, row, "Các bước"))
    if added is not None:
        assert is_inserted(text, added), added
    for change in (partial(with_cell, text, Cell(BLOCK, 1, "task"), written), partial(without_row, text, BLOCK, 1)):
        if (result := attempt(change)) is not None:
            assert cut(result).front == cut(text).front


def signing_off(data: bytes) -> None:
    """A document is in force by a sign-off only where it names the digest of the copy, whose bytes it lies beside."""
    library = judged({DOCUMENT: TEXT, **DOSSIER, APPROVAL: data})
    assert not library.standing("QT-07").in_force or digest(TEXT).encode() in data


def verifying(data: bytes) -> None:
    """A signature is good only where it is one that was made."""
    found = verify(TEXT, data)
    assert found.problem is not None or b"".join(data.split()) in GENUINE


def counting_cases(data: bytes) -> None:
    """What was read without a fault is read the same once it is written again."""
    found = read_table(data, STEPS, Cells(HANOI))
    again = read_table(write_table(found.cases, found.steps), STEPS, Cells(HANOI))
    assert not again.faults, again.faults
    assert [replace(each, line=0) for each in again.cases] == [replace(each, line=0) for each in found.cases]


def configuring(data: bytes) -> None:
    """Whatever the configuration or an own type holds, it is judged, and the office with it."""
    files = {DOCUMENT: TEXT, **DOSSIER}
    for path in CONFIGURATION:
        with suppress(UnicodeDecodeError):
            data.decode()
            judged({**files, path: data})


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (reading, checking, splicing, signing_off, verifying, counting_cases, configuring)
}


def judged(files: Mapping[str, bytes]) -> Library:
    """The library of these files, once every rule has spoken in both languages."""
    library = library_of(files)
    for found in run(library, all_rules()).diagnostics:
        for lang in ("en", "vi"):
            assert found.message.render(translator(lang), lang)
            assert found.mend is None or found.mend.hint.render(translator(lang), lang)
    return library


def attempt(change: Callable[[], bytes]) -> bytes | None:
    """What the change makes, unless it is refused in a sentence."""
    try:
        return change()
    except (Refusal, UsageError, NoFrontMatter, YamlRefused) as error:
        assert str(error) or isinstance(error, NoFrontMatter)
        return None


def fields(data: bytes) -> dict[str, object]:
    return {key: plain(node) for key, node in top(cut(data)).entries.items()}


def top(file: TextFile) -> nodes.Mapping:
    found = read_yaml(file.front, 2, file.front_start)
    assert isinstance(found, nodes.Mapping)
    return found


def rest(data: bytes, key: str) -> list[str]:
    """The lines of a file, but those from ``key`` to the next one."""
    file = cut(data)
    found = top(file)
    lines = file.text.split("\n")
    begin = found.key_lines.get(key)
    if begin is None:
        return lines
    later = [number for name, number in found.key_lines.items() if number > begin]
    end = min(later, default=file.text.count("\n", 0, file.front_end) + 1)
    return [*lines[: begin - 1], *kept(lines[begin - 1 : end - 1]), *lines[end - 1 :]]


def kept(lines: list[str]) -> Iterator[str]:
    """What stands after a value and before the next key: blank lines and remarks."""
    yield from reversed(list(takewhile(lambda line: not line.strip() or line.lstrip().startswith("#"), reversed(lines[1:]))))


def is_inserted(before: bytes, after: bytes) -> bool:
    """True if ``after`` is ``before`` with something put in at one place."""
    same = next((number for number, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    left = len(before) - same
    return after.endswith(before[same:]) if left else after.startswith(before)
