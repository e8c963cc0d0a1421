"""From one edition to the other: every clause goes somewhere, and what is missing is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmsctl.core.library import Library
from qmsctl.core.office.config import Config
from qmsctl.reports.coverage import editions_covered
from qmsctl.reports.parts.passage import Kind, Passage
from qmsctl.reports.transition import Transition, build
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.shipped.definitions import editions, find_correspondence, find_standard
from tests.office import office
from tests.reports.small_office import checked, options, small_office

OLD, NEW = "iso9001-2008", "iso9001-2015"


def way(library: Library, source: str = OLD, target: str = NEW) -> Transition:
    return build(library, checked(library), options(correspondence=find_correspondence(source, target)))


def passage(found: Transition, number: str) -> Passage:
    return next(each for each in found.passages if each.number == number)


def begun(found: Transition, number: str) -> list[str]:
    """The commands that begin what a clause lacks, in words."""
    return [str(each) for each in passage(found, number).commands]


@pytest.mark.parametrize(("source", "target"), [(OLD, NEW), (NEW, OLD)])
def test_the_table_knows_every_clause_and_no_other(source: str, target: str) -> None:
    table, old, new = find_correspondence(source, target), find_standard(source), find_standard(target)
    assert table is not None
    assert old is not None
    assert new is not None
    moved = {move.source for move in table.moves}
    assert [c.number for c in old.leaves if c.number not in moved and c.number not in table.gone] == []
    assert [c.number for c in new.leaves if not table.into(c.number) and c.number not in table.new] == []
    assert moved <= set(old.clauses)
    assert {target for move in table.moves for target in move.targets} | set(table.new) <= set(new.clauses)


def test_there_and_back_again_leads_to_the_same_clauses() -> None:
    there, back = find_correspondence(OLD, NEW), find_correspondence(NEW, OLD)
    assert there is not None
    assert back is not None
    pairs = {(move.source, target) for move in there.moves for target in move.targets}
    assert {(target, move.source) for move in back.moves for target in move.targets} == pairs


def test_notes_are_in_both_languages() -> None:
    table = find_correspondence(OLD, NEW)
    assert table is not None
    notes = [*(move.note for move in table.moves), *table.new.values()]
    assert len(notes) == 80
    assert [note for note in notes if not (note.texts["en"] and note.texts["vi"])] == []


def test_no_table_for_an_edition_that_is_not_there() -> None:
    assert editions() == (OLD, NEW)
    assert find_correspondence(OLD, "iso9001-2026") is None


def test_what_is_new_is_missing_and_its_command_said() -> None:
    found = way(small_office())
    assert [each.number for each in found.of(Kind.MISSING)][:2] == ["4.1", "4.2"]
    assert begun(found, "4.1") == ['qmsctl new context-issue --title "…"']
    assert begun(found, "7.1.6") == ['qmsctl new knowledge --title "…"']
    assert begun(found, "6.1.1") == ['qmsctl new risk --title "…"', 'qmsctl new opportunity --title "…"']
    assert begun(found, "8.5.6") == ['qmsctl new change --title "…"']


def test_a_record_of_the_new_type_answers_the_new_clause() -> None:
    library = office(
        "```md records/context-issues/BC-001.md\n---\nid: BC-001\ntype: context-issue\ntitle: Sáp nhập phường\nstatus: current\n---\n```\n"
    )
    found = way(library)
    assert passage(found, "4.1").kind is Kind.THERE
    assert passage(found, "4.1").have.records[0].ids == ("BC-001",)
    assert passage(found, "4.2").kind is Kind.MISSING


def test_what_the_office_has_goes_with_its_clause() -> None:
    found = way(small_office())
    assert passage(found, "8.5.1").have.documents == ("QT-07",)
    assert passage(found, "8.5.1").kind is Kind.CARRIES
    assert passage(found, "5.1.1").kind is Kind.EXTEND
    assert passage(found, "5.1.1").sources == ("5.1",)
    assert [(k.name, k.document) for k in passage(found, "9.3.3").have.kept] == [("Biên bản họp", "STCL")]


def test_a_clause_that_was_not_applied_is_decided_on_again() -> None:
    found = way(small_office())
    assert {each.number for each in found.of(Kind.DECIDE)} == {f"8.3.{n}" for n in range(1, 7)}
    assert passage(found, "8.5.6").kind is Kind.MISSING  # new, though design changes went there
    assert [(each.number, each.reason) for each in found.excluded] == [("7.3", "nothing is designed here")]


def test_what_is_no_longer_asked_for() -> None:
    found = way(small_office())
    assert [each.number for each in found.no_longer] == ["4.2.2", "5.5.2", "8.5.3", "4.2.3", "4.2.4", "8.2.2", "8.3", "8.5.2"]
    assert found.no_longer[0].documents == ("STCL",)


def test_a_text_that_names_the_new_clause_is_there() -> None:
    files = dict(small_office().outside.data)  # type: ignore[attr-defined]
    from tests.office import library_of

    text = files["qms.yaml"].replace(b"standards: [iso9001-2008]", b"standards: [iso9001-2008, iso9001-2015]")
    manual = next(path for path in files if path.endswith("STCL.md") and path.startswith("documents"))
    files = {path: data.replace(b"5.1]", b'5.1, "iso9001-2015:5.1.1"]') for path, data in files.items() if not path.startswith("signoffs/")}
    files["qms.yaml"] = text
    assert b"iso9001-2015:5.1.1" in files[manual]
    draft = library_of(files, small_office().today)
    assert passage(way(draft), "5.1.1").kind is Kind.MISSING  # a draft answers nothing
    assert "Add iso9001-2015" not in " ".join(str(step.text) for step in way(draft).plan)


def test_the_plan_begins_with_the_configuration_and_ends_without_the_old_edition() -> None:
    plan = way(small_office()).plan
    assert "standards: [iso9001-2008, iso9001-2015]" in str(plan[0].text)
    assert "take iso9001-2008 out of qms.yaml" in str(plan[-1].text)
    assert [str(each) for each in plan[-1].commands] == ["qmsctl coverage --standard iso9001-2015 --missing"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_way_back_can_be_shown(lang: str) -> None:
    library = small_office()
    new = replace(library, config=replace(library.config, standards=(NEW,)))
    found = way(new, NEW, OLD)
    assert {each.number for each in found.no_longer} == {"4.1", "4.2", "7.1.6"}
    assert passage(found, "5.5.2").kind is not Kind.CARRIES  # a representative is asked for again
    assert "TCVN ISO 9001:2008" in render_report("transition", found, lang)


def test_an_office_that_has_nothing_is_missing_everything_it_applies() -> None:
    found = way(office(""))
    kinds = {each.kind for each in found.passages}
    assert kinds == {Kind.MISSING}
    assert all(each.commands for each in found.passages)


def test_nobody_is_told_to_make_what_only_an_event_makes() -> None:
    found = way(office(""))
    assert begun(found, "10.2.2") == ['qmsctl new procedure --title "…" --set clauses=iso9001-2015:10.2.2']
    assert begun(found, "9.2.2") == ['qmsctl new audit-programme --title "…"', 'qmsctl new audit --title "…"']


def test_types_are_named_only_if_they_are_known() -> None:
    library = office("")
    known = {each.name for each in library.types.all()}
    commands = [begins for each in way(library).passages for begins in each.commands]
    assert {str(each).split()[2] for each in commands} <= known


def test_coverage_of_an_edition_that_is_not_chosen_counts_types_and_named_clauses_alone() -> None:
    library = small_office()
    new = find_standard(NEW)
    assert new is not None
    (found,) = editions_covered(library, options().period(library.today), (new,))
    lines = {line.number: line for line in found.clauses.lines}
    assert lines["5.1.1"].documents == ()
    assert [group.ids for group in lines["10.2.2"].records] == [("CA-2026-001",), ("NC-2026-001",)]
    assert found.clauses.excluded == ()


def test_event_and_answer_are_named_beside_each_other() -> None:
    library = small_office()
    (found,) = editions_covered(library, options().period(library.today), library.standards)
    action = next(line for line in found.records if line.clause == "8.5.2")
    assert (action.answers, str(action.state.word), str(action.when)) == (("CA-2026-001",), "in the system", "when it happens")
    property_ = next(line for line in found.records if line.clause == "7.5.4")
    assert str(property_.state.word) == "none; nothing in the system asks for it"
    document = {line.clause: (line.answers, str(line.state.word)) for line in found.documents}
    assert document["4.2.2"] == (("STCL",), "in force")
    assert document["8.5.3"] == ((), "missing")
    assert found.missing == sum(str(line.state.word) == "missing" for line in (*found.documents, *found.records))


def test_clause_that_waits_for_an_event_is_answered() -> None:
    text = """\
```yaml qms.yaml
organization: {name: x}
standards: [iso9001-2008]
roles: [{id: director, title: x}]
approval: [{from: 2025-01-01, type: default, approve: [director]}]
```
```md documents/rules/QC-01.md
---
id: QC-01
type: rule
title: x
revision: 1
owner: lan
clauses: [7.5.4, 7.5.2]
---
```
```dossier QC-01
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
"""
    library = office(text)
    (found,) = editions_covered(library, options().period(library.today), library.standards)
    words = {line.number: str(line.state.word) for line in found.clauses.lines}
    assert words["7.5.4"] == "answered; nothing happened that asks for a record"
    assert words["7.5.2"] == "no record"


def test_configuration_without_an_edition_covers_nothing() -> None:
    library = replace(office(""), config=Config())
    assert editions_covered(library, options().period(library.today), library.standards) == ()
