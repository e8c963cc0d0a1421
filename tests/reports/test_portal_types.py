"""What a type says is for the public: nothing unless it does, and never what is somebody's."""

from __future__ import annotations

import pytest

from qmsctl.core.library import Library
from qmsctl.reports.portal.public import public_portal
from qmsctl.store.portal.pages import html_of
from tests.office import office
from tests.reports.small_office import options

OWN = """
```yaml .qms/types/guide/type.yaml
type: guide
kind: document
extends: %s
label: {en: Guide, vi: Cẩm nang}
id: SO-{number:2}
folder: documents/guides
sections: [{id: what, en: What, vi: Nội dung}]
%s
```
```md documents/guides/SO-01.md
---
id: SO-01
type: guide
title: Cẩm nang cho mọi người
revision: 1
owner: lan
classification: public
---
## Nội dung

Ai cũng đọc được.

## Khác

Chỉ ở trong.
```
```dossier SO-01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T09:00:00+07:00
```
"""


def own(public: str, extends: str = "document") -> Library:
    return office(OWN % (extends, public))


def shown(library: Library) -> str:
    found = public_portal(library, options(lang="vi"))
    return "".join(html_of(page, found).decode() for page in found.pages)


@pytest.mark.parametrize("extends", ["document", "policy", "form"])
def test_a_type_of_the_office_shows_nothing_unless_it_says_so(extends: str) -> None:
    assert "Cẩm nang cho mọi người" not in shown(own("", extends))


def test_it_shows_what_it_says_and_no_more() -> None:
    page = shown(own("public: {fields: [title], sections: [what]}"))
    assert "Ai cũng đọc được" in page
    assert "Chỉ ở trong" not in page


@pytest.mark.parametrize("public", [
    "{fields: [owner]}", "{fields: [answers]}", "{fields: [change]}", "{fields: [files]}", "{fields: [nothing]}", "{blocks: {records: [name]}}", "{blocks: {nothing: [x]}}",
    "{sections: [records]}", "{sections: [nothing]}", "{all: yes}", "yes",
])
def test_what_is_never_public_makes_the_type_invalid(public: str) -> None:
    assert own(f"public: {public}").types.get("guide") is None
