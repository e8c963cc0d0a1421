"""Nobody is asked for a key while others cannot write, and nothing is signed twice without need."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from qmsctl.acts.ending import Ending
from qmsctl.acts.keys import Signing
from qmsctl.acts.signing import Given, Paper, sign
from qmsctl.core.lifecycle.document_way import submit
from qmsctl.errors import Refusal
from qmsctl.store.signatures import ssh_keygen
from tests.acts.conftest import is_locked, occasion
from tests.desk import Desk, procedure

QT = "documents/procedures/QT-01.md"
SIGNED = Given(signing=Signing(wanted=True))


class Hand:
    """Signs as ``ssh-keygen`` does, after something else has happened."""

    def __init__(self, desk: Desk, meanwhile: Callable[[int], object]) -> None:
        self._desk, self._meanwhile, self._real = desk, meanwhile, ssh_keygen.sign
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, key: ssh_keygen.SigningKey, contents: Mapping[str, bytes], *, watched: bool = False) -> Mapping[str, bytes]:
        assert not is_locked(self._desk), "asked under the lock"
        self.asked.append(tuple(contents))
        self._meanwhile(len(self.asked))
        return self._real(key, contents, watched=watched)


def signing(desk: Desk, meanwhile: Callable[[int], object], monkeypatch: pytest.MonkeyPatch, commit: bool = False) -> Hand:
    hand = Hand(desk, meanwhile)
    monkeypatch.setattr(ssh_keygen, "sign", hand)
    done = sign(occasion(desk), ["QT-01"], SIGNED, submit, Ending(commit=commit))
    assert not done.edit.promised
    assert sum(change.path.endswith(".sig") for change in done.edit.changes) == 1
    assert desk.run("show", "QT-01", "--format", "json").json["signoffs"][0]["level"] == "signed"
    assert desk.errors() == []
    return hand


def test_signed_once_where_nothing_happens(keyed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(signing(keyed, lambda _time: None, monkeypatch).asked) == 1


def test_not_signed_again_where_others_wrote_something_else(keyed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def others(_time: int) -> None:
        keyed.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực"))
        keyed.run("submit", "QT-02", "--commit")

    hand = signing(keyed, others, monkeypatch, commit=True)
    assert len(hand.asked) == 1
    assert keyed.git("log", "-2", "--format=%s").splitlines() == ["QT-01 revision 1 submitted", "QT-02 revision 1 submitted"]


def test_signed_again_once_where_the_text_changed(keyed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = signing(keyed, lambda time: keyed.write(QT, keyed.read(QT) + "\nThêm.\n") if time == 1 else None, monkeypatch)
    assert len(hand.asked) == 2
    (folder,) = keyed.dossiers("QT-01")
    assert keyed.read(f"{folder}/QT-01.md").endswith("Thêm.\n"), "what is submitted is what was there when it was written"


def test_given_up_where_it_changes_for_ever(keyed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = Hand(keyed, lambda time: keyed.write(QT, f"{keyed.read(QT)}\nThêm {time}.\n"))
    monkeypatch.setattr(ssh_keygen, "sign", hand)
    with pytest.raises(Refusal, match="was changed since the command read it"):
        sign(occasion(keyed), ["QT-01"], SIGNED, submit, Ending())
    assert len(hand.asked) == 2
    assert not (keyed.root / "signoffs").exists()


def test_somebody_else_was_quicker(keyed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssh_keygen, "sign", Hand(keyed, lambda _time: keyed.run("submit", "QT-01")))
    with pytest.raises(Refusal):
        sign(occasion(keyed), ["QT-01"], SIGNED, submit, Ending())
    assert not list(keyed.root.glob("signoffs/**/*.sig"))


def test_paper_is_given_as_bytes(keyed: Desk) -> None:
    given = Given(by=("lan",), basis="12/QĐ", paper=Paper("tờ trình.pdf", b"%PDF-1.7\n"))
    done = sign(occasion(keyed), ["QT-01"], given, submit, Ending())
    assert (keyed.root / "attachments/decisions/tờ trình.pdf").read_bytes() == b"%PDF-1.7\n"
    (signoff,) = (each.after or b"" for each in done.edit.changes if each.path.endswith("author.lan.md"))
    assert b"entered_by: minh" in signoff
    assert b"sha256: " in signoff
