"""What an edit makes of a library is what all of its files make, sorted anew."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qmsctl.core.assembled import assemble
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.frozen import adopted
from qmsctl.core.library import Library
from qmsctl.core.reading import is_controlled
from qmsctl.message import Message
from tests.office import library_of

EXAMPLE = Path(__file__).parent.parent.parent / "example-repo"
DATA = {
    path.relative_to(EXAMPLE).as_posix(): path.read_bytes()
    for path in sorted(EXAMPLE.rglob("*")) if path.is_file() and is_controlled(path.relative_to(EXAMPLE).as_posix())
}
SIGNED = sorted(path for path in DATA if path.startswith("signoffs/"))
NEW = ("documents/QT-99.md", "documents/neu/QT-01.md", "signoffs/x.md", "signoffs/QT-01/0/QT-01.md", "signoffs/QT-01/9/approve.binh.md", "signoffs/NEU-1/1/author.lan.md", "signoffs/a/b/c/d.md")
PATHS = st.one_of(st.sampled_from(sorted(DATA)), st.sampled_from(SIGNED), st.sampled_from(("qms.yaml", "people.yaml")), st.sampled_from(NEW))
BYTES = st.one_of(st.none(), st.sampled_from(sorted(DATA)).map(DATA.__getitem__), st.just(b"---\nid: QT-01\ntype: procedure\nrevision: 7\n---\n"), st.just(b"[\xff"))


@cache
def example() -> Library:
    """Its standings known, as they are once the rules have looked at it."""
    library = library_of(DATA)
    for subject in (*library.subjects, *library.dossiers):
        library.standing(subject)
    return library


@settings(max_examples=40, deadline=None, phases=(Phase.generate,))
@given(st.dictionaries(PATHS, BYTES, min_size=1, max_size=4))
def test_an_edit_is_no_short_cut(changes: dict[str, bytes | None]) -> None:
    library = example()
    edit = Edit(tuple(FileChange(path, DATA.get(path), after) for path, after in changes.items()), Message("x"))
    found = library.after(edit)
    whole = assemble(found, found.files, found.parsed)
    for each in ("config", "items", "signoff_items", "configuration_signoffs", "subjects"):
        assert getattr(found, each) == getattr(whole, each), each
    assert found.people.all == whole.people.all
    assert list(found.dossiers.items()) == list(whole.dossiers.items())
    assert {name: found.standing(name) for name in (*found.by_id, *found.dossiers)} == {name: whole.standing(name) for name in (*whole.by_id, *whole.dossiers)}
    names = {*found.by_id, *found.dossiers, *library.by_id}
    assert [name for name in names if name in found.frozen] == [name for name in names if name in whole.frozen]
    assert found.exempt is not None
    assert [name for name in names if name in found.exempt] == [name for name in names if name in library.frozen]
    assert [adopted(name, found) for name in names] == [adopted(name, whole) for name in names]


def test_what_it_does_not_touch_is_taken_over() -> None:
    library = example()
    edit = Edit((FileChange("documents/QT-99.md", None, b"---\nid: QT-99\ntype: procedure\n---\n"),), Message("x"))
    found = library.after(edit)
    assert {id(item) for item in library.items} <= {id(item) for item in found.items}
    assert all(found.standing(name) is library.standing(name) for name in library.dossiers)
