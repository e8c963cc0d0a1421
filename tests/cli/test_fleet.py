"""From the rows of an office to the lake of a province: what is sent, what is refused, and what is counted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from qmsctl.core.fleet.kinds import schema
from tests.desk import Desk, qmsctl
from tests.fleet import packet
from tests.keys import key_file, public

EXAMPLE = Path(__file__).parents[2] / "example-repo"


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_an_office_sends_the_same_bytes_for_one_commit_and_day_and_openssh_verifies_them(settled: Desk, tmp_path: Path) -> None:
    first = settled.git("rev-parse", "HEAD").strip()
    key = key_file(tmp_path / "key", "office")
    settled.run("fleet", "export", "-o", tmp_path / "one", "--key", key)
    settled.write("records/nonconformities/NC-2026-009.md", "not committed, so not sent")
    settled.run("fleet", "export", "-o", tmp_path / "two", "--key", key)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    (tmp_path / "signers").write_text(f'TA namespaces="qmsctl-fleet" {public("office").text}\n')
    manifest = (tmp_path / "one" / "manifest.json").read_bytes()
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "TA", "-n", "qmsctl-fleet", "-s", "one/manifest.json.sig"]
    subprocess.run(command, cwd=tmp_path, input=manifest, check=True, capture_output=True)
    settled.commit("a draft")
    assert "only what is signed" in settled.run("fleet", "export", "-o", tmp_path / "later.zip", "--since", first).err
    assert "only what is signed" not in settled.run("fleet", "export", "-o", tmp_path / "later.zip", "--since", first, "--key", key).err, "and it took the place of the first"
    assert (tmp_path / "later.zip").read_bytes().startswith(b"PK")
    refused = settled.run("fleet", "export", "-o", tmp_path / "wrong", "--since", "HEAD", "--at", first, code=3)
    assert "no commit before" in refused.err
    assert not (tmp_path / "wrong").exists()


@pytest.mark.process
def test_the_rows_of_the_example_office_are_of_their_schemas(tmp_path: Path) -> None:
    from datetime import UTC, date, datetime

    from qmsctl.core.engine import run
    from qmsctl.core.fleet.rows import rows
    from qmsctl.store.loading import load, locate

    library = load(locate(EXAMPLE), datetime(2026, 11, 20, tzinfo=UTC), date(2026, 11, 20))
    found = rows(library, run(library, ()), {}, titles=True)
    assert {kind for kind, lines in found.lines.items() if lines} >= {"document", "signoff", "record", "state", "case", "objective"}
    for kind, lines in found.lines.items():
        validator = Draft202012Validator(schema(kind), format_checker=FormatChecker())
        for line in lines[:20]:
            validator.validate(json.loads(line))


def test_a_province_loads_reports_and_queries(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    signers, lake = tmp_path / "signers", tmp_path / "lake"
    signers.write_text("".join(f"{code} {public(code).text} Phường {code}\n" for code in ("T1", "T2", "T3")), encoding="utf-8")
    good = [packet(code).write(tmp_path / code, code) for code in ("T1", "T2")]
    forged = packet("T3").write(tmp_path / "T3", "T1")
    assert qmsctl("--lang", "en", "fleet", "verify", *good, "--signers", signers).out.count("4 rows") == 2
    lake.mkdir()
    (lake / ".362cec813a9e36b1-ca2d1bef.qmsctl-tmp").write_bytes(b"{")  # a load that died before its register was there
    said = qmsctl("--lang", "en", "fleet", "load", *good[1:], forged, "--into", lake, "--signers", signers)
    assert (said.code, said.out.count("4 rows")) == (1, 1)
    assert "it calls itself T3, but the key that signed it is that of T1" in said.err
    assert qmsctl("fleet", "load", good[0], "--into", lake, "--signers", signers).code == 0
    (tmp_path / "tthc.csv").write_text("mã,tên\n1.001193,Đăng ký khai sinh\n9.999999,Thủ tục khác\n", encoding="utf-8")
    options = ("--today", "2026-06-01", "--tthc", tmp_path / "tthc.csv")
    page = qmsctl("--lang", "vi", "fleet", "report", lake, "-o", tmp_path / "tinh.html", *options)
    assert page.written == [str(tmp_path / "tinh.html"), str(tmp_path / "tinh.xlsx")]
    text = (tmp_path / "tinh.html").read_text(encoding="utf-8")
    assert all(each in text for each in ("Phường T3", "Đăng ký khai sinh", "NC-2026-001", "con người"))
    assert "<script>" not in text.replace('"', "").partition("<main")[0]
    found = qmsctl("--lang", "en", "fleet", "query", "procedures", "--lake", lake, "--format", "json", *options).json
    assert [(each["code"], each["agencies"]) for each in found["lists"][0]["rows"]] == [("1.001193", 2), ("9.999999", 0)]
    (tmp_path / "tthc.csv").write_text("mã,tên\n1.001193,Khai sinh, đăng ký lại\n", encoding="utf-8")
    assert "line 2: 3 columns where other lines have 2" in qmsctl("--lang", "en", "fleet", "query", "procedures", "--lake", lake, *options).err
    assert "did you mean" in qmsctl("--lang", "en", "fleet", "query", "on-tme", "--lake", lake).err.lower()
    assert qmsctl("fleet", "query", "on-time", "--lake", tmp_path).code == 2
    before = (lake / "lake.json").read_bytes()
    assert qmsctl("fleet", "report", lake, "-o", lake / "lake.json").code == 3
    assert qmsctl("fleet", "report", lake, "-o", tmp_path / "tinh.xlsx").code == 2
    for place in (tmp_path, signers):
        assert "is no lake; nothing was loaded" in qmsctl("--lang", "en", "fleet", "load", good[0], "--into", place, "--signers", signers).err
    assert (lake / "lake.json").read_bytes() == before
    next((lake / "case").rglob("*.parquet")).unlink()
    hollow = qmsctl("--lang", "en", "fleet", "query", "on-time", "--lake", lake)
    assert (hollow.code, "cannot be asked" in hollow.err) == (3, True)


@pytest.mark.parametrize(("engine", "package"), [("spark", "pyspark"), ("postgres", "psycopg")])
def test_an_engine_that_is_not_there_is_named_with_what_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / "lake.json").write_text('{"v": 1, "agencies": {}, "loads": []}')
    query = ("fleet", "query", "on-time", "--lake", tmp_path, "--engine")
    for language in ("en", "vi"):
        said = qmsctl("--lang", language, *query, engine)
        assert (said.code, f"pip install 'qmsctl[{engine}]'" in said.err) == (3, True)
    assert [qmsctl(*query, *more).code for more in (("oracle",), ("postgres", "--master", "yarn"), ("spark", "--master", "sc://x/;token=y"))] == [2, 2, 2]
