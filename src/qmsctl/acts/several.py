"""Of many subjects that are signed at once, which may be: those are one change, the rest is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from qmsctl.acts.judging import RefusedByRules, judged
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.errors import QmsError, Refusal
from qmsctl.message import _
from qmsctl.value import dataclass, field, replace

MakeOne = Callable[[str], Edit]


class LeftOut(QmsError):
    """Some of several subjects cannot be signed: ``left`` says why, for each. Where ``others`` can, these are written."""

    def __init__(self, left: Mapping[str, Refusal], others: int) -> None:
        count = len(left)
        super().__init__(
            _("{count} of {all} are left out; the others are one change", count=count, all=count + others)
            if others
            else _("none of {count} can be signed; nothing was written", count=count)
        )
        self.exit_code = 1 if others else Refusal.exit_code
        self.left = left


@dataclass(slots=True)
class Several:
    """The subjects of one command. With ``together`` all of them are signed or none is.

    ``left`` are those that the rules, or the state they are in, do not let pass; ``edits`` what is made of the others.
    """

    subjects: Sequence[str]
    together: bool
    left: dict[str, Refusal] = field(default_factory=dict)
    edits: dict[str, Edit] = field(default_factory=dict)

    @property
    def left_out(self) -> LeftOut | None:
        """What is to be said of those that are left, if any are."""
        return LeftOut(self.left, len(self.edits)) if self.left else None

    def made(self, make: MakeOne, files: tuple[FileChange, ...]) -> Edit:
        """One edit of all that can be made: they are of different files, so their sum may be judged and written as one."""
        self.edits = {}
        for subject in self.subjects:
            if subject not in self.left:
                self._make(subject, make)
        if not self.edits:
            raise LeftOut(self.left, 0)
        whole = reduce(Edit.merge, self.edits.values())
        if len(self.edits) > 1:
            whole = replace(whole, summary=_("{first}, and {count} more", first=whole.summary, count=len(self.edits) - 1))
        return replace(whole, changes=(*whole.changes, *files))

    def _make(self, subject: str, make: MakeOne) -> None:
        try:
            self.edits[subject] = make(subject)
        except Refusal as error:
            if self.together:
                raise
            self.left[subject] = error

    def leave_out(self, error: RefusedByRules, library: Library, files: tuple[FileChange, ...]) -> None:
        """Leave out those that the rules have refused. Raises ``error`` where it is of all together and of none alone."""
        found = {} if self.together else self._blamed(error) or self._alone(library, files)
        if not found:
            raise error
        self.left.update(found)

    def _blamed(self, error: RefusedByRules) -> Mapping[str, Refusal]:
        """The subjects of whose files something was said."""
        own = {subject: tuple(each for each in error.brought if each.path in _paths(edit)) for subject, edit in self.edits.items()}
        return {subject: RefusedByRules(said, error.made) for subject, said in own.items() if said}

    def _alone(self, library: Library, files: tuple[FileChange, ...]) -> Mapping[str, Refusal]:
        found: dict[str, Refusal] = {}
        for subject, edit in self.edits.items():
            try:
                judged(library, replace(edit, changes=(*edit.changes, *files)))
            except RefusedByRules as error:
                found[subject] = error
        return found


def _paths(edit: Edit) -> frozenset[str]:
    """The files that an edit writes, signs or is about."""
    signed = (f"{path}.sig" for path in edit.promised)
    return frozenset((*(each.path for each in edit.changes), *edit.subjects, *edit.vouched, *signed))
