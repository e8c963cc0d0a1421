"""What stands on the first page of every report."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.text.nodes import Mapping, Sequence
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.unseen import unseen
from qmsctl.mend import git
from qmsctl.message import Message, _
from qmsctl.reports.options import ReportOptions
from qmsctl.value import dataclass, replace


@dataclass(frozen=True, slots=True)
class Edition:
    """A standard the office works by; ``withdrawn`` is the month, such as ``2015-09``, or empty."""

    title: str
    international: str
    withdrawn: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose report it is, of what, of which state of the files, and when; ``unseen`` is what could not be looked at, and it ``is_part`` of one where sections were chosen."""

    title: Message | str
    organization: str
    code: str
    editions: tuple[Edition, ...]
    start: date
    end: date
    today: date
    commit: str
    short_commit: str
    dirty: bool
    tool_version: str
    lang: str
    unseen: tuple[Message, ...] = ()
    is_part: bool = False


def cover(title: Message, library: Library, options: ReportOptions, *, tells_withdrawal: bool = False) -> Cover:
    """The cover of a report that is called ``title`` unless its reader gave it a name.

    One report ``tells_withdrawal`` of the editions that the office works by; said on each, nobody would read it.
    """
    found = plain_cover(title, library, options)
    return replace(found, editions=_editions(library, options.editions if tells_withdrawal else ""), unseen=_unseen(library, options), is_part=bool(options.sections))


def plain_cover(title: Message, library: Library, options: ReportOptions) -> Cover:
    """The same without the standard, and without a look at history, which takes as long as many pages."""
    start, end = options.days(library.today)
    commit = options.commit or ""
    return Cover(
        title=options.title or title,
        organization=library.config.name,
        code=library.config.code,
        editions=(),
        start=start,
        end=end,
        today=library.today,
        commit=commit,
        short_commit=commit[:12],
        dirty=options.committed_dirty,
        tool_version=options.tool_version,
        lang=options.lang,
        unseen=(*options.unseen, *unseen(library)),
    )


def _unseen(library: Library, options: ReportOptions) -> tuple[Message, ...]:
    """What the report was made without having looked at it."""
    cut = library.outside.first_commits() and not library.outside.history_is_whole()
    shallow = (_("this copy lacks older commits, so what happened before them was not looked at; {mend}", mend=git("fetch", "--unshallow")),) if cut else ()
    return tuple({str(each): each for each in (*options.unseen, *unseen(library), *shallow)}.values())


def _editions(library: Library, text: str) -> tuple[Edition, ...]:
    node = read_yaml(text) if text else None
    rows = node.items if isinstance(node, Sequence) else ()
    withdrawn = {row.text("id"): row.text("withdrawn") for row in rows if isinstance(row, Mapping)}
    return tuple(
        Edition(each.called(library.config.language), each.title, withdrawn.get(each.id) or "") for each in library.standards
    )
