"""What an export says of its files: the digest of each, for ``sha256sum -c``, below that of the text that was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

MANIFEST = "manifest.sha256"


def manifest(files: Mapping[str, bytes], documents: Mapping[str, Any]) -> bytes:
    """A line a file; before it, as a comment, id, revision and the digest of the dossier."""
    lines = (
        f"# {document.id} {document.revision} {document.sha256}\n{hashlib.sha256(files[path]).hexdigest()}  {path}\n"
        for path, document in documents.items()
    )
    return "".join(lines).encode()
