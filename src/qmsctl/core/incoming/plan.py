"""The plan of an import: one page that a person corrects, read again by what carries it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.text.nodes import Plain, plain
from qmsctl.core.text.splice import flow, line, scalar
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.errors import UsageError
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

MOST_BYTES = 8_000_000

TAKE, LEAVE, EARLIER = "yes", "no", "earlier"
"""What becomes of a file: a draft, nothing, or a revision that is adopted together with the one that followed it."""

DECIDED = ("type", "id", "title", "revision", "amendment", "change", "effective", "parent", "owner", "unit", "review_by", "clauses")
"""What becomes a field of the document."""

OF_PAPER = ("decision", "decision_date", "decision_file", "approved_by")
"""The paper that put it into force; of one that names none, that of the whole plan."""

TRACKED = "tracked"
"""How changes nobody had accepted are to be read: ``accepted`` or ``rejected``."""


FONT = "font"
"""The encoding of a text whose old font was lost: ``VNI`` or ``TCVN3``; nothing where it is what it shows."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One file of the plan. ``fields`` are texts as a person may have corrected them; the rest tells what was found in it."""

    path: str
    sha256: str
    take: str = TAKE
    fields: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """True for what becomes a draft."""
        return self.take not in (LEAVE, EARLIER)

    def get(self, name: str) -> str:
        """A field; empty where it says nothing."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole page: where the files lie, whom foreign names mean, the paper of all, and the files."""

    folder: str
    names: Mapping[str, str]
    paper: Mapping[str, str]
    files: tuple[Planned, ...]
    left: tuple[tuple[str, str], ...] = ()

    def paper_of(self, planned: Planned) -> Mapping[str, str]:
        """The paper that put a file into force: what it names itself, else that of the plan."""
        return {name: planned.get(name) or self.paper.get(name, "") for name in OF_PAPER}


def plan_text(plan: Plan, heads: Mapping[str, str]) -> str:
    """The page; ``heads`` are comments in the reader's words, by the key they stand before."""
    return "\n".join((*_comment(heads.get("", "")), *_parts(plan, heads))) + "\n"


def _parts(plan: Plan, heads: Mapping[str, str]) -> Iterator[str]:
    yield f"folder: {scalar(plan.folder)}"
    yield from ("", *_comment(heads.get("names", "")), "names:" if plan.names else "names: {}")
    yield from (f"  {scalar(name)}: {line(meant) if meant else _NOTHING}" for name, meant in plan.names.items())
    yield from ("", *_comment(heads.get("paper", "")), "paper:")
    yield from (f"  {name}: {line(plan.paper[name]) if plan.paper.get(name) else _NOTHING}" for name in OF_PAPER)
    yield from ("", *_comment(heads.get("files", "")), "files:" if plan.files else "files: []")
    for each in plan.files:
        yield from _file(each)
    yield from ("", *_comment(heads.get("left", "")), "left:" if plan.left else "left: []")
    yield from (f"  - {{path: {scalar(path)}, why: {scalar(why)}}}" for path, why in plan.left)


_NOTHING = '""'


def _file(planned: Planned) -> Iterator[str]:
    yield f"  - path: {line(planned.path)}"
    yield f"    sha256: {planned.sha256}"
    yield f"    take: {scalar(planned.take)}"
    yield from (f"    {name}: {line(value) if value else _NOTHING}" for name, value in planned.fields.items())
    if planned.extra:
        yield f"    extra: {flow(dict(planned.extra))}"
    for name, said in planned.found.items():
        if said:
            yield f"    {name}:"
            yield from (f"      - {scalar(each)}" for each in said)


def _comment(text: str) -> Iterator[str]:
    return (f"# {each}".rstrip() for each in text.split("\n") if text)


def read_plan(text: str) -> Plan:
    """The plan in a file. Raises :class:`UsageError` with the line of what is no plan."""
    try:
        node = read_yaml(text, limit=MOST_BYTES)
    except YamlRefused as error:
        raise UsageError(_("line {line} of the plan: {problem}", line=error.line, problem=error.message)) from None
    top = plain(node) if node is not None else {}
    if not isinstance(top, dict) or not isinstance(top.get("files"), list):
        raise UsageError(_no_plan())
    files = top["files"]
    assert isinstance(files, list)
    return Plan(_text(top.get("folder")) or ".", _texts(top.get("names")), _texts(top.get("paper")), tuple(map(_planned, files)))


def _planned(found: Plain) -> Planned:
    if not isinstance(found, dict) or not _text(found.get("path")) or not _text(found.get("sha256")):
        raise UsageError(_no_plan())
    known = (*DECIDED, *OF_PAPER, TRACKED, FONT)
    return Planned(_text(found["path"]), _text(found["sha256"]), _text(found.get("take")) or TAKE, {name: _text(found[name]) for name in known if name in found}, _texts(found.get("extra")))


def _text(value: Plain | None) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(map(str, value))
    return value.strip() if isinstance(value, str) else ""


def _texts(value: Plain | None) -> Mapping[str, str]:
    return {name: _text(each) for name, each in value.items()} if isinstance(value, dict) else {}


def _no_plan() -> Message:
    return _("this is no plan of an import: it has to have “files”, each with “path” and “sha256”")
