"""``tidy``: what editors leave in files is mended, and nothing else."""

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.lifecycle.tidying import tidy
from qmsctl.core.reading import parse
from qmsctl.core.text.nodes import plain
from tests.desk import Desk
from tests.office import office as library_of

LANGUAGES = pytest.mark.parametrize("lang", ["vi", "en"])
QT = "documents/procedures/QT-01.md"
SAYS = {"vi": "đã dọn", "en": "tidied"}


def spoilt(text: str) -> bytes:
    """A file as a word processor on another system may save it."""
    words = normalize("NFD", text).replace("owner:", "“owner”:").replace("effective: 2026-01-12", "effective: 12/1/2026")
    head, rest = words.removeprefix("---\n").split("\n---\n", 1)
    return b"\xef\xbb\xbf" + f"—-\n{head}\n—–\n{rest}".replace("\n", "\r\n").encode()


@LANGUAGES
def test_all_of_it_in_one_go(desk: Desk, lang: str) -> None:
    desk.lang = lang
    before = (desk.root / QT).read_bytes()
    desk.write(QT, spoilt(desk.read(QT)))
    [found] = [each for each in desk.diagnostics() if each["path"] == QT]
    assert found["mend"]["steps"][0]["text"] == f"qmsctl tidy {QT}"
    assert desk.run("tidy", QT, "--dry-run").out.count("+owner: unit-head") == 1
    assert (desk.root / QT).read_bytes() != before
    said = desk.run("tidy", QT)
    assert SAYS[lang] in said.err
    assert said.written == [QT]
    assert (desk.root / QT).read_bytes() == before
    assert desk.run("tidy", QT).written == []


@LANGUAGES
def test_one_message_for_a_file_with_letters_taken_apart(desk: Desk, lang: str) -> None:
    desk.lang = lang
    desk.write(QT, normalize("NFD", desk.read(QT)))
    found = [each for each in desk.diagnostics() if each["path"] == QT and each["severity"] == "error"]
    assert {each["rule"] for each in found} == {"text-not-nfc"}
    assert all(f"qmsctl tidy {QT}" in each["mend"]["steps"][0]["text"] for each in found)
    desk.run("tidy", QT)
    assert desk.errors() == []


def test_addresses_and_days_of_the_configuration(desk: Desk) -> None:
    before = desk.read("people.yaml")
    desk.write("people.yaml", before.replace("email: lan@tan-an.example", "email: “lan@tan-an.example”").replace("minh@home.example", "'“minh@home.example”'").replace("from: 2025-01-01", "from: 01/01/2025"))
    desk.run("tidy", "people.yaml")
    assert desk.read("people.yaml").replace("'", "") == before


def test_days_of_data_blocks(office: Desk) -> None:
    office.run("new", "equipment", "--title", "Cân", "--set", "kind=it", "--set", "serial=C-1", "--set", "location=Kho", "--set", "owner=hoa", "--set", "unit=mot-cua")
    path = office.path_of("TB-001")
    office.run("set", "TB-001", "calibration+={date: 20/5/2026, result: pass, note: ngày 20/05/2026}")
    clean = office.read(path)
    office.write(path, clean.replace("date: 2026-05-20", "“date”: 20/5/2026"))
    office.run("tidy", path)
    assert office.read(path) == clean


def test_an_office_that_writes_the_year_first_keeps_its_days(desk: Desk) -> None:
    desk.edit("qms.yaml", "language: vi\n", "language: vi\ndates: iso\n")
    desk.edit(QT, "effective: 2026-01-12", "effective: 12/01/2026")
    assert desk.run("tidy", QT).written == []


@LANGUAGES
def test_what_a_sign_off_binds_keeps_its_bytes(settled: Desk, lang: str) -> None:
    settled.lang = lang
    said = settled.refused("tidy", QT)
    assert 'qmsctl revise QT-01 --change "…"' in said.err
    assert 'qmsctl reopen NC-2026-001 --reason "…"' in settled.refused("tidy", settled.path_of("NC-2026-001")).err
    for path in settled.root.glob("signoffs/QT-01/*/*.md"):
        settled.refused("tidy", path.relative_to(settled.root))


def test_a_submitted_text_is_returned_first(desk: Desk) -> None:
    desk.run("submit", "QT-01")
    assert 'qmsctl return QT-01 --comment "…"' in desk.refused("tidy", QT).err


@LANGUAGES
@pytest.mark.parametrize("path", ["README.md", "none.md", "attachments/x.csv", "/etc/hosts", "documents/procedures"])
def test_only_files_of_the_system(desk: Desk, lang: str, path: str) -> None:
    desk.lang = lang
    desk.write("README.md", "x\r\n")
    desk.refused("tidy", path, code=2)


def test_what_is_not_utf_8_is_told(desk: Desk) -> None:
    desk.write(QT, desk.read(QT).encode("utf-16"))
    assert "UTF-8" in desk.refused("tidy", QT).err


def test_a_file_is_named_as_seen_from_here_or_as_messages_name_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(QT, desk.read(QT).replace("\n", "\r\n"))
    monkeypatch.chdir(desk.root / "documents")
    assert desk.run("tidy", "procedures/QT-01.md").written == [QT]
    desk.write(QT, desk.read(QT).replace("\n", "\r\n"))
    assert desk.run("tidy", Path(QT)).written == [QT]


WORDS = st.text(st.sampled_from("aếo\u0302\u0323 “”‘’«»—–-:#/0129.,x@\n\t'\"{}[]|>&*!%`~"), max_size=60)
FRONT = "---\nid: QT-07\ntype: procedure\ntitle: a\n"


@given(WORDS, WORDS, st.sampled_from(["title", "change", "“owner”", "effective"]))
def test_what_a_file_says_stays(value: str, body: str, key: str) -> None:
    """Parsed values are those from before, but for composed letters, keys without marks, and days."""
    path = "documents/procedures/QT-07.md"
    text = f"{FRONT}{key}: {value.splitlines()[0] if value.strip() else 'x'}\n---\n\n# a\n\n{body}\n"
    library = library_of(f"```md {path}\n{text}```\n") if "```" not in text else None
    if library is None or path not in library.files:
        return
    data = library.outside.read(path)
    before = parse(path, data, library.types)
    after = parse(path, tidy(library, path).changes[0].after or b"", library.types)
    if before.fields is None:
        return
    assert after.fields is not None
    told = {normalize("NFC", name).strip("“”‘’«»"): plain(node) for name, node in before.fields.entries.items()}
    for name, node in after.fields.entries.items():
        was, now = told[name.strip("“”‘’«»")], plain(node)
        if isinstance(was, str) and name == "effective":
            assert isinstance(now, str)
            assert now in (normalize("NFC", was), library.config.writing.filed_day(was))
        else:
            assert str(now) == normalize("NFC", str(was))


def test_what_comes_to_light_in_a_file_that_can_be_read_again_does_not_hinder(desk: Desk) -> None:
    text = desk.read(QT).replace("owner: unit-head", "owner: nobody")
    desk.write(QT, "—-" + text.removeprefix("---"))
    assert desk.run("tidy", QT).written == [QT]
    assert desk.errors() == ["field-invalid"]


def test_a_file_may_be_named_by_its_id(desk: Desk) -> None:
    desk.write(QT, desk.read(QT).replace("owner:", "“owner”:"))
    assert desk.run("tidy", "QT-01").written == [QT]
    assert "\nowner:" in desk.read(QT)
