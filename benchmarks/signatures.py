"""Measures ``qmsctl verify`` where every document is signed.

    python benchmarks/signatures.py --documents 500

There are three OpenSSH signatures a document, by keys that are made for it.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from generate import PEOPLE_YAML, Tree, lay_down
from run import DAY, QMSCTL, SOURCE, in_turn

sys.path.insert(0, str(SOURCE))

from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.core.keys.ssh_signature import NAMESPACE, SignatureParts
from qmsctl.core.keys.ssh_wire import wire_string

AIM = 5.0
KIND, HASH = "ssh-ed25519", "sha512"
KEYS = {person: Ed25519PrivateKey.generate() for person in ("binh", "lan", "minh")}


def public(person: str) -> PublicKey:
    """The key by which a signature of theirs is known."""
    raw = KEYS[person].public_key().public_bytes_raw()
    return PublicKey(KIND, wire_string(KIND.encode()) + wire_string(raw))


def signed(files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files, and a signature beside each sign-off."""
    for path, data in files:
        yield path, _with_keys() if path == "people.yaml" else data
        if data.startswith(b"---\ntype: signoff\n"):
            yield f"{path}.sig", _signature(path.split(".")[-2], data)


def _with_keys() -> bytes:
    people = PEOPLE_YAML
    for person in KEYS:
        email = f"email: {person}@tan-an.example,"
        people = people.replace(email, f'{email} keys: [{{key: "{public(person).text}", from: 2025-01-01}}],')
    return people.encode()


def _signature(person: str, data: bytes) -> bytes:
    """What ``ssh-keygen -Y sign -n qmsctl`` would write."""
    key = public(person)
    made = KEYS[person].sign(SignatureParts(key, NAMESPACE, HASH, KIND, b"").signed_bytes(data))
    parts = (key.blob, NAMESPACE.encode(), b"", HASH.encode(), wire_string(KIND.encode()) + wire_string(made))
    blob = b"SSHSIG" + (1).to_bytes(4, "big") + b"".join(map(wire_string, parts))
    lines = textwrap.wrap(base64.b64encode(blob).decode(), 70)
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", "")).encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "office"
        lay_down(folder, signed(Tree(chosen.documents, seed=1, signed=1).files()))
        (measured,) = in_turn(chosen.rounds, [*QMSCTL, *DAY, "-C", str(folder), "verify"])
    name = f"qmsctl verify of {3 * chosen.documents} signatures"
    print(f"{name:<40} {measured.wall:6.2f} s  (aim {AIM:g})   processor {measured.processor:.2f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
