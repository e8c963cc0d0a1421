"""How far an objective has come, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.cli.formats.table import wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, GREEN, RED
from qmsctl.core.model import Item
from qmsctl.core.records.objective import is_measured, progress, sparkline
from qmsctl.core.records.objective_words import reached_words, target_words, trend_words
from qmsctl.core.text.quantity import quantity
from qmsctl.message import _

_SHOWN = 24


def progress_lines(session: Session, shown: Item) -> Iterator[str]:
    """The latest value against the target, and the way there as bars; nothing for what is not measured."""
    found = progress(shown) if is_measured(shown.type) else None
    if found is None or found.last is None:
        return
    words = session.words
    yield ""
    yield session.colour(words(_("Progress")), BOLD)
    last = quantity(found.last.value, found.unit)
    reached, trend = reached_words(found), trend_words(found)
    told = words(_("{value} in {period}; target: {target}", value=last, period=found.last.period, target=target_words(found)))
    verdict = "; ".join(words(each) for each in (reached, trend) if each)
    yield session.colour(wrapped(session.terminal, f"{told}; {verdict}" if verdict else told, "  ", "    "), GREEN if found.reached else RED)
    points = found.points[-_SHOWN:]
    yield f"  {sparkline(tuple(point.value for point in points))}  {words(points[0].period)} – {words(points[-1].period)}"
