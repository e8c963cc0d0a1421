"""Which drafts of a plan are put into force by which paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from qmsctl.core.incoming.plan import OF_PAPER, Plan
from qmsctl.core.incoming.planning import is_of
from qmsctl.core.library import Library

OfPaper = tuple[tuple[str, str], ...]


def by_paper(library: Library, plan: Plan, ids: Sequence[str]) -> list[tuple[OfPaper, tuple[str, ...]]]:
    """The drafts that were made from files of ``plan``, by the paper each rests on; where ids are given, of these alone.

    What was adopted before, or goes its own way by now, is not among them, unless it is named.
    """
    found: dict[OfPaper, list[str]] = defaultdict(list)
    for each in plan.files:
        own = each.get("id")
        if not each.is_draft or not is_of(library, own, each.sha256) or (ids and own not in ids):
            continue
        if ids or library.standing(own).working == "draft":
            paper = plan.paper_of(each)
            found[tuple((name, paper[name]) for name in OF_PAPER)].append(own)
    return [(paper, tuple(subjects)) for paper, subjects in found.items()]
