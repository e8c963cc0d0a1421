"""Which ref a person's word names: branches before tags, so that nobody gives a branch's name another meaning.

Git itself takes the tag first (gitrevisions(7)), and whoever may push a tag could choose what a change is compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qmsctl.regex import regex
from qmsctl.store.git.plumbing import Plumbing

_REVISION = regex(r"(?P<name>[^~^:@]*(?:@(?!\{)[^~^:@]*)*)(?P<rest>(?:[~^:]|@\{).*)?", re.DOTALL)
_OBJECT = regex(r"[0-9a-f]{4,64}", re.IGNORECASE)
_WHOLE_OBJECT = regex(r"[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)
_OWN = regex(r"@|HEAD|[A-Z]+_HEAD")
"""What git keeps beside the refs: HEAD, FETCH_HEAD and their like."""
_OF_A_BRANCH = regex(r"@\{(u|upstream|push)\}", re.IGNORECASE)
_NO_NAME = regex(r"[\x00-\x20*?\[\\\x7f]")


class Named(NamedTuple):
    """What to ask git for, and the refs of the same short name that are not meant."""

    revision: str
    others: tuple[str, ...] = ()


def named(repository: Plumbing, revision: str) -> Named | None:
    """``revision`` with the full name of its ref or object, as far as it has one; ``None`` where it can have none."""
    if revision.startswith("^"):
        return None  # git would leave it out, and not take it
    parts = _REVISION.fullmatch(revision)
    name, rest = (parts["name"], parts["rest"] or "") if parts else ("", "")
    if not name or _OWN.fullmatch(name) or _WHOLE_OBJECT.fullmatch(name) or _NO_NAME.search(name) or _OF_A_BRANCH.match(rest):
        return Named(revision)
    found = _refs(repository, name)
    if _OBJECT.fullmatch(name) and (whole := _object(repository, name)):
        return Named(whole + rest, found)
    if found:
        return Named(found[0] + rest, found[1:])
    return None if name.startswith("refs/") else Named(revision)


def _refs(repository: Plumbing, name: str) -> tuple[str, ...]:
    """The refs that ``name`` could mean, the one that is meant first."""
    wanted = tuple(candidates(name))
    listed = repository.run("for-each-ref", "--format=%(refname)", "--", *wanted)
    there = set(listed.decode("utf-8", "surrogateescape").splitlines())
    return tuple(each for each in wanted if each in there)


def is_object(name: str) -> bool:
    """True for the full name of an object, which may well be one that is not here."""
    return _WHOLE_OBJECT.fullmatch(name) is not None


def candidates(name: str) -> Iterator[str]:
    """The full names that a short one may stand for, the one that is meant first."""
    if name.startswith("refs/"):
        yield name
        return
    yield from (f"refs/remotes/{name}", f"refs/remotes/{name}/HEAD", f"refs/heads/{name}")
    if name.startswith(("remotes/", "heads/", "tags/")):
        yield f"refs/{name}"
    yield f"refs/tags/{name}"


def _object(repository: Plumbing, name: str) -> str | None:
    """The full name of the one object whose name begins so."""
    listed = repository.run("rev-parse", f"--disambiguate={name}").decode().split()
    return listed[0] if len(listed) == 1 else None
