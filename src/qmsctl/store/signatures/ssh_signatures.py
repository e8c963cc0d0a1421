"""Whether an OpenSSH signature is valid over some bytes. No program is run, no key is looked up.

The values of the signatures are those of RFC 8709 (Ed25519), RFC 8332 (RSA), RFC 5656 (ECDSA) and
``PROTOCOL.u2f`` of OpenSSH (security keys).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from qmsctl.core.keys.ssh_key import rsa_numbers
from qmsctl.core.keys.ssh_signature import Signature, SignatureParts, SignatureRefused, read_signature
from qmsctl.core.keys.ssh_wire import WireReader, WireRefused
from qmsctl.message import _

_ALTERED = _("the signature does not fit the file: one of the two was altered after signing")
_ED25519_BYTES = 64


def verify(data: bytes, armoured: bytes) -> Signature:
    """What the signature file ``armoured`` says of ``data``, the LF bytes of a file; one by a weak key proves nothing."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        parts = read_signature(armoured)
    except SignatureRefused as error:
        return Signature(None, "", error.message)
    found = Signature(parts.key, parts.namespace)
    try:
        _VERIFIERS[parts.algorithm](parts, parts.signed_bytes(data))
    except (InvalidSignature, UnsupportedAlgorithm, WireRefused, ValueError, KeyError):
        return Signature(found.key, found.namespace, _ALTERED)
    return Signature(found.key, found.namespace, parts.key.weakness)


def _ed25519(parts: SignatureParts, message: bytes) -> None:
    _same_kind(parts)
    value = _only(parts.value)
    _verify_ed25519(parts.key.body().string(), value, message)


def _verify_ed25519(key: bytes, value: bytes, message: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(value) != _ED25519_BYTES:
        raise WireRefused
    Ed25519PublicKey.from_public_bytes(key).verify(value, message)


def _rsa(parts: SignatureParts, message: bytes) -> None:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    _same_kind(parts, "ssh-rsa")
    value = _only(parts.value)
    used = hashes.SHA512() if parts.algorithm == "rsa-sha2-512" else hashes.SHA256()
    RSAPublicNumbers(*rsa_numbers(parts.key.body())).public_key().verify(value, message, PKCS1v15(), used)


def _ecdsa(parts: SignatureParts, message: bytes) -> None:
    _same_kind(parts)
    _verify_ecdsa(parts, _only(parts.value), message)


def _verify_ecdsa(parts: SignatureParts, value: bytes, message: bytes) -> None:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    curves: Mapping[str, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
        "nistp256": (ec.SECP256R1(), hashes.SHA256()),
        "nistp384": (ec.SECP384R1(), hashes.SHA384()),
        "nistp521": (ec.SECP521R1(), hashes.SHA512()),
    }
    body, numbers = parts.key.body(), WireReader(value)
    curve, used = curves[body.word()]
    signature = encode_dss_signature(numbers.number(), numbers.number())
    numbers.end()
    key = ec.EllipticCurvePublicKey.from_encoded_point(curve, body.string())
    key.verify(signature, message, ec.ECDSA(used))


def _on_hardware(parts: SignatureParts, message: bytes) -> None:
    """A security key signs digests, with its flags and its count of signatures between them."""
    _same_kind(parts)
    reader = WireReader(parts.value)
    value, counted = reader.string(), reader.take(5)
    reader.end()
    body = parts.key.body()
    first, *rest = (body.string() for _part in range(2 if parts.algorithm.startswith("sk-ssh-ed25519") else 3))
    application = rest[-1]
    signed = hashlib.sha256(application).digest() + counted + hashlib.sha256(message).digest()
    if len(rest) == 1:
        _verify_ed25519(first, value, signed)
    else:
        _verify_ecdsa(parts, value, signed)


def _same_kind(parts: SignatureParts, kind: str | None = None) -> None:
    if parts.key.kind != (kind or parts.algorithm):
        raise WireRefused


def _only(value: bytes) -> bytes:
    """The one string that ``value`` is."""
    reader = WireReader(value)
    found = reader.string()
    reader.end()
    return found


_VERIFIERS: Mapping[str, Callable[[SignatureParts, bytes], None]] = {
    "ssh-ed25519": _ed25519,
    "rsa-sha2-256": _rsa,
    "rsa-sha2-512": _rsa,
    "ecdsa-sha2-nistp256": _ecdsa,
    "ecdsa-sha2-nistp384": _ecdsa,
    "ecdsa-sha2-nistp521": _ecdsa,
    "sk-ssh-ed25519@openssh.com": _on_hardware,
    "sk-ecdsa-sha2-nistp256@openssh.com": _on_hardware,
}
