"""A check as JUnit XML, which every forge shows as tests: a test case a rule, so that a report tells what was judged."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable

from qmsctl.cli.formats.check_formats import Located, said
from qmsctl.cli.formats.check_text import summary
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import CheckResult
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.rules import rule_names

_NO_CHARACTER = regex("[\ufffe\uffff]")
"""What XML 1.0 forbids besides the control characters and surrogates, which are written out before."""


def check_junit(session: Session, result: CheckResult, located: Located) -> str:
    """One suite. A rule fails for an error, and counts as skipped where it only warns: JUnit knows no warnings."""
    suite = ET.Element("testsuite", name="qmsctl")
    unjudged = {each.rule: each.message for each in result.unjudged}
    for each in result.incomplete:
        _case(suite, session.words(_("could not be checked")), "error", session.words(each))
    found = _by_rule(result.diagnostics)
    aside = {pair[0].rule for pair in result.ignored}
    for rule in rule_names():
        texts = [_text(session, each, located) for each in found[rule] if each.severity is not Severity.NOTE]
        failed = any(each.severity is Severity.ERROR for each in found[rule])
        outcome = ("failure" if failed else "skipped") if texts else None
        if rule in unjudged:
            outcome, texts = "error", [session.words(unjudged[rule]), *texts]
        case = _case(suite, rule, outcome, "\n".join(texts))
        if rule in aside:
            ET.SubElement(case, "system-out").text = _aside(session, result, rule, located)
    counts = {name: sum(case.find(name) is not None for case in suite) for name in ("failure", "error", "skipped")}
    suite.attrib |= {"tests": str(len(suite)), "failures": str(counts["failure"]), "errors": str(counts["error"])}
    suite.attrib |= {"skipped": str(counts["skipped"])}
    ET.SubElement(suite, "system-out").text = summary(session, result)
    ET.indent(suite)
    text = ET.tostring(suite, encoding="unicode")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + text


def _case(suite: ET.Element, name: str, outcome: str | None, text: str) -> ET.Element:
    case = ET.SubElement(suite, "testcase", classname="qmsctl", name=name)
    if outcome:
        told = _legal(text)
        ET.SubElement(case, outcome, message=told.partition("\n")[0], type=outcome).text = told
    return case


def _by_rule(diagnostics: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for each in diagnostics:
        found[each.rule].append(each)
    return found


def _text(session: Session, found: Diagnostic, located: Located) -> str:
    place = session.words(located(found.path))
    return f"{place}:{found.line}: {said(session, found)}" if found.line else f"{place}: {said(session, found)}"


def _aside(session: Session, result: CheckResult, rule: str, located: Located) -> str:
    lines = (
        f"{_text(session, found, located)}\n{session.words(_('set aside: {reason}', reason=ignore.reason))}"
        for found, ignore in result.ignored
        if found.rule == rule
    )
    return _legal("\n".join(lines))


def _legal(text: str) -> str:
    return _NO_CHARACTER.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
