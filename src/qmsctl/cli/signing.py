"""What the options of a signing command say."""

from __future__ import annotations

from qmsctl.acts.keys import Signing
from qmsctl.acts.signing import DECISIONS, Given, Paper
from qmsctl.cli.arguments import day, inside, read_evidence
from qmsctl.cli.options import SignOff
from qmsctl.cli.session import Session
from qmsctl.core.text.values import by_commas
from qmsctl.store.place import Place


def given(session: Session, options: SignOff, place: Place, folder: str = DECISIONS) -> Given:
    """What the options say; the paper is kept in ``folder``. Raises :class:`UsageError`."""
    file = options.basis_file
    return Given(
        by=by_commas(options.by or ""),
        role=options.role,
        comment=options.comment,
        effective=day(session, options.effective, "--effective"),
        basis=options.basis,
        basis_date=day(session, options.basis_date, "--basis-date"),
        paper=Paper(file.name, read_evidence(session, file), inside(place, file), folder) if file else None,
        capacity=options.capacity,
        on_behalf_of=options.on_behalf_of,
        signing=Signing(options.sign, options.key),
        again=options.again,
        together=options.together,
    )
