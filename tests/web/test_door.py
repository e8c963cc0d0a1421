"""Nobody comes in but the browser of whoever started the program, and nothing is asked for by another page."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from qmsctl.store.machine.entry_file import EntryFile
from qmsctl.store.machine.peer import is_somebody_elses, user_of
from qmsctl.web import door as doors
from qmsctl.web.door import ALWAYS, Door
from qmsctl.web.keys import LIFE, Keys
from tests.web.browser import HERE, HOST, PORT, SILENCE, Browser


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the whole of what is sent."""
    data = await Request(scope, receive).body()
    await PlainTextResponse(f"inside: {len(data)}")(scope, receive, send)


@pytest.fixture
def keys() -> Keys:
    return Keys(Clock())


@pytest.fixture
def stranger(keys: Keys) -> Browser:
    """A browser without the cookie."""
    return Browser(Door(inside, keys, PORT, str, patience=0.05))


@pytest.fixture
def own(stranger: Browser, keys: Keys) -> Browser:
    """The browser that came in by the code."""
    assert stranger.get(f"/enter/{keys.code}", {"sec-fetch-site": "cross-site"}).code == 200
    return stranger


def test_who_has_the_code_comes_in_and_can_send_forms(own: Browser) -> None:
    assert own.get("/").text == "inside: 0"
    assert own.post("/do", [("a", "b")]).text == "inside: 3"


def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site(stranger: Browser, keys: Keys) -> None:
    said = stranger.get(f"/enter/{keys.code}").headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert "domain" not in said


def test_the_code_opens_once(stranger: Browser, keys: Keys) -> None:
    code = keys.code
    assert stranger.get(f"/enter/{code}", method="HEAD").code == 403
    assert stranger.get(f"/enter/{code}").code == 200
    other = Browser(stranger.app)
    assert other.get(f"/enter/{code}").code == 403
    assert not other.cookies
    assert other.get("/").code == 403


def test_the_code_dies_after_a_minute() -> None:
    clock = Clock()
    keys = Keys(clock)
    code, clock.now = keys.code, LIFE + 1
    assert code
    assert keys.code is None
    assert keys.exchange(code) is None


@pytest.mark.parametrize("code", ["", "x", "é", "None", "../enter"])
def test_no_other_code_opens(stranger: Browser, code: str) -> None:
    assert stranger.get(f"/enter/{code}").code == 403
    assert not stranger.cookies


@pytest.mark.parametrize("host", ["qms.example", f"qms.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.nip.example:{PORT}", f"[::1]:{PORT}", f"{HOST}@evil.example", ""])
def test_another_name_for_this_machine_is_not_answered(own: Browser, keys: Keys, host: str) -> None:
    """Rebinding: a page of a stranger whose name leads here sends that name."""
    assert own.get("/", {"host": host}).code == 421
    assert own.get(f"/enter/{keys.code}", {"host": host}).code == 421


def test_localhost_is_this_machine(own: Browser) -> None:
    assert own.get("/", {"host": f"localhost:{PORT}"}).code == 200


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "http://127.0.0.1:1", f"https://{HOST}", f"http://localhost:{PORT}", f"{HERE}.evil.example"])
def test_a_form_of_another_page_is_not_taken(own: Browser, origin: str) -> None:
    assert own.post("/do", [("a", "b")], {"origin": origin}).code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_asks_for_is_not_answered(own: Browser, site: str) -> None:
    """A page on another port of this machine has the cookie sent along: it is of the same site."""
    assert own.get("/", {"sec-fetch-site": site}).code == 403
    assert own.post("/do", (), {"sec-fetch-site": site}).code == 403


def test_no_other_method_is_answered(own: Browser) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"):
        assert own.get("/", method=method).code == 405


@pytest.mark.parametrize("cookie", ["x", "", f"qmsctl-{PORT}=x", f"qmsctl-{PORT}=", "qmsctl-1=x; ; =", f"qmsctl-{PORT}=é"])
def test_another_user_of_the_machine_is_not_answered(stranger: Browser, cookie: str) -> None:
    assert stranger.get("/", {"cookie": cookie}).code == 403
    assert stranger.post("/do", (), {"cookie": cookie}).code == 403


def test_whoever_has_caught_the_cookie_is_still_somebody_else(own: Browser, keys: Keys) -> None:
    """A server on another port of this machine is sent the cookie; its owner cannot use it."""
    other = Browser(Door(inside, keys, PORT, str, is_foreign=lambda _port, to: to == PORT), own.cookies)
    assert other.get("/").code == 403
    assert other.post("/do").code == 403
    assert own.get("/").code == 200


def test_whose_a_connection_is_stands_in_the_table_of_the_system() -> None:
    head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    own, other = (f"   {number}: 0100007F:{port:04X} 0100007F:{PORT:04X} 01 00000000:00000000 00:00000000 00000000  {user}        0 4711 1\n" for number, port, user in ((0, 50000, 1000), (1, 50001, 1001)))
    assert user_of([head, own, other], 50000, PORT) == 1000
    assert user_of([head, own, other], 50001, PORT) == 1001
    assert user_of([head, own], 50001, PORT) is None
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert not is_somebody_elses(client.getsockname()[1], server.getsockname()[1])


def test_a_second_cookie_of_the_name_is_somebody_elses(own: Browser) -> None:
    assert own.get("/", {"cookie": f"qmsctl-{PORT}=planted"}).code == 403


def test_every_answer_keeps_frames_scripts_and_copies_out(own: Browser, stranger: Browser, keys: Keys) -> None:
    answers = [own.get("/"), own.get("/", {"host": "x"}), own.post("/", (), {"origin": "null"}), Browser(own.app).get("/"), Browser(own.app).get("/enter/x")]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in ALWAYS} == dict(ALWAYS)
        assert not [name for name in answer.headers if name.startswith("access-control")]
    policy = ALWAYS["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert policy.startswith("default-src 'none'")
    assert ALWAYS["cache-control"] == "no-store"


def test_more_than_fits_is_not_read(own: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "MOST_BYTES", 1000)
    assert own.post("/do", [("a", "b" * 2000)]).code == 413
    headers = {"host": HOST, "origin": HERE, "sec-fetch-site": "same-origin"}
    read = iter(b"x" * 600 for _time in range(1000))
    assert own.ask("POST", "/do", headers, read).code == 413
    assert len(list(read)) > 990
    for length in ("-1", "x", "1e3", "٣"):
        assert own.post("/do", (), {"content-length": length}).code == 413


def test_who_sends_nothing_more_is_not_waited_for(own: Browser) -> None:
    assert own.ask("POST", "/do", {"host": HOST, "origin": HERE}, [b"begun", SILENCE]).code == 408


def test_a_token_is_of_one_page_and_one_run(keys: Keys) -> None:
    token = keys.token("/do/approve/QT-01")
    assert keys.fits(token, "/do/approve/QT-01")
    assert not keys.fits(token, "/do/approve/QT-02")
    assert not Keys().fits(token, "/do/approve/QT-01")
    assert not keys.fits("", "/do/approve/QT-01")
    assert not keys.fits("\ud800", "/do/approve/QT-01")


def test_time_goes_by_only_while_nobody_asks(own: Browser) -> None:
    door = own.app
    assert isinstance(door, Door)
    own.get("/")
    first = door.idle
    assert Browser(door).get("/").code == 403
    assert door.idle >= first


def test_the_file_that_leads_there_is_its_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    entry = EntryFile(f"{HERE}/enter/x")
    found = entry.path.stat()
    assert entry.path.parent.parent == tmp_path
    assert stat.S_IMODE(found.st_mode) == 0o600
    assert stat.S_IMODE(entry.path.parent.stat().st_mode) == 0o700
    assert f"{HERE}/enter/x" in entry.path.read_text(encoding="utf-8")
    entry.remove()
    entry.remove()
    assert not entry.path.exists()


def test_it_lies_in_the_state_of_the_user_where_the_system_has_no_such_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "not there"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert EntryFile(HERE).path.parent == tmp_path / "qmsctl"
