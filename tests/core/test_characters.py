from __future__ import annotations

import pytest

from qmsctl.core.text.characters import HIDDEN, path_on_disk
from qmsctl.core.tree import is_tool_state


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("Documents/QT-01.md", "documents/qt-01.md"),
        ("documents./QT-01.md . ", "documents/qt-01.md"),
        ("documents::$INDEX_ALLOCATION/x", "documents/x"),
        (".g\u200cit/config\ufeff", ".git/config"),
        ("ＤＯＣＵＭＥＮＴＳ/x", "documents/x"),
        ("năm 2026/Số.md", "năm 2026/số.md"),
    ],
)
def test_what_a_lenient_file_system_takes_a_path_for(path: str, taken: str) -> None:
    assert path_on_disk(path) == taken


@pytest.mark.parametrize("path", [".qms/state::$INDEX_ALLOCATION/lock", ".qms::$DATA/state/x", ".qms/state", "qms~1/STATE. /x"])
def test_streams_and_short_names_are_the_state_folder_too(path: str) -> None:
    assert is_tool_state(path)


@pytest.mark.parametrize("path", [".qms", ".qms/types/x/type.yaml", ".qms/roots/a.pem", ".qms-state/x", "qms/state", "qms.yaml"])
def test_other_folders_are_not(path: str) -> None:
    assert not is_tool_state(path)


def test_every_mark_of_direction_is_hidden() -> None:
    """Those that Unicode counts as controls of the bidirectional algorithm."""
    assert all(HIDDEN.fullmatch(each) for each in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
