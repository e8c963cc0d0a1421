"""Keys and signature files are read strictly, and nothing that stands in them raises."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.keys.ssh_key import PublicKey, read_key
from qmsctl.core.keys.ssh_signature import SignatureRefused, read_signature
from qmsctl.core.keys.ssh_wire import WireReader, WireRefused, wire_string
from tests.keys import KIND, armoured, framed, public


def line(kind: str, *parts: bytes) -> str:
    return f"{kind} {base64.b64encode(b''.join(map(wire_string, (kind.encode(), *parts)))).decode()}"


ED = public("binh").body().string()
POINT = b"\x04" + bytes(64)


@pytest.mark.parametrize(
    "text",
    [
        line(KIND, ED),
        line(KIND, ED) + " binh@tan-an with a comment",
        line("ecdsa-sha2-nistp256", b"nistp256", POINT),
        line("sk-ssh-ed25519@openssh.com", ED, b"ssh:"),
        line("sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", POINT, b"ssh:"),
        line("ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xff" * 256),
    ],
)
def test_a_key_is_read_whatever_its_kind(text: str) -> None:
    found = read_key(text)
    assert found is not None
    assert text.startswith(found.text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        KIND,
        f"{KIND} ",
        "ssh-dss AAAAB3NzaC1kc3M=",
        line(KIND, ED[:-1]),
        line(KIND, ED, b"more"),
        line(KIND, ED) + "=",
        line(KIND, ED).replace(KIND, "ssh-rsa", 1),
        line("ssh-rsa", b"\x01\x00\x01", b"\x7f" * 64),
        line("ssh-rsa", b"\x00\x01", b"\x00" + b"\xff" * 256),
        line("ecdsa-sha2-nistp256", b"nistp384", POINT),
        line("ssh-ed25519-cert-v01@openssh.com", ED),
        'from="10.0.0.1" ' + line(KIND, ED),
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    ],
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert read_key(text) is None


def test_fingerprint_and_length() -> None:
    key = PublicKey(KIND, wire_string(KIND.encode()) + wire_string(bytes(32)))
    assert key.fingerprint == "SHA256:kmYcvdi2GkPeWxB6XLjrZB8JHsy2Hm8luHMFp9GMvqk"
    assert key.rsa_bits is None
    found = read_key(line("ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xff" * 256))
    assert found is not None
    assert found.rsa_bits == 2048


@given(st.text())
def test_no_text_makes_the_reader_of_keys_raise(text: str) -> None:
    assert read_key(text) is None
    assert read_key(f"{KIND} {text}") is None


@given(st.binary())
def test_bytes_are_a_signature_or_refused(data: bytes) -> None:
    for each in (data, armoured(data), armoured(framed(data, data))):
        with pytest.raises(SignatureRefused):
            read_signature(each)


@given(st.lists(st.binary(max_size=40)))
def test_strings_come_back_as_they_were_written(parts: list[bytes]) -> None:
    reader = WireReader(b"".join(map(wire_string, parts)))
    assert [reader.string() for _part in parts] == parts
    reader.end()
    with pytest.raises(WireRefused):
        reader.take(1)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x80", b"\x00\x7f", b"\x00\x00\x80"])
def test_a_number_is_positive_and_as_short_as_it_can_be(data: bytes) -> None:
    with pytest.raises(WireRefused):
        WireReader(wire_string(data)).number()
