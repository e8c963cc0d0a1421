"""Keys that are thrown away: made when a test asks for them, each person's the same all over one office."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.core.keys.ssh_signature import NAMESPACE
from qmsctl.core.keys.ssh_wire import wire_string

KIND = "ssh-ed25519"
_SHORTENED = re.compile(r"ssh-ed25519 AAAA…(\w+)")


def secret(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"throw-away key of {name}".encode()).digest())


def public(name: str) -> PublicKey:
    return PublicKey(KIND, wire_string(KIND.encode()) + wire_string(secret(name).public_key().public_bytes_raw()))


def with_keys(text: str) -> str:
    """``text`` with the whole key for every ``ssh-ed25519 AAAA…NAME``."""
    return _SHORTENED.sub(lambda found: public(found[1]).text, text)


def armoured(blob: bytes) -> bytes:
    lines = re.findall(r".{1,70}", base64.b64encode(blob).decode())
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def framed(key: bytes, value: bytes, namespace: str = NAMESPACE, used: str = "sha512", reserved: bytes = b"") -> bytes:
    """The bytes between the lines of a signature file."""
    parts = (key, namespace.encode(), reserved, used.encode(), value)
    return b"SSHSIG" + (1).to_bytes(4, "big") + b"".join(map(wire_string, parts))


def to_sign(data: bytes, namespace: str = NAMESPACE, used: str = "sha512") -> bytes:
    """What a key signs for ``data``."""
    parts = (namespace.encode(), b"", used.encode(), hashlib.new(used, data).digest())
    return b"SSHSIG" + b"".join(map(wire_string, parts))


def signature(name: str, data: bytes, namespace: str = NAMESPACE) -> bytes:
    """What ``ssh-keygen -Y sign`` would write for ``data`` with the key of ``name``."""
    value = wire_string(KIND.encode()) + wire_string(secret(name).sign(to_sign(data, namespace)))
    return armoured(framed(public(name).blob, value, namespace))


def key_file(path: Path, name: str) -> Path:
    """The private key of ``name`` as ``ssh-keygen`` keeps it."""
    path.write_bytes(secret(name).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    path.chmod(0o600)
    return path


def new_key(path: Path, *options: str, passphrase: str = "") -> str:
    """Make a key pair with ``ssh-keygen`` and give its public line."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("needs ssh-keygen")
    kind = options or ("-t", "ed25519")
    subprocess.run(["ssh-keygen", "-q", *kind, "-N", passphrase, "-C", path.name, "-f", str(path)], check=True)
    return path.with_name(f"{path.name}.pub").read_text().strip()
