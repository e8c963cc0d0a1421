"""The root certificates an office trusts: those of authorities for time stamps, and of whoever signs its PDF files."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.library import Library

ROOTS = ".qms/roots/"


def trusted_roots(library: Library) -> Mapping[str, bytes]:
    """The files of certificates by their paths."""
    return {path: library.outside.read(path) for path in library.files if path.startswith(ROOTS) and path.endswith((".pem", ".crt", ".cer"))}
