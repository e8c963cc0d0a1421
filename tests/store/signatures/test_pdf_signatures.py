"""Signed PDFs: a throw-away authority signs, and the file says so, or that it was altered, or that nobody knows the root."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zlib import compress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from qmsctl.errors import RepositoryError
from qmsctl.store.signatures.pdf_signatures import PdfReader
from tests.desk import Desk

DAY = datetime(2026, 1, 6, tzinfo=UTC)
SIGNER = "Trần Thị Bình"


class Authority:
    """A root and the certificates it gives."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.root = self.certificate(name, self.key, is_root=True)

    def certificate(self, name: str, key: ec.EllipticCurvePrivateKey, *, is_root: bool = False) -> x509.Certificate:
        usage = {"content_commitment": not is_root, "digital_signature": not is_root, "key_cert_sign": is_root, "crl_sign": is_root}
        others = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False)
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(DAY - timedelta(days=30))
            .not_valid_after(DAY + timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage, **others), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)


def plain_pdf() -> bytes:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

    writer, out = PdfFileWriter(), BytesIO()
    contents = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    box = generic.ArrayObject([generic.NumberObject(each) for each in (0, 0, 595, 842)])
    writer.insert_page(PageObject(contents=contents, media_box=box))
    writer.write(out)
    return out.getvalue()


def with_table(entries: bytes, rest: bytes = b"", *, size: int) -> bytes:
    """A PDF whose table of objects is a stream of these ``entries`` of three bytes, after the objects ``rest``."""
    packed = compress(entries, 9)
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/AcroForm 2 0 R>>\nendobj\n" + rest
    table = b"9 0 obj\n<</Type/XRef/Size %d/W[1 2 0]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n" % (size, len(packed))
    return head + table + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def object_bomb(size: int) -> bytes:
    """A PDF whose form lies in a packed stream of objects with ``size`` blanks in it."""
    packed = compress(b"2 0 <</Fields[]/SigFlags 3>>" + b" " * size, 9)
    stream = b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    at = len(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/AcroForm 2 0 R>>\nendobj\n")
    entries = b"".join((b"\0\0\0", b"\1\0\x09", b"\2\0\3", b"\1" + at.to_bytes(2, "big")))
    return with_table(entries, stream, size=4)


BOMBS = {
    "objects": lambda: object_bomb(200 << 20),
    "table": lambda: with_table(bytes(300 << 20), size=100 << 20),
    "table that is longer than it says": lambda: with_table(bytes(300 << 20), size=4),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_unpacks_to_gigabytes_is_refused_without_the_memory(name: str) -> None:
    data = BOMBS[name]()
    assert len(data) < 1 << 20
    reader = PdfReader.ready({})
    assert reader is not None
    reader.seals(plain_pdf(), DAY)
    tracemalloc.start()
    try:
        found = reader.seals(data, DAY)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.problem is not None
    assert peak < 64 << 20


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a file of Word", b"%PD", b" " * 1024 + b"%PDF-1.7"])
def test_what_is_no_pdf_is_said_in_our_words(data: bytes) -> None:
    reader = PdfReader.ready({})
    assert reader is not None
    assert str(reader.seals(data, DAY).problem) == "the file is no PDF"


def test_a_form_in_a_packed_stream_is_read() -> None:
    reader = PdfReader.ready({})
    assert reader is not None
    found = reader.seals(object_bomb(1000), DAY)
    assert found.problem is None
    assert not found.seals


def signed_pdf(authority: Authority, data: bytes, field: str = "S1") -> bytes:
    from asn1crypto import keys
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = ec.generate_private_key(ec.SECP256R1())
    own, root = (Certificate.load(each.public_bytes(Encoding.DER)) for each in (authority.certificate(SIGNER, key), authority.root))
    known = SimpleCertificateStore()
    known.register(root)
    secret = keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    signer = signers.SimpleSigner(signing_cert=own, signing_key=secret, cert_registry=known)
    made = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), signers.PdfSignatureMetadata(field_name=field), signer=signer)
    return bytes(made.getvalue())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("Tổ chức chứng thực thử nghiệm")


@pytest.fixture(scope="module")
def signed(authority: Authority) -> bytes:
    return signed_pdf(authority, plain_pdf())


def reader(*roots: bytes) -> PdfReader:
    found = PdfReader.ready({f".qms/roots/{number}.pem": root for number, root in enumerate(roots)})
    assert found is not None
    return found


def test_sound(authority: Authority, signed: bytes) -> None:
    (seal,) = reader(authority.pem).seals(signed, DAY).seals
    assert (seal.signer, seal.intact, seal.whole, seal.trusted, seal.stamped) == (SIGNER, True, True, True, False)
    assert seal.at is not None
    assert [str(each) for each in seal.unchecked] == [
        "whether the certificate had been revoked was not looked up, for that needs the network"
    ]


def test_a_root_nobody_knows(authority: Authority, signed: bytes, caplog: pytest.LogCaptureFixture) -> None:
    for roots in ((), (Authority("another").pem,)):
        (seal,) = reader(*roots).seals(signed, DAY).seals
        assert (seal.holds, seal.trusted) == (True, False)
    assert not caplog.records, "what the library says to itself is nobody's business"


def test_the_certificate_had_run_out(authority: Authority, signed: bytes) -> None:
    (seal,) = reader(authority.pem).seals(signed, DAY + timedelta(days=31)).seals
    assert not seal.trusted


def test_altered(authority: Authority, signed: bytes) -> None:
    (seal,) = reader(authority.pem).seals(signed.replace(b"595 842", b"596 842"), DAY).seals
    assert (seal.intact, seal.trusted) == (False, False)


def test_something_added(authority: Authority, signed: bytes) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, out = IncrementalPdfFileWriter(BytesIO(signed)), BytesIO()
    page = writer.root["/Pages"]["/Kids"].raw_get(0).get_object()
    page["/MediaBox"] = generic.ArrayObject([generic.NumberObject(each) for each in (0, 0, 100, 100)])
    writer.update_container(page)
    writer.write(out)
    (seal,) = reader(authority.pem).seals(out.getvalue(), DAY).seals
    assert (seal.intact, seal.whole, seal.holds) == (True, False, False)


def test_two_who_signed_one_after_the_other(authority: Authority, signed: bytes) -> None:
    seals = reader(authority.pem).seals(signed_pdf(authority, signed, "S2"), DAY)
    assert [each.holds for each in seals.seals] == [True, True]
    assert seals.hold


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no pdf", b"%PDF-1.7\n" + b"[" * 5000, bytes(100)])
def test_what_is_no_pdf_says_so(data: bytes) -> None:
    found = reader().seals(data, DAY)
    assert found.problem is not None
    assert not found.hold, "what could not be looked at is not sound"


def test_no_signature(authority: Authority) -> None:
    assert reader().seals(plain_pdf(), DAY).seals == ()


@pytest.mark.parametrize("data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_root_that_is_none(data: bytes) -> None:
    with pytest.raises(RepositoryError, match="is no certificate"):
        reader(data)


def test_verify_shows_it(desk: Desk, authority: Authority, signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = desk.root.parent / "QD.pdf"
    paper.write_bytes(signed)
    desk.write(".qms/roots/ca.pem", authority.pem)
    desk.run("adopt", "QT-01", "--basis", "12/QĐ", "--basis-date", "2026-01-05", "--basis-file", paper, by="binh")
    desk.commit("adopted")
    said = desk.run("verify")
    assert f"digital signature of {SIGNER}: intact, at " in said.out
    assert "its certificate leads to a root of the office" in said.out
    assert desk.check()[0] == 0
    (basis,) = (s["basis"] for s in desk.run("verify", "--format", "json").json["subjects"][0]["dossiers"][0]["signoffs"])
    assert basis["pdf_signatures"][0]["trusted"]
    broken = signed.replace(b"595 842", b"596 842")
    paper.write_bytes(broken)
    desk.git("rm", "-rfq", "signoffs", "attachments")
    desk.run("adopt", "QT-01", "--basis", "12/QĐ", "--basis-date", "2026-01-05", "--basis-file", paper, by="binh")
    assert "BROKEN: the file was altered after signing" in desk.run("verify", code=1).out
    monkeypatch.setattr(PdfReader, "ready", classmethod(lambda _cls, _roots: None))
    assert "pip install 'qmsctl[pdf-signatures]'" in desk.run("verify").err
