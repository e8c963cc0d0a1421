"""The guard at the door: what is no honest archive of an office's program is not opened.

Sizes are taken from the directory and held to while unpacking, so that a lie there is found out. Every XML part is read through once
by the very parser that will read it, whatever its encoding.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from qmsctl.message import _
from qmsctl.store.incoming.unfit import Unfit
from qmsctl.store.incoming.xml_guard import check_xml
from qmsctl.store.incoming.zip_parts import leads_away, unpacked
from qmsctl.value import dataclass

MOST_PARTS = 4000
MOST_OF_A_PART = 32_000_000
MOST_OF_XML = 16_000_000
MOST_IN_ALL = 128_000_000
"""Bytes, unpacked: far more than an office's papers have, and less than a machine of theirs can bear."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_TYPES = "[Content_Types].xml"
_XML = (".xml", ".rels", ".vml")
_FLAG_OF_SECRETS = 0x1


@dataclass(frozen=True, slots=True)
class Container:
    """The parts of an archive by their names; ``macros`` are there, and are not among them."""

    parts: Mapping[str, bytes]
    macros: bool


def opened(data: bytes) -> Container:
    """The archive, unpacked. Raises :class:`Unfit` with what is wrong about it."""
    if data.startswith(_OLE):
        raise Unfit(_("it is encrypted: save it without a password first") if any(each in data for each in _ENCRYPTED)
                    else _("it is a file of Word or Excel 97–2003 under another name: save it anew as .docx or .xlsx"))
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = _looked_at(archive)
            parts = {each.filename: unpacked(archive, each) for each in entries if not _is_macro(each.filename)}
    except (BadZipFile, LargeZipFile, NotImplementedError, EOFError, zlib.error, ValueError, OverflowError):
        raise Unfit(_("it cannot be opened: it is damaged, or no file of Word or Excel")) from None
    if _TYPES not in parts:
        raise Unfit(_("it cannot be opened: it is damaged, or no file of Word or Excel"))
    for name, part in parts.items():
        if name.lower().endswith(_XML):
            check_xml(name, part)
    return Container(parts, len(parts) < len(entries))


def _looked_at(archive: ZipFile) -> list[ZipInfo]:
    entries = [each for each in archive.infolist() if not each.is_dir()]
    if len(entries) > MOST_PARTS:
        raise Unfit(_("it has {count} parts; more than {most} are not unpacked", count=len(entries), most=MOST_PARTS))
    for each in entries:
        _check_name(each.filename)
        if each.flag_bits & _FLAG_OF_SECRETS:
            raise Unfit(_("it is encrypted: save it without a password first"))
        _check_size(each.filename, each.file_size)
    if len({each.filename.casefold() for each in entries}) < len(entries):
        raise Unfit(_("two of its parts have one name: it is damaged, or made to deceive"))
    if sum(each.file_size for each in entries) > MOST_IN_ALL:
        raise Unfit(_("unpacked it would take more than {most} MB", most=MOST_IN_ALL // 1_000_000))
    return entries


def _check_name(name: str) -> None:
    if leads_away(name):
        raise Unfit(_("its part “{name}” would be written elsewhere: it is made to deceive", name=name[:80]))


def _check_size(name: str, size: int) -> None:
    most = MOST_OF_XML if name.lower().endswith(_XML) else MOST_OF_A_PART
    if size > most:
        raise Unfit(_("its part “{name}” would take {size} MB unpacked; more than {most} MB are not read", name=name[:80], size=size // 1_000_000, most=most // 1_000_000))


def _is_macro(name: str) -> bool:
    return name.lower().endswith(("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin"))
