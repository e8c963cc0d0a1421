"""What is valid here is valid to ``ssh-keygen``, and what ``ssh-keygen`` makes is valid here."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qmsctl.core.keys.ssh_key import key_of_bytes, read_key
from qmsctl.core.keys.ssh_signature import NAMESPACE
from qmsctl.core.keys.ssh_wire import wire_string
from qmsctl.store.signatures.ssh_signatures import verify
from tests.keys import KIND, armoured, framed, new_key, public, secret, signature, to_sign

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")

DATA = "---\ntype: signoff\nby: binh\n---\nĐồng ý.\n".encode()
KINDS = {
    "ed25519": ("-t", "ed25519"),
    "rsa": ("-t", "rsa", "-b", "2048"),
    "ecdsa256": ("-t", "ecdsa", "-b", "256"),
    "ecdsa384": ("-t", "ecdsa", "-b", "384"),
    "ecdsa521": ("-t", "ecdsa", "-b", "521"),
}


def keygen_accepts(data: bytes, armour: bytes, folder: Path) -> bool:
    file = folder / "s.sig"
    file.write_bytes(armour)
    command = ["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(file)]
    return subprocess.run(command, input=data, capture_output=True, check=False).returncode == 0


def holds(data: bytes, armour: bytes) -> bool:
    found = verify(data, armour)
    return found.problem is None and found.namespace == NAMESPACE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signatures")


@pytest.mark.process
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("used", ["sha256", "sha512"])
def test_what_ssh_keygen_signs(kind: str, used: str, tmp_path: Path) -> None:
    line = new_key(tmp_path / "key", *KINDS[kind])
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-O", f"hashalg={used}", "-f", str(tmp_path / "key")]
    made = subprocess.run(command, input=DATA, capture_output=True, check=True).stdout
    found = verify(DATA, made)
    assert found.problem is None
    assert found.namespace == NAMESPACE
    assert found.key == read_key(line)
    listed = subprocess.run(["ssh-keygen", "-l", "-f", str(tmp_path / "key.pub")], capture_output=True, check=True).stdout
    assert found.key is not None
    assert found.key.fingerprint in listed.decode()
    assert verify(DATA + b" ", made).problem is not None


def on_hardware(kind: str, flags: bytes = b"\x01") -> bytes:
    """A signature as a FIDO2 key makes it: of digests, its flags and its counter."""
    counted = flags + (7).to_bytes(4, "big")
    message = hashlib.sha256(b"ssh:").digest() + counted + hashlib.sha256(to_sign(DATA)).digest()
    if kind.startswith("sk-ssh"):
        key = wire_string(kind.encode()) + wire_string(public("sk").body().string()) + wire_string(b"ssh:")
        value = secret("sk").sign(message)
    else:
        private = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        key = b"".join(map(wire_string, (kind.encode(), b"nistp256", point, b"ssh:")))
        numbers = decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256())))
        value = b"".join(wire_string(each.to_bytes(each.bit_length() // 8 + 1, "big")) for each in numbers)
    return armoured(framed(key, wire_string(kind.encode()) + wire_string(value) + counted))


@pytest.mark.parametrize("kind", ["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"])
def test_security_keys(kind: str, folder: Path) -> None:
    made = on_hardware(kind)
    assert holds(DATA, made)
    assert keygen_accepts(DATA, made, folder)
    found = verify(DATA, made).key
    assert found is not None
    assert found.is_on_hardware
    assert not holds(DATA + b"x", made)


def test_another_purpose_is_told_and_does_not_hold() -> None:
    found = verify(DATA, signature("binh", DATA, "git"))
    assert (found.problem, found.namespace) == (None, "git")


@cache
def _parts() -> tuple[bytes, bytes, bytes]:
    sound = secret("binh").sign(to_sign(DATA))
    return public("binh").blob, wire_string(KIND.encode()) + wire_string(sound), sound


def variants() -> Iterator[tuple[str, bytes]]:
    """Signatures that are nearly right."""
    key, value, sound = _parts()
    whole = framed(key, value)
    kind = wire_string(KIND.encode())
    yield "as it is", armoured(whole)
    yield "something after it", armoured(whole + b"\0")
    yield "something missing", armoured(whole[:-1])
    yield "another version", armoured(whole.replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2"))
    yield "another magic", armoured(whole.replace(b"SSHSIG", b"SSHSIX"))
    yield "reserved used", armoured(framed(key, value, reserved=b"x"))
    yield "no namespace", armoured(framed(key, value, namespace=""))
    yield "md5", armoured(framed(key, kind + wire_string(secret("binh").sign(to_sign(DATA, used="md5"))), used="md5"))
    yield "sha1", armoured(framed(key, kind + wire_string(secret("binh").sign(to_sign(DATA, used="sha1"))), used="sha1"))
    yield "SHA512 in capitals", armoured(framed(key, kind + wire_string(secret("binh").sign(to_sign(DATA))), used="SHA512"))
    yield "more after the value", armoured(framed(key, value + b"\0"))
    yield "the value too long", armoured(framed(key, kind + wire_string(sound + b"\0")))
    yield "the value empty", armoured(framed(key, kind + wire_string(b"")))
    yield "another algorithm named", armoured(framed(key, wire_string(b"ssh-rsa") + wire_string(sound)))
    yield "a key with something after it", armoured(framed(key + b"\0", value))
    yield "another key", armoured(framed(public("lan").blob, value))
    text = armoured(whole)
    yield "CRLF", text.replace(b"\n", b"\r\n")
    yield "a line before", b"\n" + text
    yield "a line after", text + b"by Binh\n"
    yield "no last line end", text.removesuffix(b"\n")
    yield "no end", text.replace(b"-----END SSH SIGNATURE-----\n", b"")
    yield "blanks inside", text.replace(b"\n", b"\n \t", 2)
    yield "an empty line inside", text.replace(b"\n", b"\n\n", 1)
    yield "padding of its own", text.replace(b"\n-----END", b"=\n-----END")
    yield "two of them", text + text
    yield "other words", text.replace(b"SSH SIGNATURE", b"PGP SIGNATURE")
    yield "a lower-case frame", text.lower()
    yield "a zero byte", text.replace(b"\n", b"\0\n", 2)


@pytest.mark.parametrize(("what", "armour"), [pytest.param(*each, id=each[0]) for each in variants()])
def test_stricter_than_ssh_keygen_never_laxer(what: str, armour: bytes, folder: Path) -> None:
    ours, theirs = holds(DATA, armour), keygen_accepts(DATA, armour, folder)
    assert theirs or not ours, what
    assert ours == (what in ("as it is", "no last line end"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.binary(max_size=3), st.integers(0, 3))
@example(0, b"", 0)
def test_any_edit_of_the_bytes_agrees_with_ssh_keygen(folder: Path, place: int, put: bytes, taken: int) -> None:
    key, value, _sound = _parts()
    whole = framed(key, value)
    place %= len(whole)
    edited = whole[:place] + put + whole[place + taken :]
    ours = holds(DATA, armoured(edited))
    assert ours == (edited == whole)
    assert keygen_accepts(DATA, armoured(edited), folder) or not ours


def test_a_changed_text_never_holds() -> None:
    armour = signature("binh", DATA)
    for place in range(len(DATA)):
        assert not holds(DATA[:place] + bytes([DATA[place] ^ 1]) + DATA[place + 1 :], armour)


def test_keys_are_compared_by_their_bytes() -> None:
    assert key_of_bytes(public("binh").blob) == public("binh")
    assert public("binh") != public("lan")


@pytest.mark.parametrize("namespace", ["qmsctl", "qmsctl-fleet"])
def test_a_weak_key_proves_nothing_to_anybody(namespace: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsctl.core.keys.ssh_key.PublicKey.rsa_bits", 1024)
    found = verify(b"a", signature("lan", b"a", namespace))
    assert (found.namespace, str(found.problem)) == (namespace, "the RSA key has 1024 bits; at least 2048 are expected")
