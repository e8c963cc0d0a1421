"""Documents and records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as AbstractMapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from qmsctl.core.text.body import Body
from qmsctl.core.text.characters import is_blank
from qmsctl.core.text.fences import Block
from qmsctl.core.text.link_syntax import Link
from qmsctl.core.text.nodes import Mapping, Node, Plain, Scalar, Sequence, is_empty, plain
from qmsctl.core.text.values import read_bool, read_date, read_integer, read_number
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label
from qmsctl.value import dataclass, field


class Content(Protocol):
    """What a file holds; its fields and body may be made only when they are asked for."""

    @property
    def fields(self) -> Mapping | None:
        """The front matter, where it could be read."""

    @property
    def body(self) -> Body:
        """What rules need to know of the text."""

    @property
    def sha256(self) -> str:
        """The digest of its LF bytes."""

    @property
    def id(self) -> str:
        """What stands under ``id``; empty where nothing does."""

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the text."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The data blocks of the text."""

    @property
    def hints(self) -> tuple[int, ...]:
        """The lines on which the words of a template begin."""

    @property
    def verdicts(self) -> dict[str, bool] | None:
        """Which rules suspect something in the file, of those that looked at it alone; ``None`` where that is not kept."""

    @property
    def values(self) -> AbstractMapping[str, Plain]:
        """The values of all fields, without their places."""

    def plain(self, name: str) -> Plain | None:
        """The value of a field without its place."""

    def line(self, name: str) -> int | None:
        """The line of a field, if it is there."""


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
    id: str = field(init=False, compare=False, repr=False)
    """The id in the front matter, else the file's name."""
    _content: Content | None = field(default=None, init=False, compare=False, repr=False)

    @classmethod
    def of(cls, path: str, found: RecordType, content: Content) -> Item:
        """The item in a file that has fields; they and the body are asked of ``content`` when they are first looked at."""
        item = object.__new__(cls)
        item.path, item.type, item._content = path, found, content  # type: ignore[misc]  # frozen from now on
        if name := content.id:
            item.id = name  # type: ignore[misc]
        return item

    def __getattr__(self, name: str) -> Any:
        """Id, fields, body or digest, the first time."""
        if name not in ("id", "fields", "body", "sha256"):
            raise AttributeError(name)
        value = self._found_id() if name == "id" else getattr(self._content, name)
        object.__setattr__(self, name, value)
        return value

    def _found_id(self) -> str:
        if self._content is not None:
            return self._content.id or self.stem
        node = self.fields.entries.get("id")
        return node.text if type(node) is Scalar and node.text else self.stem

    @property
    def verdicts(self) -> dict[str, bool] | None:
        """Which rules suspect something in the file as it is, where that is kept."""
        return self._content.verdicts if self._content is not None else None

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the text: they are asked for of every file, and the rest of its body of few."""
        return self.body.links if self._content is None else self._content.links

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The data blocks of the text: many rules look for one, and few texts have any."""
        return self.body.blocks if self._content is None else self._content.blocks

    @property
    def hints(self) -> tuple[int, ...]:
        """The lines in which a template still speaks."""
        return self.body.hints if self._content is None else self._content.hints

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

    @property
    def values(self) -> AbstractMapping[str, Plain]:
        """The values of all fields, in their order, without their places."""
        if self._content is not None:
            return self._content.values
        return {name: plain(node) for name, node in self.fields.entries.items()}

    def node(self, name: str) -> Node | None:
        """The value of a field as written; where values stand is not looked up for one that is not there."""
        return self.fields.entries.get(name) if self._content is None or self._content.plain(name) is not None else None

    @property
    def find_node(self) -> Callable[[str], Node | None]:
        """The same as :meth:`node`, for who asks of many fields."""
        return self.fields.entries.get if self._content is None else self.node

    def line(self, name: str) -> int:
        """The line of a field, or that of the front matter's first line."""
        found = self.fields.key_lines.get(name) if self._content is None else self._content.line(name)
        return 1 if found is None else found

    def has(self, name: str) -> bool:
        """True if the field is there and not empty."""
        if self._content is not None:
            value = self._content.plain(name)
            return not is_blank(value) if isinstance(value, str) else bool(value)
        return not is_empty(self.fields.entries.get(name))

    def text(self, name: str) -> str | None:
        """A scalar field's text."""
        if self._content is not None:
            value = self._content.plain(name)
            return value if type(value) is str else None
        node = self.fields.entries.get(name)
        return node.text if type(node) is Scalar else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list field, or of a scalar one as a list of one."""
        if self._content is not None:
            value = self._content.plain(name)
            return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else (value,) if isinstance(value, str) and value else ()
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
        node = self.node(name)
        yield from (part for part in node.items if isinstance(part, Mapping)) if isinstance(node, Sequence) else ()

    def value_label(self, name: str) -> Label | str:
        """The label of a one-of field's value, or the value where the type does not know it."""
        text, field = self.text(name) or "", self.type.fields.get(name)
        return field.values.get(text, text) if field else text

    def block_rows(self, name: str) -> Iterator[Mapping]:
        """The rows of the data blocks of this name."""
        for block in self.blocks:
            if block.name == name and isinstance(block.rows, Sequence):
                yield from (row for row in block.rows.items if isinstance(row, Mapping))

    def day(self, name: str) -> date | None:
        """A date field."""
        return read_date(self.text(name))

    def integer(self, name: str) -> int | None:
        """An integer field."""
        return read_integer(self.text(name) or "")

    def number(self, name: str) -> Decimal | None:
        """A number field."""
        return read_number(self.text(name) or "")

    def flag(self, name: str) -> bool | None:
        """A yes/no field."""
        return read_bool(self.text(name) or "")
