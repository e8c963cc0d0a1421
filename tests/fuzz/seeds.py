"""What fuzzing begins with: the texts of the rules' pages and cases, and hostile ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from qmsctl.rules import load_rule, rule_names
from tests.fuzz.targets import APPROVAL, DOSSIER, SIGNATURE, TARGETS, TEXT
from tests.keys import signature
from tests.office import PEOPLE_YAML, QMS_YAML

_BLOCK = re.compile(r"^```(md|yaml|csv) +(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).parent / "found"
"""What fuzzing brought to light once: ``<target>.<name>``, tried again by every run."""
EVERY = 12

HEAD = "---\nid: QT-07\ntype: procedure\n"
TEXTS = (
    "[", f"{HEAD}---\n~~~steps\n- no: B1\n  task: ", "", "\n", "---\n", "---\n---\n", "---\n- a\n---\n", "---\n{}\n---\n", "\ufeff---\r\nid: QT-07\r\n---\r\nA\r\n", '---\nid: "\\u0000"\n---\n',
    "---\ra: 1\r---\r", f"{HEAD}title: [a, {{b: c}}]\n---\n", f"{HEAD}title: &a x\nowner: *a\n---\n", f"{HEAD}{'a: [' * 20}\n---\n",
    f"{HEAD}tags: [a, b]  # c\nowner: |\n  x\n  y\n# z\n---\n\n~~~steps\n- {{no: B1, task: a}}\n- no: B2\n  task: b # c\n~~~\n",
    f"{HEAD}tags:\n- a\n- b\n\n# remark\nraised: 2026-01-01\n---\n```steps\n- {{no: B1}}\n```\n", f"{HEAD}<<: {{a: 1}}\n---\n", f"{HEAD}? a\n: b\n---\n",
    f"{HEAD}title: ..\n...\n---\n", f"{HEAD}revision: 99999999999999999999999\neffective: 2026-02-30\n---\n", f"{HEAD}title: \u202eA\n---\n",
    f"{HEAD}title: a\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n", f"{HEAD}---\n[a](<../../../etc/passwd>) [b]( \n\n[a]: <\n> ```\n\t~~~steps\n- - -\n",
)
TABLES = (
    "", "case\n", "case,received,due,B1,B2a,B3,stops,supplements,finished,released_by\nA-1,2026-03-02 08:10,2026-03-03 17:00,2026-03-02 08:40,,,,0,2026-03-02 15:30,director\n",
    "Mã hồ sơ;Ngày giờ tiếp nhận;Hẹn trả;Bước B1;Tạm dừng\nA-1;02/03/2026 8:10;3/3/2026;08:40 02/03/2026;2026-03-25 09:30..2026-03-27 08:00\n",
    'sep=;\ncase;received;released_by\nA;2026-03-02;"a ""b""\n;c"\n', 'case,received\n"A,2026', "case\treceived\tdue\nA\t0001-01-01 00:00+14:00\t9999-12-31 23:59-12:00\n",
    "case,received,supplements\nA,2026-03-02T08:10:00.123456Z,có\nB,2026-03-02 24:00,1e3\n", "PK\x03\x04", "case,case,received\nA,B,2026-03-02\n",
)
TYPES = (
    'label: {en: Permit, vi: Giấy phép}\nkind: record\nid: "GP-{year}-{number:3}"\nfolder: records/permits\nextends: record\n',
    "extends: permit\n", "extends: record\nfields: {a: {kind: reference, to: [permit]}, b: 1}\nstates:\n  - {id: open, final: yes}\n  - []\n", "a", "[]", 'extends: procedure\nid: "{{"\n',
    'format: 2\nstricter_from: 2026-13-01\nstandards: {a: b}\nunits: x\nroles: [[a]]\napproval: [{from: x, type: [], approve: [[[]]]}]\nids: {procedure: "{year}{"}\n',
    "working_hours: {mon: [08:00-07:00, 25:00-26:00]}\ncalendar: [{date: 2026-01-01, kind: working, hours: x}]\nholidays: ZZ\ntime_zone: ../../etc\n",
    "ignore: [{rule: x, path: ../, until: 9999-12-31, reason: 1}]\nreview_every: {default: 99999999m, policy: -1d}\nrepeat_window: 0d\n",
    "people:\n- {id: [a], name: {b: c}, roles: [{role: director, from: 9999-99-99}], keys: [{key: ssh-ed25519 AAAA, from: 2025-01-01}]}\n- a\n",
)


def seeds(target: str) -> list[bytes]:
    """The texts that a target begins with."""
    assert target in TARGETS
    kinds: dict[str, Iterable[str | bytes]] = {
        "reading": [*TEXTS, QMS_YAML],
        "checking": [*TEXTS, *examples("md", ".md")],
        "splicing": [f"{value}\n{text}" for text in (*TEXTS, *examples("md", ".md")) for value in ("a: [b", 'x"y # z', "")],
        "signing_off": [*TEXTS, DOSSIER[APPROVAL], *examples("md", ".md", "signoffs/")],
        "verifying": [*TEXTS[:4], SIGNATURE, SIGNATURE.replace(b"\n", b"\r\n"), signature("binh", b"other"), signature("lan", TEXT), signature("binh", TEXT, "git")],
        "counting_cases": TABLES,
        "configuring": [*TYPES, QMS_YAML, PEOPLE_YAML, *examples("yaml", ".yaml"), *builtin_types()],
    }
    found = [path.read_bytes() for path in sorted(FOUND.glob(f"{target}.*"))]
    return [each.encode() if isinstance(each, str) else each for each in kinds[target]] + found


def examples(kind: str, ending: str, folder: str = "") -> Iterable[str]:
    """Of the files in the pages of the rules and in their cases every so many, each once."""
    pages = (load_rule(name).page for name in rule_names())
    cases = (path.read_text(encoding="utf-8") for path in sorted((_ROOT / "tests/rules").glob("*.md")))
    texts = (found[3] for page in (*pages, *cases) for found in _BLOCK.finditer(page) if found[1] == kind and found[2].startswith(folder) and found[2].endswith(ending))
    return list(dict.fromkeys(texts))[::EVERY]


def builtin_types() -> Iterator[str]:
    for path in sorted((_ROOT / "templates/types").glob("*/type.yaml"))[::EVERY]:
        yield path.read_text(encoding="utf-8")
