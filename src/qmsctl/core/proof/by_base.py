"""What a change would have against it by the office that was accepted before: its people, units and roles, and what is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from qmsctl.core.base import Base
from qmsctl.core.diagnostic import Problem, Stricter
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.reading import CONFIG_PATHS
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _
from qmsctl.value import replace

Find = Callable[[Library], Iterable[Problem]]


def by_both(item: Item, library: Library, find: Find) -> Iterator[Problem]:
    """What ``find`` has against ``item`` by the library's own office; of one that the change brings or alters, by that of the base as well."""
    own = tuple(find(library))
    yield from own
    if library.base is not None and library.base.is_moved(item):
        said = {_key(each) for each in own}
        for key, problem in _accepted(library, library.base, find).items():
            if key not in said:
                yield replace(problem, message=_told(problem.message), mend=_mend(), stricter=Stricter())


def _accepted(library: Library, base: Base, find: Find) -> Mapping[str, Problem]:
    """What is found by every office the change began from, or by that of the branch it goes to."""
    pairs = zip(base.asking, library.by_accepted_offices, strict=True)
    found = [{} if _same(library, office) else {_key(each): each for each in find(there)} for office, there in pairs]
    tip = found.pop() if base.tip else {}
    common = {key: each for key, each in found[0].items() if all(key in others for others in found)} if found else {}
    return {**common, **tip}


def _same(library: Library, office: Library) -> bool:
    return all(_digest(path, library) == _digest(path, office) for path in CONFIG_PATHS)


def _digest(path: str, library: Library) -> str | None:
    found = library.parsed.get(path)
    return found.sha256 if found else None


def _key(problem: Problem) -> str:
    return f"{problem.path} {problem.message!r}"


def _told(message: Message) -> Message:
    return _("by {files} as they were before this change: {problem}", files=CONFIG_PATHS, problem=message)


def _mend() -> Mend:
    return advice(_("have the change of the configuration merged first, then bring this branch up to date with it"))
