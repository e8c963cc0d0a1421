"""What a type means is data in its ``type.yaml``: its name stands in the code only where a command, a rule or a report is about it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "qmsctl"
KINDS = {"document", "record", "signoff"}
"""What a type may be; definitions that others extend have these names, too."""
TYPES = {path.parent.name for path in (ROOT / "templates" / "types").glob("*/type.yaml")} - KINDS
OF_FIELDS = {"text", "texts", "has", "line", "node", "rows", "day", "flag", "block_rows", "command", "cell", "with_cell", "Cell"}
"""Calls whose arguments are names of fields, columns or commands."""

ABOUT_ONE = {
    "cli/commands/nc_log.py": {"nonconformity"},
    "cli/completion.py": {"nonconformity"},
    "cli/commands/fleet_report.py": {"nonconformity"},
    "core/auditing/programme.py": {"audit-programme"},
    "core/cases/register.py": {"case-register"},
    "core/duties/review_due.py": {"periodic-review"},
    "core/fleet/subjects.py": {"complaint"},
    "core/lifecycle/audit_answers.py": {"audit", "finding"},
    "core/lifecycle/audit_checklists.py": {"audit-checklist"},
    "core/lifecycle/review_decisions.py": {"action", "change"},
    "core/mends/giving_up.py": {"tombstone"},
    "core/procedures/forms.py": {"form"},
    "core/records/distribution.py": {"distribution"},
    "core/records/equipment_use.py": {"equipment"},
    "core/records/finding.py": {"audit", "finding", "nonconformity"},
    "core/review/inputs.py": {"management-review"},
    "reports/declaration.py": {"declaration", "procedure"},
    "reports/parts/passage.py": {"procedure"},
    "reports/processes.py": {"process"},
    "reports/satisfaction.py": {"survey"},
    "reports/transition.py": {"audit", "management-review", "procedure"},
}
"""Modules of commands, of reports, and of what rules share, each with the types that it makes, or tells people to make, by name."""

OTHER_WORDS = {
    "cli/program.py": {"audit", "management-review", "procedure", "training"},
    "cli/commands/management_review.py": {"management-review"},
    "cli/formats/history_text.py": {"change"},
    "cli/formats/item_text.py": {"change"},
    "core/coverage/requirement.py": {"procedure"},
    "core/incoming/body_text.py": {"disposal", "form"},
    "core/incoming/earlier.py": {"change"},
    "core/incoming/measures.py": {"minutes"},
    "core/incoming/plan.py": {"change"},
    "core/incoming/recognising.py": {"change"},
    "core/incoming/tables.py": {"change"},
    "core/lifecycle/logging.py": {"supplier"},
    "core/office/config.py": {"manual"},
    "core/office/config_reader.py": {"manual"},
    "core/records/repeats.py": {"process"},
    "core/review/feedback.py": {"feedback"},
    "core/types/count.py": {"feedback"},
    "core/fleet/record_rows.py": {"objective"},
    "core/types/type_openness.py": {"change", "distribution"},
    "reports/cases.py": {"procedure"},
    "reports/management_review.py": {"minutes"},
    "reports/parts/case_lists.py": {"procedure"},
    "reports/parts/case_parts.py": {"procedure"},
    "reports/parts/case_times.py": {"procedure"},
    "reports/parts/changed_places.py": {"change"},
    "reports/parts/difference.py": {"change"},
    "reports/parts/register_sheets.py": {"disposal", "distribution", "form"},
    "reports/parts/saving_parts.py": {"procedure"},
    "reports/parts/survey_parts.py": {"change", "survey"},
    "reports/transition.py": {"procedure"},
    "web/asking.py": {"change"},
    "web/deeds.py": {"change"},
}
"""Words that are names of types, too, and mean a command, a field, a figure, a section, a value, or a kind of requirement there."""


def names_of_fields(node: object) -> Iterator[str]:
    """The names of the fields, blocks, columns and keys of a type definition."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from value if key in ("fields", "blocks", "columns", "keys") and isinstance(value, dict) else ()
            yield from names_of_fields(value)


RULE = "rule"
"""A rule of the check as often as one that an office has written."""
FIELDS = {RULE} | {name for path in (ROOT / "templates" / "types").glob("*/type.yaml") for name in names_of_fields(yaml.safe_load(path.read_text(encoding="utf-8")))}


def constants(tree: ast.AST) -> Iterator[ast.Constant]:
    """The constants of a module, but for those that stand where a field, a column or a command is named, and are names of such."""
    fields: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            fields |= {id(each) for each in node.args} if name in OF_FIELDS or name == "anchor" else set()
        if isinstance(node, ast.Subscript):
            fields.add(id(node.slice))
        if isinstance(node, ast.Dict):
            fields |= {id(key) for key in node.keys}
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and (id(node) not in fields or node.value not in FIELDS))


def named(text: str) -> set[str]:
    """The types that a module names."""
    return {node.value for node in constants(ast.parse(text)) if isinstance(node.value, str) and node.value in TYPES}


def test_types_are_named_only_where_something_is_about_one() -> None:
    found = {path.relative_to(SOURCE).as_posix(): named(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
    allowed = {name: ABOUT_ONE.get(name, set()) | OTHER_WORDS.get(name, set()) for name in {*ABOUT_ONE, *OTHER_WORDS}}
    assert {name: types for name, types in found.items() if types and not name.startswith("rules/")} == allowed


def test_a_rule_is_about_one_type_or_two_that_belong_together() -> None:
    for path in (SOURCE / "rules").glob("*.py"):
        assert len(named(path.read_text(encoding="utf-8"))) <= 2, path.name


def test_the_walk_sees_what_it_looks_for() -> None:
    seen = 'TYPE = "supplier"\nitems = library.by_type.get("risk", ())\nis_one = item.type.name == "audit"\nranks = {"audit-checklist": 1}\n'
    assert named(seen) == {"supplier", "risk", "audit", "audit-checklist"}
    assert named('item.text("finding")\nrow["audit"]\nfound = {"action": 1}\nnode(item, "document")\n') == set()
