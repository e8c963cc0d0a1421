"""Time stamps of RFC 3161, made and read without a network: the extra ``qmsctl[timestamp]``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qmsctl.core.library import Library
from qmsctl.core.proof.trusted_roots import trusted_roots
from qmsctl.core.witness.attested import STAMP, Stamped
from qmsctl.core.witness.checkpoints import note_paths
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import _

_LARGEST = 256 * 1024
_INSTALL = "pip install 'qmsctl[timestamp]'"
_DAMAGED = Stamped(problem=_("it could not be read: {problem}", problem=_("it is damaged, or no answer of an authority of time stamps")), unread=True)


def request(data: bytes) -> bytes:
    """The request for a time stamp over ``data``, to be sent to an authority. Raises ``Refusal`` where the extra is missing."""
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise Refusal(
            _("time stamps are asked for with a package that is not installed"),
            advice(_("to install it: {command}", command=_INSTALL))
            .or_else(advice(_("make the request with openssl: {command}", command="openssl ts -query -sha256 -cert -data NOTE -out NOTE.tsq"))),
        ) from None
    return TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True).build().as_bytes()


def read_stamps(library: Library) -> Mapping[str, Stamped]:
    """What the time stamps beside the notes say, by their path."""
    notes = {f"{path}{STAMP}": path for path in note_paths(library)}
    roots = trusted_roots(library) if notes else {}
    return {path: read_stamp(library.outside.read(path), library.outside.read(note), roots) for path, note in notes.items() if path in library.files}


def read_stamp(data: bytes, note: bytes, roots: Mapping[str, bytes]) -> Stamped:
    """What the answer ``data`` of an authority says of ``note``, its certificate judged by the ``roots`` the office trusts."""
    try:
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError:
        return Stamped(problem=_("it was not read; for that: {command}", command=_INSTALL), unread=True)
    if len(data) > _LARGEST:
        return Stamped(problem=_("it could not be read: {problem}", problem=_("it is too large")), unread=True)
    try:
        answer: Any = decode_timestamp_response(data)
        at = answer.tst_info.gen_time
    except Exception:  # noqa: BLE001 — the file is anybody's, and the parser is not ours
        return _DAMAGED
    certificates = dict.fromkeys(each for pem in roots.values() for each in _certificates(pem))
    if not certificates:
        return Stamped(problem=_("no authority is trusted here: put its root certificate into .qms/roots/ as .pem"), unread=True)
    builder = VerifierBuilder()
    for each in certificates:
        builder = builder.add_root_certificate(each)
    try:
        builder.build().verify_message(answer, note)
        return Stamped(at, _authority(answer))
    except VerificationError as error:
        return Stamped(problem=_("it does not prove the note: {problem}", problem=str(error).partition(": ErrorStack")[0]))
    except Exception:  # noqa: BLE001 — the same
        return _DAMAGED


def _authority(answer: Any) -> str:
    """The name in the certificate that signed; others may come with it, and nothing vouches for those."""
    from cryptography.x509 import load_der_x509_certificate
    from cryptography.x509.oid import NameOID

    signers = [(each.issuer, each.serial_number) for each in answer.signed_data.signer_infos]
    for certificate in (load_der_x509_certificate(bytes(der)) for der in answer.signed_data.certificates):
        if (certificate.issuer, certificate.serial_number) in signers:
            names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else "RFC 3161"
    return "RFC 3161"


def _certificates(pem: bytes) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return list(load_pem_x509_certificates(pem))
    except ValueError:
        return []
