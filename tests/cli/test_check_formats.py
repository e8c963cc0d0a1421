"""What ``check --format`` prints for forges: golden files, the formats' own schemas, and hostile texts."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from qmsctl.cli.formats.check_formats import Located, check_format, check_formats
from qmsctl.cli.formats.fingerprint import fingerprints
from qmsctl.cli.formats.step_summary import step_summary
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Terminal
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import CheckResult
from qmsctl.core.office.ignoring import Ignore
from qmsctl.mend import HOLE, Assignment, Mend, Span, advice, command, correction, git, take_back
from qmsctl.message import Message, _
from tests.desk import Desk
from tests.desk import git as run_git
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"
SARIF = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))

SKIPPED = _("revision {revision} of {id} comes after revision {before}; {next} is expected", revision=5, id="QT-01", before=3, next=4)
MEND = advice(_("set “revision: {next}”, before the text is submitted", next=4))
WHERE = "documents/procedures/QT-01, hộ tịch: 100%.md"
EDITED = "records/actions/hành động.md"
TEXT = "\ufeffviệc: “chủ tri” một\nviệc hai: 𝄞 chủ tri\n"
RESULT = CheckResult(
    diagnostics=(
        Diagnostic("people.yaml", 0, "configuration-invalid", Severity.ERROR, _("{path} is missing", path="people.yaml")),
        Diagnostic(WHERE, 5, "revision-skipped", Severity.ERROR, SKIPPED, MEND, ("4.2.3",)),
        Diagnostic(WHERE, 9, "revision-skipped", Severity.ERROR, SKIPPED, MEND, ("4.2.3",)),
        Diagnostic("records/actions/CA-2026-001.md", 3, "due-date-passed", Severity.WARNING, SKIPPED),
    ),
    ignored=((
        Diagnostic("documents/annexes/PL-01.md", 2, "id-not-file-name", Severity.WARNING, SKIPPED),
        Ignore("id-not-file-name", "documents/annexes/", "Tên tệp của hệ thống cũ", date(2026, 12, 31), 7),
    ),),
    files=9,
    incomplete=(_("{path} cannot be read, so roles and approvals were not judged", path="people.yaml"),),
)
HOSTILE = (
    "\n::error::x", "\r\n::add-mask::x", "%0A::stop-commands::x", "##[add-mask]x", "a,file=b", "a::b", "]]>", "</table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "[click](https://evil.example)", "![x](https://evil.example/x.png)", '=HYPERLINK("x")', "\x1b]0;x\x07", "\x9b31m",
    "\u202egnp.exe", "\ufffe\uffff", "a\n\nb\n\n# c", "@everyone #1", "{{7*7}} ${{ github.token }}", "& < > \" '", "\udcff", " ", "",
)


below = Located(lambda path: f"chất lượng/{path}", {EDITED: TEXT.encode()}.__getitem__)
"""A QMS in the folder ``chất lượng`` of its repository."""


def made(name: str, result: CheckResult, lang: str = "en") -> str:
    return check_format(name)(Session(Terminal(lang)), result, below)


def of(message: str, path: str = "documents/QT-01.md", hint: str | None = None) -> CheckResult:
    """A result whose every text is ``message``."""
    told = Message("{text}", {"text": message})
    found = Diagnostic(path, 3, "due-date-passed", Severity.ERROR, told, advice(Message("{text}", {"text": hint})) if hint is not None else None)
    aside = (found, Ignore("due-date-passed", "", message, date(2026, 12, 31), 1))
    return CheckResult((found,), (aside,), 1, (told,))


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("name", [name for name in check_formats() if name not in ("sarif", "junit")])
def test_golden(name: str, lang: str) -> None:
    assert_golden(GOLDEN / f"check.{lang}.{name}.txt", made(name, RESULT, lang) + "\n")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_golden_sarif(lang: str) -> None:
    """Without the pages of the rules, which are tested where they stand."""
    log = json.loads(made("sarif", RESULT, lang))
    rules = log["runs"][0]["tool"]["driver"].pop("rules")
    for each in log["runs"][0]["results"]:
        assert rules[each.pop("ruleIndex")]["id"] == each["ruleId"]
    assert_golden(GOLDEN / f"check.{lang}.sarif.json", json.dumps(log, ensure_ascii=False, indent=2) + "\n")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_golden_junit(lang: str) -> None:
    """Without the rules that have nothing to say."""
    suite = ET.fromstring(made("junit", RESULT, lang))
    quiet = [case for case in suite.iter("testcase") if not len(case)]
    assert len(quiet) > 60
    for case in quiet:
        suite.remove(case)
    del suite.attrib["tests"]
    ET.indent(suite)
    assert_golden(GOLDEN / f"check.{lang}.junit.xml", ET.tostring(suite, encoding="unicode") + "\n")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_golden_step_summary(lang: str) -> None:
    assert_golden(GOLDEN / f"summary.{lang}.md", step_summary(Session(Terminal(lang)), RESULT, below))


def commands(output: str) -> Iterator[tuple[str, dict[str, str], str] | None]:
    """What GitHub's runner reads from each line: a command, or ``None`` for plain text (``ActionCommand.TryParseV2``)."""
    for line in re.split(r"\r\n|\r|\n", output):
        text = line.lstrip()
        end = text.find("::", 2)
        if not text.startswith("::") or end < 0:
            yield None
            continue
        name, _space, rest = text[2:end].partition(" ")
        pairs = (each.partition("=") for each in rest.strip().split(",") if each)
        properties = {key: _unescaped(value, (("%2C", ","), ("%3A", ":"))) for key, equals, value in pairs if equals}
        yield name, properties, _unescaped(text[end + 2 :])


def _unescaped(text: str, more: tuple[tuple[str, str], ...] = ()) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_github_reads_what_was_meant() -> None:
    first, second, third, *_rest, last = commands(made("github", RESULT))
    assert first == ("error", {"title": "could not be checked"}, "people.yaml cannot be read, so roles and approvals were not judged")
    assert second == ("error", {"file": "chất lượng/people.yaml", "title": "configuration-invalid"}, "people.yaml is missing")
    assert third == (
        "error",
        {"file": below(WHERE), "line": "5", "title": "revision-skipped"},
        f"{SKIPPED}\n→ {MEND}",
    )
    assert last is None


@settings(max_examples=300)
@given(message=st.text() | st.sampled_from(HOSTILE), path=st.text(min_size=1) | st.sampled_from(HOSTILE[:-1]), hint=st.none() | st.text())
def test_github_takes_no_command_from_data(message: str, path: str, hint: str | None) -> None:
    found = list(commands(made("github", of(message, path, hint))))
    assert [each and each[0] for each in found] == ["error", "error", None]
    assert found[1] is not None
    assert set(found[1][1]) <= {"file", "line", "title"}
    assert found[1][1]["title"] == "due-date-passed"


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        assert not attrs


@settings(max_examples=200)
@given(message=st.text() | st.sampled_from(HOSTILE), path=st.text(min_size=1))
def test_data_in_the_step_summary_is_only_text(message: str, path: str) -> None:
    page = step_summary(Session(Terminal("en")), of(message, path, message), below)
    heading, blank, table = page.split("\n", 2)
    assert heading.startswith("### qmsctl: ")
    assert blank == ""
    table = table.removesuffix("\n\n")
    assert table.startswith("<table>\n<tr>")
    assert table.endswith("</tr>\n</table>")
    assert "\n\n" not in table
    assert all(line.startswith("<") for line in table.split("\n"))
    assert Tags(page).tags == {"table", "tr", "th", "td"}


def test_a_step_summary_fits_into_what_github_takes() -> None:
    many = CheckResult(tuple(of("đ" * 5000).diagnostics[0] for _number in range(2000)), (), 1)
    page = step_summary(Session(Terminal("en")), many, below)
    assert 850_000 < len(page.encode()) < 1 << 20
    left = int(re.search(r"(\d+) more stand in the log", page)[1])  # type: ignore[index]
    assert page.count("<tr>") - 2 + left == 2000


def sarif(result: CheckResult, lang: str = "en") -> Any:
    log = json.loads(made("sarif", result, lang))
    Draft4Validator(SARIF).validate(log)
    return log["runs"][0]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_sarif_is_valid_and_explains_every_rule(lang: str) -> None:
    run = sarif(RESULT, lang)
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["markdown"].count("## ") >= 4
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]}
    assert levels["due-date-passed"] == "warning"
    assert levels["approved-by-author"] == "error"


def test_sarif_names_files_as_uris_from_the_top_of_the_repository() -> None:
    places = [each["locations"][0]["physicalLocation"] for each in sarif(RESULT)["results"]]
    uris = [each["artifactLocation"]["uri"] for each in places]
    assert all(re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri) for uri in uris)
    assert [unquote(uri) for uri in uris[:2]] == ["chất lượng/people.yaml", below(WHERE)]
    assert "region" not in places[0]
    assert places[1]["region"] == {"startLine": 5}


def test_sarif_says_what_is_set_aside_and_what_could_not_be_checked() -> None:
    run = sarif(RESULT)
    assert [len(each.get("suppressions", ())) for each in run["results"]] == [0, 0, 0, 0, 1]
    assert run["results"][-1]["suppressions"][0]["justification"] == "Tên tệp của hệ thống cũ (until 2026-12-31)"
    assert not run["invocations"][0]["executionSuccessful"]
    assert sarif(CheckResult((), (), 1))["invocations"][0]["executionSuccessful"]


def span(line: int) -> Span:
    """Where “chủ tri” stands in a line of the text, as a reader counts characters; a byte order mark is none."""
    column = TEXT.removeprefix("\ufeff").splitlines()[line - 1].index("chủ tri") + 1
    return Span(line, column, line, column + len("chủ tri"))


def edited(*lines: int, other: Mend | None = None, new: str = "chủ trì") -> CheckResult:
    """A diagnostic whose mend puts another text in these lines."""
    whole = correction(EDITED, span(lines[0]), "chủ tri", new)
    for line in lines[1:]:
        whole = whole.then(correction(EDITED, span(line), "chủ tri", new))
    return CheckResult((Diagnostic(EDITED, 1, "field-unknown", Severity.ERROR, SKIPPED, whole.or_else(other)),), (), 1)


WAYS_WITHOUT_EDIT = [None, advice(_("ask somebody")), command("set", "X", sets=[Assignment("a", HOLE)]), git("rm", "x"), take_back("x")]


@pytest.mark.parametrize("line", [1, 2])
@pytest.mark.parametrize("other", WAYS_WITHOUT_EDIT)
def test_an_edit_is_a_fix_and_a_suggestion(line: int, other: Mend | None) -> None:
    result = edited(line, other=other)
    (fix,) = sarif(result)["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert unquote(change["artifactLocation"]["uri"]) == below(EDITED)
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": "chủ trì"}
    region = replacement["deletedRegion"]
    text = TEXT.removeprefix("\ufeff").splitlines()[region["startLine"] - 1]
    assert text[region["startColumn"] - 1 : region["endColumn"] - 1] == "chủ tri"
    (suggestion,) = json.loads(made("rdjson", result))["diagnostics"][0]["suggestions"]
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    assert start["line"] == end["line"] == line
    assert TEXT.encode().split(b"\n")[line - 1][start["column"] - 1 : end["column"] - 1].decode() == "chủ tri"
    assert suggestion["text"] == "chủ trì"


def test_edits_that_belong_together_are_one_fix_and_no_suggestion() -> None:
    result = edited(1, 2)
    (fix,) = sarif(result)["results"][0]["fixes"]
    assert [each["deletedRegion"]["startLine"] for each in fix["artifactChanges"][0]["replacements"]] == [1, 2]
    assert "suggestions" not in json.loads(made("rdjson", result))["diagnostics"][0]


@pytest.mark.parametrize("mend", WAYS_WITHOUT_EDIT)
def test_what_is_no_edit_alone_is_no_fix(mend: Mend | None) -> None:
    half = correction(EDITED, span(1), "chủ tri", "chủ trì").then(mend) if mend else None
    for each in (mend, half):
        result = CheckResult((Diagnostic(EDITED, 1, "field-unknown", Severity.ERROR, SKIPPED, each),), (), 1)
        assert "fixes" not in sarif(result)["results"][0]
        assert "suggestions" not in json.loads(made("rdjson", result))["diagnostics"][0]


@pytest.mark.parametrize("name", check_formats())
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_an_edit_steers_a_terminal(name: str, text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", made(name, edited(1, new=text)))


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(message=st.text() | st.sampled_from(HOSTILE), path=st.text(min_size=1))
def test_no_text_breaks_json_and_xml(message: str, path: str) -> None:
    result = of(message, path, message)
    for name in ("gitlab", "rdjson", "sarif"):
        assert json.loads(made(name, result))
    failed = [case for case in ET.fromstring(made("junit", result)).iter("testcase") if case.find("failure") is not None]
    assert [case.get("name") for case in failed] == ["due-date-passed"]


def test_a_title_is_no_link_in_sarif() -> None:
    text = sarif(of("[click](https://evil.example) and [a] (b)"))["results"][0]["message"]["text"]
    assert text == r"\[click](https://evil.example) and [a] (b)"


@pytest.mark.parametrize("name", check_formats())
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_steers_a_terminal(name: str, text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", made(name, of(text, f"documents/{text}.md", text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_of_the_text_begins_with_a_command(text: str) -> None:
    lines = made("text", of(text, "documents/QT-01.md", text)).splitlines()
    assert len(lines) == 5
    assert not [line for line in lines if line.startswith("::")]


def test_fingerprints_outlive_a_moved_line_and_a_translation() -> None:
    before = fingerprints(RESULT.diagnostics)
    moved = [Diagnostic(e.path, e.line + 40, e.rule, e.severity, e.message, e.mend) for e in RESULT.diagnostics]
    assert fingerprints(moved) == before
    assert len(set(before)) == len(before)
    other = [Diagnostic(f"x/{e.path}", e.line, e.rule, e.severity, e.message) for e in RESULT.diagnostics]
    assert not set(fingerprints(other)) & set(before)
    both = [json.loads(made("gitlab", RESULT, lang)) for lang in ("en", "vi")]
    assert [each["fingerprint"] for each in both[0]] == [each["fingerprint"] for each in both[1]]


def test_gitlab_has_what_it_asks_of_an_issue() -> None:
    issues = json.loads(made("gitlab", RESULT))
    assert [(each["check_name"], each["severity"], each["location"]["lines"]["begin"]) for each in issues] == [
        ("check-incomplete", "blocker", 1), ("configuration-invalid", "major", 1), ("revision-skipped", "major", 5),
        ("revision-skipped", "major", 9), ("due-date-passed", "minor", 3),
    ]
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    assert issues[0]["location"]["path"] == "chất lượng/qms.yaml"


def test_junit_fails_for_errors_and_skips_for_warnings() -> None:
    suite = ET.fromstring(made("junit", RESULT))
    cases = {case.get("name"): [each.tag for each in case] for case in suite.iter("testcase")}
    assert cases["could not be checked"] == ["error"]
    assert cases["revision-skipped"] == ["failure"]
    assert cases["due-date-passed"] == ["skipped"]
    assert cases["id-not-file-name"] == ["system-out"]
    assert cases["approved-by-author"] == []
    assert {key: suite.get(key) for key in ("failures", "errors", "skipped")} == {"failures": "2", "errors": "1", "skipped": "1"}
    assert suite.get("tests") == str(len(cases))


def test_several_formats_in_one_run(office: Desk, tmp_path: Path) -> None:
    said = office.run("check", "--format", "text", "--format", f"sarif={tmp_path}/out/qms.sarif", "--format", f"text={tmp_path}/out/qms.txt")
    assert said.out.startswith("clean: ")
    assert json.loads((tmp_path / "out/qms.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "out/qms.txt").read_text(encoding="utf-8") == said.out


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("--format", "xml"), 2, "“xml”; one of github, gitlab, json"),
        (("--format", "text", "--format", "json"), 2, "--format text --format sarif=qms.sarif"),
        (("--format", "sarif=/dev/null/x"), 3, "/dev/null/x cannot be written"),
        (("--staged", "--at", "HEAD"), 2, "leave out one of the two"),
    ],
)
def test_what_cannot_be_printed_is_said(office: Desk, words: tuple[str, ...], code: int, part: str) -> None:
    assert part in office.refused("check", *words, code=code).err


def test_the_summary_of_the_step_grows(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    office.run("check", "--format", "json")
    assert summary.read_text(encoding="utf-8") == "before\n"
    office.run("check", "--format", "github")
    assert summary.read_text(encoding="utf-8").startswith("before\n### qmsctl: clean: 0 error(s)")


def test_a_hostile_file_gives_no_command_in_any_format(office: Desk) -> None:
    office.edit("documents/procedures/QT-01.md", "revision: 1", 'revision: "1\\n::add-mask::x"')
    for name in ("github", "text"):
        said = office.run("check", "--format", name, code=1)
        assert "add-mask" in said.out
        assert not [line for line in re.split("[\r\n]", said.out) if line.startswith("::add-mask")]


def test_paths_are_those_of_the_repository(office: Desk, tmp_path: Path) -> None:
    top = tmp_path / "kho"
    top.mkdir()
    run_git(top, "init", "--quiet", "-b", "main")
    inside = Desk(office.root.rename(top / "chất lượng"), office.today)
    (top / "chất lượng" / ".git").rename(tmp_path / "old.git")
    inside.sit("minh")
    inside.commit()
    inside.edit("documents/procedures/QT-01.md", "đúng hẹn", "sớm")
    assert "file=chất lượng/documents/procedures/QT-01.md" in inside.run("check", "--format", "github", code=1).out
    found = inside.run("check", "--format", "gitlab", code=1).json
    assert {each["location"]["path"] for each in found} == {"chất lượng/documents/procedures/QT-01.md"}
    assert inside.run("check", "--format", "json", code=1).json["diagnostics"][0]["path"] == "documents/procedures/QT-01.md"


def test_what_is_staged_is_checked_and_not_what_lies_on_the_disk(office: Desk) -> None:
    path = "documents/procedures/QT-01.md"
    office.edit(path, "đúng hẹn", "sớm")
    assert office.run("check", "--staged").out.startswith("clean: ")
    office.git("add", path)
    office.edit(path, "sớm", "đúng hẹn")
    assert [each["rule"] for each in office.run("check", "--format", "json").json["diagnostics"]] == ["index-behind"]
    assert "[approved-text-changed]" in office.run("check", "--staged", code=1).out


def test_errors_only_counts_the_warnings(desk: Desk) -> None:
    desk.edit("documents/procedures/QT-01.md", "Trả bản sao trích lục hộ tịch đúng hẹn.", "*(Ghi mục đích.)*")
    whole = desk.run("check", "--format", "json").json
    short = desk.run("check", "--errors-only", "--format", "json").json
    assert whole["summary"]["warnings"] == short["summary"]["warnings"] > 0
    assert short["diagnostics"] == []
    assert desk.run("check", "--errors-only").out.splitlines() == desk.run("check").out.splitlines()[-1:]


@pytest.mark.parametrize("name", check_formats())
def test_every_format_says_how_many_more_there_are(desk: Desk, name: str) -> None:
    path = "documents/procedures/QT-01.md"
    desk.write(path, desk.read(path) + "\n[a](b.md)\n" * 130)
    said = desk.run("--lang", "en", "check", path, "--format", name, code=1)
    assert "30 more of this rule" in said.out
    if name == "json":
        assert [each["count"] for each in said.json["diagnostics"] if "count" in each] == [30]
        assert said.json["summary"]["errors"] >= 130
    if name == "sarif":
        assert [each["occurrenceCount"] for each in said.json["runs"][0]["results"] if "occurrenceCount" in each] == [30]
