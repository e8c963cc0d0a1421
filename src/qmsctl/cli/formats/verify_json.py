"""A verification for scripts; the shape is a promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qmsctl.cli.formats.table import as_json
from qmsctl.cli.session import Session
from qmsctl.core.keys.pdf_signature import PdfSeals
from qmsctl.core.office.paper_approver import approver_data
from qmsctl.reports.parts.verification import Verification, VerifiedDossier, VerifiedSignOff


def verify_json(session: Session, found: Verification, seals: Mapping[str, PdfSeals]) -> str:
    """``{"version": 1, "incomplete": […], "before_history": 0, "committed_by_others": 0, "subjects": […]}``; words in the reader's language."""
    return as_json(
        {
            "version": 1,
            "incomplete": [session.words(each) for each in found.incomplete],
            "before_history": found.older,
            "committed_by_others": found.by_others,
            "subjects": [
                {
                    "id": subject.id,
                    "title": subject.title,
                    "dossiers": [_dossier(session, each, seals) for each in subject.dossiers],
                    "problems": [
                        {"rule": each.rule, "severity": each.severity.value, "path": each.path, "message": session.words(each.message)}
                        for each in subject.problems
                    ],
                }
                for subject in found.subjects
            ],
        }
    )


def _dossier(session: Session, found: VerifiedDossier, seals: Mapping[str, PdfSeals]) -> dict[str, Any]:
    return {
        "folder": found.proof.folder,
        "revision": found.proof.revision,
        "state": found.proof.state or None,
        "sha256": found.proof.digest,
        "signoffs": [_signoff(session, each, seals) for each in found.signoffs],
        "files": [
            {"path": each.path, "sha256": each.sha256, "digest_matches": each.place is not None, "place": each.place, "gone_by": each.gone}
            for each in found.files
        ],
    }


def _signoff(session: Session, found: VerifiedSignOff, seals: Mapping[str, PdfSeals]) -> dict[str, Any]:
    signoff, proof, shown = found.signoff, found.proof, found.proof.signature
    commit = found.committed
    return {
        "path": signoff.path,
        "meaning": signoff.meaning,
        "by": list(signoff.by),
        "role": signoff.role,
        "role_held": proof.held,
        "at": signoff.at.isoformat(),
        "entered_by": signoff.entered_by,
        "approved_by": approver_data(signoff.approved_by),
        "digest_matches": proof.matches,
        "counts": not proof.faults and shown.again is None,
        "signed_again": shown.again.isoformat() if shown.again else None,
        "level": shown.level.value,
        "signature": {
            "fingerprint": shown.key.fingerprint or None,
            "holds": shown.key.fault is None,
            "fault": session.words(shown.key.fault) if shown.key.fault else None,
        } if shown.key else None,
        "first_commit": {"id": commit.commit.id, "day": commit.day.isoformat(), "days_later": commit.later, "by": commit.by,
                         "late": found.is_late, "before_history": found.is_older} if commit else None,
        "late": found.is_late,
        "basis": _basis(session, found, seals),
        **({"witnessed": {"day": found.witnessed.day.isoformat(), "by": session.words(found.witnessed.how), "note": found.witnessed.checkpoint.path}} if found.witnessed else {}),
    }


def _basis(session: Session, found: VerifiedSignOff, seals: Mapping[str, PdfSeals]) -> dict[str, Any] | None:
    if found.evidence is None:
        return None
    basis = found.evidence.basis
    pdf = seals.get(basis.file or "")
    return {
        "number": basis.number,
        "date": basis.date.isoformat() if basis.date else None,
        "file": basis.file,
        "sha256": basis.sha256,
        "digest_matches": found.evidence.holds,
        "pdf_signatures": [
            {"signer": each.signer, "at": each.at.isoformat() if each.at else None, "time_stamped": each.stamped,
             "intact": each.intact, "whole": each.whole, "trusted": each.trusted,
             "unchecked": [session.words(what) for what in each.unchecked]}
            for each in pdf.seals
        ] if pdf and pdf.problem is None else None,
    }
