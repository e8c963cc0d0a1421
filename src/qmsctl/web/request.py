"""What a browser asked for, as plain values: read before the office is, and in no thread of the server."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from starlette.datastructures import UploadFile
from starlette.requests import Request

from qmsctl.value import dataclass
from qmsctl.web.door import MOST_BYTES
from qmsctl.web.filled import FILE, Upload

_MOST_INPUTS, _MOST_FILES = 2000, 8
KEPT, KEPT_NAME = "kept.", "kept-name."
"""An upload that was shown already comes back in the form, for nothing is kept between two requests."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An address with what follows its first word, and the inputs of its form or query."""

    path: str
    operands: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, Upload] | None = None

    def first(self, name: str) -> str:
        """The first value of an input; empty where there is none."""
        return next((value for key, value in self.inputs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of an input."""
        return tuple(value for key, value in self.inputs if key == name)

    @property
    def is_sent(self) -> bool:
        """True for a form, which brought its files with it, be it none."""
        return self.files is not None


async def read(request: Request) -> Asked:
    """The values of a request; a form is read whole, within the limits of the door."""
    path = request.url.path
    operands = tuple(each for each in request.path_params.get("operands", "").split("/") if each)
    if request.method != "POST":
        return Asked(path, operands, tuple(request.query_params.multi_items()))
    async with request.form(max_files=_MOST_FILES, max_fields=_MOST_INPUTS, max_part_size=MOST_BYTES) as form:
        inputs, files = [], {}
        for name, value in form.multi_items():
            if not isinstance(value, UploadFile):
                inputs.append((name, value))
            elif value.filename and name.startswith(FILE):
                files[name.removeprefix(FILE)] = Upload(file_name(value.filename), await value.read())
    kept = {name: upload for name, upload in _kept(dict(inputs)) if name not in files}
    return Asked(path, operands, tuple(each for each in inputs if not each[0].startswith((KEPT, KEPT_NAME))), {**kept, **files})


def _kept(inputs: Mapping[str, str]) -> Iterator[tuple[str, Upload]]:
    for name, text in inputs.items():
        if name.startswith(KEPT):
            own = name.removeprefix(KEPT)
            try:
                yield own, Upload(file_name(inputs.get(f"{KEPT_NAME}{own}", "")), base64.b64decode(text, validate=True))
            except binascii.Error:
                continue


def file_name(given: str) -> str:
    """The last part of what a browser calls a file, put together as names are kept."""
    return normalize("NFC", given.replace("\\", "/").rpartition("/")[2])


def as_kept(upload: Upload) -> str:
    """The bytes of an upload as a form carries them."""
    return base64.b64encode(upload.data).decode()
