"""Time stamps of RFC 3161: asked for, answered by an authority of the test's own, and read; what cannot be read is never called false."""

from __future__ import annotations

import subprocess
from pathlib import Path
from ssl import PEM_cert_to_DER_cert

import pytest

from qmsctl.core.witness.note import Note
from qmsctl.store.signatures.timestamps import read_stamp, request

NOTE = Note("qmsctl/TA", 3, bytes(32)).encode()
_AUTHORITY = """\
[req]
distinguished_name=dn
prompt=no
[dn]
CN=Test Root
[ca]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
[tsa]
extendedKeyUsage=critical,timeStamping
keyUsage=critical,digitalSignature
basicConstraints=CA:false
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[stamp]
serial=serial
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
ess_cert_id_alg=sha256
crypto_device=builtin
"""
_MADE = (
    "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 9000 -config tsa.cnf -extensions ca",
    "req -new -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=TestTSA",
    "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -out tsa.pem -days 9000 -extfile tsa.cnf -extensions tsa",
    "ts -reply -config tsa.cnf -section stamp -queryfile note.tsq -signer tsa.pem -inkey tsa.key -out note.tsr",
    "ts -reply -config tsa.cnf -section stamp -queryfile note.tsq -signer tsa.pem -inkey tsa.key -chain root.pem -out chain.tsr",
)


def openssl(folder: Path, line: str) -> None:
    subprocess.run(["openssl", *line.split()], cwd=folder, check=True, capture_output=True)


@pytest.mark.process
def test_a_stamp_is_asked_for_answered_and_read_without_a_network(tmp_path: Path) -> None:
    pytest.importorskip("rfc3161_client")
    for name, data in (("tsa.cnf", _AUTHORITY.encode()), ("serial", b"01\n"), ("note", NOTE), ("note.tsq", request(NOTE))):
        (tmp_path / name).write_bytes(data)
    for line in _MADE:
        openssl(tmp_path, line)
    answer, roots = (tmp_path / "note.tsr").read_bytes(), {"root.pem": (tmp_path / "root.pem").read_bytes()}
    openssl(tmp_path, "ts -verify -data note -in note.tsr -CAfile root.pem")
    good = read_stamp(answer, NOTE, roots)
    assert (good.by, good.problem, good.at is not None) == ("TestTSA", None, True)
    own, root = (PEM_cert_to_DER_cert((tmp_path / name).read_text()) for name in ("tsa.pem", "root.pem"))
    chain = (tmp_path / "chain.tsr").read_bytes()
    assert own + root in chain
    in_order = chain.replace(own + root, b"".join(sorted((own, root))))
    assert read_stamp(in_order, NOTE, roots).by == "TestTSA", "not the certificate that came first"
    other = read_stamp(answer, NOTE + b"x", roots)
    assert (other.at, other.unread) == (None, False)
    spoilt = read_stamp(answer[:-20] + bytes(20), NOTE, roots)
    assert (spoilt.at, spoilt.unread) == (None, False)
    for unreadable in (b"", b"nonsense", answer[:100], b"0" * 300_000):
        found = read_stamp(unreadable, NOTE, roots)
        assert found.unread
        assert str(found.problem).startswith("it could not be read")
    assert read_stamp(answer, NOTE, {}).unread
    assert read_stamp(answer, NOTE, {"bad.pem": b"nonsense"}).unread
