"""What a command that is proposed needs besides, because the one before it was given so: another folder, another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmsctl.message import Message, Worded
from qmsctl.value import dataclass

if TYPE_CHECKING:
    from qmsctl.mend import Mend

_SAME = {"C": "repo"}
"""Options of qmsctl that have a second name."""
_WORDS = (Worded, tuple, list)
"""What commands may stand in."""
_ABOUT_ITSELF = frozenset({"help", "version"})
"""Options that ask about qmsctl, whatever the folder and the day."""


@dataclass(frozen=True, slots=True)
class GivenAgain:
    """Options of qmsctl that were given, by name; ``folder`` is where the QMS lies as seen from where the person is, if not there."""

    general: tuple[tuple[str, str], ...] = ()
    folder: str = ""

    def words(self, value: object) -> object:
        """A message, or what stands in one, with its commands as this person types them."""
        if isinstance(value, str) or not (self.general or self.folder):
            return value
        if isinstance(value, Message):
            has_words = any(isinstance(each, _WORDS) for each in value.params.values())
            return Message(value.text, {name: self.words(each) for name, each in value.params.items()}) if has_words else value
        if isinstance(value, (tuple, list)):
            return tuple(self.words(each) for each in value)
        return self._of_a_mend(value) if isinstance(value, Worded) else value

    def _of_a_mend(self, value: Worded) -> object:
        from qmsctl.mend import Mend
        from qmsctl.mend_words import Said

        if isinstance(value, Said):
            return Said(self._step(value.step))
        return self.words(value.words) if isinstance(value, Mend) else value

    def mend(self, mend: Mend) -> Mend:
        """The mend with its commands as this person types them, in all its ways."""
        from qmsctl.value import replace

        otherwise = None if mend.otherwise is None else self.mend(mend.otherwise)
        return replace(mend, steps=tuple(self._step(each) for each in mend.steps), otherwise=otherwise)

    def _step(self, step: Any) -> Any:
        from qmsctl.mend import Command, GitCommand, TakeBack
        from qmsctl.value import replace

        match step:
            case Command(general=(), options=()):
                return Command(step.verb, step.operands, step.sets, (), self.general)
            case Command():
                has = {name for name, _value in (*step.general, *step.options)}
                if has & _ABOUT_ITSELF:
                    return step
                more = (each for each in self.general if each[0] not in has and _SAME.get(each[0]) not in has)
                return Command(step.verb, step.operands, step.sets, step.options, (*step.general, *more))
            case GitCommand() if self.folder and step.words[0] != "-C":
                return replace(step, words=("-C", self.folder, *step.words))
            case TakeBack():
                return replace(step, within=self.folder)
        return step
