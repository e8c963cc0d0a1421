"""OpenSSH public keys, as one line of text and as bytes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping

from qmsctl.core.keys.ssh_wire import WireReader, WireRefused, from_base64
from qmsctl.message import Message, _
from qmsctl.value import dataclass

_ED25519_BYTES = 32
_LEAST_RSA_BITS = 1024
SAFE_RSA_BITS = 2048
"""What an RSA key has to have at least to be taken into an office today."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its kind as OpenSSH calls it, and its bytes, which begin with that kind."""

    kind: str
    blob: bytes

    @property
    def text(self) -> str:
        """``ssh-ed25519 AAAA…``, without a comment."""
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """``SHA256:…``, as ``ssh-keygen -l`` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def is_on_hardware(self) -> bool:
        """True for a key in a FIDO2 security key."""
        return self.kind.startswith("sk-")

    @property
    def rsa_bits(self) -> int | None:
        """How long the modulus of an RSA key is."""
        return rsa_numbers(self.body())[1].bit_length() if self.kind == "ssh-rsa" else None

    @property
    def weakness(self) -> Message | None:
        """Why the key proves nothing today, whoever has it: of RSA, it is too short."""
        bits = self.rsa_bits or SAFE_RSA_BITS
        return None if bits >= SAFE_RSA_BITS else _("the RSA key has {bits} bits; at least {least} are expected", bits=bits, least=SAFE_RSA_BITS)

    def body(self) -> WireReader:
        """What follows the kind."""
        reader = WireReader(self.blob)
        reader.string()
        return reader


def rsa_numbers(body: WireReader) -> tuple[int, int]:
    """Exponent and modulus."""
    return body.number(), body.number()


def _ed25519(body: WireReader) -> None:
    _sized(body.string(), _ED25519_BYTES)


def _rsa(body: WireReader) -> None:
    _exponent, modulus = rsa_numbers(body)
    if modulus.bit_length() < _LEAST_RSA_BITS:
        raise WireRefused


def _ecdsa(curve: str, size: int) -> Callable[[WireReader], None]:
    def read(body: WireReader) -> None:
        if body.word() != curve:
            raise WireRefused
        _sized(body.string(), 1 + 2 * size)

    return read


def _with_application(read: Callable[[WireReader], None]) -> Callable[[WireReader], None]:
    def both(body: WireReader) -> None:
        read(body)
        body.word()

    return both


def _sized(data: bytes, size: int) -> None:
    if len(data) != size:
        raise WireRefused


KEY_KINDS: Mapping[str, Callable[[WireReader], None]] = {
    "ssh-ed25519": _ed25519,
    "ssh-rsa": _rsa,
    "ecdsa-sha2-nistp256": _ecdsa("nistp256", 32),
    "ecdsa-sha2-nistp384": _ecdsa("nistp384", 48),
    "ecdsa-sha2-nistp521": _ecdsa("nistp521", 66),
    "sk-ssh-ed25519@openssh.com": _with_application(_ed25519),
    "sk-ecdsa-sha2-nistp256@openssh.com": _with_application(_ecdsa("nistp256", 32)),
}
"""The kinds of keys people may sign with, each with what reads its bytes after the kind."""


def key_of_bytes(blob: bytes) -> PublicKey:
    """The key that ``blob`` encodes. Raises :class:`WireRefused` for any other bytes and for unknown kinds."""
    reader = WireReader(blob)
    kind = reader.word()
    if kind not in KEY_KINDS:
        raise WireRefused
    KEY_KINDS[kind](reader)
    reader.end()
    return PublicKey(kind, blob)


def read_key(line: str) -> PublicKey | None:
    """The key in ``KIND BASE64 [COMMENT]``, or ``None`` where the line is none."""
    kind, data, *_comment = (*line.split(None, 2), "", "")
    try:
        found = key_of_bytes(from_base64(data))
    except WireRefused:
        return None
    return found if found.kind == kind else None
