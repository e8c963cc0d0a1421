"""Archives of an office's programs without the time at which they were written."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_BEGINNING = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"


def steady(data: bytes) -> bytes:
    """The same archive, its last part naming, uncompressed, whose output it is."""
    found = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(found, "w") as new:
        for name in sorted(old.namelist(), key=lambda each: (each == _CORE, each != "[Content_Types].xml", each)):
            info = ZipInfo(name, _BEGINNING)
            info.compress_type = ZIP_STORED if name == _CORE else ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return found.getvalue()
