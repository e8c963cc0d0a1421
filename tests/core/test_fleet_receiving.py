"""What comes in is foreign: whoever altered, forged, cut off or made up something is told so, and nothing of it is taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.fleet.kinds import BY_SUBJECT, KINDS
from qmsctl.core.fleet.manifest import FILES, IDS, MANIFEST, NAMESPACE
from qmsctl.core.fleet.receiving import MOST_OF_A_LINE, NotTaken, Received, received
from qmsctl.core.fleet.signers import Signers, read_signers
from qmsctl.core.fleet.succession import contradictory, is_again, load_of, why_not
from qmsctl.core.keys.ssh_signature import Signature
from qmsctl.errors import Refusal
from qmsctl.store.signatures.ssh_signatures import verify
from tests.fleet import TODAY, Packet, packet
from tests.keys import public, signature

SIGNERS = read_signers(f'# the list\nTA namespaces="qmsctl-fleet" {public("ta").text} UBND phường Tân An\nTB {public("tb").text}\n', "signers")


def taken(found: Packet, *, key: str = "ta", namespace: str = NAMESPACE, signers: Signers = SIGNERS, today: date = TODAY) -> Received:
    files = found.files()
    return received(files, verify(files[MANIFEST], signature(key, files[MANIFEST], namespace)), signers, today)


def refused(found: Packet, **options: Any) -> str:
    with pytest.raises(NotTaken) as caught:
        taken(found, **options)
    return str(caught.value)


def unsigned(files: Mapping[str, bytes], found: Signature | None) -> str:
    with pytest.raises(NotTaken) as caught:
        received(files, found, SIGNERS, TODAY)
    return str(caught.value)


def test_what_is_whole_is_taken_under_the_code_of_its_signer() -> None:
    found = taken(packet("TA"))
    assert (found.manifest.agency, found.rows, found.changed) == ("TA", 4, None)
    assert SIGNERS.agencies == {"TA": "UBND phường Tân An", "TB": "TB"}


def test_each_wrong_has_its_own_sentence() -> None:
    good = packet("TA")
    files = good.files()

    def altered(name: str, change: Callable[[bytes], bytes | None]) -> str:
        data = change(files[name])
        now = {each: content for each, content in files.items() if each != name} | ({} if data is None else {name: data})
        with pytest.raises(NotTaken) as caught:
            received(now, verify(files[MANIFEST], signature("ta", files[MANIFEST], NAMESPACE)), SIGNERS, TODAY)
        return str(caught.value)

    told = {
        "not signed": unsigned(files, None),
        "signature altered": unsigned(files, verify(b"other", signature("ta", files[MANIFEST], NAMESPACE))),
        "unknown signer": refused(good, key="nobody"),
        "another's key": refused(good, key="tb"),
        "another purpose": refused(good, namespace="git"),
        "no manifest": altered(MANIFEST, lambda _data: None),
        "a row altered": altered("record.jsonl", lambda data: data.replace(b"major", b"minor")),
        "a file missing": altered("case.jsonl", lambda _data: None),
        "ids altered": altered(IDS, lambda data: data + b" "),
        "a free text": refused(good.with_line("record", severity="Ông Kín nặng lời")),
        "a column more": refused(good.with_line("record", name="Kín")),
        "about an unlisted id": refused(good.with_line("record", id="NC-2026-099")),
        "a huge line": refused(good.with_raw("record", b'{"v":1,"id":"' + b"x" * MOST_OF_A_LINE + b'"}\n')),
        "no JSON": refused(good.with_raw("record", b"[" * 3000 + b"\n")),
        "a key twice": refused(good.with_raw("count", b'{"v":1,"v":1,"what":"statutory-complaints","year":2026,"count":1}\n')),
        "NaN": refused(good.with_raw("count", b'{"v":1,"what":"statutory-complaints","year":2026,"count":NaN}\n')),
        "cut off": refused(good.with_raw("count", b'{"v":1,"what":"statutory-complaints","year":2026,"count":1}')),
        "says since, sends all": refused(replace(good, since="2" * 40)),
        "of a day to come": refused(replace(good, day=date(2099, 1, 1))),
        "of a newer version": refused(replace(good, more={"v": 2})),
        "a record twice": refused(good.with_raw("record", good.rows["record"][0] * 2)),
        "not so many rows": refused(replace(good, more={"files": {**json.loads(files[MANIFEST])["files"], "case.jsonl": {**json.loads(files[MANIFEST])["files"]["case.jsonl"], "rows": 7}}})),
    }
    assert all(told.values())
    same = {"no JSON", "a key twice", "NaN", "a free text", "a column more", "a row altered", "ids altered"}
    alone = [text for name, text in told.items() if name not in same]
    assert len(set(alone)) == len(alone), told


def test_no_free_text_of_a_hostile_agency_gets_in() -> None:
    assert "see “severity”" in refused(packet("TA").with_line("record", severity="Ông Kín"))
    assert "see “name”" in refused(packet("TA").with_line("record", name="Kín"))


@pytest.mark.parametrize(
    ("kind", "values", "why"),
    [
        ("case", {"finished": 1, "late": 10**8}, "see “finished”"),
        ("case", {"early": 10**8, "finished": 10**8 + 4}, "see “received”"),
        ("case", {"received": 13}, "see “received”"),
        ("case", {"received": 10**9}, "see “received”"),
        ("case", {"procedure": "QT-99"}, "about QT-99"),
        ("tthc", {"document": "QT-99"}, "about QT-99"),
        ("document", {"id": "QT-99"}, "about QT-99"),
        ("document", {"title": "Ông Kín"}, "see “title”"),
        ("document", {"approved": "2099-01-01"}, "see “approved”"),
        ("record", {"opened": "2099-01-01"}, "see “opened”"),
    ],
)
def test_what_cannot_be_is_not_counted(kind: str, values: Mapping[str, Any], why: str) -> None:
    """More late cases than finished ones, what nobody has, the title of a document that is not public: a metric would go by it, for all agencies."""
    assert why in refused(packet("TA").with_line(kind, **values))


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("tthc", {}), ("case", {"finished": 9, "late": 1, "open": 2}), ("record", {"severity": "minor"}), ("document", {"next_review": None}),
        ("document", {"revision": 2}), ("document", {"revision": 0, "status": "superseded"}),
    ],
)
def test_nothing_is_counted_twice(kind: str, other: Mapping[str, Any]) -> None:
    good = packet("TA")
    both = good.with_raw(kind, good.rows[kind][0] + good.with_line(kind, **other).rows[kind][0])
    if other.get("status"):
        assert taken(both)
    else:
        assert "is about the same as line 1" in refused(both)


def test_two_sign_offs_may_look_alike() -> None:
    line = b'{"at":"2026-01-12","level":"declared","meaning":"review","revision":1,"role":"qmr","signers":1,"state":null,"subject":"QT-01","v":1,"witnessed":null}\n'
    assert taken(packet("TA").with_raw("signoff", line * 2))


@pytest.mark.parametrize(("data", "why"), [(b'{"v":1,"\\u0076":1}\n', "line 1 of count.jsonl: it has “v” twice"), (b"\n", "line 1 of count.jsonl: it is no JSON"), (b"[" * 3000 + b"\n", "no JSON")])
def test_json_that_means_two_things_or_nothing(data: bytes, why: str) -> None:
    assert why in refused(packet("TA").with_raw("count", data))


def test_a_key_counts_only_on_its_days_and_for_its_purpose() -> None:
    text = f'TA valid-after="20260101",valid-before="20260601" {public("ta").text}\nTA namespaces="git,file" {public("tb").text}'
    signers = read_signers(text, "signers")
    assert "may not be used today" in refused(packet("TA"), signers=signers), "OpenSSH: before the day begins"
    assert taken(packet("TA"), signers=signers, today=date(2026, 5, 31))
    assert taken(packet("TA"), signers=read_signers(text.replace("20260601", "202606010800"), "signers"))
    assert "signer is unknown" in refused(packet("TA"), key="tb", signers=signers)


@pytest.mark.parametrize("text", ["../x ssh-ed25519 AAAA", "TA", "TA ssh-ed25519 AAAA", "TA cert-authority KEY", 'TA namespaces="x KEY', "* KEY", "TA,TB KEY", "TA KEY\nTB KEY", "TA KEY\nta OTHER", 'TA valid-after="soon" KEY', 'TA namespaces="git",namespaces="qmsctl-fleet" KEY'])
def test_a_list_of_signers_is_read_strictly(text: str) -> None:
    with pytest.raises(Refusal):
        read_signers(text.replace("KEY", public("ta").text).replace("OTHER", public("tb").text), "signers")


@pytest.mark.parametrize("between", ["\u2028", "\x85", "\x0b", "\x0c", "\r", "\x1e"])
def test_a_name_lets_nobody_else_in(between: str) -> None:
    """A line ends where OpenSSH ends it: an agency gives its line to the province, and writes its name itself."""
    signers = read_signers(f"TA {public('ta').text} Phường{between}TB {public('tb').text}\n", "signers")
    assert list(signers.agencies) == ["TA"]


def test_a_list_as_editors_write_it() -> None:
    text = f'  # the list\r\nTA\tvalid-before="20200101"\t{public("ta").text}\tTân An\r\n\r\nTA {public("ta").text} Tân An\r\n'
    assert taken(packet("TA"), signers=read_signers(text, "signers"))
    assert read_signers(text, "signers").agencies == {"TA": "Tân An"}


def test_what_may_follow() -> None:
    first = taken(packet("TA"))
    last = load_of(first)
    later: dict[str, Any] = {"commit": "b" * 40, "committed": datetime(2026, 6, 2, tzinfo=UTC), "day": date(2026, 6, 2)}
    assert "has not come yet" in refused(replace(packet("TA"), committed=datetime(2026, 6, 3, tzinfo=UTC)))
    assert is_again(first, last)
    assert why_not(taken(replace(packet("TA"), **later)), last) is None
    older = taken(replace(packet("TA"), commit="c" * 40, committed=datetime(2026, 5, 1, tzinfo=UTC)))
    assert "older than what was loaded last" in str(why_not(older, last))
    other = taken(packet("TA").with_line("record", severity="minor"))
    assert "two manifests" in str(why_not(other, last))
    assert list(contradictory([first, other])) == ["TA"]
    assert not contradictory([first, first, taken(replace(packet("TA"), **later))])
    delta = taken(replace(packet("TA"), since="a" * 40, changed=("NC-2026-001", "QT-01"), **later))
    assert why_not(delta, last) is None
    for before in (None, replace(last, commit="d" * 40)):
        assert "has to be sent whole" in str(why_not(delta, before))
    assert "about NC-2026-001" in refused(replace(packet("TA"), since="a" * 40, changed=("QT-01",), **later))


@settings(max_examples=60)
@given(st.sampled_from([MANIFEST, IDS, *FILES.values()]), st.binary(max_size=60), st.booleans())
def test_reading_never_fails_but_by_a_sentence(name: str, data: bytes, signed: bool) -> None:
    """Whatever lies in a file, with a manifest that was made for it or not."""
    files = packet("TA").files()
    files[name] = data
    if signed and name != MANIFEST:
        told = json.loads(files[MANIFEST])
        told["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "rows": data.count(b"\n")}
        files[MANIFEST] = json.dumps(told).encode()
    try:
        received(files, verify(files[MANIFEST], signature("ta", files[MANIFEST], NAMESPACE)), SIGNERS, TODAY)
    except NotTaken as error:
        assert str(error)
    else:
        assert data == b"" or name not in (MANIFEST, IDS)


def test_every_kind_that_is_sent_in_part_names_its_subject() -> None:
    assert all(column in KINDS[kind] for kind, column in BY_SUBJECT.items())
