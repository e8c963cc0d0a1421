"""What people do on the page: read, show, do; and what they cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qmsctl.errors import RepositoryError
from qmsctl.message import _
from qmsctl.store.loading import locate
from qmsctl.store.writing.lock import Lock, Waiting
from qmsctl.store.writing.state import make_state_folder
from qmsctl.web import acting
from qmsctl.web.deeds import DEEDS
from tests.desk import Desk, procedure
from tests.web.browser import HERE, HOST, SILENCE, Answer, Browser
from tests.web.conftest import Sit

QT = "documents/procedures/QT-01.md"
APPROVE = "/do/approve/QT-01"

pytestmark = pytest.mark.process


@pytest.fixture
def submitted(desk: Desk) -> Desk:
    """QT-01 waits for its approval."""
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    desk.commit("submitted")
    return desk


def shown(browser: Browser, path: str, **given: str) -> Answer:
    """The form at ``path``, filled in and shown."""
    form = browser.get(path)
    assert form.code == 200, form.words
    names = {name.rpartition(".")[2].replace("-", "_"): name for name, _value in form.form().pairs}
    answer = browser.send(form.form(), {names.get(key, key): value for key, value in given.items()})
    assert answer.code == 200, answer.words
    return answer


def done(browser: Browser, preview: Answer, **given: str) -> Answer:
    """The button of a preview."""
    answer = browser.send(preview.form("do"), given)
    assert answer.code == 200, answer.words
    return answer


def test_an_approval_from_the_first_page_to_its_commit(submitted: Desk, sit: Sit) -> None:
    browser = sit(submitted, "binh")
    home = browser.get("/")
    assert "Trần Thị Bình, Chủ tịch" in re.sub(r"\s+", " ", home.words).replace(" ,", ",")
    assert f'href="{APPROVE}"' in home.text
    preview = shown(browser, APPROVE, comment="Đồng ý")
    assert "qmsctl approve QT-01 --comment" in preview.words
    assert all(f"cd {submitted.root}" in each.words for each in (home, preview))
    assert "Chủ tịch" in preview.words
    assert "declared" in preview.words
    assert submitted.git("status", "--porcelain") == "", "what is shown is not written"
    answer = done(browser, preview, vow="yes")
    assert "in force from 2026-01-12" in answer.words
    assert submitted.git("log", "-1", "--format=%s %an").strip() == "QT-01 revision 1 approved Trần Thị Bình"
    assert submitted.git("status", "--porcelain") == ""
    assert submitted.errors() == []


def test_who_signs_is_said_once_more(submitted: Desk, sit: Sit) -> None:
    browser = sit(submitted, "binh")
    preview = shown(browser, APPROVE)
    assert "I am Trần Thị Bình, and sign in the role of Chủ tịch" in preview.words
    answer = browser.send(preview.form("do"))
    assert answer.code == 422
    assert "tick the box" in answer.words
    assert submitted.git("status", "--porcelain") == ""


def test_the_judge_is_the_same(submitted: Desk, sit: Sit) -> None:
    browser = sit(submitted, "minh")
    answer = browser.send(browser.get(APPROVE).form())
    assert answer.code == 422
    said = submitted.refused("approve", "QT-01", by="minh").err
    assert "approved-by-author" in said
    assert "approved-by-author" in answer.words
    assert submitted.git("status", "--porcelain") == ""


def test_a_return_needs_its_reason(submitted: Desk, sit: Sit) -> None:
    browser = sit(submitted, "binh")
    form = browser.get("/do/return/QT-01").form()
    assert form.needed == {"option.comment"}
    assert browser.send(form).code == 422
    done(browser, shown(browser, "/do/return/QT-01", comment="Bước B2 chưa rõ"))
    assert submitted.row("QT-01")["draft_status"] == "returned"


def test_what_has_changed_since_it_was_shown_is_not_done(submitted: Desk, sit: Sit) -> None:
    browser = sit(submitted, "binh")
    preview = shown(browser, APPROVE)
    submitted.edit(QT, "time: 4h", "time: 5h")
    submitted.run("submit", "QT-01", "--commit", by="minh")
    submitted.run("review", "QT-01", "--commit", by="lan")
    submitted.sit("binh")
    before = submitted.tree()
    answer = browser.send(preview.form("do"), {"vow": "yes"})
    assert answer.code == 409
    assert "since this was shown something has changed" in answer.words
    assert submitted.tree() == before
    done(browser, answer, vow="yes")


def test_who_changed_it_is_named(office: Desk, sit: Sit) -> None:
    office.run("nc", "log", "Chậm", "--severity", "minor", "--requirement", "QT-01", "--description", "Thấy", "--commit", by="minh")
    browser = sit(office, "minh")
    preview = shown(browser, "/do/set/NC-2026-001?option.want=severity", severity="major")
    office.run("set", "NC-2026-001", "owner=hoa", "--commit", by="tuan")
    office.sit("minh")
    answer = browser.send(preview.form("do"))
    assert answer.code == 409
    assert "was changed by Vũ Anh Tuấn" in answer.words
    assert "severity: minor" in office.read("records/nonconformities/NC-2026-001.md")
    done(browser, answer)
    text = office.read("records/nonconformities/NC-2026-001.md")
    assert "severity: major" in text
    assert "owner: hoa" in text


def test_a_form_that_is_sent_twice_does_it_once(office: Desk, sit: Sit) -> None:
    browser = sit(office, "minh")
    preview = shown(browser, "/do/nc-log", title="Ba hồ sơ trả quá hẹn", requirement="QT-01", description="Thấy ở một cửa")
    assert "NC-2026-001" in preview.words
    answer = done(browser, preview)
    assert 'href="/item/NC-2026-001"' in answer.text
    assert browser.send(preview.form("do")).code == 409
    assert not (office.root / "records/nonconformities/NC-2026-002.md").exists()


def test_a_form_of_another_page_or_run_does_nothing(submitted: Desk, sit: Sit) -> None:
    browser = sit(submitted, "binh")
    preview = shown(browser, APPROVE).form("do")
    for token in ("", "x", browser.get("/do/return/QT-01").form().inputs["token"]):
        assert browser.send(preview, {"token": token, "vow": "yes"}).code == 403
    assert sit(submitted, "binh").send(preview, {"vow": "yes"}).code == 403
    assert submitted.git("status", "--porcelain") == ""


def test_a_page_to_read_does_nothing(submitted: Desk, sit: Sit) -> None:
    keen = sit(submitted, "binh")
    browser = sit(submitted, "binh", read_only=True)
    page = browser.get(APPROVE)
    assert "<button" not in page.text.partition("<main")[2]
    assert not browser.get("/item/QT-01").text.count('href="/do/')
    pairs = shown(keen, APPROVE).form("do").pairs
    assert browser.post(APPROVE, pairs).code == 403
    assert browser.post("/sync").code == 403


def test_while_others_write_the_page_says_who(submitted: Desk, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "PATIENCE", 0.0)
    browser = sit(submitted, "binh")
    preview = shown(browser, APPROVE)
    place = locate(submitted.root)
    assert place.root
    with Lock(make_state_folder(place.root, place.git) / "lock", Waiting("tidy")):
        answer = browser.send(preview.form("do"), {"vow": "yes"})
    assert answer.code == 422
    assert "Another qmsctl command is writing here: tidy" in answer.words
    done(browser, preview, vow="yes")


def test_evidence_is_kept_with_its_bytes(office: Desk, sit: Sit) -> None:
    office.run("nc", "log", "Chậm", "--severity", "minor", "--requirement", "QT-01", "--description", "Thấy", "--commit", by="minh")
    browser = sit(office, "minh")
    data = bytes(range(256)) * 9
    form = browser.get("/do/attach/NC-2026-001").form()
    preview = browser.send(form, files={"file.": ("C:\\Ảnh\\ảnh một cửa.png", data)})
    assert "attachments/NC-2026-001/ảnh một cửa.png" in preview.words
    done(browser, preview)
    assert (office.root / "attachments/NC-2026-001/ảnh một cửa.png").read_bytes() == data
    (link,) = re.findall(r'href="(/file/[^"]+)"', browser.get("/item/NC-2026-001").text)
    kept = browser.get(link)
    assert kept.body == data
    assert kept.headers["content-disposition"].startswith("attachment;")
    assert kept.headers["content-type"] == "application/octet-stream"
    for path in ("/file/qms.yaml", "/file/attachments/../qms.yaml", "/file/attachments/..%2fqms.yaml", "/file/.git/config", "/file/attachments/NC-2026-001"):
        assert browser.get(path).code == 404, path
    assert office.errors() == []


NAMES = ("../../qms.yaml", "..", ".gitattributes", "a\nb.png", "con.txt", "\u202egpj.exe", "x" * 300, "ế" * 90, "a.pdf.", "a:b", "a|b")
NO_NAMES = NAMES[4:]
"""Some of them that no file may have here."""
ADDRESSES = (
    "/item/..%2f..%2fqms.yaml", "/item/%2e%2e/qms.yaml", "/report/..%2fx", "/report/document/QT-01/..%2f", "/do/../x", "/do/approve/..", "/do/advance/QT-01/<script>",
    "/item/<script>alert(1)<%2fscript>", "/do/new/%00", "/search?q=%00<b>",
)


def test_no_name_of_a_file_leads_out(office: Desk, sit: Sit) -> None:
    office.run("nc", "log", "Chậm", "--severity", "minor", "--requirement", "QT-01", "--description", "Thấy", "--commit", by="minh")
    browser = sit(office, "minh")
    before = office.tree()
    for name in NAMES:
        answer = browser.send(browser.get("/do/attach/NC-2026-001").form(), files={"file.": (name.replace("\n", "%0A"), b"x")})
        assert (answer.code, name in NO_NAMES) in ((200, False), (422, False), (422, True)), "what is shown can be done"
        if answer.code == 200:
            assert "attachments/NC-2026-001/" in answer.words
    assert office.tree() == before


def test_a_form_without_its_subject_and_half_a_request_are_told(office: Desk, sit: Sit) -> None:
    browser = sit(office, "minh")
    for path in ("/do/", "/item/", "/report/", "/file/"):
        assert browser.get(path).code == 404
    for name, deed in DEEDS.items():
        answer = browser.send(browser.get(f"/do/{name}").form())
        assert (answer.code in (200, 422), deed.verb, "qmsctl: " in answer.words) == (True, deed.verb, False)
    headers = {"host": HOST, "origin": HERE, "content-type": "multipart/form-data; boundary=B"}
    browser.app._patience = 0.05  # type: ignore[attr-defined]
    assert browser.ask("POST", "/do/set/QT-01", headers, [b"--B\r\n", SILENCE]).code == 408


def test_an_address_names_nothing_but_what_the_library_has(office: Desk, sit: Sit) -> None:
    browser = sit(office, "minh")
    for path in ADDRESSES:
        answer = browser.get(path)
        assert answer.code in (200, 404), answer.words
        assert "<script" not in answer.text
        assert "Traceback" not in answer.text
        assert "organization:" not in answer.text


def test_hostile_texts_are_words(desk: Desk, sit: Sit) -> None:
    evil = '"><img src=x onerror=alert(1)><script>alert(1)</script>{{7777*7}}'
    desk.write(QT, procedure("QT-01", "'" + evil.replace("'", "''") + "'").replace("# '", "# "))
    desk.edit("people.yaml", "Đỗ Văn Minh", evil.replace('"', "'"))
    desk.commit("hostile")
    browser = sit(desk, "minh")
    for path in ("/", "/documents", "/item/QT-01", "/do/submit/QT-01", f"/search?q={evil}"):
        page = browser.get(path).text
        assert "<script" not in page
        assert "<img" not in page
        assert "54439" not in page


def test_a_word_that_stands_for_what_is_missing_is_none(office: Desk, sit: Sit) -> None:
    browser = sit(office, "minh")
    answer = browser.send(browser.get("/do/nc-log").form(), {"operand.title": "…"})
    assert answer.code == 422
    assert "still to be filled in" in answer.words


def test_a_refusal_asks_for_what_is_missing(office: Desk, sit: Sit) -> None:
    office.run("nc", "log", "Chậm", "--severity", "minor", "--description", "Thấy", "--commit", by="minh")
    browser = sit(office, "hoa")
    form = browser.get("/do/advance/NC-2026-001/confirmed").form()
    assert "set.requirement" in form.needed
    answer = browser.send(form)
    assert answer.code == 422
    assert "set.requirement" in answer.form().inputs
    done(browser, browser.send(answer.form(), {"set.requirement": "QT-01"}))
    assert office.row("NC-2026-001")["status"] == "confirmed"


def test_the_texts_that_a_state_asks_for_are_asked_for(office: Desk, sit: Sit) -> None:
    path = office.run("nc", "log", "Chậm", "--severity", "minor", "--requirement", "QT-01", "--commit", by="minh").written[0]
    browser = sit(office, "hoa")
    assert "option.want=seen" in browser.get("/item/NC-2026-001").text
    form = browser.get("/do/advance/NC-2026-001/confirmed").form()
    assert "set.description" in form.needed
    done(browser, browser.send(form, {"set.description": "Ba phiếu"}))
    assert "## 1. Mô tả\n\nBa phiếu\n" in office.read(path)


def test_both_languages_say_everything(submitted: Desk, sit: Sit) -> None:
    browser = sit(submitted, "binh", language="vi")
    assert 'lang="vi"' in browser.get("/").text
    assert 'lang="en"' in browser.get("/?lang=en").text
    assert "What waits for you" in browser.get("/").words, "what was chosen is remembered"


def with_something_to_send(desk: Desk, sit: Sit, tmp_path: Path) -> Browser:
    """Minh at the page of an office with a server, which lacks what has just been saved here."""
    other = tmp_path / "office.git"
    desk.git("clone", "--quiet", "--bare", str(desk.root), str(other))
    desk.git("remote", "add", "origin", str(other))
    desk.git("fetch", "--quiet", "origin")
    browser = sit(desk, "minh")
    done(browser, shown(browser, "/do/submit/QT-01"))
    return browser


def test_sync_is_a_button(desk: Desk, sit: Sit, tmp_path: Path) -> None:
    browser = with_something_to_send(desk, sit, tmp_path)
    page = browser.get("/sync")
    assert "1 saved change(s) are here and nowhere else" in re.sub(r"\s+", " ", page.words)
    answer = browser.send(page.form())
    assert "1 commit(s) sent" in answer.words
    assert desk.git("--git-dir", str(tmp_path / "office.git"), "log", "-1", "--format=%s", "main").strip() == "QT-01 revision 1 submitted"


def test_what_sync_did_is_told_though_nothing_can_be_read_after_it(desk: Desk, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = with_something_to_send(desk, sit, tmp_path)
    page = browser.get("/sync")
    monkeypatch.setattr("qmsctl.web.house.unsent", lambda _place: (_ for _ in ()).throw(RepositoryError(_("git does not answer"))))
    answer = browser.send(page.form())
    assert answer.code == 500
    assert "1 commit(s) sent" in answer.words
    assert "git does not answer" in answer.words
    assert "Who you are is not known" not in answer.words, "nobody looked"



def test_every_page_to_read_is_there(office: Desk, sit: Sit) -> None:
    office.run("nc", "log", "Chậm", "--severity", "minor", "--requirement", "QT-01", "--description", "Theo [QT-01](../../documents/procedures/QT-01.md)", "--commit", by="minh")
    browser = sit(office, "minh")
    for path in ("/documents", "/records", "/begin", "/reports", "/sync", "/report/register", "/report/document/QT-01", "/report/status", "/portal/", "/portal/documents/QT-01.html", "/item/QT-01"):
        answer = browser.get(path)
        assert answer.code == 200, path
        assert "qmsctl " in answer.words, f"{path} names its command"
    assert 'href="/item/QT-01"' in browser.get("/item/NC-2026-001").text, "a link in a text leads to the page"
    assert 'href="/item/QT-01"' in browser.get("/search?q=cap%20ban%20sao").text, "without diacritics"
    assert 'href="/item/QT-01"' in browser.get("/portal/documents/QT-01.html").text
    assert browser.get("/portal/documents/QT-99.html").code == 404
    assert browser.get("/favicon.ico").code == 204, "no fault in the console beside a report"


def test_the_revisions_of_a_document_can_be_read(office: Desk, sit: Sit) -> None:
    office.write("documents/procedures/QT-09.md", procedure("QT-09", "Chưa ban hành"))
    browser = sit(office, "minh")
    assert "never been in force" in browser.get("/item/QT-09").words
    done(browser, shown(browser, "/do/revise/QT-01", change="Rút ngắn bước B2", effective="2026-01-20"))
    office.edit(QT, "time: 4h", "time: 3h")
    office.commit("changed")
    preview = shown(browser, "/do/submit/QT-01")
    assert re.search(r"<del>4[^<]*</del>.*<ins>3[^<]*</ins>", preview.text, re.DOTALL), "the redline stands in the page"
    done(browser, preview)
    assert "<del>" in shown(sit(office, "lan"), "/do/review/QT-01").text.partition('class="redlined"')[2]
    page = sit(office, "minh").get("/item/QT-01")
    assert "never been in force" not in page.words
    rows = page.text.partition('class="stack history"')[2].partition("</table>")[0]
    assert "Rút ngắn bước B2" in rows
    assert rows.count("Đỗ Văn Minh") == 2
    assert "Trần Thị Bình" in rows
    assert re.findall(r'href="(/item/QT-01/\d)"', rows) == ["/item/QT-01/2", "/item/QT-01/1"]
    first, second = (browser.get(f"/item/QT-01/{number}") for number in (1, 2))
    assert "qmsctl show QT-01 --revision 1 --text" in first.words
    assert first.text.partition("<article")[2] != second.text.partition("<article")[2]
    for number in ("3", "x", "-1", "²", "9" * 30):
        assert browser.get(f"/item/QT-01/{number}").code == 404


@pytest.mark.parametrize("failing", ["qmsctl.web.forms.home", "qmsctl.web.visit.person_of"])
@pytest.mark.parametrize("error", [RepositoryError(_("git does not answer")), OSError(5, "Input/output error"), ValueError("odd")])
def test_what_is_done_is_told_though_its_page_cannot_be_made(submitted: Desk, sit: Sit, monkeypatch: pytest.MonkeyPatch, failing: str, error: Exception) -> None:
    browser = sit(submitted, "binh")
    preview = shown(browser, APPROVE)

    def fails(*_given: object) -> None:
        raise error

    monkeypatch.setattr(failing, fails)
    answer = browser.send(preview.form("do"), {"vow": "yes"})
    assert answer.code == 500
    assert "approve" in submitted.git("show", "--name-only", "--format=", "HEAD")
    assert "saved in git as" in answer.words
    assert any(words in answer.words for words in ("git does not answer", "does not let qmsctl go on", "ValueError: odd"))
