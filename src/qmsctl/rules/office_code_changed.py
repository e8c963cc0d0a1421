"""The code of the organization is another, and the one it had is not named as a former one.

## Why
From `format: 2` on every sign-off names the office by its code. With another code all of them would be those of another
office; with a former code that was never its own, those of another office would be its own (ISO 9001:2008, 4.2.4;
ISO 9001:2015, 7.5.3.2). An office that is renamed names its code of before under `former`, with the last day. One that takes in
another office names that one's code, too, and the decision (`basis`) by which it was merged.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
format: 2
stricter_from: 2026-05-01
```
```base
```
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: UBND-TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
format: 2
stricter_from: 2026-05-01
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
format: 2
stricter_from: 2026-05-01
```
```base
```
```yaml qms.yaml
organization:
  name: UBND phường Tân An
  code: UBND-TA
  former:
    - {code: TA, until: 2026-05-31}
    - {code: BH, until: 2026-05-31, basis: {number: 34/NQ-HĐND, date: 2026-05-20}}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
format: 2
stricter_from: 2026-05-01
```

## Mend
Write `former: [{code: OLD, until: DATE}]` into `organization`, or take the code back. A copy of the system for training is
laid down with `qmsctl init --training`, which gives it a code of its own.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.office.config import FORMAT, Config, FormerCode
from qmsctl.core.proof.grown import states
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import Mend, advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The codes against every accepted state whose sign-offs named one."""
    accepted = tuple(each.config for each in states(library) if each.config.format >= FORMAT and each.config.code)
    if not accepted or CONFIG_PATH in library.unread_configuration or library.parsed_configuration(CONFIG_PATH) is None:
        return
    yield from _lost(library, accepted)
    yield from _gained(library, accepted)


def _lost(library: Library, accepted: tuple[Config, ...]) -> Iterator[Problem]:
    """The codes of before that are not named any more."""
    named = {library.config.code, *(each.code for each in library.config.former)}
    for code in dict.fromkeys(each.code for each in accepted):
        if code not in named:
            message = _("the code of the organization was {before} before this change, and is not named as a former one", before=code)
            yield Problem(CONFIG_PATH, library.key_line("organization"), message, _former(code, library))


def _gained(library: Library, accepted: tuple[Config, ...]) -> Iterator[Problem]:
    """Former codes that end on a day to come, and those of others without the paper that joined them."""
    for each in library.config.former:
        if all(_was_named(each, before) for before in accepted):
            continue
        if each.until and each.until > library.today:
            message = _("the former code {code} ends on {day}, a day to come", code=each.code, day=each.until)
            yield Problem(CONFIG_PATH, each.line, message, advice(_("write the last day on which the code was borne, as “until”")))
        elif not each.basis and any(each.code != before.code for before in accepted):
            message = _("{code} was not the code of this organization before this change; a former code of another names the decision", code=each.code)
            yield Problem(CONFIG_PATH, each.line, message, advice(_("name the decision in the same line, as “basis” with its number and date")))


def _was_named(former: FormerCode, before: Config) -> bool:
    """True if it was so before, or held for longer."""
    return any(each.code == former.code and each.until and former.until and former.until <= each.until for each in before.former)


def _former(code: str, library: Library) -> Mend:
    back = advice(_("write “{key}: {value}” into {path} again", key="code", value=code, path=CONFIG_PATH), undoes=True)
    day = library.today
    return back.or_else(advice(_("name it in “organization”: former: [{{code: {code}, until: {day}}}]", code=code, day=day)))
