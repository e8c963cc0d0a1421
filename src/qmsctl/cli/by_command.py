"""What a refused command lacks, by the command that supplies it: a sentence a lack, and each command once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.hints.mend import is_one_command, joined, sets_of


def by_command(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics in groups that one command mends, whose last one alone has the hint: the whole command.

    Of two that ask for the same fields the later is more exact, as gates come after the fields they look at.
    """
    groups: list[list[Diagnostic]] = []
    for each in found:
        known = next((group for group in groups if _belongs(each, group[-1])), None)
        if known is None:
            groups.append([each])
        else:
            known.append(each)
    return [each for group in groups for each in _told(group)]


def _belongs(found: Diagnostic, other: Diagnostic) -> bool:
    if found.hint is None or other.hint is None:
        return False
    if sets_of(found.hint) and sets_of(other.hint):
        return found.path == other.path and is_one_command(found.hint, other.hint)
    return str(found.hint) == str(other.hint)


def _told(group: list[Diagnostic]) -> Iterator[Diagnostic]:
    hints = [each.hint for each in group if each.hint is not None]
    whole = joined(hints) if any(map(sets_of, hints)) else group[-1].hint
    shown = list({_fields(each) or number: each for number, each in enumerate(group)}.values())
    yield from (replace(each, hint=None) for each in shown[:-1])
    yield replace(shown[-1], hint=whole)


def _fields(found: Diagnostic) -> frozenset[str]:
    return frozenset(each.partition("=")[0] for each in sets_of(found.hint))
