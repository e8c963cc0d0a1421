"""The register as lists: the same rows as its page, one fact a column."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.message import _
from qmsctl.reports.parts.external_list import External
from qmsctl.reports.parts.master_list import Group, Place
from qmsctl.reports.parts.readership import PaperCopy, Reading
from qmsctl.reports.parts.record_list import HeldGroup, KeptRecord
from qmsctl.reports.parts.sheet import DAY, NUMBER, Column, Sheet, Value, listed, text_of


def sheets(
    groups: Sequence[Group], external: Sequence[External], places: Sequence[Place], reading: Sequence[Reading], kept: Sequence[KeptRecord], held: Sequence[HeldGroup]
) -> tuple[Sheet, ...]:
    """The lists of the register, in the order of its page."""
    return _documents(groups), _external(external), _distribution(places), _reading(reading), _kept(kept), _held(held)


def _documents(groups: Sequence[Group]) -> Sheet:
    return Sheet(
        "documents",
        _("Documents of the office"),
        (
            Column("type", _("Type")),
            Column("id", _("Code")),
            Column("title", _("Title")),
            Column("revision", _("Rev."), NUMBER),
            Column("effective", _("Effective from"), DAY),
            Column("status", _("Status")),
            Column("under_way", _("Under way")),
            Column("owner", _("Owner")),
            Column("unit", _("Unit")),
            Column("approved_by", _("Approved by")),
            Column("review", _("Next review"), DAY),
            Column("distribution", _("Distribution")),
            Column("classification", _("Classification")),
            Column("parent", _("Belongs to")),
        ),
        tuple(
            (
                group.label, row.id, row.title, row.revision, row.effective, row.state.word,
                row.under_way.word if row.under_way else None, row.owner, row.unit, listed(dict.fromkeys(each.name for each in row.approvals.approvers)),
                row.review, listed(row.distribution), row.classification, row.parent,
            )
            for group in groups
            for row in group.rows
        ),
        by="type",
    )


def _external(rows: Sequence[External]) -> Sheet:
    return Sheet(
        "external",
        _("External documents"),
        (
            Column("id", _("Code")),
            Column("title", _("Title")),
            Column("number", _("Number")),
            Column("issuer", _("Issued by")),
            Column("issued", _("Issued"), DAY),
            Column("in_force_from", _("In force from"), DAY),
            Column("in_force_until", _("In force until"), DAY),
            Column("status", _("Status")),
            Column("superseded_by", _("Superseded by")),
            Column("amended_by", _("Amended by")),
            Column("checked", _("Last checked"), DAY),
            Column("unit", _("Unit in charge")),
        ),
        tuple(
            (
                row.id, row.title, row.number, row.issuer, row.issued, row.in_force_from, row.in_force_until, row.state.word,
                listed(row.superseded_by), listed(row.amended_by), row.checked, row.unit,
            )
            for row in rows
        ),
    )


def _distribution(places: Sequence[Place]) -> Sheet:
    return Sheet(
        "distribution",
        _("Distribution by unit"),
        (Column("unit", _("Unit")), Column("id", _("Code"))),
        tuple((row.unit, id_) for row in places for id_ in row.documents),
        by="unit",
    )


def _reading(rows: Sequence[Reading]) -> Sheet:
    return Sheet(
        "reading",
        _("Read and understood"),
        (
            Column("id", _("Code")),
            Column("title", _("Title")),
            Column("revision", _("Rev."), NUMBER),
            Column("units", _("Units")),
            Column("read", _("Read by")),
            Column("missing", _("Still to read it")),
            Column("copies", _("Paper copies")),
        ),
        tuple(
            (row.id, row.title, row.revision, listed(row.units), row.state.word if row.state else None, listed(row.missing), _copies(row.copies))
            for row in rows
        ),
    )


def _copies(found: Sequence[PaperCopy]) -> Value:
    return listed(_("{copies}: {holder}", copies=each.copies, holder=each.holder) for each in found)


def _kept(rows: Sequence[KeptRecord]) -> Sheet:
    names = ("form", "place", "keeper", "medium", "retention", "basis", "disposal", "clauses")
    heads = (_("Form"), _("Kept at"), _("Keeper"), _("Medium"), _("Retention"), _("Basis"), _("Disposal"), _("Clauses"))
    return Sheet(
        "kept",
        _("Records to be kept"),
        (Column("name", _("Record")), *(Column(name, head) for name, head in zip(names, heads, strict=True)), Column("document", _("Document"))),
        tuple((row.name, *(text_of(getattr(row, name)) for name in names), row.document) for row in rows),
    )


def _held(groups: Sequence[HeldGroup]) -> Sheet:
    return Sheet(
        "held",
        _("Records in the system"),
        (
            Column("type", _("Type")),
            Column("id", _("Code")),
            Column("title", _("Title")),
            Column("day", _("Date"), DAY),
            Column("status", _("State")),
            Column("retention", _("Retention")),
        ),
        tuple(
            (group.label, row.id, row.title, row.day, row.state.word if row.state else None, group.retention or None)
            for group in groups
            for row in group.rows
        ),
        by="type",
    )
