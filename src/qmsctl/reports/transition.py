"""From one edition of the standard to another: what an office has, what moves, what is missing, and a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.coverage.evidence import evidence
from qmsctl.core.coverage.requirement import required_documents
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.standards.applicability import is_applied
from qmsctl.core.standards.correspondence import Correspondence
from qmsctl.core.standards.standard import Standard
from qmsctl.mend import HOLE, Assignment, Command, Hole, Mend, command
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.clauses import Excluded, title_of
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.passage import Editions, Have, Kind, Passage, have, new_command
from qmsctl.value import dataclass

ABOUT = About.TWO_EDITIONS
COMMAND = "transition"


@dataclass(frozen=True, slots=True)
class Departure:
    """A clause of the edition that is left, where it goes, and what the office has for it."""

    number: str
    title: Label
    relation: Message
    targets: tuple[str, ...]
    note: Label
    have: Have


@dataclass(frozen=True, slots=True)
class NoLonger:
    """What the edition to come does not ask for by name any more; the office may keep it."""

    number: str
    name: Label
    note: Label
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the plan, and commands that do it."""

    text: Message
    commands: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """The way from ``source`` to ``target``; ``anchors`` is empty, for the documents are not in the page."""

    cover: Cover
    source: Standard
    target: Standard
    source_name: str
    target_name: str
    passages: tuple[Passage, ...]
    departures: tuple[Departure, ...]
    no_longer: tuple[NoLonger, ...]
    excluded: tuple[Excluded, ...]
    plan: tuple[Step, ...]
    anchors: Mapping[str, str]

    def of(self, kind: str) -> tuple[Passage, ...]:
        """The clauses about which this has to be done."""
        return tuple(each for each in self.passages if each.kind == kind)


def build(library: Library, result: CheckResult, options: ReportOptions) -> Transition:
    """The way between the two editions of ``options.correspondence``; the check's result is not shown in it."""
    table = options.correspondence
    assert table is not None  # the command finds it before
    source, target = library.find_standard(table.source), library.find_standard(table.target)
    assert source is not None
    assert target is not None
    found = Editions(source, target, table, evidence(library, options.period(library.today)), library)
    passages = found.passages()
    names = tuple(each.called(library.config.language) for each in (source, target))
    return Transition(
        cover=cover(_("From {source} to {target}", source=names[0], target=names[1]), library, options),
        source=source,
        target=target,
        source_name=names[0],
        target_name=names[1],
        passages=passages,
        departures=tuple(_departures(found)),
        no_longer=tuple(_no_longer(table, source, target, library)),
        excluded=tuple(
            Excluded(entry.clause, title_of(source, entry.clause), entry.reason)
            for entry in library.config.not_applicable
            if entry.standard == source.id
        ),
        plan=tuple(_plan(found, passages)),
        anchors={},
    )


def _departures(found: Editions) -> Iterator[Departure]:
    moves = {move.source: move for move in found.table.moves}
    for clause in found.source.leaves:
        move = moves.get(clause.number)
        if is_applied(clause.number, found.source, found.library.config):
            yield Departure(
                clause.number,
                clause.title,
                _relation(move.relation if move else "removed"),
                move.targets if move else (),
                move.note if move else Label({}),
                have([found.evidence.of(clause.number, found.source)]),
            )


def _relation(relation: str) -> Message:
    return {
        "equivalent": _("stays"),
        "reworked": _("widened or changed"),
        "split": _("divided among several"),
        "merged": _("taken up in another"),
        "moved": _("moved"),
        "removed": _("no longer asked for by name"),
    }[relation]


def _no_longer(table: Correspondence, source: Standard, target: Standard, library: Library) -> Iterator[NoLonger]:
    """Clauses that are gone, and written procedures that are compulsory only in the edition that is left."""
    documents = tuple(required_documents(library, (source,)))
    leaves = {clause.number: clause for clause in source.leaves}
    for number, note in table.gone.items():
        if number in leaves and is_applied(number, source, library.config):
            own = [item.id for each in documents if each.required.clause == number for item in each.items]
            yield NoLonger(number, leaves[number].title, note, tuple(sorted(set(own))))
    if any(each.kind == "procedure" for each in target.required):
        return
    for each in documents:
        if each.required.kind == "procedure" and each.required.clause not in table.gone:
            ids = tuple(sorted(item.id for item in each.items))
            yield NoLonger(each.required.clause, each.required.name, Label({}), ids)


def _plan(found: Editions, passages: Sequence[Passage]) -> Iterator[Step]:
    source, target = found.source, found.target
    if target.id not in found.library.config.standards:
        yield Step(
            _("Add {target} in qms.yaml, behind the edition in use; the clauses that documents name stay those of the "
              "first: standards: [{both}]", target=target.id, both=f"{source.id}, {target.id}")
        )
    of = {kind: [each for each in passages if each.kind is kind] for kind in Kind}
    if of[Kind.MISSING]:
        numbers = tuple(each.number for each in of[Kind.MISSING])
        commands = dict.fromkeys(begun for each in of[Kind.MISSING] for begun in each.commands)
        yield Step(_("Begin what is missing: {clauses}.", clauses=numbers), _together(tuple(commands), f"{target.id}:{numbers[0]}"))
    if of[Kind.EXTEND]:
        numbers = tuple(each.number for each in of[Kind.EXTEND])
        yield Step(
            _("Extend what has to cover more, and let each text name its clause, such as {clause}: {clauses}.",
              clause=f"{target.id}:{numbers[0]}", clauses=numbers),
            (command("revise", Hole("id"), change=HOLE),),
        )
    if of[Kind.DECIDE]:
        numbers = tuple(each.number for each in of[Kind.DECIDE])
        yield Step(_("Decide again which clauses do not apply, and give the reason in qms.yaml under not_applicable: {clauses}.",
                     clauses=numbers))
    yield from _last_steps(found)


def _together(commands: tuple[Mend, ...], clause: str) -> tuple[Mend, ...]:
    """The same commands, those that write a text for one clause as one: a text may name several, each as ``clause``."""
    others = tuple(each for each in commands if not any(isinstance(step, Command) and step.sets for step in each.steps))
    several = new_command("procedure", Assignment("clauses", Hole(many=True)))
    said = several.in_order_to(_("a text may name several clauses, such as {clause}", clause=clause))
    return (*others, said) if len(commands) - len(others) > 1 else commands


def _last_steps(found: Editions) -> Iterator[Step]:
    wanted = ("audit", "management-review")
    known = (name for name in wanted if found.library.types.get(name))
    yield Step(
        _("Audit by the new edition, and let the management review decide on the change."),
        tuple(map(new_command, known)),
    )
    yield Step(
        _("When nothing is missing any more, let documents name the clauses of {target} alone and take {source} out of qms.yaml.",
          target=found.target.id, source=found.source.id),
        (command("coverage", standard=found.target.id, missing=True),),
    )
