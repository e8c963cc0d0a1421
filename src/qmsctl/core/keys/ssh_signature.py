"""OpenSSH signature files, read strictly.

The format is that of ``PROTOCOL.sshsig`` in the sources of OpenSSH; whatever ``ssh-keygen -Y verify``
refuses is refused here, and a few liberties it allows (text after the end, blanks) are, too.
"""

from __future__ import annotations

import hashlib
import re

from qmsctl.core.keys.ssh_key import PublicKey, key_of_bytes
from qmsctl.core.keys.ssh_wire import WireReader, WireRefused, from_base64, wire_string
from qmsctl.mend import Mend
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

NAMESPACE = "qmsctl"
"""What a signature says it is for, so that one made for another purpose counts for nothing here."""

_ARMOUR = regex(
    rb"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,76}\n)+)-----END SSH SIGNATURE-----\n?", re.ASCII
)
_MAGIC, _VERSION = b"SSHSIG", 1
_HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}
_LARGEST = 64 * 1024


class SignatureRefused(Exception):
    """The file is no signature that may be relied on."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature file says of the bytes it is for.

    ``key`` made it, for the purpose ``namespace``; ``None`` where the file cannot be read. ``problem``
    says why it is not valid over the bytes; of one that could not be looked at, ``unread`` says what to do. Whose key it
    is stands on another sheet.
    """

    key: PublicKey | None
    namespace: str
    problem: Message | None = None
    unread: Mend | None = None


@dataclass(frozen=True, slots=True)
class SignatureParts:
    """A signature file taken apart: ``algorithm`` is that of the signature proper, ``value`` what follows it."""

    key: PublicKey
    namespace: str
    hash: str
    algorithm: str
    value: bytes

    def signed_bytes(self, data: bytes) -> bytes:
        """What the key has signed, if the file was made for ``data``."""
        fields = (self.namespace.encode(), b"", self.hash.encode(), _HASHES[self.hash](data).digest())
        return _MAGIC + b"".join(map(wire_string, fields))


def read_signature(armoured: bytes) -> SignatureParts:
    """Take a signature file apart. Raises :class:`SignatureRefused`."""
    found = _ARMOUR.fullmatch(armoured) if len(armoured) <= _LARGEST else None
    if found is None:
        raise SignatureRefused(_("the file is no OpenSSH signature: a block from BEGIN to END SSH SIGNATURE is expected"))
    try:
        return _parts(WireReader(from_base64(found[1].replace(b"\n", b"").decode("ascii"))))
    except WireRefused:
        raise SignatureRefused(_("the signature is damaged, or of a kind that is not accepted")) from None


def _parts(reader: WireReader) -> SignatureParts:
    if reader.take(len(_MAGIC)) != _MAGIC or reader.integer() != _VERSION:
        raise WireRefused
    key = key_of_bytes(reader.string())
    namespace, reserved, hash_name = reader.word(), reader.string(), reader.word()
    value = WireReader(reader.string())
    reader.end()
    if not namespace or reserved or hash_name not in _HASHES:
        raise WireRefused
    return SignatureParts(key, namespace, hash_name, value.word(), value.rest())
