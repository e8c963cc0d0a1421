"""The rules: one module each, named after the bad state it finds.

A rule module has a docstring, which is its page, ``SEVERITY``, ``CLAUSES`` by edition, and
``check(library)``, a generator of problems. ``CALENDAR = True`` marks a rule whose answer changes
as days go by, ``OFFICE = True`` one that rests on roles and approvals, ``IGNORABLE = False`` one that ``qms.yaml``
cannot set aside (``FIRM_FROM = 2``: of that format), ``TAKEN_UP = True`` one that speaks of single sign-offs and has no
more than a note on those that were given again since, ``WAITS = True`` one whose errors are mended by more sign-offs, so
that they keep nobody from signing. ``ABOUT = About.FORM`` marks one about how a text is written, which keeps nobody from
adopting it as its paper has it; any other is about proof. ``SEES = Sight.FILE`` or ``Sight.LINKED`` says that what it says of a
file rests on that file, or on what is linked with it as well, so that after an edit it is asked about no more than that; any other may
have ``takes(library, id)``, all that it takes from one id: it is not asked where an edit leaves that as it was. ``STAYS = True`` says
that its messages and mends rest on no more, either, so that what it said of other files is taken over.
There is no registry: a module in this folder is a rule.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from qmsctl.core.diagnostic import About
from qmsctl.core.rule import Rule
from qmsctl.core.sight import Sight
from qmsctl.modules import modules_in


@cache
def rule_names() -> tuple[str, ...]:
    """The ids of all rules, sorted."""
    return tuple(sorted(name.replace("_", "-") for name in modules_in(__path__)))


def load_rule(name: str) -> Rule:
    """The rule with this id. Raises ``ModuleNotFoundError`` if there is none."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    return Rule(
        id=name,
        severity=module.SEVERITY,
        clauses=module.CLAUSES,
        page=module.__doc__ or "",
        check=module.check,
        calendar=getattr(module, "CALENDAR", False),
        office=getattr(module, "OFFICE", False),
        ignorable=getattr(module, "IGNORABLE", True),
        firm_from=getattr(module, "FIRM_FROM", 1),
        taken_up=getattr(module, "TAKEN_UP", False),
        waits=getattr(module, "WAITS", False),
        about=getattr(module, "ABOUT", About.PROOF),
        sees=getattr(module, "SEES", Sight.WHOLE),
        takes=getattr(module, "takes", None),
        words=getattr(module, "words", None),
        stays=getattr(module, "STAYS", False),
        drafts=getattr(module, "DRAFTS", True),
        of_old=getattr(module, "OF_OLD", False),
    )


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by id."""
    return tuple(load_rule(name) for name in rule_names())
