"""A check as SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from qmsctl import __version__
from qmsctl.cli.formats.check_formats import Located, edits, said
from qmsctl.cli.formats.fingerprint import fingerprints
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import CheckResult
from qmsctl.core.office.ignoring import Ignore
from qmsctl.core.rule import Rule
from qmsctl.core.rule_page import RulePage, heading, read_page
from qmsctl.mend import Correction, Mend
from qmsctl.message import _
from qmsctl.rules import all_rules

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

def check_sarif(session: Session, result: CheckResult, located: Located) -> str:
    """One run. What ``qms.yaml`` sets aside is a suppressed result; what could not be checked, a failed invocation."""
    found = [(each, None) for each in result.diagnostics] + list(result.ignored)
    marks = fingerprints(each for each, _ignore in found)
    rules = all_rules()
    places = {rule.id: number for number, rule in enumerate(rules)}
    results = [
        _result(session, located, each, mark, places[each.rule]) | _suppressed(session, ignore)
        for (each, ignore), mark in zip(found, marks, strict=True)
    ]
    driver = {
        "name": "qmsctl",
        "version": __version__,
        "language": session.language,
        "rules": [_rule(session, rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(session, result)],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(session: Session, rule: Rule) -> dict[str, object]:
    page = read_page(rule.page)
    summary = {"text": session.translate(page.summary)}
    why = " ".join(session.translate(each.text) for each in page.parts.get("Why", ()) if not each.code)
    page_text = _markdown(session, page)
    clauses = [f"{edition}:{number}" for edition, numbers in rule.clauses.items() for number in numbers]
    return {
        "id": rule.id,
        "shortDescription": summary,
        "fullDescription": {"text": why} if why else summary,
        "help": {"text": page_text, "markdown": page_text},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [*clauses, *(["calendar"] if rule.calendar else [])]},
    }


def _markdown(session: Session, page: RulePage) -> str:
    """The page as ``qmsctl explain`` shows it, in Markdown, which reads as plain text as well."""
    parts = [session.translate(page.summary)]
    for name, passages in page.parts.items():
        parts.append(f"## {session.words(heading(name))}")
        parts += [each.text if each.code else session.translate(each.text) for each in passages]
    return "\n\n".join(parts)


def _result(session: Session, located: Located, found: Diagnostic, mark: str, place: int) -> dict[str, object]:
    lines: dict[str, object] = {"region": {"startLine": found.line}} if found.line else {}
    fixes = [_fix(session, located, way, corrections) for way, corrections in edits(found)]
    return {
        "ruleId": found.rule,
        "ruleIndex": place,
        "level": found.severity.value,
        "message": {"text": _plain(said(session, found))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(located, found.path), **lines}}],
        "partialFingerprints": {"qmsctl/v1": mark},
        **({"occurrenceCount": found.count} if found.count > 1 else {}),
        **({"fixes": fixes} if fixes else {}),
    }


def _plain(text: str) -> str:
    """A text in which no bracket begins an embedded link (section 3.11.6 of the standard)."""
    first, *others = text.split("]")
    parts = [first]
    for part in others:
        if part.startswith("("):
            parts[-1] = parts[-1].replace("[", r"\[")
        parts.append(part)
    return "]".join(parts)


def _artifact(located: Located, path: str) -> dict[str, object]:
    return {"uri": quote(located(path).encode("utf-8", "surrogateescape"), safe="/"), "uriBaseId": "%SRCROOT%"}


def _fix(session: Session, located: Located, way: Mend, corrections: Sequence[Correction]) -> dict[str, object]:
    """Edits that belong together; a viewer applies all of them or none."""
    changes: dict[str, list[object]] = {}
    for each in corrections:
        changes.setdefault(each.path, []).append(_replacement(each))
    return {
        "description": {"text": _plain(session.words(way))},
        "artifactChanges": [
            {"artifactLocation": _artifact(located, path), "replacements": replacements} for path, replacements in changes.items()
        ],
    }


def _replacement(each: Correction) -> dict[str, object]:
    span = each.span
    region = {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
    return {"deletedRegion": region, "insertedContent": {"text": each.new}}


def _suppressed(session: Session, ignore: Ignore | None) -> dict[str, object]:
    if ignore is None:
        return {}
    reason = session.words(_("{reason} (until {day})", reason=ignore.reason, day=ignore.until))
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": reason}]}


def _invocation(session: Session, result: CheckResult) -> dict[str, object]:
    notes = [{"level": "error", "message": {"text": session.words(each)}} for each in result.incomplete]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
