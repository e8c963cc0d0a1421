"""Records made of what somebody noted: on a form, in a file, or as a finding of an audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from qmsctl.core.asked import item
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, create
from qmsctl.core.model import Item
from qmsctl.core.records.finding import FINDING, SEVERITIES, logged_from
from qmsctl.core.records.notes import Noted
from qmsctl.core.sections.section_text import in_section, section_named, text_of
from qmsctl.core.text.splice import flow
from qmsctl.core.text.text_file import cut
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.value import replace

_SOURCES = {"internal": "internal-audit", "external": "external-audit", "supplier": "supplier"}
"""What an audit is, and the source of a nonconformity found in it."""


def log(library: Library, type_name: str, notes: Sequence[Noted], person: str | None, body: Body) -> Edit:
    """One new record for each of ``notes``, numbered one after another, as one change."""
    edits: list[Edit] = []
    for each in notes:
        edits.append(create(library, type_name, each.fields, person, _filled(each, body, library)))
        library = library.after(edits[-1])
    whole = reduce(Edit.merge, edits)
    if len(edits) > 1:
        whole = replace(whole, summary=_("{first}, and {count} more", first=edits[0].summary, count=len(edits) - 1))
    return whole


def _filled(noted: Noted, body: Body, library: Library) -> Body:
    def made(found: RecordType, new_id: str, title: str) -> str:
        text = body(found, new_id, title) if noted.body is None else _headed(noted.body, title)
        for name, content in noted.texts.items():
            section = section_named(found, name)
            text = in_section(text, found, section, content, library.config.language) if section and content.strip() else text
        return text

    return made


def _headed(body: str, title: str) -> str:
    return body if body.startswith("# ") else f"# {title}\n\n{body}"


def from_finding(library: Library, subject: str) -> Noted:
    """What a finding says, as a nonconformity that arises from it.

    Raises :class:`Refusal` where it is none, or has been logged as one.
    """
    finding = item(library, subject)
    if finding.type.name != FINDING:
        raise Refusal(_("{id} is no finding of an audit", id=subject), command("list", FINDING).in_order_to(_("to see them all")))
    if finding.is_given_up:
        raise Refusal(_("the auditor has taken {id} back", id=subject))
    if finding.text("kind") not in SEVERITIES:
        raise Refusal(
            _("{id} is no nonconformity: {kind}", id=subject, kind=finding.value_label("kind")),
            command("show", subject).in_order_to(_("it is answered in its own record")),
        )
    known = next(logged_from(library, subject), None)
    if known is not None:
        raise Refusal(_("{id} has been logged already: {other}", id=subject, other=known.id), command("show", known.id))
    return Noted(_facts(library, finding), _texts(library, finding))


def _facts(library: Library, finding: Item) -> Mapping[str, str]:
    audit = library.item(finding.text("audit"))
    found = {
        "title": finding.title,
        "of": flow([finding.id]),
        "source": _SOURCES.get((audit.text("kind") if audit else None) or "", "internal-audit"),
        "severity": finding.text("kind"),
        "requirement": flow(list(finding.texts("requirement"))) if finding.has("requirement") else None,
        "unit": finding.text("unit"),
        "owner": finding.text("owner"),
    }
    return {key: text for key, text in found.items() if text}


def _texts(library: Library, finding: Item) -> Mapping[str, str]:
    section = section_named(finding.type, "statement")
    body = cut(library.outside.read(finding.path)).body.replace("\r\n", "\n")
    statement = text_of(body, finding.type, section) if section else ""
    return {"description": statement, "seen": finding.text("seen") or ""}
