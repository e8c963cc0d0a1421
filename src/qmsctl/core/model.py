"""Documents, records, sign-offs and dossiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.text.body import Body
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, is_empty
from qmsctl.core.text.values import read_bool, read_date, read_integer, read_number
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label

ATTACHMENTS = "attachments/"
"""Where evidence is kept; no other file can be passed off as the paper somebody signed."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document or record: a Markdown file with front matter.

    ``sha256`` is of its LF bytes; ``fields`` its front matter as written. The accessors give
    ``None`` where a field is missing or is not what was asked for.
    """

    path: str
    type: RecordType
    fields: Mapping
    body: Body
    sha256: str

    @property
    def id(self) -> str:
        """The id in the front matter, else the file's name."""
        node = self.fields.entries.get("id")
        return node.text if type(node) is Scalar and node.text else self.stem

    @property
    def stem(self) -> str:
        """The file's name without ``.md``."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def title(self) -> str:
        """The title, or an empty text."""
        return self.text("title") or ""

    @property
    def is_document(self) -> bool:
        """True for a controlled document, False for a record."""
        return self.type.kind == "document"

    @property
    def revision(self) -> int | None:
        """The revision of a document."""
        return self.integer("revision")

    @property
    def status(self) -> str | None:
        """The written state of a record."""
        return self.text("status")

    @property
    def is_given_up(self) -> bool:
        """True for a record that was rejected or cancelled, and not carried through."""
        state = self.type.states.get(self.status or "")
        return state is not None and state.given_up

    @property
    def is_void(self) -> bool:
        """True for a record that came to nothing, and shows nothing: given up, refused, a number that is not used."""
        state = self.type.states.get(self.status or "")
        return state is not None and state.void

    def node(self, name: str) -> Node | None:
        """The value of a field as written."""
        return self.fields.entries.get(name)

    def line(self, name: str) -> int:
        """The line of a field, or that of the front matter's first line."""
        return self.fields.key_lines.get(name, 1)

    def has(self, name: str) -> bool:
        """True if the field is there and not empty."""
        return not is_empty(self.node(name))

    def text(self, name: str) -> str | None:
        """A scalar field's text."""
        node = self.fields.entries.get(name)
        return node.text if type(node) is Scalar else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list field, or of a scalar one as a list of one."""
        return tuple(scalar.text for scalar in self.scalars(name))

    def scalars(self, name: str) -> Iterator[Scalar]:
        """The scalars of a list field, or the scalar itself."""
        node = self.node(name)
        if isinstance(node, Scalar) and node.text:
            yield node
        elif isinstance(node, Sequence):
            yield from (part for part in node.items if isinstance(part, Scalar))

    def rows(self, name: str) -> Iterator[Mapping]:
        """The mappings in a list field."""
        for part in self.fields.sequence(name):
            if isinstance(part, Mapping):
                yield part

    def value_label(self, name: str) -> Label | str:
        """The label of a one-of field's value, or the value where the type does not know it."""
        text, field = self.text(name) or "", self.type.fields.get(name)
        return field.values.get(text, text) if field else text

    def block_rows(self, name: str) -> Iterator[Mapping]:
        """The rows of the data blocks of this name."""
        for block in self.body.block(name):
            if isinstance(block.rows, Sequence):
                yield from (row for row in block.rows.items if isinstance(row, Mapping))

    def day(self, name: str) -> date | None:
        """A date field."""
        return read_date(self.text(name) or "")

    def integer(self, name: str) -> int | None:
        """An integer field."""
        return read_integer(self.text(name) or "")

    def number(self, name: str) -> Decimal | None:
        """A number field."""
        return read_number(self.text(name) or "")

    def flag(self, name: str) -> bool | None:
        """A yes/no field."""
        return read_bool(self.text(name) or "")


@dataclass(frozen=True, slots=True)
class Basis:
    """The paper or file a sign-off rests on."""

    number: str | None = None
    date: date | None = None
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A person, a meaning and a moment, bound to the exact bytes of a dossier's copy.

    ``revision`` is set for a document, ``state`` for a record. ``by`` has several people only
    for an acknowledgement. ``approved_by`` is who approved the paper that is adopted: a person's id, or as the paper has it.
    ``instead_of`` is the file of the same dossier whose place it takes in a closing that was reopened: it closes nothing anew.
    ``office`` is the code of the organization it was given in, and ``is_foreign`` is set where that is another than the one
    whose library it lies in.
    """

    path: str
    subject: str
    revision: int | None
    state: str | None
    sha256: str
    meaning: str
    by: tuple[str, ...]
    role: str | None
    at: datetime
    capacity: str | None = None
    on_behalf_of: str | None = None
    effective: date | None = None
    entered_by: str | None = None
    basis: Basis | None = None
    approved_by: str | PaperApprover | None = None
    instead_of: str | None = None
    office: str | None = None
    is_foreign: bool = False

    @property
    def person(self) -> str:
        """The one who signed; the first of several."""
        return self.by[0] if self.by else ""

    @property
    def has_evidence(self) -> bool:
        """True if it rests on a file kept for that, below ``attachments/``, whose digest it names."""
        basis = self.basis
        return basis is not None and bool(basis.sha256) and (basis.file or "").startswith(ATTACHMENTS)


@dataclass(frozen=True)
class Dossier:
    """A frozen copy and the sign-offs on it, in the order of their moments.

    ``folder`` is ``signoffs/<id>/<key>``, ``key`` is ``<revision or state>-<8 hex digits>``.
    """

    folder: str
    subject: str
    key: str
    copy: Item | None
    signoffs: tuple[SignOff, ...]

    @property
    def revision(self) -> int | None:
        """The revision in the key, for a document."""
        return read_integer(self.key.rpartition("-")[0])

    @property
    def state(self) -> str:
        """The state in the key, for a record."""
        return self.key.rpartition("-")[0]

    @property
    def copy_path(self) -> str:
        """Where the frozen copy lies."""
        return f"{self.folder}/{self.subject}.md"

    def of(self, *meanings: str) -> tuple[SignOff, ...]:
        """The sign-offs with one of these meanings."""
        if len(meanings) == 1:
            return self._by_meaning.get(meanings[0], ())
        return tuple(signoff for signoff in self.signoffs if signoff.meaning in meanings)

    @cached_property
    def authors(self) -> frozenset[str]:
        """The persons who submitted this copy; by the first format not whoever did so in another's name with a paper to show."""
        found = {person for signoff in self.of("author") for person in signoff.by}
        return frozenset(found | {s.entered_by for s in self.of("author") if s.entered_by and not s.has_evidence})

    @cached_property
    def places(self) -> dict[str, int]:
        """Which of the sign-offs lies at a path."""
        return {signoff.path: place for place, signoff in enumerate(self.signoffs)}

    @cached_property
    def places_of(self) -> dict[tuple[str, str, str | None], list[int]]:
        """The places of the sign-offs of a meaning, ``by`` a person or in a ``role``."""
        found: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
        for place, signoff in enumerate(self.signoffs):
            for kind, name in (("role", signoff.role), *(("by", person) for person in dict.fromkeys(signoff.by))):
                found[signoff.meaning, kind, name].append(place)
        return found

    @cached_property
    def _by_meaning(self) -> dict[str, tuple[SignOff, ...]]:
        found: dict[str, list[SignOff]] = defaultdict(list)
        for signoff in self.signoffs:
            found[signoff.meaning].append(signoff)
        return {meaning: tuple(signoffs) for meaning, signoffs in found.items()}
