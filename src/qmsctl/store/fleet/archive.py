"""A delivery as a folder or a ZIP archive, written and read. Nothing is ever unpacked to a name that an archive chose."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from qmsctl.core.fleet.manifest import FILES, IDS, MANIFEST, SIGNATURE
from qmsctl.errors import RepositoryError
from qmsctl.message import Message, _
from qmsctl.store.incoming.zip_parts import leads_away, unpacked
from qmsctl.store.machine import files
from qmsctl.store.machine.address import check_here

KNOWN = (MANIFEST, SIGNATURE, IDS, *FILES.values())
MOST = 64 * 1024 * 1024
"""Bytes of one file, unpacked: a hundred times what a large office sends."""

_MOST_PARTS = 100
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """The archive: the same bytes for the same files."""
    found = BytesIO()
    with ZipFile(found, "w") as archive:
        for name in sorted(contents):
            info = ZipInfo(name, _BEGINNING)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, contents[name])
    return found.getvalue()


def read_delivery(place: Path) -> Mapping[str, bytes]:
    """The files of a delivery that are there, by their names; others are not looked at.

    Raises ``RepositoryError`` for what cannot be read, and for an archive that is made to deceive.
    """
    if place.is_dir():
        return {name: files.read(place / name, str(place / name)) for name in KNOWN if (place / name).exists() or (place / name).is_symlink()}
    check_here(place)
    if not place.exists():
        raise RepositoryError(_("there is no folder or archive {path}", path=str(place)))
    try:
        with ZipFile(BytesIO(files.read(place, str(place)))) as archive:
            return {each.filename: unpacked(archive, each) for each in _looked_at(archive)}
    except (BadZipFile, NotImplementedError, EOFError, zlib.error, ValueError, OverflowError, RuntimeError):
        raise RepositoryError(_("it is no ZIP archive that can be read")) from None


def _looked_at(archive: ZipFile) -> list[ZipInfo]:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS:
        raise RepositoryError(_("it has {count} parts; more than {most} are not unpacked", count=len(entries), most=_MOST_PARTS))
    names = [each.filename for each in entries]
    elsewhere = next((name for name in names if name not in KNOWN and leads_away(name)), None)
    if elsewhere is not None:
        raise RepositoryError(_("its part “{name}” would be written elsewhere: it is made to deceive", name=elsewhere[:80]))
    if len(set(names)) < len(names):
        raise RepositoryError(_("two of its parts have one name: it is damaged, or made to deceive"))
    within = next((name for name in names if name.endswith(f"/{MANIFEST}")), None) if MANIFEST not in names else None
    if within is not None:
        raise RepositoryError(_("its files lie in a folder ({part}): the archive is to hold the files themselves", part=within[:80]))
    return [each for each in entries if each.filename in KNOWN and not _too_much(each)]


def _too_much(entry: ZipInfo) -> bool:
    """Raise for a part that cannot be looked into, or that would be too large."""
    problem: Message | None = None
    if entry.flag_bits & _ENCRYPTED:
        problem = _("it is encrypted")
    elif entry.file_size > MOST:
        problem = _("its part “{name}” would take {size} MB unpacked; more than {most} MB are not read", name=entry.filename, size=entry.file_size // 1_000_000, most=MOST // 1_000_000)
    if problem is not None:
        raise RepositoryError(problem)
    return False
