"""A class of values is what ``dataclasses`` would make of it, but that it is made sooner, and that no one guards a frozen one."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from functools import partial
from itertools import product
from operator import lt
from typing import Any

import pytest

from qmsctl import value
from qmsctl.mend import advice
from qmsctl.message import Message

KINDS: list[dict[str, bool]] = [
    *({"frozen": frozen, "slots": slots} for frozen, slots in product((True, False), repeat=2)),
    {"frozen": True, "slots": True, "eq": False}, {"frozen": True, "slots": True, "order": True},
]


def body(**given: Any) -> Callable[[Any], dict[str, Any]]:
    """What stands in a class, made anew each time, for to make a class of values changes it."""
    return lambda field: {"__doc__": "Some.", "__module__": __name__} | {name: each(field) if callable(each) else each for name, each in given.items()}


PLAIN = body(
    __annotations__={"name": "str", "number": "int", "kept": "list", "hidden": "str"}, number=1,
    kept=lambda field: field(default_factory=list, compare=False), hidden=lambda field: field(default="", repr=False),
)
UNASKED = body(
    __annotations__={"name": "str", "held": "object", "made": "list"},
    held=lambda field: field(default=None, init=False, compare=False), made=lambda field: field(default_factory=list, init=False, compare=False),
)
LONE = body(__annotations__={"name": "str"})
EMPTY = body()
OWN = body(__annotations__={"name": "str"}, __repr__=lambda _field: lambda self: "own")


def made_by(maker: Any, made: Callable[[Any], dict[str, Any]], kind: dict[str, bool]) -> Any:
    return maker.dataclass(**kind)(type("Some", (), made(maker.field)))


def outcome(work: Callable[[], Any]) -> object:
    try:
        return work()
    except TypeError:
        return TypeError


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("made", "given"), [
    (PLAIN, [("a",), ("a", 2), ("a", 2, ["x"]), ("a", 2, [], "h"), ("b", 1)]), (LONE, [("a",), ("b",)]), (EMPTY, [()]), (OWN, [("a",)]), (UNASKED, [("a",), ("b",)]),
])
def test_it_is_a_dataclass(made: Callable[[Any], dict[str, Any]], given: list[tuple[Any, ...]], kind: dict[str, bool]) -> None:
    theirs, ours = made_by(dataclasses, made, kind), made_by(value, made, kind)
    assert all(map(dataclasses.is_dataclass, (theirs, ours)))
    for wrong, named in ((given[0], {"one": 1}), ((*given[0], 1, 2, 3, 4), {}), (given[0][:-1], {"number": 3} if made is EMPTY else {})):
        assert outcome(lambda: theirs(*wrong, **named)) is outcome(lambda: made_by(value, made, kind)(*wrong, **named)) is TypeError  # noqa: B023 — called at once
    pairs = [(theirs(*each), ours(*each)) for each in given]
    assert outcome(lambda: ours(*given[0], one=1)) is TypeError
    for one, own in pairs:
        assert repr(one) == repr(own)
        assert dataclasses.asdict(one) == dataclasses.asdict(own)
        assert (outcome(partial(hash, one)) is TypeError) == (outcome(partial(hash, own)) is TypeError)
        assert (own == copy.copy(own)) == (one == copy.copy(one))
        assert (own == dataclasses.replace(own)) == (own == value.replace(own)) == (one == dataclasses.replace(one))
        assert own != one
        for other, others in pairs:
            assert (one == other) == (own == others)
            assert outcome(partial(lt, one, other)) == outcome(partial(lt, own, others))
            if own == others and kind["frozen"]:
                assert hash(own) == hash(others)


def test_it_goes_through_a_pipe() -> None:
    mend = advice(Message("x"))
    assert pickle.loads(pickle.dumps(mend)) == mend
