"""What is proposed for each file that was read, and what a person has to decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.incoming.blocks import HEADING, Block
from qmsctl.core.incoming.labels import Labels
from qmsctl.core.incoming.measures import day_in, number_in, title_of
from qmsctl.core.incoming.naming import foreign_names, proposed
from qmsctl.core.incoming.numbering import numbered
from qmsctl.core.incoming.paper import Paper, Table
from qmsctl.core.incoming.plan import EARLIER, FONT, LEAVE, TAKE, TRACKED, Plan, Planned
from qmsctl.core.library import Library
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Message, _
from qmsctl.value import dataclass, replace

_LEFT = {
    "header": _("head of the document"),
    "footer": _("foot of the pages"),
    "approval": _("table of who signed"),
    "history": _("table of revisions"),
    "title": _("word for what kind of document it is"),
    "contents": _("table of contents"),
    "comments": _("remarks in the margin"),
    "picture": _("a picture that cannot be shown"),
    "diagram": _("a diagram or chart"),
    "equation": _("an equation, which is a line of text now"),
    "object": _("a file or control within the document"),
    "symbol": _("a sign of a font of symbols"),
    "note": _("a reference to a note that is not in the file"),
    "lost": _("text that could not be placed"),
    "unseen": _("text that may not be seen on the page, by its style, colour, size or place; it stands in the text now"),
}
_COUNTED = {
    "fonts": _("{count} passages in an old font were put into Unicode; compare them with the paper"),
    "shapes": _("the text of {count} boxes or shapes stands behind its paragraph; what the drawing showed is to be drawn again"),
    "nested": _("{count} tables within cells were made into lines"),
    "references": _("{count} cross references keep the number they had; sections may be numbered otherwise now"),
    "hidden": _("{count} passages that Word hides were left out"),
    "pictures": _("{count} pictures are kept"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: where it lies, its digest, and the document in it."""

    path: str
    sha256: str
    paper: Paper


def planned(library: Library, folder: str, files: Sequence[Read], labels: Labels) -> tuple[Plan, Mapping[str, Mapping[str, Sequence[Message]]]]:
    """The plan of these files, and what is to be said of each: what was taken, left out, is in conflict or to be decided."""
    documents = document_types(library, labels)
    rows = [(each, *_fields(library, each, labels, documents)) for each in files]
    ids = Counter((fields["id"], fields["revision"]) for _read, fields, _ask in rows if fields["id"])
    newest = {own: max(int(revision) for other, revision in ids if other == own) for own, _revision_ in ids}
    parents = {fields["id"]: fields["type"] for _read, fields, _ask in rows}
    entries, said = [], {}
    for read, fields, ask in rows:
        parent = _parent(library, fields, parents, documents)
        conflicts = list(_conflicts(library, read, fields, ids))
        take = LEAVE if conflicts else EARLIER if int(fields["revision"]) < newest.get(fields["id"], 0) else TAKE
        if take == EARLIER and not fields.get("decision"):
            fields |= {"decision": "", "decision_date": ""}
            ask.append(_("which decision put this earlier revision into force; without one it is left aside"))
        entries.append(Planned(read.path, read.sha256, take, fields | parent, _extra(read.paper)))
        said[read.path] = {"taken": list(_taken(read.paper)), "left_out": list(_left_out(read.paper)), "conflicts": conflicts, "ask": ask + ([_("to which document it belongs")] if parent.get("parent") == "" else [])}
    names = {name: proposed(name, library.config) for name in foreign_names(each.paper for each in files)}
    paper = _paper(entries)
    return Plan(folder, names, paper, tuple(_without(each, paper) for each in entries)), said


def document_types(library: Library, labels: Labels) -> tuple[RecordType, ...]:
    """The types that papers call themselves by, procedures and what else stands first in lists before the others."""
    found = (library.types.get(name) for name in dict.fromkeys(labels.groups["types"].values()))
    return tuple(sorted((each for each in found if each), key=lambda each: (each.rank, each.name)))


def _fields(library: Library, read: Read, labels: Labels, documents: Sequence[RecordType]) -> tuple[dict[str, str], list[Message]]:
    head, ask = read.paper.head, list[Message]()
    own = numbered(head.get("id", ""), documents) if head.get("id") else numbered(_stem(read.path), documents)
    kind = own.type if own else labels.field("types", head.get("type", "")) or head.get("type", "")
    if head.get("id") and own is None:
        ask.append(_("its id is “{id}”; ids here have forms such as {forms}: name one, or set “ids” in qms.yaml first", id=head["id"], forms=tuple(each.id_pattern for each in documents[:4])))
    elif own is None:
        ask.append(_("its id"))
    single = next((each for each in documents if each.name == kind), None)
    found = {"type": kind if single else "", "id": own.id if own else _only_id(single), "title": _title(read, labels)}
    if not found["type"]:
        ask.append(_("what kind of document it is"))
    found |= _revision(head, ask)
    found |= _days(read.paper, ask)
    found |= _owner(library, head)
    if read.paper.source.tracked:
        who = tuple(f"{name}: {count}" for name, count in read.paper.source.tracked.items())
        ask.append(_("there are changes that nobody has accepted ({who}): tracked: accepted reads them as made, tracked: rejected as not made", who=who))
        found[TRACKED] = ""
    if likely := read.paper.source.likely:
        ask.append(_("its letters read as Vietnamese in {encoding}, but no font says so: font: {encoding} reads it that way", encoding=likely))
        found[FONT] = ""
    return found, ask


def _only_id(kind: RecordType | None) -> str:
    """The id of a type of which there is one document, such as the policy."""
    return kind.id_pattern if kind and "{" not in kind.id_pattern else ""


def _title(read: Read, labels: Labels) -> str:
    head = read.paper.head.get("title", "")
    own = next((part.text for part in read.paper.body if isinstance(part, Block) and part.kind == HEADING and part.level == 1), "")
    return title_of(head or own or _stem(read.path).replace("_", " "), labels)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _revision(head: Mapping[str, str], ask: list[Message]) -> dict[str, str]:
    if "both" in head and "revision" not in head:
        first, _slash, second = head["both"].partition("/")
        head = {**head, "revision": first, "amendment": second}
    issue, amendment = number_in(head.get("revision", head.get("reviewed", ""))), number_in(head.get("amendment", head.get("reviewed", "") if "revision" in head else ""))
    if issue is None and amendment is None:
        ask.append(_("which revision it is"))
        return {"revision": "1"}
    if issue is not None and amendment is not None:
        ask.append(_("two numbers stand on it, issue {issue} and amendment {amendment}: both are kept, the first is the revision", issue=issue, amendment=amendment))
    number = amendment if issue is None else issue
    assert number is not None
    return {"revision": str(max(number, 1))} | ({"amendment": str(amendment)} if issue is not None and amendment else {})


def _days(paper: Paper, ask: list[Message]) -> dict[str, str]:
    """From when it is in force, until when it is to be looked at, what changed last; and the decision it names."""
    head = paper.head
    day = day_in(head.get("effective", "")) or day_in(head.get("issued", ""))
    review = day_in(head.get("review_by", ""))
    own = number_in(head.get("revision", head.get("both", "")))
    last = next((each for each in reversed(paper.history) if number_in(each.number) == own and each.change), None)
    if day is None:
        ask.append(_("from when it is in force"))
    found = {"effective": day.isoformat() if day else ""}
    found |= {"change": " ".join(last.change.split())} if last else {}
    found |= {"review_by": review.isoformat()} if review else {}
    return found | {name: head[name] for name in ("decision", "decision_date", "clauses") if head.get(name)}


def _owner(library: Library, head: Mapping[str, str]) -> dict[str, str]:
    meant = proposed(head["owner"], library.config) if head.get("owner") else ""
    if not meant:
        return {}
    return {"owner": meant} if library.config.role(meant) else {"unit": meant}


def _parent(library: Library, fields: Mapping[str, str], planned_ids: Mapping[str, str], documents: Sequence[RecordType]) -> dict[str, str]:
    """The document that a form or annex belongs to, by the digits of its id."""
    kind = next((each for each in documents if each.name == fields["type"]), None)
    if kind is None or "parent" not in kind.fields:
        return {}
    own = numbered(fields["id"], (kind,))
    known = {**{item.id: item.type.name for item in library.items}, **planned_ids}
    ending = own.parent if own else ""
    may_be = kind.fields["parent"].to
    found = [name for place in documents if place.name in may_be or not may_be for name, of in known.items() if of == place.name and ending and _digits(name) == ending]
    return {"parent": found[0] if found else ""}


def _digits(name: str) -> str:
    return "".join(each for each in name if each.isdigit())


def _extra(paper: Paper) -> dict[str, str]:
    """What front matter of others says besides, to be kept under ``x-``."""
    return {name: value for name, value in paper.head.items() if name.startswith("x-")}


def _conflicts(library: Library, read: Read, fields: Mapping[str, str], ids: Mapping[tuple[str, str], int]) -> Iterator[Message]:
    own = fields["id"]
    present = library.by_id.get(own)
    if present is not None and not is_of(library, own, read.sha256):
        yield _("{id} is in use: {path}", id=own, path=present.path)
    count = ids.get((own, fields["revision"]), 0)
    if count > 1:
        yield _("{count} files bear the id {id}: keep one of them with take: yes, and leave the others", count=count, id=own)


def is_of(library: Library, name: str, sha256: str) -> bool:
    """True if the document of this id was made from the file of this digest."""
    present = library.by_id.get(name)
    node = present.node("source") if present else None
    return node is not None and sha256 in repr(node)


def _taken(paper: Paper) -> Iterator[Message]:
    for part in paper.body:
        if isinstance(part, Table):
            yield _("{count} steps", count=len(part.rows)) if part.kind == "steps" else _("{count} records that are kept", count=len(part.rows))
    if paper.head.get("approved_by"):
        yield Message("{role}: {person}", {"role": _SIGNERS["approver"], "person": paper.head["approved_by"]})
    for name, person in paper.signers:
        yield Message("{role}: {person}", {"role": _SIGNERS[name], "person": person})
    for each in paper.history:
        yield _("revision {number}, {day}: {change}", number=each.number, day=each.day, change=each.change)
    for name, count in paper.source.counts.items():
        if count and name in _COUNTED:
            yield Message(_COUNTED[name].text, {"count": count})
    for doubled in paper.source.doubled:
        yield _("“{key}” stands there twice; the first is taken", key=doubled)
    if paper.source.macros:
        yield _("macros were left in the file")


_SIGNERS = {"author": _("written by"), "checker": _("checked by"), "approver": _("approved by")}


def _left_out(paper: Paper) -> Iterator[Message]:
    words: dict[str, int] = defaultdict(int)
    for each in paper.left:
        words[each.what] += len(each.text.split())
    for what, count in words.items():
        yield _("{what}: {count} words", what=_LEFT.get(what, what), count=count)


def _paper(entries: Sequence[Planned]) -> dict[str, str]:
    """The decision that most files name."""
    named = Counter((each.get("decision"), each.get("decision_date")) for each in entries if each.get("decision") and each.take != EARLIER)
    (decision, day), _count = named.most_common(1)[0] if named else (("", ""), 0)
    return {"decision": decision, "decision_date": day, "decision_file": "", "approved_by": ""}


def _without(entry: Planned, common: Mapping[str, str]) -> Planned:
    """The entry without a decision that is that of all."""
    of_paper = ("decision", "decision_date")
    same = entry.take != EARLIER and all(entry.get(name) == common[name] for name in of_paper)
    return replace(entry, fields={name: value for name, value in entry.fields.items() if not (same and name in of_paper)})
