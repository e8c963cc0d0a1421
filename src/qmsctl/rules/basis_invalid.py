"""A paper that the configuration names shows nothing: it is not there, is another file, evidence, or of a day to come.

## Why
A paper in `people.yaml` or `qms.yaml` lets a right begin earlier, or less be asked, than the day of the change allows (ISO
9001:2008, 5.5.1; ISO 9001:2015, 5.3). Its file has to be there, below `attachments/`, with the SHA-256 that stands
beside it, and be a paper of its own, not the evidence of a record. What had been accepted so is told in one note.

## Bad
```text attachments/decisions/other.txt
Bổ nhiệm
```
```base
```
```yaml people.yaml
people:
  - {id: duc, name: Trịnh Minh Đức, email: duc@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2026-01-05,
      basis: {number: 12/QĐ-UBND, date: 2026-01-02, file: attachments/decisions/12.txt, sha256: 9f982a284a4e1c429304a3364dd988622cbd7428c397a2553d7b1baac201962e}}]}
```

Stricter from: 2026-01-01

## Good
```text attachments/decisions/12.txt
Bổ nhiệm
```
```base
```
```yaml people.yaml
people:
  - {id: duc, name: Trịnh Minh Đức, email: duc@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2026-01-05,
      basis: {number: 12/QĐ-UBND, date: 2026-01-02, file: attachments/decisions/12.txt, sha256: 9f982a284a4e1c429304a3364dd988622cbd7428c397a2553d7b1baac201962e}}]}
```

Stricter from: 2026-01-01

## Mend
Put the scan below `attachments/decisions/`, and write its path and its SHA-256 (`sha256sum FILE`) into the line. Where there is
no scan, leave out `file` and `sha256`: number and date stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from functools import partial
from typing import NamedTuple

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import ATTACHMENTS, Basis
from qmsctl.core.library import Library
from qmsctl.core.proof.grown import has_past, was_so
from qmsctl.core.proof.level import evidence_holds
from qmsctl.core.reading import CONFIG_PATHS
from qmsctl.core.records.named_files import evidence_digests
from qmsctl.core.signoffs.signoff_file import read_basis
from qmsctl.core.text.nodes import Mapping, Node, Scalar
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4", "5.5.1"), "iso9001-2015": ("5.3", "7.5.3")}

_KEY = "basis"


class _Named(NamedTuple):
    """A paper, and where the configuration names it."""

    path: str
    line: int
    basis: Basis


def check(library: Library) -> Iterator[Problem]:
    """Every paper that qms.yaml and people.yaml name, but for those that had been accepted as they are."""
    named = tuple(_papers(library))
    evidence = evidence_digests(library) if named else {}
    for paper in named:
        message = _fault(paper.basis, evidence, library)
        if message is None or (has_past(library) and was_so(library, partial(_was_faulty, paper.basis))):
            continue
        way = advice(_("name the paper itself, with its number and date, and its file and SHA-256 where there is a scan"))
        yield Problem(paper.path, paper.line, message, way, stricter=Stricter(about=paper.basis.file))


def _was_faulty(basis: Basis, office: Library) -> bool:
    alike = any(paper.basis == basis for paper in _papers(office))
    return alike and _fault(basis, evidence_digests(office), office) is not None


def _papers(library: Library) -> Iterator[_Named]:
    for path in CONFIG_PATHS:
        top = library.parsed_configuration(path)
        yield from _within(path, top) if top else ()


def _within(path: str, node: Node) -> Iterator[_Named]:
    if isinstance(node, Scalar):
        return
    if isinstance(node, Mapping) and isinstance(paper := node.entries.get(_KEY), Mapping):
        yield _Named(path, node.key_lines[_KEY], read_basis(paper))
    for part in node.entries.values() if isinstance(node, Mapping) else node.items:
        yield from _within(path, part)


def _fault(basis: Basis, evidence: Table[str, str], library: Library) -> Message | None:
    if basis.date and basis.date > library.today:
        return _("the paper that is named here is of {day}, a day to come", day=basis.date)
    if not basis.file and not basis.sha256:
        return None
    if basis.sha256 and basis.sha256 in evidence:
        return _("{file} is evidence of {id}, not the paper of a decision", file=basis.file or "—", id=evidence[basis.sha256])
    if not evidence_holds(basis, library):
        return _(
            "{file} is named as a paper, but there is no file below {folder} with this name and this SHA-256",
            file=basis.file or "—", folder=ATTACHMENTS,
        )
    return None
