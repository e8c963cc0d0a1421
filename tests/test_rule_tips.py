"""What a rule says of a change whose target has gone on since it began."""

from __future__ import annotations

from qmsctl.core.base import Base
from qmsctl.core.engine import run
from qmsctl.rules import load_rule
from tests.office import library_of

TYPE = """\
type: tho-khen
kind: record
label: {en: Letter of thanks, vi: Thư khen}
id: "TK-{number:3}"
folder: records/letters
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
"""
PATH = ".qms/types/tho-khen/type.yaml"
LETTER = "records/letters/TK-001.md"


def letter(title: str) -> str:
    return f"---\nid: TK-001\ntype: tho-khen\ntitle: {title}\n---\n"


def test_a_type_that_was_redefined_on_the_target_meanwhile() -> None:
    began = library_of({PATH: TYPE, LETTER: letter("A")})
    tip = library_of({PATH: TYPE.replace("Thư khen", "Khen ngợi"), LETTER: letter("A")})
    change = library_of({PATH: TYPE, LETTER: letter("B")})
    rule = load_rule("type-changed-with-records")
    (found,) = run(change.since(Base((began,), tip=tip)), [rule]).diagnostics
    assert (found.path, found.line) == (PATH, 1)
    assert str(found.message) == "the type “tho-khen” is another on the branch that TK-001 are to go to"
    assert found.mend is not None
    assert str(found.mend.hint) == "bring this branch up to date with it, so that they are judged by the definition that counts there"
    assert not run(change.since(Base((began,), tip=began)), [rule]).diagnostics
