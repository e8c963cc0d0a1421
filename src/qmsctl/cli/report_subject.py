"""What may follow the name of a report: the document or record it is about, which of its revisions, and options that only some reports take."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qmsctl.cli.putting_out import PAPER
from qmsctl.core.comparison.revision_pair import read_span
from qmsctl.core.text.values import read_integer
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, advice
from qmsctl.mend import command as command_of
from qmsctl.message import _, either
from qmsctl.reports import Report, reports_of
from qmsctl.reports.options import About


def _is_paper(report: Report) -> bool:
    return report.name == PAPER


def _is_of_days(report: Report) -> bool:
    return report.of_days


_TAKES: dict[str, Callable[[Report], bool]] = {
    "--copy": _is_paper, "--distribution": _is_paper, "--with-forms": _is_paper, "--from": _is_of_days, "--to": _is_of_days,
    "--only": lambda each: bool(each.sections), "--with-documents": lambda each: "texts" in each.sections, "--revision": lambda each: each.about is About.DOCUMENT,
}


def check_taken(name: str, report: Report | None, chosen: Mapping[str, object]) -> None:
    """Raise :class:`UsageError` for an option that only other reports take; the portal, which is no ``report``, takes none of these."""
    for option in (each for each, value in chosen.items() if value):
        takes = _TAKES[option]
        if report is None or not takes(report):
            takers = [each.name for each in reports_of("report") if takes(each)]
            raise UsageError(_("only report {reports} takes {options}, not report {name}", reports=either(takers), options=option, name=name), advice(_("leave {options} out", options=option)))


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
