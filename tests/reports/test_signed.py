"""A signature with a key in the audit report: its fingerprint, its level, and why it proves nothing if so."""

from __future__ import annotations

import pytest

from qmsctl.core.library import Library
from qmsctl.reports.parts.proof import Proved, proofs
from tests.keys import public
from tests.office import PEOPLE_YAML, office

TEXT = """\
```yaml people.yaml
{people}```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00 key=binh
```
"""
ENROLLED = PEOPLE_YAML.replace("id: binh,", "id: binh, keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}],")


def signed(people: str) -> Library:
    return office(TEXT.format(people=people))


def approval(library: Library) -> Proved:
    return proofs(library)[0].signoffs[1]


def test_a_sound_one() -> None:
    shown = approval(signed(ENROLLED)).signature
    assert shown.key is not None
    assert (shown.level, shown.key.fingerprint, shown.key.fault) == ("signed", public("binh").fingerprint, None)
    assert str(shown.key.valid) == "valid from 2025-01-01"


def test_one_that_proves_nothing_raises_no_level() -> None:
    shown = approval(signed(PEOPLE_YAML)).signature
    assert shown.key is not None
    assert shown.level == "declared"
    assert "is not listed in people.yaml" in str(shown.key.fault)


@pytest.mark.parametrize(("people", "part"), [(ENROLLED, "có chữ ký xác thực OpenSSH"), (PEOPLE_YAML, "không có trong people.yaml")])
def test_on_the_page(people: str, part: str) -> None:
    from qmsctl.core.engine import run
    from qmsctl.reports import build
    from qmsctl.reports.options import ReportOptions
    from qmsctl.store.pages.report_page import render_report
    from qmsctl.store.shipped.resources import read_text

    library = signed(people)
    options = ReportOptions(tool_version="1", lang="vi", editions=read_text("standards/editions.yaml"))
    page = render_report("audit", build("audit", library, run(library, ()), options), "vi")
    assert part in page
    assert f"<code>{public('binh').fingerprint}</code>" in page
