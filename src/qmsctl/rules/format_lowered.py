"""The format of the criteria was taken out or lowered, or its first day moved to a later one.

## Why
From the day in ``stricter_from`` on the office is judged by the criteria of its ``format``. Whoever could take them back,
or move that day, would be judged by what he chose (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). Moving the day earlier,
and going to a later format, is free.

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
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
format: 2
stricter_from: 2026-06-01
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
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
format: 2
stricter_from: 2026-04-01
```

## Mend
Write the format and the day back as they were.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.office.config import FORMAT, Config
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """The format and its first day against every state the change came from or goes to, and the day against the format."""
    now = library.config
    if CONFIG_PATH in library.unread_configuration or library.parsed_configuration(CONFIG_PATH) is None:
        return
    for key, message, before in _found(now, _states(library)):
        way = advice(_("write “{key}: {value}” into {path} again", key=key, value=before, path=CONFIG_PATH), undoes=True)
        yield Problem(CONFIG_PATH, library.key_line(key), message, way)
        return
    if now.format >= FORMAT and now.stricter_from is None:
        yield Problem(
            CONFIG_PATH,
            library.key_line("format"),
            _("format {format} needs the first day of its criteria: “{key}” is missing or no day", format=now.format, key="stricter_from"),
            advice(_("write “{key}: {value}” into {path}", key="stricter_from", value=library.today, path=CONFIG_PATH)),
        )


def _states(library: Library) -> Iterator[Config]:
    """The configurations that had been accepted: before an edit, or where a change came from and goes to."""
    if library.before is not None:
        yield library.before.config
    elif library.base is not None:
        yield from (office.config for office in library.base.asking)


def _found(now: Config, accepted: Iterator[Config]) -> Iterator[tuple[str, Message, object]]:
    for was in accepted:
        if now.format < was.format:
            yield "format", _("the format is {now}; it was {before}", now=now.format, before=was.format), was.format
        elif was.stricter_from and (now.stricter_from is None or now.stricter_from > was.stricter_from):
            now_from = now.stricter_from or "—"
            yield "stricter_from", _("the criteria hold from {now} on; that was {before}", now=now_from, before=was.stricter_from), was.stricter_from
