"""What a rule says of what no text of an example can hold: a target that has gone on, a key that is too short, a signature nobody can look at."""

from __future__ import annotations

import pytest

from qmsctl.core.base import Base
from qmsctl.core.engine import run
from qmsctl.core.keys.ssh_signature import Signature
from qmsctl.mend import advice
from qmsctl.message import Message
from qmsctl.rules import load_rule
from tests.office import FakeOutside, library_of, office
from tests.test_rules import section

TYPE = """\
type: tho-khen
kind: record
label: {en: Letter of thanks, vi: Thư khen}
id: "TK-{number:3}"
folder: records/letters
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
"""
PATH = ".qms/types/tho-khen/type.yaml"
LETTER = "records/letters/TK-001.md"


def letter(title: str) -> str:
    return f"---\nid: TK-001\ntype: tho-khen\ntitle: {title}\n---\n"


def test_a_type_that_was_redefined_on_the_target_meanwhile() -> None:
    began = library_of({PATH: TYPE, LETTER: letter("A")})
    tip = library_of({PATH: TYPE.replace("Thư khen", "Khen ngợi"), LETTER: letter("A")})
    change = library_of({PATH: TYPE, LETTER: letter("B")})
    rule = load_rule("type-changed-with-records")
    (found,) = run(change.since(Base((began,), tip=tip)), [rule]).diagnostics
    assert (found.path, found.line) == (PATH, 1)
    assert str(found.message) == "the type “tho-khen” is another on the branch that TK-001 are to go to"
    assert found.mend is not None
    assert str(found.mend.hint) == "bring this branch up to date with it, so that they are judged by the definition that counts there"
    assert not run(change.since(Base((began,), tip=began)), [rule]).diagnostics


def signature_told() -> tuple[str, int, str, str]:
    """Where the rule of signatures speaks in its good example, what it says, and its mend."""
    rule = load_rule("signature-invalid")
    (found,) = run(office(section(rule.page, "Good")), [rule]).diagnostics
    assert found.mend is not None
    return found.path, found.line, str(found.message), str(found.mend)


SIGNED = "signoffs/CSCL/1-68ffcd08/approve.binh.md.sig"


def test_what_is_signed_with_a_weak_key_is_signed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsctl.core.keys.ssh_key.PublicKey.rsa_bits", 1024)
    assert signature_told() == (SIGNED, 0, "the RSA key has 1024 bits; at least 2048 are expected", "by Trần Thị Bình: qmsctl approve CSCL --again --sign")


def test_a_signature_that_cannot_be_looked_at_is_told_with_what_lets_it_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeOutside, "signature", lambda *_given: Signature(None, "", Message("not here"), advice(Message("fetch it"))))
    assert signature_told() == (SIGNED, 0, "not here", "fetch it")
