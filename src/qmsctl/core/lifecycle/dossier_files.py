"""The files of a dossier: the frozen copy and the sign-offs beside it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, count

from qmsctl.core.edit import FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.office.config import FORMAT
from qmsctl.core.text.splice import Value, front_matter
from qmsctl.core.text.text_file import digest, lf


def dossier_folder(subject: str, name: object, data: bytes) -> str:
    """``signoffs/<id>/<revision or state>-<first 8 hex digits>`` for these bytes."""
    return f"signoffs/{subject}/{name}-{digest(data)[:8]}"


def freeze(folder: str, subject: str, data: bytes) -> FileChange:
    """The new frozen copy of ``subject`` in its dossier."""
    return FileChange(f"{folder}/{subject}.md", None, lf(data))


def signoff_file(
    library: Library, folder: str, meaning: str, bound: Mapping[str, Value], act: Act
) -> FileChange:
    """A new sign-off in ``folder``, bound to what ``bound`` names.

    The file is called ``<meaning>.<person>.md``; a second one of the same name gets a number. From the second format on
    it names the office.
    """
    stem = f"{folder}/{meaning}.{act.actor.person}"
    path = next(
        path
        for path in chain((f"{stem}.md",), (f"{stem}.{number}.md" for number in count(2)))
        if path not in library.files
    )
    config = library.config
    office: dict[str, Value] = {"office": config.code} if config.format >= FORMAT and config.code else {}
    fields: dict[str, Value] = {"type": "signoff", **office, **bound, "meaning": meaning, **act.fields()}
    comment = act.comment.strip()
    return FileChange(path, None, front_matter(fields.items(), f"\n{comment}\n" if comment else ""))
