"""What is a pointer of git-lfs, and what only looks like one."""

from __future__ import annotations

import hashlib

import pytest

from qmsctl.core.text.lfs_pointer import content_digest, pointed

OID = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{OID}\nsize 12345\n".encode()


def test_a_pointer_stands_for_its_content() -> None:
    assert pointed(POINTER) == OID
    assert content_digest(POINTER) == OID


@pytest.mark.parametrize(
    "data",
    [
        b"", POINTER + b"x", POINTER + b"\n", b"\n" + POINTER, POINTER.replace(b"\n", b"\r\n"), POINTER.replace(b"v1", b"v2"),
        POINTER.replace(b"sha256:4", b"sha256:"), POINTER.replace(b"sha256", b"md5"), POINTER.replace(b"12345", b"-1"),
        POINTER.replace(b"12345", b"1" * 2000), POINTER.replace(OID.encode(), OID.upper().encode()),
        POINTER.replace(b"size", b"ext-0-x sha256:" + OID.encode() + b"\nsize"),
    ],
)
def test_what_is_none_has_its_own_digest(data: bytes) -> None:
    assert pointed(data) is None
    assert content_digest(data) == hashlib.sha256(data).hexdigest()
