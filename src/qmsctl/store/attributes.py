"""The ``.gitattributes`` that count for a QMS and lie above its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from qmsctl.core.text.git_attributes import FILE
from qmsctl.store.git.repository import Git
from qmsctl.store.machine import files


def above(git: Git, prefix: str, commit: str | None) -> Mapping[str, bytes]:
    """The bytes of each by the way down from its folder to the QMS at ``prefix``; on the disk where no commit is named."""
    found = ((f"{way}/", _read(git, f"{folder}{FILE}", commit)) for folder, way in _ways(prefix))
    return {way: data for way, data in found if data is not None}


def _ways(prefix: str) -> Iterator[tuple[str, str]]:
    """Each folder above, and the way down from there."""
    parts = prefix.split("/") if prefix else []
    for depth in range(len(parts)):
        yield "".join(f"{part}/" for part in parts[:depth]), "/".join(parts[depth:])


def _read(git: Git, path: str, commit: str | None) -> bytes | None:
    if commit is not None:
        return git.blob_at(f"{commit}:{path}")
    if git.top is None or not os.path.lexists(git.top / path):
        return None
    return files.read(str(git.top / path), path)
