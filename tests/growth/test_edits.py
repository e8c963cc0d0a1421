"""An edit is judged by what lies around it: of what was signed elsewhere nothing is read, in an office of whatever size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unittest.mock import patch

import pytest

from qmsctl.core import brought
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.signoffs.signoff_file import read_signoff
from qmsctl.message import Message
from qmsctl.rules import all_rules
from tests.growth.offices import document, in_force
from tests.office import dossier, library_of

SIZE, AROUND = 40, 3
NC = "---\nid: NC-2026-{}\ntype: nonconformity\ntitle: X\nstatus: reported\nraised: 2026-01-08\nprocess: QT-07\nseverity: {}\n---\n"
FILES = {path: text.encode() if isinstance(text, str) else text for path, text in {**in_force(SIZE), **document(90), "records/NC-2026-001.md": NC.format("001", "minor")}.items()}
EDITS: Mapping[str, Mapping[str, bytes]] = {
    "new": {"records/NC-2026-002.md": NC.format("002", "minor").encode()},
    "set": {"records/NC-2026-001.md": NC.format("001", "major").encode()},
    "submit": dossier(FILES, "QT-90", "author minh clerk 2026-01-08T08:00:00+07:00"),
}


@pytest.fixture
def read() -> Iterator[set[str]]:
    """The subjects of which sign-offs are read from now on."""
    found: set[str] = set()

    def noted(item: Item) -> object:
        found.add(item.path.split("/")[1])
        return read_signoff(item)

    with patch("qmsctl.core.dossiers.read_signoff", noted):
        yield found


@pytest.fixture(scope="module")
def library() -> Library:
    return library_of(FILES)


@pytest.mark.parametrize("name", EDITS)
def test_of_what_is_signed_elsewhere_nothing_is_read(library: Library, name: str, read: set[str]) -> None:
    after = library.after(Edit(tuple(FileChange(path, FILES.get(path), data) for path, data in EDITS[name].items()), Message("x")))
    brought.errors_against(library, after, all_rules(), ())
    assert len(read) < AROUND
