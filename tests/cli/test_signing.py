"""Sign-offs signed with OpenSSH keys: real keys, real commands, and what is refused."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desk import QMS, Desk
from tests.keys import new_key

SIGNED = QMS.replace("approve: [[director, deputy-director]]}", "approve: [[director, deputy-director]], level: signed}")


@pytest.fixture
def keys(desk: Desk, home: Path) -> Path:
    """Keys of minh, lan and binh that people.yaml knows; hoa has one it does not know."""
    for person in ("minh", "lan", "binh"):
        enrol(desk, person, new_key(home / person))
    new_key(home / "hoa")
    desk.commit("keys")
    return home


def enrol(desk: Desk, person: str, line: str, days: str = "from: 2025-01-01") -> None:
    text = desk.read("people.yaml")
    (own,) = (each for each in text.splitlines() if f"id: {person}," in each)
    desk.write("people.yaml", text.replace(own, f'{own[:-1]}, keys: [{{key: "{line}", {days}}}]}}'))


@pytest.fixture
def agent(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An agent of the test's own."""
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(home / "agent")], stdout=subprocess.DEVNULL) as running:
        monkeypatch.setenv("SSH_AUTH_SOCK", str(home / "agent"))
        while not (home / "agent").exists():
            pass
        yield
        running.terminate()


def submitted(desk: Desk, keys: Path) -> str:
    desk.run("submit", "QT-01", "--key", keys / "minh", by="minh", day="2026-01-06")
    desk.run("review", "QT-01", "--key", keys / "lan", by="lan", day="2026-01-06")
    return desk.dossiers("QT-01")[0]


def levels(desk: Desk, day: str = "2026-01-12") -> dict[str, str]:
    return {each["meaning"]: each["level"] for each in desk.run("show", "QT-01", "--format", "json", day=day).json["signoffs"]}


def test_a_key_named_by_an_option_by_git_and_in_the_agent(desk: Desk, keys: Path, agent: None) -> None:
    folder = submitted(desk, keys)
    desk.git("config", "user.signingKey", "~/binh.pub")
    said = desk.run("approve", "QT-01", "--sign", "--commit", by="binh", day="2026-01-06")
    assert said.written == [f"{folder}/approve.binh.md", f"{folder}/approve.binh.md.sig"]
    committed = desk.git("show", "--name-only", "--format=", "HEAD").splitlines()
    assert set(committed) > set(said.written)
    assert desk.git("status", "--porcelain", folder) == ""
    desk.git("config", "--unset", "user.signingKey")
    subprocess.run(["ssh-add", "-q", str(keys / "minh"), str(keys / "hoa")], check=True)
    desk.run("acknowledge", "QT-01", "--sign", by="minh", day="2026-01-12")
    assert levels(desk) == dict.fromkeys(("author", "review", "approve", "acknowledge"), "signed")
    assert desk.errors(day="2026-01-12") == []


def test_a_literal_public_key_is_signed_with_by_the_agent(desk: Desk, keys: Path, agent: None) -> None:
    subprocess.run(["ssh-add", "-q", str(keys / "minh")], check=True)
    desk.git("config", "user.signingKey", "key::" + (keys / "minh.pub").read_text().strip())
    desk.run("submit", "QT-01", "--sign", by="minh")
    assert levels(desk) == {"author": "signed"}


@pytest.mark.parametrize(
    ("options", "sentence", "mend"),
    [
        ((), "there is no key to sign with: git's user.signingKey names none, and the agent holds none of Đỗ Văn Minh", "ssh-keygen -t ed25519"),
        (("--key", "none"), "there is no key file none", "ls ~/.ssh"),
        (("--key", "people.yaml"), "people.yaml holds no key of OpenSSH", "ssh-keygen -y -f people.yaml"),
    ],
)
def test_refused_without_a_key(desk: Desk, keys: Path, options: tuple[str, ...], sentence: str, mend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.root)
    said = desk.refused("submit", "QT-01", "--sign", *options)
    assert sentence in said.err
    assert mend in said.err


def test_refused_with_a_key_that_is_not_the_signers(desk: Desk, keys: Path) -> None:
    said = desk.refused("submit", "QT-01", "--key", keys / "hoa")
    line = " ".join((keys / "hoa.pub").read_text().split()[:2])
    assert f"enter it with its first day among the “keys” of minh in people.yaml: {line}" in said.err
    said = desk.refused("submit", "QT-01", "--key", keys / "lan")
    assert "is that of Nguyễn Thị Lan, but the sign-off is by Đỗ Văn Minh [signature-key-unknown]" in said.err
    desk.lang = "vi"
    said = desk.refused("submit", "QT-01", "--key", keys / "lan")
    assert "là của Nguyễn Thị Lan, trong khi lượt xác nhận là của Đỗ Văn Minh [signature-key-unknown]" in said.err
    assert "chỉ chính Đỗ Văn Minh mới ký được cho Đỗ Văn Minh" in said.err


def test_nobody_signs_for_somebody_else(desk: Desk, keys: Path) -> None:
    submitted(desk, keys)
    said = desk.refused("approve", "QT-01", "--by", "binh", "--key", keys / "minh", by="minh")
    assert "only Trần Thị Bình can sign for Trần Thị Bình, with a key of their own" in said.err


def test_the_signer_may_use_another_ones_computer(desk: Desk, keys: Path) -> None:
    folder = submitted(desk, keys)
    desk.run("approve", "QT-01", "--by", "binh", "--key", keys / "binh", by="hoa", day="2026-01-06")
    assert "entered_by: hoa" in desk.read(f"{folder}/approve.binh.md")
    assert levels(desk)["approve"] == "signed"
    assert desk.errors() == []


def test_an_acknowledgement_of_several_people_is_signed_by_none(desk: Desk, keys: Path) -> None:
    submitted(desk, keys)
    desk.run("approve", "QT-01", by="binh", day="2026-01-06")
    said = desk.refused("acknowledge", "QT-01", "--by", "binh,lan", "--sign", by="binh", day="2026-01-12")
    assert "a signature is that of one person, but this sign-off is by several" in said.err


def test_refused_with_a_key_out_of_its_days(desk: Desk, keys: Path) -> None:
    people = desk.read("people.yaml")
    desk.write("people.yaml", people.replace("from: 2025-01-01}]}", "from: 2025-01-01, until: 2025-12-31}]}"))
    assert "the key is valid from 2025-01-01 to 2025-12-31; the sign-off is of 2026-01-06" in desk.refused("submit", "QT-01", "--key", keys / "minh").err
    desk.write("people.yaml", people.replace("from: 2025-01-01}]}", "from: 2025-01-01, revoked: 2026-01-06}]}"))
    assert "the key was revoked on 2026-01-06" in desk.refused("submit", "QT-01", "--key", keys / "minh").err
    said = desk.refused("submit", "QT-01", "--key", keys / "minh", day="2026-01-05")
    assert "was not committed before 2027-12-30" in said.err, "another day on the command line brings no key back"


def test_a_wrong_passphrase_and_a_missing_program(desk: Desk, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(desk, "hoa", new_key(keys / "locked", passphrase="open sesame"))
    desk.run("submit", "QT-01", by="minh")
    approved = ("acknowledge", "QT-01")
    for meaning, person in (("review", "lan"), ("approve", "binh")):
        desk.run(meaning, "QT-01", by=person)
    monkeypatch.delenv("DISPLAY", raising=False)
    askpass = keys / "askpass"
    askpass.write_text("#!/bin/sh\necho wrong\n")
    askpass.chmod(0o755)
    monkeypatch.setenv("SSH_ASKPASS", str(askpass))
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    said = desk.refused(*approved, "--key", keys / "locked", by="hoa", day="2026-01-12")
    assert f"the passphrase of the key {keys / 'locked'} is wrong" in said.err
    assert f"ssh-add {keys / 'locked'}" in said.err
    askpass.write_text("#!/bin/sh\necho open sesame\n")
    desk.run(*approved, "--key", keys / "locked", by="hoa", day="2026-01-12")
    only_git = keys / "bin"
    only_git.mkdir()
    git = next(Path(each, "git") for each in os.environ["PATH"].split(":") if Path(each, "git").exists())
    (only_git / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(only_git))
    said = desk.refused(*approved, "--key", keys / "lan", by="lan", day="2026-01-12")
    assert "ssh-keygen is not installed" in said.err


def test_nobody_is_asked_for_a_passphrase_in_vain(desk: Desk, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules refuse is refused before the key is touched."""
    monkeypatch.setattr("qmsctl.store.signatures.ssh_keygen.sign", lambda *_a, **_k: pytest.fail("the key was used"))
    assert desk.refused("submit", "QT-01", "--key", keys / "lan").err


def test_dry_run_shows_what_would_be_and_signs_nothing(desk: Desk, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsctl.store.signatures.ssh_keygen.sign", lambda *_a, **_k: pytest.fail("the key was used"))
    before = desk.tree()
    said = desk.run("submit", "QT-01", "--dry-run", "--key", keys / "minh")
    assert desk.tree() == before
    assert "+meaning: author" in said.out
    assert "author.minh.md would be signed with the key SHA256:" in said.err


def test_many_at_once(desk: Desk, keys: Path) -> None:
    submitted(desk, keys)
    desk.run("approve", "QT-01", "--key", keys / "binh", by="binh", day="2026-01-06")
    text = desk.read("documents/procedures/QT-01.md")
    for number in ("02", "03"):
        desk.write(f"documents/procedures/QT-{number}.md", text.replace("QT-01", f"QT-{number}").replace("trích lục", f"số {number}"))
    desk.run("submit", "QT-02", "QT-03", "--key", keys / "minh", by="minh", day="2026-01-06")
    assert len(list(desk.root.glob("signoffs/QT-0[23]/*/author.minh.md.sig"))) == 2
    assert desk.errors() == []


def test_a_level_that_is_asked_names_the_command(desk: Desk, keys: Path) -> None:
    desk.write("qms.yaml", SIGNED)
    desk.run("submit", "QT-01", by="minh")
    said = desk.refused("review", "QT-01", by="lan")
    assert "[level-too-low]" in said.err
    assert "→ by Nguyễn Thị Lan: qmsctl review QT-01 --sign" in said.err
    assert desk.refused("review", "QT-01", "--dry-run", by="lan").err
    desk.run("review", "QT-01", "--dry-run", "--key", keys / "lan", by="lan")
    desk.run("review", "QT-01", "--key", keys / "lan", by="lan")
    desk.run("approve", "QT-01", "--key", keys / "binh", by="binh")
    assert desk.errors(day="2026-01-12") == []
    (signature,) = desk.root.glob("signoffs/QT-01/*/approve.binh.md.sig")
    signature.unlink()
    assert desk.errors(day="2026-01-12") == ["level-too-low"]


def test_an_office_that_always_signs(desk: Desk, keys: Path) -> None:
    desk.write("qms.yaml", desk.read("qms.yaml") + "sign: always\n")
    assert "there is no key to sign with" in desk.refused("submit", "QT-01", by="minh").err
    desk.git("config", "user.signingKey", str(keys / "minh"))
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", "--by", "lan", "--basis", "12/PX", by="hoa")
    assert levels(desk) == {"author": "signed", "review": "entered"}, "what is entered for another cannot be signed"
    desk.git("config", "user.signingKey", str(keys / "binh"))
    desk.run("approve", "QT-01", by="binh")
    sheet = keys / "sheet.txt"
    sheet.write_text("x")
    desk.run("acknowledge", "QT-01", "--by", "lan,hoa", "--basis-file", sheet, by="binh", day="2026-01-12")
    assert not list(desk.root.glob("signoffs/QT-01/*/acknowledge*.sig"))


def test_records_are_signed_at_their_states(desk: Desk, keys: Path) -> None:
    submitted(desk, keys)
    desk.run("approve", "QT-01", by="binh", day="2026-01-06")
    desk.run("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--source", "process", "--requirement", "QT-01", day="2026-01-13", by="minh")
    nc = "records/nonconformities/NC-2026-001.md"
    desk.fill_in(nc)
    desk.write("qms.yaml", desk.read("qms.yaml").replace("review_every", "  - {from: 2025-01-01, type: nonconformity, level: signed}\nreview_every"))
    assert "qmsctl advance NC-2026-001 confirmed --sign" in desk.refused("advance", "NC-2026-001", "confirmed", by="lan", day="2026-01-13").err
    said = desk.run("advance", "NC-2026-001", "confirmed", "--key", keys / "lan", by="lan", day="2026-01-13")
    assert any(path.endswith("confirm.lan.md.sig") for path in said.written)
    said = desk.refused("advance", "NC-2026-001", "contained", "--set", "correction=Đã trả", "--sign", by="lan", day="2026-01-13")
    assert "this step asks for no sign-off, so there is nothing to sign" in said.err
    desk.run("advance", "NC-2026-001", "contained", "--set", "correction=Đã trả", by="lan", day="2026-01-13")
    assert desk.errors(day="2026-01-14") == []


def test_line_ends_of_a_checkout_change_nothing(desk: Desk, keys: Path) -> None:
    folder = submitted(desk, keys)
    desk.run("approve", "QT-01", "--key", keys / "binh", by="binh", day="2026-01-06")
    for path in (*desk.root.glob(f"{folder}/*"), *desk.root.glob("documents/**/*.md")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert set(levels(desk).values()) == {"signed"}
    assert desk.errors(day="2026-01-12") == []


def attack_altered(desk: Desk, folder: str) -> None:
    desk.write(f"{folder}/approve.binh.md", desk.read(f"{folder}/approve.binh.md") + "\nĐồng ý.\n")


def attack_moved(desk: Desk, folder: str) -> None:
    (desk.root / folder / "approve.binh.md.sig").write_bytes((desk.root / folder / "review.lan.md.sig").read_bytes())


def attack_renamed(desk: Desk, folder: str) -> None:
    (desk.root / folder / "approve.binh.md.sig").rename(desk.root / folder / "approve.bình.md.sig")


def attack_by_a_stranger(desk: Desk, folder: str) -> None:
    text = desk.read("people.yaml")
    desk.write("people.yaml", text[: text.index(", keys: [", text.index("id: binh"))] + "}" + text[text.index("\n", text.index("id: binh")) :])


@pytest.mark.parametrize(
    ("attack", "rules"),
    [
        (attack_altered, ["signature-invalid"]),
        (attack_moved, ["signature-invalid"]),
        (attack_renamed, ["signature-without-sign-off"]),
        (attack_by_a_stranger, ["signature-key-unknown"]),
    ],
)
def test_each_attack_has_its_rule(desk: Desk, keys: Path, attack: Callable[..., object], rules: list[str]) -> None:
    folder = submitted(desk, keys)
    desk.run("approve", "QT-01", "--key", keys / "binh", by="binh", day="2026-01-06")
    assert desk.errors(day="2026-01-12") == []
    attack(desk, folder)
    assert desk.errors(day="2026-01-12") == rules


def test_a_signature_made_by_hand_counts_as_well(desk: Desk, keys: Path) -> None:
    folder = submitted(desk, keys)
    desk.run("approve", "QT-01", by="binh", day="2026-01-06")
    assert levels(desk)["approve"] == "declared"
    file = str(desk.root / folder / "approve.binh.md")
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-n", "qmsctl", "-f", str(keys / "binh"), file], check=True)
    assert levels(desk)["approve"] == "signed"


def test_signed_again_with_a_key_that_is_good(desk: Desk, keys: Path, tmp_path: Path) -> None:
    """The old signature stays as a trace; what shows sign-offs says so, and no problem is found."""
    folder = submitted(desk, keys)
    desk.run("approve", "QT-01", "--key", keys / "binh", by="binh", day="2026-01-06")
    desk.edit("people.yaml", f'{{key: "{(keys / "binh.pub").read_text().strip()}", from: 2025-01-01}}', f'{{key: "{(keys / "binh.pub").read_text().strip()}", from: 2025-01-01, revoked: 2026-01-05}}, {{key: "{new_key(keys / "other")}", from: 2026-01-05}}')
    desk.today = "2026-01-08"
    desk.commit("lost")
    assert desk.errors() == ["signature-key-expired"]
    (task,) = (each for each in desk.run("todo", "--for", "binh", "--format", "json").json if each["kind"] == "sign")
    assert task["next"] == "by Trần Thị Bình: qmsctl approve QT-01 --again --sign"
    desk.git("config", "user.signingKey", str(keys / "other"))
    said = desk.run("approve", "QT-01", "--sign", "--again", by="binh")
    assert said.written == [f"{folder}/approve.binh.2.md", f"{folder}/approve.binh.2.md.sig"]
    desk.commit("signed again")
    assert desk.check() == (0, {"signature-key-expired": 1})
    assert "note: the key was revoked on 2026-01-05; the sign-off is of 2026-01-06; Trần Thị Bình signed again on 2026-01-08" in desk.run("check").out
    assert not [each for each in desk.run("todo", "--format", "json").json if each["kind"] == "sign"]
    assert desk.row("QT-01")["status"] == "approved" or desk.row("QT-01", day="2026-01-12")["status"] == "effective"
    verified = desk.run("verify", "QT-01", "--kit", tmp_path / "kit")
    assert "signed again on 2026-01-08" in verified.out
    assert "no problem found" in verified.out
    assert "; signed again on 2026-01-08 |" in (tmp_path / "kit/README.md").read_text(encoding="utf-8")
    signoffs = desk.run("verify", "QT-01", "--format", "json").json["subjects"][0]["dossiers"][0]["signoffs"]
    assert [(each["counts"], each["signed_again"]) for each in signoffs if each["meaning"] == "approve"] == [(False, "2026-01-08"), (True, None)]
    assert desk.run("show", "QT-01").out.count("signed again on 2026-01-08") == 1
    assert desk.run("history", "QT-01").out.count("signed again on 2026-01-08") == 1
    desk.refused("approve", "QT-01", "--key", keys / "other", "--again", by="binh")
