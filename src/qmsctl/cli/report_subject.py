"""The words behind the name of a report: the document or record it is about, and which of its revisions."""

from __future__ import annotations

from qmsctl.core.comparison.revision_pair import read_span
from qmsctl.core.text.values import read_integer
from qmsctl.errors import UsageError
from qmsctl.mend import Hole
from qmsctl.mend import command as command_of
from qmsctl.message import _
from qmsctl.reports import Report
from qmsctl.reports.options import About


def report_subject(report: Report, words: list[str]) -> tuple[str, str]:
    """The document or record of a report on one, and which revision or revisions of it. Raises :class:`UsageError`."""
    match report.about:
        case About.RECORD | About.RECORD_IF_NAMED:
            return _record(report, words), ""
        case About.DOCUMENT:
            return _revision(report, words)
        case About.TWO_REVISIONS:
            return _span(report, words)
        case _ if words:
            raise UsageError(_("the report “{name}” takes no more words: {words}", name=report.name, words=" ".join(words)))
        case _:
            return "", ""


def _record(report: Report, words: list[str]) -> str:
    if len(words) > 1 or (not words and report.about is About.RECORD):
        raise UsageError(
            _("the report “{name}” is of one record", name=report.name),
            command_of("report", report.name, Hole("id")).in_order_to(_("name the record, such as {example}", example=report.example)),
        )
    return words[0] if words else ""


def _span(report: Report, words: list[str]) -> tuple[str, str]:
    if not words or len(words) > 2:
        raise UsageError(
            _("the report “{name}” is of one document and two of its revisions", name=report.name),
            command_of("report", report.name, Hole("id"), Hole("revisions")).in_order_to(
                _("name the document, and two of its revisions as A..B, such as {example}", example=report.example)
            ),
        )
    span = words[1] if len(words) > 1 else ".."
    read_span(span)
    return words[0], span


def _revision(report: Report, words: list[str]) -> tuple[str, str]:
    if not words or len(words) > 2 or (len(words) > 1 and read_integer(words[1]) is None):
        raise UsageError(
            _("the report “{name}” is of one document, in one of its revisions", name=report.name),
            command_of("report", report.name, Hole("id")).in_order_to(_("name the document, such as {example}", example=report.example)).or_else(
                command_of("report", report.name, Hole("id"), Hole("revision")).in_order_to(_("for one of its revisions"))
            ),
        )
    return words[0], words[1] if len(words) > 1 else ""
