"""Options that stand together in one value, declared once for all the commands that have them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter
from typing import Any, get_type_hints


def spread(*without: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command that Typer reads as if the fields of its dataclass parameters were parameters of its own.

    They stand where the parameter stands, in the order of the fields. Those named in ``without`` are no options of
    this command and keep their defaults.
    """

    def spread_out(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True).parameters
        values: dict[str, Any] = {name: each.annotation for name, each in own.items() if is_dataclass(each.annotation)}
        parts = {name: [each for each in _parameters(kind) if each.name not in without] for name, kind in values.items()}
        whole = [part for name, each in own.items() for part in parts.get(name, [each])]

        @wraps(command)
        def collected(**given: Any) -> None:
            for name, kind in values.items():
                given[name] = kind(**{part.name: given.pop(part.name) for part in parts[name]})
            command(**given)

        collected.__signature__ = inspect.Signature([each.replace(kind=Parameter.KEYWORD_ONLY) for each in whole])  # type: ignore[attr-defined]
        collected.__annotations__ = {each.name: each.annotation for each in whole}
        return collected

    return spread_out


def _parameters(kind: Any) -> Iterator[Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        yield Parameter(each.name, Parameter.KEYWORD_ONLY, default=each.default, annotation=hints[each.name])
