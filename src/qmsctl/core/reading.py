"""The bytes of one file to what the library needs of it. Pure, so it may run in any process."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Mapping as AbstractMapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from qmsctl.core.model import Content
from qmsctl.core.sections.typed_body import typed_body
from qmsctl.core.text.body import EMPTY, Body
from qmsctl.core.text.conflict_marks import conflict
from qmsctl.core.text.fences import Block
from qmsctl.core.text.front import read_front
from qmsctl.core.text.front_end import EndMissing, is_instead
from qmsctl.core.text.link_syntax import Link
from qmsctl.core.text.nodes import Mapping, Plain, plain
from qmsctl.core.text.plain_yaml import read_fields
from qmsctl.core.text.text_file import NoFrontMatter, cut, decode, digest
from qmsctl.core.text.tidy import is_word_dashes
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.types.type_set import TypeSet
from qmsctl.mend import Mend, advice, command, git
from qmsctl.message import Message, _
from qmsctl.value import dataclass

CONFIG_PATH = "qms.yaml"
PEOPLE_PATH = "people.yaml"
CONFIG_PATHS = (CONFIG_PATH, PEOPLE_PATH)
OWN_TYPES = ".qms/types/"
CONFIGURATION = "configuration"
"""What a sign-off on the configuration is about."""
CONFIG_LIMIT = 4 * 1024 * 1024
_HEAD = 4
CONTROLLED_FOLDERS = ("documents", "records", "signoffs")
_CONTROLLED = tuple(map("{}/".format, CONTROLLED_FOLDERS))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file gives no fields: ``rule`` is the rule that reports it, ``mend`` what to do where that is known."""

    rule: str
    line: int
    message: Message
    mend: Mend | None = None


class Together(Protocol):
    """Files that are kept together."""

    def naming(self, words: frozenset[str]) -> Collection[str]:
        """The paths of those that :meth:`FileRead.may_name` one of the words."""


class FileRead(Content, Protocol):
    """What is known of a file that was read, now or earlier: see :class:`Parsed`."""

    @property
    def path(self) -> str:
        """Where it lies."""

    @property
    def problem(self) -> Unreadable | None:
        """Why it has no fields."""

    @property
    def type_name(self) -> str:
        """What stands under ``type``; empty where nothing does."""

    @property
    def blob(self) -> str:
        """The name that git gives to its bytes, as far as it is known."""

    @property
    def leaf(self) -> Together | None:
        """What the file is kept in with its neighbours, if it is."""

    def may_name(self, words: frozenset[str]) -> bool:
        """True where one of the words may stand by itself in the values, the links or the data blocks. It may be wrong in saying so, never in denying it."""


class Parsed(NamedTuple):
    """A file's front matter and body facts, or the problem because of which there are none.

    ``blob`` is the name that git gives to its bytes where its names are of SHA-1; empty where nobody asked for it.
    """

    path: str
    fields: Mapping | None
    body: Body
    sha256: str
    problem: Unreadable | None = None
    blob: str = ""

    @property
    def type_name(self) -> str:
        """What stands under ``type``; empty where nothing does."""
        return (self.fields.text("type") or "") if self.fields else ""

    @property
    def id(self) -> str:
        """What stands under ``id``; empty where nothing does."""
        return (self.fields.text("id") or "") if self.fields else ""

    @property
    def leaf(self) -> None:
        """It was read just now."""

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the text."""
        return self.body.links

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The data blocks of the text."""
        return self.body.blocks

    def may_name(self, words: frozenset[str]) -> bool:
        """True where one of the words stands by itself in the values, the links or the data blocks, or a link is written so that it does not show."""
        return bool(_alone(words).search("\n".join(texts_in(self)))) or any("%" in link.target or "&" in link.target for link in self.links)

    @property
    def hints(self) -> tuple[int, ...]:
        """The lines on which the words of a template begin."""
        return self.body.hints

    @property
    def verdicts(self) -> None:
        """None: what was parsed just now was looked at by no rule."""
        return None

    @property
    def values(self) -> AbstractMapping[str, Plain]:
        """The values of all fields, without their places."""
        return {name: plain(node) for name, node in self.fields.entries.items()} if self.fields else {}

    def plain(self, name: str) -> Plain | None:
        """The value of a field without its place."""
        node = self.fields.entries.get(name) if self.fields else None
        return plain(node) if node is not None else None

    def line(self, name: str) -> int | None:
        """The line of a field, if it is there."""
        return self.fields.key_lines.get(name) if self.fields else None


def texts_in(file: FileRead) -> Iterator[str]:
    """All texts in the values, the links and the data blocks of a file, with the keys."""
    waiting: list[Plain] = [*file.values.keys(), *file.values.values(), *(link.target for link in file.links), *(plain(block.rows) for block in file.blocks if block.rows)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        else:
            waiting += (*each.keys(), *each.values()) if isinstance(each, dict) else each


@lru_cache(maxsize=4)
def _alone(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.ASCII)


def is_controlled(path: str) -> bool:
    """True for the files that are read: configuration, documents, records and dossiers."""
    if not path.endswith(".md"):
        return path in CONFIG_PATHS
    return path.startswith(_CONTROLLED) and not path.endswith("/README.md")


def is_configuration(path: str) -> bool:
    """True for the files that say who decides what, and how: the office's own types among them."""
    return path in CONFIG_PATHS or path.startswith(OWN_TYPES)


def is_frozen_copy(path: str) -> bool:
    """True for ``signoffs/<id>/<key>/<id>.md``."""
    parts = path.split("/")
    return len(parts) == 4 and parts[0] == "signoffs" and parts[3] == f"{parts[1]}.md"


def parse(path: str, data: bytes, types: TypeSet) -> Parsed:
    """Read one controlled file. Never raises for what stands in it."""
    try:
        marked = conflict(data) if not path.startswith("signoffs/") else None
        if marked:
            return Parsed(path, None, EMPTY, digest(data), _unmerged(*marked))
        if path in CONFIG_PATHS:
            return _configuration(path, data)
        return _controlled(path, data, types)
    except NoFrontMatter:
        return Parsed(path, None, EMPTY, digest(data), _without_front_matter(path, data))
    except YamlRefused as error:
        mend = _hyphens(path, error.place.instead, advice(error.place.advice)) if isinstance(error, EndMissing) else None
        return Parsed(path, None, EMPTY, digest(data), Unreadable("file-unreadable", error.line, error.message, mend))


def _hyphens(path: str, written: str, by_hand: Mend) -> Mend:
    """How a line becomes ``---``; dashes of a word processor are put right by a command."""
    return command("tidy", path) if is_word_dashes(written) and not path.startswith("signoffs/") else by_hand


def _unmerged(first: int, last: int) -> Unreadable:
    message = _("two versions of this text stand one above the other, on lines {first} to {last}: a merge was not finished", first=first, last=last)
    kept = advice(_("keep the lines of one version and take out those of <<<<<<<, ======= and >>>>>>>"))
    return Unreadable("file-unreadable", first, message, kept.or_else(git("merge", "--abort").in_order_to(_("undo the merge"))))


def _without_front_matter(path: str, data: bytes) -> Unreadable:
    """No first line of ``---``: something that looks like one, or none at all."""
    text, _bom = decode(data)
    first, *more = text.split("\n", _HEAD)[:_HEAD]
    if is_instead(first) and any(":" in line for line in more):
        message = _("line 1 is “{written}” and not ---, so the file has no front matter", written=first)
        return Unreadable("file-unreadable", 1, message, _hyphens(path, first, advice(_("write --- on line {line}, three hyphens and nothing else", line=1))))
    return Unreadable("front-matter-missing", 1, _("the file does not begin with front matter between two lines of ---"))


def _configuration(path: str, data: bytes) -> Parsed:
    text, _bom = decode(data)
    top = read_fields(text, 1, CONFIG_LIMIT)
    if not isinstance(top, Mapping):
        raise YamlRefused(_("keys with values are expected here"), 1)
    return Parsed(path, top, EMPTY, digest(data))


def _controlled(path: str, data: bytes, types: TypeSet) -> Parsed:
    file = cut(data)
    top = read_front(file)
    if not isinstance(top, Mapping):
        message = _("the front matter holds no keys")
        return Parsed(path, None, EMPTY, digest(data), Unreadable("front-matter-missing", 1, message))
    if path.startswith("signoffs/"):
        return Parsed(path, top, EMPTY, digest(data))
    found = types.get(top.text("type") or "")
    return Parsed(path, top, typed_body(file.text, file.body_start, file.body_line, found), digest(data))
