"""The parts of a ZIP archive that somebody else has made."""

from __future__ import annotations

from zipfile import BadZipFile, ZipFile, ZipInfo


def leads_away(name: str) -> bool:
    """True for the name of a part that would not lie inside, whoever unpacks it, and wherever."""
    return name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/")


def unpacked(archive: ZipFile, entry: ZipInfo) -> bytes:
    """The bytes of a part, no more of them than its directory told. Raises ``BadZipFile`` where there are others."""
    with archive.open(entry) as stream:
        found = stream.read(entry.file_size + 1)
    if len(found) != entry.file_size:
        raise BadZipFile
    return found
