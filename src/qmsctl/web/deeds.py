"""All that can be done on the page, as one table: the command it stands for, what it asks, and the act behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from qmsctl.acts.making import speaker
from qmsctl.acts.occasion import Occasion
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle import audit_answers, audit_programmes, document_way, escalating, record_states
from qmsctl.core.lifecycle.adoption import adopt
from qmsctl.core.lifecycle.attaching import attach
from qmsctl.core.lifecycle.audit_checklists import make_checklist
from qmsctl.core.lifecycle.audit_findings import Found, raise_finding
from qmsctl.core.lifecycle.configuration import approve
from qmsctl.core.lifecycle.creation import create
from qmsctl.core.lifecycle.derived import create_from
from qmsctl.core.lifecycle.logging import from_finding, log
from qmsctl.core.lifecycle.management_reviews import Wish, prepare
from qmsctl.core.lifecycle.measuring import measure
from qmsctl.core.lifecycle.record_way import set_values
from qmsctl.core.lifecycle.review_decisions import Decision, decide
from qmsctl.core.lifecycle.table_rows import add_row
from qmsctl.core.lifecycle.whys import add_whys
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.records.notes import Noted
from qmsctl.message import Message, _
from qmsctl.store.shipped.definitions import find_questions
from qmsctl.value import dataclass, replace
from qmsctl.web import asking, interviews
from qmsctl.web.asking import Ask
from qmsctl.web.filled import Filled, Upload
from qmsctl.web.running import Run, changing, making, signing

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Deed:
    """``verb`` are the words of the command, ``operands`` the names of what follows them; ``asks`` are the questions of its form."""

    verb: str
    title: Message
    operands: tuple[str, ...]
    asks: Ask
    run: Run

    @property
    def path(self) -> str:
        """How it is called in an address."""
        return self.verb.replace(" ", "-")


def _round(meaning: str) -> Run:
    return signing(lambda _filled: lambda library, subject, act: document_way.sign_round(library, subject, meaning, act))


def _revised(_occasion: Occasion, filled: Filled) -> Callable[[Library], Edit]:
    start, answers = filled.day("effective"), filled.options.get("answers", ())
    return lambda library: document_way.revise(library, filled.subject, filled.option("change") or "", filled.option("editorial") == "yes", start.isoformat() if start else None, answers)


def _logged(filled: Filled) -> Callable[..., Edit]:
    fields = {name: text for name in ("raised", "unit", "severity", "source", "requirement") if (text := filled.option(name))}
    texts = {name: text for name, option in (("description", "description"), ("seen", "evidence")) if (text := filled.option(option))}
    own = {**({"title": filled.subject} if filled.subject else {}), **fields, **filled.given}

    def logged(library: Library, who: str | None, body: object, _say: object) -> Edit:
        finding = filled.option("from-finding")
        noted = from_finding(library, finding) if finding else Noted()
        whole = replace(noted, fields={**noted.fields, **own}, texts={**noted.texts, **texts})
        return log(library, NONCONFORMITY, [whole], who, body)  # type: ignore[arg-type]

    return logged


def _made(filled: Filled) -> Callable[..., Edit]:
    title = filled.option("title")
    fields = {**filled.given, **({"title": title} if title else {})}
    sources = filled.options.get("of", ())
    if sources:
        return lambda library, who, body, _say: create_from(library, filled.subject, sources, fields, who, body)
    return lambda library, who, body, _say: create(library, filled.subject, fields, who, body)


def _escalated(occasion: Occasion, filled: Filled) -> Callable[[Library], Edit]:
    answered = filled.option("answered")
    if answered:
        return lambda library: escalating.answer(library, filled.subject, occasion.actor(library), answered)
    told = escalating.Escalating(filled.option("to") or "", filled.option("reason") or "")
    return lambda library: escalating.escalate(library, filled.subject, occasion.actor(library), told)


def _measured(occasion: Occasion, filled: Filled) -> Callable[[Library], Edit]:
    def measured(library: Library) -> Edit:
        further = {"source": filled.option("source"), "by": occasion.person(library), "note": filled.option("note")}
        period, value = filled.word(1), filled.word(2)
        return measure(library, filled.subject, period, value, {key: text for key, text in further.items() if text}, filled.option("replace") == "yes")

    return measured


def _attached(_occasion: Occasion, filled: Filled) -> Callable[[Library], Edit]:
    files: Mapping[str, Upload] = {each.name: each for each in filled.files.values()}
    data = {name: each.data for name, each in files.items()}
    digests = {name: hashlib.sha256(each).hexdigest() for name, each in data.items()}
    return lambda library: attach(library, filled.subject, data, digests)


def _answered(_occasion: Occasion, filled: Filled) -> Callable[[Library], Edit]:
    subject, line, result, evidence = map(filled.word, range(4))
    said = audit_answers.Answer(line, result, evidence, note=filled.option("note") or "")
    return lambda library: audit_answers.answer(library, subject, [said])


def _planned(filled: Filled) -> Callable[..., Edit]:
    year, months = filled.year("year"), filled.listed("months")
    return lambda library, who, body, say: audit_programmes.plan(library, year or library.today.year, months, filled.given, who, body, say)


def _opened(filled: Filled) -> Callable[..., Edit]:
    own = {name: text for name in ("date", "lead", "auditors") if (text := filled.option(name))} | dict(filled.given)
    return lambda library, who, body, say: audit_programmes.open_audit(library, filled.subject, filled.option("unit") or "", own, who, body, say)


def _found(filled: Filled) -> Callable[..., Edit]:
    said = Found(filled.word(1), filled.option("kind") or "", filled.options.get("clause", ()), filled.option("evidence") or "", filled.option("line") or "")
    own = {name: text for name in ("owner", "unit") if (text := filled.option(name))} | dict(filled.given)
    return lambda library, who, body, _say: raise_finding(library, filled.subject, said, own, who, body)


def _decided(filled: Filled) -> Callable[..., Edit]:
    due = filled.day("due")
    output = filled.word(1) or None
    wanted = Decision(output, filled.option("no"), filled.option("kind"), filled.option("owner"), due.isoformat() if due else None)
    return lambda library, who, body, say: decide(library, filled.subject, wanted, filled.given, who, body, say)


DEEDS: Mapping[str, Deed] = {
    each.path: each
    for each in (
        Deed("submit", _("Submit for review and approval"), ("subject",), asking.sign_off, signing(lambda _filled: document_way.submit)),
        Deed("review", _("Confirm the review"), ("subject",), asking.sign_off, _round("review")),
        Deed("approve", _("Approve"), ("subject",), asking.ruling, signing(lambda _filled: approve)),
        Deed("return", _("Send back to the author"), ("subject",), asking.with_reason("comment"), _round("return")),
        Deed("adopt", _("Take over as approved on paper"), ("subject",), asking.adoption, signing(lambda _filled: adopt)),
        Deed("revise", _("Begin a further revision"), ("subject",), asking.revision, changing(_revised)),
        Deed("withdraw", _("Take out of force"), ("subject",), asking.with_reason("comment"), signing(lambda _filled: document_way.withdraw)),
        Deed("acknowledge", _("Confirm that I have read and understood it"), ("subject",), asking.sign_off, signing(lambda _filled: document_way.acknowledge)),
        Deed("advance", _("Move on"), ("subject", "state"), asking.state,
             signing(lambda filled: lambda library, subject, act: record_states.advance(library, subject, filled.word(1), act, filled.given))),
        Deed("reopen", _("Open again"), ("subject",), asking.with_reason("reason"), signing(lambda _filled: record_states.reopen, "reason")),
        Deed("attach", _("Add evidence"), ("subject",), asking.upload, changing(_attached)),
        Deed("set", _("Fill in"), ("subject",), asking.fields, changing(lambda _occasion, filled: lambda library: set_values(library, filled.subject, filled.given))),
        Deed("row add", _("Add a row"), ("subject", "table"), asking.row,
             changing(lambda _occasion, filled: lambda library: add_row(library, filled.subject, filled.word(1), filled.given))),
        Deed("nc log", _("Log a nonconformity"), ("title",), interviews.nonconformity, making(_logged)),
        Deed("nc why", _("Find the root cause"), ("subject",), interviews.whys,
             changing(lambda _occasion, filled: lambda library: add_whys(library, filled.subject, filled.options.get("because", ()), filled.option("category")))),
        Deed("escalate", _("Take it to somebody higher up"), ("subject",), interviews.escalation, changing(_escalated)),
        Deed("measure", _("Write down a value"), ("subject", "period", "value"), interviews.measurement, changing(_measured)),
        Deed("audit plan", _("Plan the internal audits of a year"), (), interviews.programme, making(_planned)),
        Deed("audit open", _("Open the audit of a unit"), ("subject",), interviews.audit, making(_opened)),
        Deed("audit checklist", _("Make the checklist"), ("subject",), asking.nothing,
             making(lambda filled: lambda library, who, body, say: make_checklist(library, filled.subject, filled.given, who, body, find_questions, say))),
        Deed("audit answer", _("Answer a line of the checklist"), ("subject", "line", "result", "evidence"), interviews.checklist_line, changing(_answered)),
        Deed("audit finding", _("Write down a finding"), ("subject", "statement"), interviews.finding, making(_found)),
        Deed("new", _("Make a record"), ("type",), interviews.new, making(_made)),
        Deed("management-review prepare", _("Prepare the management review"), (), asking.nothing,
             making(lambda filled: lambda library, who, body, say: prepare(library, Wish(filled.subject or None, None, None, filled.given), who, body, (say, *map(speaker, LANGUAGES))))),
        Deed("management-review action", _("Turn a decision into an action"), ("subject", "decision"), interviews.decision, making(_decided)),
    )
}
"""By how they are called in an address."""
