"""The page of an act: the form, then what it would write, then what it did."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from starlette.responses import Response

from qmsctl.acts.done import Done, Made
from qmsctl.acts.judging import RefusedByRules
from qmsctl.acts.several import LeftOut
from qmsctl.core.edit import Edit
from qmsctl.core.lifecycle.outcome import outcome
from qmsctl.errors import QmsError, Refusal, UsageError
from qmsctl.mend import Mend
from qmsctl.message import Message, _
from qmsctl.reports.redline import Redlined, redlined
from qmsctl.store.history.stale import changes_since
from qmsctl.value import dataclass
from qmsctl.web.acting import carry_out, command_line, propose, questions
from qmsctl.web.deeds import DEEDS, Deed
from qmsctl.web.filled import Filled, filled
from qmsctl.web.home import home
from qmsctl.web.keys import Keys
from qmsctl.web.mends import ANSWER, Way, asked_besides, ways
from qmsctl.web.pages import bar_of_error, message_of, page
from qmsctl.web.part import Part
from qmsctl.web.preview import preview
from qmsctl.web.request import Asked, as_kept
from qmsctl.web.shown import Stale
from qmsctl.web.visit import Visit

SHOW, DO = "show", "do"
_OF_A_DRAFT = frozenset({"submit", "review", "approve", "return"})
"""Acts that sign a text which is not in force yet."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says, and the ways to mend it."""

    message: Message
    rule: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an act was refused: the sentence, what the rules say, and the ways on."""

    message: Message
    said: tuple[Said, ...]
    ways: tuple[Way, ...]
    since: tuple[Message, ...] = ()


def act(visit: Visit, asked: Asked, keys: Keys) -> Response:
    """The page of an act, as far as it has come."""
    name, *operands = asked.operands
    deed = DEEDS.get(name)
    if deed is None:
        raise UsageError(_("there is no such act here: {name}", name=name))
    said = filled(deed.operands, operands, asked.inputs, asked.files or {})
    form = _Form(visit, asked, deed, said, keys)
    if not asked.is_sent:
        return form.page()
    if visit.house.read_only:
        raise UsageError(_("this page was opened to read: start it without --read-only"))
    try:
        return form.done() if asked.first("step") == DO else form.shown()
    except Stale as error:
        return form.shown_again(error)
    except QmsError as error:
        return form.page(error)


class _Form:
    def __init__(self, visit: Visit, asked: Asked, deed: Deed, said: Filled, keys: Keys) -> None:
        self._visit, self._asked, self._deed, self._said = visit, asked, deed, said
        self._token = keys.token(asked.path)

    def _page(self, name: str, code: int = 200, **given: Any) -> Response:
        item = self._visit.library.by_id.get(self._said.subject)
        about = item or self._visit.library.types.get(self._said.subject)
        return page(self._visit, self._asked.path, name, self._title(), code, deed=self._deed, item=item, about=about, token=self._token, line=command_line(self._deed, self._said), **given)

    def _title(self) -> Message:
        """What is done: of a record that moves on, to which state."""
        if self._deed.verb == "escalate" and (self._said.option("answered") or self._said.option("want")):
            return ANSWER
        item = self._visit.library.by_id.get(self._said.subject)
        state = item.type.states.get(self._said.word(1)) if item and self._deed.verb == "advance" else None
        return _("Move on to “{state}”", state=state.label) if state else self._deed.title

    def page(self, error: QmsError | None = None) -> Response:
        """The questions; after a refusal with what it says, and what it asks for besides."""
        also = asked_besides(_mends(error)) if error else ()
        parts = questions(self._visit, self._deed, self._said, also)
        trouble = trouble_of(error) if error else None
        hidden = {name: value for name, value in self._asked.inputs if name in ("option.want", "option.fill")}
        wants = [(name, value) for name, value in self._asked.inputs if name in hidden]
        return self._page("questions", 422 if error else 200, parts=parts, groups=_groups(parts), wants=wants, trouble=trouble, kept=self._kept())

    def shown(self, trouble: Trouble | None = None) -> Response:
        """What would be written, and the button that does it."""
        found = propose(self._visit, self._deed, self._said)
        given = [(name, value) for name, value in self._asked.inputs if name not in ("token", "step", "seen", "vow", "commit")]
        seen = [f"{digest} {path}" for path, digest in found.seen.items()]
        return self._page(
            "preview", 409 if trouble else 200, view=preview(found.done), given=given, seen=seen, kept=self._kept(), trouble=trouble,
            commit=self._visit.place.commit or "", words=self._said.option("comment") or self._said.option("reason") or "", redline=self._redline(),
        )

    def _redline(self) -> Redlined | None:
        """The text that is signed against the one approved before it, if there is one."""
        subject, library = self._said.subject, self._visit.library
        if self._deed.verb not in _OF_A_DRAFT or subject not in library.dossiers:
            return None
        under_way = library.standing(subject).under_way if self._deed.verb != "submit" else None
        try:
            return redlined(library, subject, f"..{under_way.revision}" if under_way else "..draft")
        except Refusal:
            return None

    def shown_again(self, error: Stale) -> Response:
        """The same, with what has changed since it was shown first."""
        since = changes_since(self._visit.place, self._asked.first("commit"), error.paths)
        try:
            return self.shown(Trouble(error.message, (), (), since))
        except QmsError as other:
            return self.page(other)

    def done(self) -> Response:
        """The outcome."""
        seen = dict(_seen(each) for each in self._asked.all("seen"))
        try:
            done = carry_out(self._visit, self._deed, self._said, seen, vowed=self._asked.first("vow") == "yes")
        except Made as error:
            return self._stands(error.edit, error.commit, trouble_of(error))
        try:
            return self._done(done)
        except Exception as error:  # noqa: BLE001 — whatever keeps the page from being whole, what was asked for is done
            return self._stands(done.edit, done.commit, Trouble(message_of(error), (), ()))

    def _done(self, done: Done) -> Response:
        told = (*done.edit.remarks, *outcome(done.library, done.edit))
        waiting = home(done.library, self._visit.me)
        return self._page("done", **_written(done.edit, done.commit), told=told, trouble=None, next=waiting.mine.lines[:5])

    def _stands(self, edit: Edit, commit: str | None, trouble: Trouble) -> Response:
        """What is done, and what went wrong after it: nothing is read for this page, for it may be that which failed."""
        return page(self._visit, self._asked.path, "done", self._deed.title, 500, bar_of_error(self._visit, self._asked.path), **_written(edit, commit), line=command_line(self._deed, self._said), told=(), trouble=trouble, next=(), item=None)

    def _kept(self) -> list[tuple[str, str, str]]:
        return [(name, upload.name, as_kept(upload)) for name, upload in self._said.files.items()]


def _written(edit: Edit, commit: str | None) -> dict[str, Any]:
    """What stands on the page of whatever was done."""
    return {"summary": edit.summary, "commit": (commit or "")[:10], "files": [each.path for each in edit.changes], "made": edit.made}


def _groups(parts: Sequence[Part]) -> list[tuple[str, list[Part]]]:
    """The questions that stand open, with what they belong to."""
    return [(about, [*group]) for about, group in groupby((each for each in parts if not each.folded), key=lambda each: each.about)]


def _seen(text: str) -> tuple[str, str]:
    digest, _blank, path = text.partition(" ")
    return path, digest


def _mends(error: QmsError) -> tuple[Mend | None, ...]:
    return tuple(each.mend for each in error.brought) if isinstance(error, RefusedByRules) else (error.mend,)


def trouble_of(error: QmsError) -> Trouble:
    """Why something was refused, as a page tells it."""
    if isinstance(error, LeftOut):
        (error, *_others) = (*error.left.values(), error)
    said = error.brought if isinstance(error, RefusedByRules) else ()
    return Trouble(error.message, tuple(Said(each.message, each.rule, ways(each.mend)) for each in said), ways(error.mend), ())
