"""What is said of papers that lie in a folder where a system is laid down."""

from __future__ import annotations

from pathlib import Path

from qmsctl.cli.session import Session
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.store.incoming.papers import papers_in


def say_papers(session: Session, target: Path) -> None:
    """Say so where papers lie in the folder that are no documents of the system yet."""
    names = papers_in(target)
    if names:
        shown = (*names[:3], "…") if len(names) > 3 else names
        plan = command("import plan", ".").in_order_to(_("to bring them in"))
        session.say(_("{count} papers lie here that are no documents yet: {names}; {mend}", count=len(names), names=shown, mend=plan))
