"""Who counts the records of a type, and which of them, as the type says it under ``counted``."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.value import dataclass

FIGURES: Mapping[str, tuple[str, ...]] = {
    "previous-actions": ("reviews", "done"),
    "changes": ("law", "changes", "context"),
    "customer-feedback": ("complaints", "justified", "unanswered", "feedback", "feedback_open", "surveys"),
    "objectives": ("objectives", "reached", "missed"),
    "process-performance": ("cases", "wrong"),
    "actions-status": (
        *("raised", "major", "closed", "open"),
        *("actions_done", "actions_open", "actions_late", "effective", "ineffective", "preventive"),
    ),
    "monitoring-results": ("checks", "lines", "wrong", "calibrated", "failed", "validations"),
    "audit-results": ("audits", "held", "findings", "open", "foreseen"),
    "suppliers": ("approved", "suspended", "evaluations", "not_accepted", "problems"),
    "resources": ("out_of_service", "held", "effective", "ineffective", "training_late", "unmet"),
    "risk-actions": ("risks", "new", "untreated", "pursued"),
    "recommendations": ("findings", "opportunities", "requests", "initiatives"),
    "todo": ("reviews",),
    "report training": ("trainings", "trained", "gaps"),
    "audit plan": ("texts", "nonconformities", "findings", "audits", "risks", "complaints"),
    "report audit": ("scope", "nonconformities", "actions"),
    "report register": ("external",),
    "coverage": ("shown",),
}
"""What can be counted, by who counts it: an input of the management review, or a command.

The order is the one in which a review names the types that an input is computed from.
"""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure that records of the type, or rows of their data block ``block``, are counted for.

    ``consumer`` and ``figure`` are of :data:`FIGURES`. Counted is what has a day of the period in ``on`` (a column of
    the block, else a field), is in one of ``states``, has values of ``when`` in its fields and of ``where`` in the
    columns, has nothing in the fields ``without``; with ``open`` only what is not closed, with ``late`` only where
    the day in that field, as last moved, has passed. What is empty here does not narrow.
    """

    consumer: str
    figure: str
    when: Mapping[str, tuple[str, ...]]
    where: Mapping[str, tuple[str, ...]]
    block: str | None = None
    on: str | None = None
    states: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    open: bool = False
    late: str | None = None
