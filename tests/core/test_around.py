"""After an edit a rule that sees no more than its surroundings finds there what it finds in the whole."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qmsctl.core import brought
from qmsctl.core.around import Changed, arounds, resting
from qmsctl.core.assembled import assemble, with_others
from qmsctl.core.base import Base
from qmsctl.core.denied import Denied, judge
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.edited import touched
from qmsctl.core.engine import hear, run
from qmsctl.core.library import Library
from qmsctl.core.part import part
from qmsctl.core.reading import CONFIG_PATHS, is_controlled, parse
from qmsctl.core.rule import Rule
from qmsctl.core.sight import Sight
from qmsctl.core.source import EntryKind
from qmsctl.message import Message
from qmsctl.rules import all_rules, load_rule, rule_names
from qmsctl.store.cache.worded import data_of, of_data
from tests.core.test_edited import BYTES, DATA, PATHS, example
from tests.office import FakeOutside
from tests.test_narrow import examples

SEEING = tuple(rule for rule in all_rules() if rule.sees is not Sight.WHOLE or rule.takes)


def told(after: Library, rules: Iterable[Rule]) -> list[tuple[Diagnostic, ...]]:
    """What an edit brings, errors and warnings, and the errors that stand in what is vouched for."""
    before = after.before
    assert before is not None
    rules = tuple(rules)
    errors = brought.errors_against(before, after, rules, after.parsed)
    return [errors.brought, brought.warnings_brought(before, after, rules), brought.uncovered(after, rules)]


def everywhere(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(replace(rule, sees=Sight.WHOLE, takes=None) for rule in rules)


def same(after: Library, rules: Iterable[Rule]) -> None:
    for narrow, whole in zip(told(after, rules), told(after, everywhere(rules)), strict=True):
        assert [replace(each, mend=None) for each in narrow] == [replace(each, mend=None) for each in whole]


def edit(changes: Iterable[FileChange]) -> Edit:
    return Edit(tuple(changes), Message("x"))


@cache
def known(name: str) -> tuple[Library, ...]:
    return tuple(replace(library, base=None) for library in examples(name).values())


@settings(max_examples=40, deadline=None, phases=(Phase.generate,))
@given(st.sampled_from([rule.id for rule in SEEING]), st.data())
def test_a_rule_sees_as_far_as_it_says(name: str, data: st.DataObject) -> None:
    """A file of one of its examples taken out, shortened by a line, or given the bytes of another; and put back."""
    whole = data.draw(st.sampled_from(known(name)))
    assert isinstance(whole.outside, FakeOutside)
    files = {path: each for path, each in whole.outside.data.items() if path in whole.parsed and path not in CONFIG_PATHS}
    for path in data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=2, unique=True)) if files else ():
        was = files[path]
        shorter = was.rstrip().rpartition(b"\n")[0] + b"\n"
        now = data.draw(st.one_of(st.none(), st.just(shorter), st.sampled_from(sorted(files.values()))))
        after = whole.after(edit([FileChange(path, was, now)]))
        same(after, [load_rule(name)])
        same(after.after(edit([FileChange(path, now, was)])), [load_rule(name)])


@settings(max_examples=5, deadline=None, phases=(Phase.generate,))
@given(st.dictionaries(PATHS, BYTES, min_size=1, max_size=3), st.lists(st.sampled_from(SEEING), min_size=10, max_size=15, unique=True))
def test_whatever_is_edited(changes: dict[str, bytes | None], rules: list[Rule]) -> None:
    after = example().after(edit(FileChange(path, DATA.get(path), data) for path, data in changes.items()))
    same(after, rules)


def laid(was: Library, data: dict[str, bytes]) -> Library:
    """The office of ``was`` with these files, read anew."""
    assert isinstance(was.outside, FakeOutside)
    known = was.outside.data
    files = {path: kind for path, kind in was.files.items() if path in data or path not in known} | dict.fromkeys(data, EntryKind.FILE)
    parsed = {path: was.parsed[path] if known.get(path) == each else parse(path, each, was.types) for path, each in data.items() if is_controlled(path)}
    frame = replace(was, outside=replace(was.outside, data=data), exempt=None, base=None)
    return assemble(frame, dict(sorted(files.items())), dict(sorted(parsed.items())))


def turned(now: Library, was: Library) -> Changed:
    """What has changed in ``now``, with the library of which it has."""
    paths = touched(was.parsed, now.parsed)
    return Changed(with_others(replace(now, outside=was.outside), was.files, was.parsed, paths), paths)


@settings(max_examples=25, deadline=None, phases=(Phase.generate,))
@given(st.sampled_from(rule_names()), st.data())
def test_what_was_denied_is_not_asked_again(name: str, data: st.DataObject) -> None:
    """Some files of an example are other ones, twice; what was said after the first time serves after the second, and where the change from the first on is judged."""
    first = now = data.draw(st.sampled_from(known(name)))
    said, spoken = None, {}
    for _time in range(3):
        assert isinstance(now.outside, FakeOutside)
        was, files = now, dict(now.outside.data)
        texts = sorted(path for path in files if path in was.parsed and path not in CONFIG_PATHS and "/configuration/" not in path)
        for path in data.draw(st.lists(st.sampled_from(texts), max_size=2)) if texts else ():
            lines = files[path].split(b"\n") if path in files else [b""]
            place, line = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.sampled_from(sorted({each for text in files.values() for each in text.split(b"\n")})))
            other = data.draw(st.sampled_from((path, f"{path.rpartition('/')[0]}/QT-99.md", path.lower())))
            files.pop(path, None)
            files |= data.draw(st.sampled_from(({}, {other: b"\n".join((*lines[:place], line, *lines[place + 1 :]))}, {path: b"\n".join(lines), other: b"\n".join(lines)})))
        now = laid(was, files)
        whole = judge(now, all_rules())
        if said is not None and set(now.files) - set(now.parsed) == set(was.files) - set(was.parsed):
            denied = Denied(turned(now, was), said, spoken=spoken)
            again = judge(now, all_rules(), denied)
            assert (repr(again.result), again.said, again.spoken) == (repr(whole.result), whole.said, whole.spoken)
            began, tip = turned(now, first), data.draw(st.sampled_from((None, first, was)))
            branch = (turned(now, tip),) if tip else ()
            change = now.since(Base((began.before,), tip=branch[0].before if branch else None))
            assert judge(change, all_rules(), denied._replace(began=(began, *branch))).result == run(change, all_rules())
        said, spoken = whole.said, {rule: of_data(json.loads(json.dumps(data_of(each)))) for rule, each in whole.spoken.items()}
        assert spoken == whole.spoken


def test_of_what_is_as_it_was_a_rule_speaks_where_it_does_without_a_change() -> None:
    for rule in (each for each in SEEING if not each.of_old):
        for library in (replace(each, exempt=None) for each in known(rule.id)):
            alone, since = (hear(rule, each) for each in (library, library.since(Base((library,)))))
            assert since.found.keys() == alone.found.keys()
            assert [each.path for each in since.earlier] == [each.path for each in alone.earlier]


def test_a_sign_off_bears_on_what_the_signed_text_names() -> None:
    for library in known("signed-file-missing"):
        assert isinstance(library.outside, FakeOutside)
        for path in (path for path in library.parsed if path.startswith("signoffs/HUY-")):
            same(library.after(edit([FileChange(path, library.outside.data[path], None)])), [load_rule("signed-file-missing")])


def test_what_may_change_anything_is_asked_everywhere() -> None:
    library = example()
    for path in ("qms.yaml", "people.yaml", ".qms/types/x/type.yaml", "attachments/x.pdf"):
        assert not arounds(library.after(edit([FileChange(path, DATA.get(path), DATA.get(path, b"") + b"\n")]))), path
    assert arounds(library.after(edit([FileChange("documents/QT-99.md", None, b"---\nid: QT-99\n---\n")])))
    assert all(map(is_controlled, DATA))


def test_what_has_no_id_is_named_by_nobody() -> None:
    after = example().after(edit([FileChange("signoffs/QT-99/1-0/author.hoa.md", None, b"---\ntype: signoff\nsubject: QT-99\n---\n")]))
    assert arounds(after)[Sight.LINKED].ids == {"QT-99"}


def test_a_sign_off_rests_on_all_that_is_linked() -> None:
    library = example()
    for name in ("QT-01", "NC-2025-001", "MT-2025-01"):
        item = library.by_id[name]
        changed = library.after(edit([FileChange(item.path, DATA[item.path], DATA[item.path] + b"x\n")]))
        asked = part(library, arounds(changed)[Sight.LINKED]).parsed
        assert set(asked) <= resting(frozenset((name,)), library), name
        assert {path for path in DATA if path.startswith(f"signoffs/{name}/")} <= set(asked)


def test_nothing_that_is_denied_for_a_day_rests_on_the_time_of_day() -> None:
    """But for what comes to an end as time goes on, and what asks for no more than the day."""
    asking = {rule.id for rule in all_rules() if rule.sees is not Sight.WHOLE or not rule.drafts if re.search(r"library\.(now|clock)\b", inspect.getsource(sys.modules[rule.check.__module__]))}
    assert asking == {"adopted-after-approval", "day-impossible", "sign-off-misdated"}


def test_there_are_such_rules() -> None:
    assert len(SEEING) > 70
    assert set(rule_names()) > {rule.id for rule in SEEING}


def test_no_table_of_a_type_that_ships_holds_files() -> None:
    assert not any(kind.blocks_with_files for kind in example().types.all())
