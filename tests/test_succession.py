"""What a new text supersedes is withdrawn before the new one takes effect, and lists say what took its place."""

from __future__ import annotations

from qmsctl.reports import build
from qmsctl.reports.parts.master_list import master_list
from qmsctl.store.pages.report_page import render_report
from tests.desk import Desk
from tests.office import office
from tests.reports.small_office import checked, options
from tests.test_signoff_attacks import TODAY

QT2 = "documents/procedures/QT-02.md"
REPLACED = """```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
---
```
```dossier HD-01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
withdraw binh director 2026-04-06T07:00:00+07:00
```
```md documents/instructions/HD-02.md
---
id: HD-02
type: instruction
title: Tiếp nhận hồ sơ tại một cửa
revision: 1
supersedes: [HD-01]
---
```
```dossier HD-02
author minh 2026-04-05T08:00:00+07:00
approve binh director 2026-04-06T08:00:00+07:00
```
"""


def test_lists_say_what_took_the_place_of_a_document() -> None:
    library = office(REPLACED)
    rows = {row.id: row for row in master_list(library)}
    assert (rows["HD-01"].superseded_by, rows["HD-01"].status, rows["HD-02"].superseded_by) == (("HD-02",), "withdrawn", ())
    for name in ("register", "audit"):
        page = render_report(name, build(name, library, checked(library), options(lang="en")), "en")
        assert page.count("superseded by <a") == 1


def test_a_text_takes_effect_when_the_one_it_supersedes_is_withdrawn(settled: Desk) -> None:
    desk = settled
    desk.run("upgrade")
    desk.edit(QT2, "effective: 2027-01-01\n", f"effective: {TODAY}\nsupersedes: [QT-01]\n")
    desk.run("submit", "QT-02", by="minh", day=TODAY)
    desk.run("review", "QT-02", by="lan", day=TODAY)
    said = desk.refused("approve", "QT-02", by="binh", day=TODAY)
    assert "superseded-in-force" in said.err
    assert "qmsctl withdraw QT-01" in said.err
    desk.run("withdraw", "QT-01", "-m", "QT-02 thay thế", by="binh", day=TODAY)
    desk.run("approve", "QT-02", by="binh", day=TODAY)
    assert "superseded-in-force" not in desk.errors(TODAY)


def test_one_that_takes_effect_later_is_approved_at_once(settled: Desk) -> None:
    desk = settled
    desk.run("upgrade")
    desk.edit(QT2, "effective: 2027-01-01\n", "effective: 2026-09-01\nsupersedes: [QT-01]\n")
    for verb, person in (("submit", "minh"), ("review", "lan")):
        desk.run(verb, "QT-02", by=person, day=TODAY)
    desk.run("approve", "QT-02", by="binh", day=TODAY)
    assert "superseded-in-force" in desk.errors("2026-09-01")
    desk.run("withdraw", "QT-01", "--effective", "2026-09-01", "-m", "QT-02 thay thế", by="binh", day=TODAY)
    assert "superseded-in-force" not in desk.errors("2026-09-01")
