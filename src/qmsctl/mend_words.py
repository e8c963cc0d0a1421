"""Steps of a mend in words: as somebody would type them, quoted for a shell."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence

from qmsctl.mend_steps import (
    Addition,
    Advice,
    Assignment,
    Command,
    Correction,
    GitCommand,
    Hole,
    Row,
    Step,
    TakeBack,
    Value,
)
from qmsctl.message import Message, Translate, Worded, _, untranslated
from qmsctl.regex import regex
from qmsctl.value import dataclass

_BARE = regex(r"[\w.,:/+@%=-]+")
_SPECIAL = regex(r'["$`\\!]')
_UNPRINTABLE = regex(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What would not come whole through a line of a terminal: line ends, tabs, controls, what nobody sees."""
_CODES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_PLAIN = regex(r"[\w./+](?:[\w ./+@%-]*[\w./+@%-])?")


@dataclass(frozen=True, slots=True)
class Said(Worded):
    """A step in words that stays a step until somebody reads it."""

    step: Command | GitCommand | TakeBack

    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The command as it is typed."""
        if isinstance(self.step, Command):
            return " ".join(("qmsctl", *command_words(self.step)))
        return _typed(self.step).render(translate, lang)

    def __str__(self) -> str:
        return self.render()


def one_after_another(steps: Sequence[Step]) -> Worded:
    """Steps in words, in their order."""
    whole = step_words(steps[0])
    for step in steps[1:]:
        following = step_words(step)
        whole = (
            _("{first}, then: {next}", first=whole, next=following)
            if isinstance(step, Command | GitCommand)
            else _("{first}, then {next}", first=whole, next=following)
        )
    return whole


def step_words(step: Step) -> Worded:
    """One step in words."""
    match step:
        case Command() | GitCommand() | TakeBack():
            return Said(step)
        case Addition():
            return _("add {options} to the command", options=" ".join(addition_words(step)))
        case Correction():
            return _("write “{new}” in place of “{old}” in {path}, line {line}",
                     new=step.new, old=step.old, path=step.path, line=step.span.line)
        case Advice():
            return step.message


def _typed(step: GitCommand | TakeBack) -> Message:
    match step:
        case GitCommand():
            return Message(" ".join(("git", *map(shell_word, step.words))))
        case TakeBack():
            return _taken_back(step)


def _taken_back(step: TakeBack) -> Message:
    if step.copy is not None:
        copy, path = (f"{step.within.rstrip('/')}/{each}" if step.within else each for each in (step.copy, step.path))
        folder = f"mkdir -p {shell_word(path.rpartition('/')[0])} && " if step.gone else ""
        return _("put back the text of {copy} with {command}", copy=step.copy,
                 command=f"{folder}cp {shell_word(copy)} {shell_word(path)}")
    there = ("-C", step.within) if step.within else ()
    words_of_git = (*there, "checkout", *((step.since,) if step.since else ()), "--", step.path)
    return _("put back its text with {command}", command=" ".join(("git", *map(shell_word, words_of_git))))


def command_words(step: Command) -> Iterator[str]:
    """The words of a command after ``qmsctl``, each quoted for a shell where it has to be.

    Operands that look like options come last, after the mark that says so.
    """
    yield from _options(step.general)
    if step.verb:
        yield step.verb
    operands = [shell_word(each) for each in step.operands]
    if any(isinstance(each, str) and each.startswith("-") for each in step.operands):
        yield from _what_to_give(step)
        yield from ("--", *operands)
    else:
        yield from operands
        yield from _what_to_give(step)


_SETTING = frozenset({"set", "row add", "row set"})
"""Commands whose fields are operands of theirs."""


def _what_to_give(step: Command) -> Iterator[str]:
    if step.verb in _SETTING:
        yield from (quoted(each) for each in step.sets)
        yield from _options(step.options)
    else:
        yield from addition_words(Addition(step.sets, step.options))


def addition_words(step: Addition) -> Iterator[str]:
    """Options and assignments as they are added to a command: the title first, as it is for most."""
    titles = [each for each in step.sets if each.name == "title"]
    yield from (f"--title {shell_word(value_words(each.value))}" for each in titles)
    yield from _options(step.options)
    yield from (f"--set {quoted(each)}" for each in step.sets if each.name != "title")


def _options(options: Sequence[tuple[str, str | Hole | None]]) -> Iterator[str]:
    for name, value in options:
        option = f"-{name}" if len(name) == 1 else f"--{name}"
        yield option if value is None else f"{option} {shell_word(value)}"


def shell_word(value: str | Hole) -> str:
    """The value as one word of a command: quoted where a shell would read anything else into it."""
    text = value_words(value)
    return text if _BARE.fullmatch(text) else _single(text) if _is_special(text) else f'"{text}"'


def _is_special(text: str) -> bool:
    return bool(_SPECIAL.search(text) or _UNPRINTABLE.search(text))


def _single(text: str) -> str:
    """One word on one line; what cannot be printed is written as bash and zsh read it between ``$'`` and ``'``."""
    if not _UNPRINTABLE.search(text):
        return shlex.quote(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{_UNPRINTABLE.sub(lambda found: _code(found[0]), escaped)}'"


def _code(character: str) -> str:
    return _CODES.get(character) or "".join(f"\\x{byte:02x}" for byte in character.encode())


def quoted(given: Assignment) -> str:
    """``name=value`` as a shell takes it; a row is one word with its name."""
    sign = "+=" if given.more else "="
    text = value_words(given.value)
    if isinstance(given.value, Row):
        whole = f"{given.name}{sign}{text}"
        return _single(whole) if _is_special(whole) else f'"{whole}"'
    if text != "…" and (not text or _BARE.fullmatch(text)):
        return f"{given.name}{sign}{text}"
    return _single(f"{given.name}{sign}{text}") if _is_special(text) else f'{given.name}{sign}"{text}"'


def value_words(value: Value) -> str:
    """A value as it is typed, before it is quoted."""
    match value:
        case Hole(many=True):
            return "[…]"
        case Hole():
            return "…"
        case Row():
            return f"{{{', '.join(f'{name}: {_cell(cell)}' for name, cell in value.cells)}}}"
        case str():
            return value


def _cell(value: str | Hole) -> str:
    """A value between the braces of a row: quoted where YAML would read more than a text."""
    text = value_words(value)
    if isinstance(value, Hole) or (text.startswith("[") and text.endswith("]")) or _PLAIN.fullmatch(text):
        return text
    if _UNPRINTABLE.search(text):
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"

