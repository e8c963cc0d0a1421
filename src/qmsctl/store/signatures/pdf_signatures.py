"""Digital signatures in PDF files, read with pyHanko: the extra ``qmsctl[pdf-signatures]``.

Nothing is fetched from a network. What a certificate is worth is judged by the roots the office keeps.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from qmsctl.core.keys.pdf_signature import PdfSeal, PdfSeals
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.value import dataclass

_MB = 1 << 20
_MOST_OF_A_STREAM = 8 * _MB
_MOST_OF_A_FILE = 32 * _MB
_MOST_OF_A_TABLE = _MB
"""Bytes once unpacked: of a stream, of all streams, and of the table of objects, each entry of which takes a hundred times its size."""

_TALKATIVE = ("pyhanko", "pyhanko_certvalidator")
_HEADER, _HEADER_WITHIN = b"%PDF-", 1024
_UNCHECKED = _("whether the certificate had been revoked was not looked up, for that needs the network")


@dataclass(frozen=True, slots=True)
class PdfReader:
    """Reads PDF files against the roots of the office."""

    roots: tuple[Any, ...]

    @classmethod
    def ready(cls, roots: Mapping[str, bytes]) -> PdfReader | None:
        """A reader with the certificates in ``roots``, by path; ``None`` where pyHanko is not installed.

        Raises ``RepositoryError`` for a file that holds no certificate.
        """
        try:
            import pyhanko.sign.validation  # noqa: F401 — slow; only where a PDF is to be read
        except ImportError:
            return None
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        return cls(tuple(each for path, data in roots.items() for each in _certificates(path, data)))

    def seals(self, data: bytes, at: datetime) -> PdfSeals:
        """The signatures in the PDF ``data``, their certificates judged as of ``at``."""
        from pyhanko.pdf_utils.reader import PdfFileReader

        if _HEADER not in data[:_HEADER_WITHIN]:
            return PdfSeals(problem=_("the file is no PDF"))
        try:
            found = PdfFileReader(BytesIO(data), decode_limits=_limits()).embedded_regular_signatures
            return PdfSeals(tuple(self._seal(each, at) for each in found))
        except Exception as error:  # noqa: BLE001 — the file is anybody's, and the parser is not ours
            return PdfSeals(problem=_("the PDF cannot be read: {problem}", problem=str(error) or type(error).__name__))

    def _seal(self, signature: Any, at: datetime) -> PdfSeal:
        from pyhanko.sign.diff_analysis import ModificationLevel
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.status import SignatureCoverageLevel
        from pyhanko_certvalidator import ValidationContext

        context = ValidationContext(
            trust_roots=list(self.roots), allow_fetching=False, revocation_mode="soft-fail", moment=at
        )
        status = validate_pdf_signature(signature, context)
        stamp: Any = status.timestamp_validity
        stamped = stamp is not None and stamp.intact and stamp.valid
        changed = status.modification_level
        return PdfSeal(
            signer=_name(status.signing_cert),
            at=stamp.timestamp if stamped else status.signer_reported_dt,
            stamped=stamped,
            intact=status.intact and status.valid,
            whole=status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
            and changed is not None
            and changed <= ModificationLevel.FORM_FILLING,
            trusted=status.trusted,
            unchecked=(_UNCHECKED, *([_("the time stamp leads to no root under .qms/roots")] if stamped and not stamp.trusted else [])),
        )


def _limits() -> Any:
    """How much a file may unpack: a small one can hold gigabytes."""
    from pyhanko.pdf_utils.decode_limits import DecodeLimits, DecodePurpose, DocumentDecodeBudget, StreamDecodeLimits

    stream, table = StreamDecodeLimits(max_output_size=_MOST_OF_A_STREAM), StreamDecodeLimits(max_output_size=_MOST_OF_A_TABLE)
    budget = DocumentDecodeBudget(base_allowance=_MOST_OF_A_FILE, max_ratio=1)
    return DecodeLimits(stream, {DecodePurpose.XREF_STREAM: table}, document_budget=budget)


def _name(certificate: Any) -> str:
    found = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return found if isinstance(found, str) else ", ".join(found)


def _certificates(path: str, data: bytes) -> Iterator[Any]:
    from asn1crypto import pem, x509

    try:
        blocks = pem.unarmor(data, multiple=True) if pem.detect(data) else [(None, None, data)]
        for _kind, _headers, der in blocks:
            found = x509.Certificate.load(der)
            assert found.subject is not None  # what is no certificate fails only when it is looked into
            yield found
    except (ValueError, TypeError, KeyError):
        raise RepositoryError(
            _("{path} is no certificate in PEM form", path=path),
            advice(_("put the root certificate there that your certification authority publishes")),
        ) from None
