"""Nothing says how long a kind of record is kept.

## Why
Of every record it is laid down how long it is kept (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). An office's
own type of record says so under `retention`, or takes it from the type it extends; a line of a `records` block
that leaves it to the law names the law, so that somebody can look it up.

## Bad
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
```

## Good
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 5y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
```

## Mend
Write `retention: 5y` into the type, or `permanent`, or `"by law: …"` with the law. A law that names a time may
begin with it, `"by law: 20y, …"`, and then the day is reckoned.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.records.retention import BY_LAW, Retention
from qmsctl.core.sight import Sight
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_reader import MAX_DEPTH
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every type of record of the office's own, and every line of records that leaves it to an unnamed law."""
    for found in library.types.own():
        if found.kind == "record" and Retention.parse(found.retention) is None:
            yield _of_type(found, library)
    for item in library.documents:
        for row in item.block_rows("records") if not library.is_exempt(item) else ():
            if (row.text("retention") or "").strip() == BY_LAW:
                yield Problem(
                    item.path,
                    row.key_lines["retention"],
                    _("the record “{name}” is kept by a law that is not named", name=row.text("name") or "?"),
                    advice(_("name it after “by law:”")),
                )


def _of_type(found: RecordType, library: Library) -> Problem:
    path = f".qms/types/{found.name}/type.yaml"
    top = read_yaml(library.outside.read(path).decode("utf-8"), depth=MAX_DEPTH)
    line = top.key_lines.get("retention", 1) if isinstance(top, Mapping) else 1
    message = (
        _("got “{text}” as the retention of {type}; it says no time", text=found.retention, type=found.label)
        if found.retention
        else _("nothing says how long a record of the type “{type}” is kept", type=found.label)
    )
    return Problem(path, line, message, advice(_("write “retention: 5y”, “permanent”, or “by law:” with the law into it")))
