"""What a command wants to change, as a value.

A command makes an :class:`Edit`; the rules judge the library after it; the writer
carries it out. ``--dry-run`` prints the very same value.
"""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.message import Message
from qmsctl.value import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class FileChange:
    """The bytes of one file before and after; ``None`` where there is no file.

    ``path`` is relative to the QMS folder, with ``/`` between its parts.
    """

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Edit:
    """All the files one command changes, and what it did, for people and for the commit.

    ``summary`` becomes the subject of the commit; ``subjects`` are the paths of the
    documents and records it is about, which a commit takes along even if unchanged. ``promised``
    are sign-offs that will be signed once the rules have let the edit pass, each with its key. ``made``
    are the ids of the documents and records it makes, in their order; ``remarks`` are what its maker
    has to tell besides. ``vouched`` are the paths of the texts, and of their copies, that somebody signs as good:
    no error may stand there, whether the edit brings it or not. ``foreign`` are the paths of texts that come in as others wrote them:
    what is wrong about them is work for later, and keeps nobody from bringing them in.
    """

    changes: tuple[FileChange, ...]
    summary: Message
    subjects: tuple[str, ...] = ()
    promised: Mapping[str, PublicKey] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    remarks: tuple[Message, ...] = ()
    vouched: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The id of the first of its subjects, which is the name of its file."""
        return self.subjects[0].rpartition("/")[2].removesuffix(".md")

    @property
    def changes_nothing(self) -> bool:
        """True where every file is already as it is to be."""
        return all(change.before == change.after for change in self.changes)

    def merge(self, other: Edit) -> Edit:
        """Both edits in one; the summary stays that of this one."""
        return replace(
            self,
            changes=self.changes + other.changes,
            subjects=self.subjects + other.subjects,
            promised={**self.promised, **other.promised},
            made=self.made + other.made,
            remarks=self.remarks + other.remarks,
            vouched=self.vouched + other.vouched,
            foreign=self.foreign + other.foreign,
        )
