"""What an auditor asks on the day: about clauses, and about the steps and records of the procedures themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from qmsctl.core.auditing.scope import units_of_step
from qmsctl.core.auditing.weight import Weight, weigh
from qmsctl.core.coverage.clauses_in_scope import expanded
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration_words import length, retention
from qmsctl.core.procedures.steps import Step, steps_of
from qmsctl.core.proof.holders import role_title
from qmsctl.core.standards.applicability import split_clause
from qmsctl.core.standards.standard import DATA_LIMIT, Standard
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Scalar, texts
from qmsctl.core.text.nodes import Sequence as SequenceNode
from qmsctl.core.text.splice import Value
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.message import Label, Message, _

Questions = Mapping[str, tuple[Label, ...]]
"""The questions about each clause of an edition."""

Say = Callable[[object], str]
"""A message or label in the language of the file it is written to."""


def read_questions(text: str) -> Questions:
    """The questions from the text of their data file: rows of a clause and the question in each language."""
    node = read_yaml(text, limit=DATA_LIMIT)
    found: dict[str, tuple[Label, ...]] = {}
    for row in node.items if isinstance(node, SequenceNode) else ():
        if isinstance(row, MappingNode):
            words = {key: each.text for key, each in row.entries.items() if key != "clause" and isinstance(each, Scalar)}
            clause = row.text("clause") or ""
            found[clause] = (*found.get(clause, ()), Label(words))
    return found


def lines(
    library: Library, clauses: Sequence[str], found: Sequence[Item], units: Sequence[str],
    ask: Callable[[str], Questions], say: Say,
) -> Iterator[Mapping[str, Value]]:
    """Rows of a checklist: the clauses in scope among ``clauses``, the texts as far as ``units`` do them, their problems.

    ``ask`` gives the questions of an edition.
    """
    for clause in expanded(clauses, library):
        standard, number = split_clause(clause, library.standards)
        known = ask(standard.id).get(number) if standard else None
        for question in known or (_own(standard, number),):
            yield _row(clause, "", say(question))
    for text in found:
        yield from _about(text, units, library, say)
    for unit in units:
        yield from _followed_up(weigh(library, unit), say)


def _followed_up(weight: Weight, say: Say) -> Iterator[Mapping[str, Value]]:
    """What became of the problems a unit has had."""
    for item in (*weight.open, *weight.closed):
        requirement = next(iter(item.texts("requirement")), "")
        yield _row(requirement, "", say(_("{id}, “{title}”: what was done, does it last, and has it come back?", id=item.id, title=item.title)))


def _own(standard: Standard | None, number: str) -> Label:
    """The title of a clause that no question is known of."""
    clause = standard.clauses.get(number) if standard else None
    return clause.title if clause else Label({"en": number})


def _row(requirement: str, step: str, question: str) -> Mapping[str, Value]:
    return {"requirement": requirement, "step": step, "question": question, "evidence": "", "result": ""}


def _about(text: Item, units: Sequence[str], library: Library, say: Say) -> Iterator[Mapping[str, Value]]:
    steps = steps_of(text)
    own = [step for step in steps if units_of_step(step, library) & set(units)]
    for step in own or steps:
        yield _row(text.id, step.no, " ".join(say(part) for part in _of_step(step, library)))
    kept = tuple(_kept(row) for row in text.block_rows("records"))
    if kept:
        yield _row(text.id, "", say(_("Ask for samples: are these records kept as laid down? {records}.", records=kept)))
    if not steps:
        asked = tuple(_of_process(text)) or (_("Is {id} known and at hand where the work is done? Look on while it is done.", id=text.id),)
        yield from (_row(text.id, "", say(part)) for part in asked)


def _of_step(step: Step, library: Library) -> Iterator[Message]:
    """Who does it, in which time, what comes of it, and what is checked."""
    yield _("“{task}”: is it done so?", task=step.task)
    if step.doer:
        yield _("By {who}?", who=step.agency or _titled(step.responsible, library))
    if step.time:
        yield _("Within {time}?", time=length(step.time))
    if step.outputs:
        yield _("Result: {outputs}.", outputs=step.outputs)
    if step.forms:
        yield _("Form: {forms}.", forms=step.forms)
    if step.check:
        yield _("Control point: {criterion}.", criterion=step.check)
    if step.release:
        yield _("Who let the result out, and where is that recorded?")


def _titled(name: str, library: Library) -> str:
    unit = library.config.unit(name)
    return unit.name if unit else role_title(name, library)


def _kept(row: MappingNode) -> Message | str:
    """A kind of record with where and how long it is kept."""
    name, place, term = row.text("name") or "", row.text("place"), row.text("retention") or ""
    facts = tuple(each for each in (place, retention(term)) if each)
    return _("{name} ({facts})", name=name, facts=facts) if facts else name


def _of_process(text: Item) -> Iterator[Message]:
    """A text without steps is asked what it says of itself."""
    for name, words in (
        ("criteria", _("Are these criteria met, and what shows it? {items}.", items=texts(text.node("criteria")))),
        ("measures", _("What are the latest values of these measures? {items}.", items=texts(text.node("measures")))),
        ("risks", _("What is done about these risks? {items}.", items=texts(text.node("risks")))),
    ):
        if text.has(name):
            yield words
