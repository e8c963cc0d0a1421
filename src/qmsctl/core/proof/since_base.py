"""What a change did to what had been accepted before: predicates that the rules on changes share.

Each gives nothing where no base is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.reading import parse
from qmsctl.core.signoffs.approval import held_role
from qmsctl.core.source import EntryKind
from qmsctl.core.text.nodes import Mapping
from qmsctl.errors import RepositoryError

_PROOF = (".md", ".sig")


def base_name(library: Library) -> str:
    """The commit from which a file can be brought back."""
    return library.base.name if library.base else ""


def dossier_files(library: Library) -> Iterator[tuple[str, Library]]:
    """Every copy, sign-off and signature of the base, with the library that held it."""
    seen: set[str] = set()
    for home in library.base.libraries if library.base else ():
        for path, kind in home.files.items():
            if kind is EntryKind.FILE and path.startswith("signoffs/") and path.endswith(_PROOF) and path not in seen:
                seen.add(path)
                yield path, home


def same_text(path: str, home: Library, library: Library) -> bool:
    """True if a file says the same as in ``home``; line ends are no part of it."""
    then, now = home.parsed.get(path), library.parsed.get(path)
    if then is not None and now is not None:
        return then.sha256 == now.sha256
    return _lf(path, home) == _lf(path, library)


def _lf(path: str, library: Library) -> bytes | None:
    try:
        return library.outside.read(path).replace(b"\r\n", b"\n")
    except RepositoryError:
        return None


def new_signoffs(library: Library) -> Iterator[tuple[SignOff, Dossier]]:
    """The sign-offs that the change brings, each with its dossier."""
    if (base := library.base) is not None:
        subjects = {path.split("/", 2)[1] for path in library.files if path.startswith("signoffs/") and not base.holds(path, library)}
        for dossier in chain.from_iterable(library.dossiers.get(subject, ()) for subject in sorted(subjects)):
            for signoff in dossier.signoffs:
                if not base.holds(signoff.path, library):
                    yield signoff, dossier


def role_was_held(signoff: SignOff, library: Library) -> bool:
    """True if, by the people of the base, the signer held the role the sign-off names."""
    base = library.base
    return base is None or base.granted(lambda office: held_role(signoff, office.config, office.people))


def new_items(library: Library) -> Iterator[Item]:
    """The documents and records whose ids the base did not know."""
    if library.base is not None:
        yield from (item for item in library.items if not library.base.knows(item))


def past_text(place: str, library: Library) -> Mapping | None:
    """The front matter of what stands at ``rev:path``, if it can be read."""
    data = library.outside.read_past(place)
    return parse(place.partition(":")[2], data, library.types).fields if data is not None else None
