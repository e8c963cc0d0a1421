"""What a command that was refused lacks: the mends of the rules, worded for somebody whose files are as they were.

The rules judge what an edit would make. Of that nothing was written: there is nothing to take back, a file
that the command would have made is not there, and a record is still in the state it was in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.library import Library
from qmsctl.core.mends.new_files import addition_for, cell_of_new_row
from qmsctl.core.mends.one_command import belong, completes, fields_asked, for_people, joined, rows_of
from qmsctl.core.mends.proposed_day import proposed_day
from qmsctl.core.mends.what_was_given import added, written, written_value
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import is_empty
from qmsctl.core.text.values import read_bool
from qmsctl.mend import (
    HOLE,
    Advice,
    Assignment,
    Command,
    Correction,
    Hole,
    Mend,
    Step,
    TakeBack,
    advice,
    command,
    either,
)
from qmsctl.message import _
from qmsctl.value import dataclass, replace


def refused(found: Sequence[Diagnostic], before: Library, after: Library) -> tuple[Diagnostic, ...]:
    """The diagnostics that a refused edit would have brought, each command once with all that it lacks.

    Of two that ask for the same fields the later is more exact, as gates come after the fields they look at.
    """
    said, writing = _Refused(before, after), before.config.writing
    groups: list[list[Diagnostic]] = []
    for each in (replace(one, message=writing.typed(one.message), mend=said.mend(one)) for one in found):
        known = next((group for group in groups if belong(each, group[-1])), None)
        if known is None:
            groups.append([each])
        else:
            known.append(each)
    return tuple(each for group in groups for each in said.told(group))


_AGAIN = ("again", None)
"""The option of what is signed once more; what was refused has not been signed at all."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """The library as it stands, and as the refused edit would have made it."""

    before: Library
    after: Library

    def mend(self, found: Diagnostic) -> Mend | None:
        """The mend of a diagnostic, without what is not there to be mended."""
        if found.mend is None:
            return None
        ways = [self._other_way(way) or replace(way, steps=steps) for way in found.mend.ways if (steps := tuple(self._steps(way, found.path)))]
        if not ways:
            signs = found.path.startswith("signoffs/")
            return advice(_("correct the option of the command that signs")) if signs else None
        return either(ways)

    def _steps(self, way: Mend, path: str) -> Iterator[Step]:
        for step in way.steps:
            match step:
                case Advice(sets=sets) if sets and path not in self.before.files:
                    yield addition_for(self.after.by_id.get(path.rpartition("/")[2].removesuffix(".md")), sets)
                case Advice(corrects=True) if self._would_write(path):
                    yield Advice(_("give another value in the command"))
                case TakeBack() | Advice(undoes=True):
                    continue
                case Command() if _AGAIN in step.options and path.removesuffix(".sig") not in self.before.files:
                    yield replace(step, options=tuple(self._as_given(each) for each in step.options if each != _AGAIN))
                case Command(verb="set"):
                    yield from self._given(step)
                case Command(verb="advance"):
                    yield from self._moving(step)
                case Correction():
                    yield Advice(_("give “{new}” in place of “{old}”", new=step.new, old=step.old), instead=(step.old, step.new))
                case Command(verb="reopen" | "revise") if not self._was_frozen(step):
                    continue
                case _:
                    yield step

    def _as_given(self, option: tuple[str, str | Hole | None]) -> tuple[str, str | Hole | None]:
        """The option of a command that was refused; of a paper that it would have kept nobody knows any more where it lay."""
        name, value = option
        return (name, HOLE) if name == "basis-file" and value not in self.before.files else option

    def _would_write(self, path: str) -> bool:
        """True for a file in which the edit would have changed something."""
        return path not in self.before.files or self.before.outside.read(path) != self.after.outside.read(path)

    def _moving(self, step: Command) -> Iterator[Step]:
        """The command; in its place ``qmsctl set`` with what was given, if anything was, where it would lead the record to where it is."""
        item, known = self._both(step)
        if item is None or known is None or known.status == item.status or step.operands[1:] != (known.status,):
            yield step
        elif given := (*written(item, known), *added(item, known)):
            yield Command("set", step.operands[:1], given)

    def _was_frozen(self, step: Command) -> bool:
        """True if what the command opens was closed, or approved, before the edit."""
        item = self.before.by_id.get(str(step.operands[0]))
        return item is not None and (self.before.is_closed(item) or (item.is_document and item.id in self.before.frozen))

    def _given(self, step: Command) -> Iterator[Step]:
        """The assignments as the refused command takes them: it makes the file, moves the record, or neither."""
        item, known = self._both(step)
        if item is None:
            yield step
        elif known is not None and (cell := cell_of_new_row(step, known)):
            yield _in_new_row(item, *cell)
        elif item.path not in self.before.files:
            yield addition_for(item, step.sets)
        elif known is not None and known.status != item.status and not rows_of(step):
            yield self._moved(step, item)
        elif wanted := tuple(each for each in step.sets if not _stood(known, each)):
            yield replace(step, sets=wanted)

    def _moved(self, step: Command, item: Item) -> Step:
        """``qmsctl advance`` to where the record was to go."""
        sets = tuple(_exemplified(each, item, self.after) for each in step.sets)
        return Command("advance", (item.id, item.status or ""), sets)

    def _other_way(self, way: Mend) -> Mend | None:
        """Where the record goes if a value that it has, and may not have there, is as it is."""
        step = next((each for each in way.steps if isinstance(each, Command) and each.verb == "set"), None)
        if step is None or len(step.sets) != 1:
            return None
        item, known = self._both(step)
        given, field = step.sets[0], item.type.fields.get(step.sets[0].name) if item else None
        if item is None or known is None or field is None or field.kind == "date":
            return None
        state, has = item.type.states.get(known.status or ""), written_value(item.node(given.name))
        others = [each for each in state.to if each != item.status and not item.type.states[each].given_up] if state else []
        if isinstance(given.value, Hole) and (field.kind != "bool" or read_bool(has or "") is None):
            return None
        if known.status == item.status or not has or has == given.value or given.more or not others:
            return None
        moved = command("advance", item.id, others[0], sets=[replace(given, value=has)])
        return moved.in_order_to(_("if it is so, the record goes another way"))

    def _both(self, step: Command) -> tuple[Item | None, Item | None]:
        """The item a command is about, after the edit and before."""
        name = str(step.operands[0])
        return self.after.by_id.get(name), self.before.by_id.get(name)

    def told(self, group: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics of one command, the last of them alone with the whole of it."""
        steps = [step for each in group if (step := completes(each.mend)) is not None]
        shown = list({(each.path, fields_asked(each.mend) or number): each for number, each in enumerate(group)}.values())
        last = shown[-1].mend
        whole = self._whole(replace(for_people(group, last), steps=(joined(steps),)) if last is not None and steps else last)
        yield from (replace(each, mend=None) for each in shown[:-1])
        yield replace(shown[-1], mend=whole)

    def _whole(self, mend: Mend | None) -> Mend | None:
        """A mend whose commands say all that the refused one had given."""
        if mend is None:
            return None
        return replace(mend, steps=tuple(map(self._with_given, mend.steps)), otherwise=self._whole(mend.otherwise))

    def _with_given(self, step: Step) -> Step:
        """A command that moves a record, with what the refused one had given besides."""
        if not isinstance(step, Command) or step.verb != "advance":
            return step
        item, known = self._both(step)
        if item is None or known is None or step.operands[1:] == (known.status,):
            return step
        named = {each.name for each in step.sets}
        rows = added(item, known) if known.status == item.status else ()
        return replace(step, sets=(*step.sets, *(each for each in (*written(item, known), *rows) if each.name not in named)))


def _in_new_row(item: Item, block: str, number: int, column: str) -> Advice:
    """What a row that was refused has to say in a column, be it that it says something else there or nothing."""
    row = next(islice(item.block_rows(block), number - 1, None), None)
    says = row is not None and not is_empty(row.entries.get(column))
    return Advice(_("give another value for “{column}” in the row", column=column) if says else _("say “{column}” in the row, too", column=column))


def _exemplified(given: Assignment, item: Item, library: Library) -> Assignment:
    """The assignment with a day in place of a hole for one."""
    field = item.type.fields.get(given.name)
    fits = given.value == HOLE and field is not None and field.kind == "date"
    return replace(given, value=proposed_day(item, given.name, library).isoformat()) if fits else given


def _stood(known: Item | None, given: Assignment) -> bool:
    """True if the field had that value before the edit: to set it changes nothing."""
    return known is not None and not given.more and isinstance(given.value, str) and written_value(known.node(given.name)) == given.value
