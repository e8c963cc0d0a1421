"""What an owner tries to close, verify, reject or put off alone, and the honest way beside each.

Files in memory of an office of the second format; each wrong state is told by its exact rule, each neighbour by none.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from qmsctl.core.diagnostic import Severity
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.rules import load_rule
from tests.office import QMS_YAML, library_of, office

STRICTER = "Stricter from: 2026-01-01\n"
GATE, ROLE = "state-without-gate", "signer-without-role"

ACTION = """```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: {status}
raised: 2026-02-03
owner: minh
due: 2026-03-31
done: 2026-03-30
result: Đã có quyết định phân công
verified: {verified}
verified_by: {by}
{more}
---
```
```dossier CA-2026-001
verify {signer} {role} {day}T08:00:00+07:00
```
"""
EVIDENCE = "effect_evidence: Tháng 4 có 120 hồ sơ, không hồ sơ nào quá hẹn"


def action(status: str = "verified-effective", verified: str = "2026-05-04", by: str = "lan", signer: str = "lan", role: str = "qmr",
           day: str = "2026-05-04", more: str = EVIDENCE) -> str:
    return ACTION.format(status=status, verified=verified, by=by, signer=signer, role=role, day=day, more=more)


def errors(library: Library, *rules: str) -> list[str]:
    """The rules that speak of an error."""
    found = run(library, [load_rule(each) for each in rules]).diagnostics
    return [each.rule for each in found if each.severity is Severity.ERROR]


VERIFIED_WRONGLY = {
    "by another than the one named": action(signer="hung", role="deputy-director"),
    "by the owner, another being named": action(signer="minh", role="unit-head"),
    "without evidence": action(more=""),
    "on day 29": action(verified="2026-04-28"),
    "signed before the day it names": action(verified="2026-05-05"),
    "entered by the owner, with nothing to show": action(role="qmr entered_by=minh"),
    "as not effective, by another": action(status="verified-ineffective", signer="hung", role="deputy-director"),
    "as not effective, without evidence": action(status="verified-ineffective", more=""),
}


@pytest.mark.parametrize("text", VERIFIED_WRONGLY.values(), ids=VERIFIED_WRONGLY)
def test_an_effect_is_not_verified(text: str) -> None:
    assert GATE in errors(office(STRICTER + text), GATE)


@pytest.mark.parametrize("text", [action(), action(status="verified-ineffective"), action(verified="2026-04-29"), action(role="qmr entered_by=hoa")])
def test_an_effect_is_verified_by_the_one_named(text: str) -> None:
    assert errors(office(STRICTER + text), GATE, ROLE) == []


def test_what_was_verified_before_the_stricter_day_is_told_in_one_note() -> None:
    library = office("Stricter from: 2026-05-05\n" + action(signer="hung", role="deputy-director", more=""))
    found = run(library, [load_rule(GATE)]).diagnostics
    assert [(each.severity, each.count) for each in found] == [(Severity.NOTE, 2)]


OWN_TYPE = """type: improvement
kind: record
label: {en: Improvement, vi: Cải tiến}
id: CT-{year}-{number:3}
folder: records/improvements
clauses: {}
retention: 5y
fields:
  title: {kind: text, required: true}
  owner: {kind: person, required: true}
  checked_by: {kind: person, state: checked}
states:
  - {id: begun, label: {en: begun, vi: bắt đầu}, to: [checked]}
  - id: checked
    label: {en: checked, vi: đã kiểm tra}
    final: true
    signoff: {meaning: verify, role: [qmr]}
    gates: [{format: 2, signed: {meaning: verify, by: [checked_by], apart: [owner]}}]
"""
OWN = """---
id: CT-2026-001
type: improvement
title: Bảng hướng dẫn mới
status: checked
owner: minh
checked_by: {by}
---
"""


def own(by: str, config: str = "") -> str:
    text = f"```md .qms/types/improvement/type.yaml\n{OWN_TYPE}```\n```md records/improvements/CT-2026-001.md\n{OWN.format(by=by)}```\n"
    return f"{config}{text}```dossier CT-2026-001\nverify hoa clerk 2026-05-04T08:00:00+07:00\n```\n"


# -- who may sign a state is said by the office ---------------------------------------------------


def with_matrix(*entries: str) -> str:
    matrix = QMS_YAML.replace("review_every", "".join(f"  - {each}\n" for each in entries) + "review_every")
    return f"```yaml qms.yaml\n{matrix}format: 2\nstricter_from: 2026-01-01\n```\n"


SIGNED_BY_CLERK = action(by="hoa", signer="hoa", role="clerk")
SIGNS = "{from: 2026-01-01, type: action, sign: {verified-effective: [clerk, qmr]}}"


@pytest.mark.parametrize("config", [
    STRICTER,
    with_matrix("{from: 2026-05-05, type: action, sign: {verified-effective: [clerk]}}"),
    with_matrix("{from: 2026-01-01, type: action, sign: {verified-ineffective: [clerk]}}"),
    with_matrix(SIGNS, "{from: 2026-04-01, type: action, level: declared}"),
    with_matrix("{from: 2026-01-01, type: nonconformity, sign: {closed: [clerk]}}"),
], ids=["proposed", "later", "another state", "taken back", "another type"])
def test_a_role_that_nobody_gave_signs_nothing(config: str) -> None:
    assert {GATE, ROLE} <= set(errors(office(config + SIGNED_BY_CLERK), GATE, ROLE))


def test_a_role_that_the_office_names_signs() -> None:
    assert errors(office(with_matrix(SIGNS) + SIGNED_BY_CLERK), GATE, ROLE) == []


def test_a_role_that_only_the_type_proposes_signs_no_more() -> None:
    config = with_matrix("{from: 2026-01-01, type: action, sign: {verified-effective: [director]}}")
    assert {GATE, ROLE} <= set(errors(office(config + action()), GATE, ROLE))


def test_an_own_type_only_proposes_as_well() -> None:
    named = with_matrix("{from: 2026-01-01, type: improvement, sign: {checked: [clerk]}}")
    assert errors(office(own("hoa", named)), GATE, ROLE) == []
    assert {GATE, ROLE} <= set(errors(office(own("hoa", STRICTER)), GATE, ROLE))
    assert errors(office(own("minh", named)), GATE, ROLE) == [GATE]


@pytest.mark.parametrize("entry", [
    "{from: 2026-01-01, type: action, sign: {done: [clerk]}}",
    "{from: 2026-01-01, type: action, sign: {verified: [clerk]}}",
    "{from: 2026-01-01, type: action, sign: {verified-effective: []}}",
    "{from: 2026-01-01, type: action, sign: {verified-effective: [king]}}",
    "{from: 2026-01-01, type: procedure, approve: [director], sign: {effective: [clerk]}}",
])
def test_what_cannot_be_signed_so_is_an_error_of_the_configuration(entry: str) -> None:
    assert errors(office(with_matrix(entry)), "configuration-invalid")


def test_the_configuration_that_names_signing_roles_is_valid() -> None:
    assert errors(office(with_matrix(SIGNS)), "configuration-invalid") == []


@pytest.mark.parametrize(("before", "now", "expected"), [
    (QMS_YAML, SIGNS, True),
    (QMS_YAML, "{from: 2026-06-01, type: action, sign: {verified-effective: [clerk, qmr]}}", False),
    (QMS_YAML, "{from: 2026-01-01, type: action, sign: {verified-effective: [clerk]}, basis: 7/QĐ-UBND}", False),
    (QMS_YAML, "{from: 2026-01-01, type: action, sign: {verified-effective: [qmr]}}", False),
], ids=["for the past", "from today", "with its paper", "fewer"])
def test_the_past_gets_no_signer_more(before: str, now: str, expected: bool) -> None:
    files = {"qms.yaml": (before + "format: 2\n").encode()}
    text = f"```yaml qms.yaml\n{before}format: 2\nstricter_from: 2026-01-01\n```\n```base\n```\n{with_matrix(now)}"
    assert bool(errors(office(text), "approval-loosened")) is expected
    assert errors(library_of(files), "approval-loosened") == []


def test_a_change_grants_no_role_its_signature() -> None:
    base = f"```yaml qms.yaml\n{QMS_YAML}format: 2\nstricter_from: 2026-01-01\n```\n"
    granted = f"{base}```base\n```\n{with_matrix(SIGNS)}{SIGNED_BY_CLERK}"
    accepted = f"{with_matrix(SIGNS)}```base\n```\n{SIGNED_BY_CLERK}"
    assert errors(office(granted), "authority-granted-in-change") == ["authority-granted-in-change"]
    assert errors(office(accepted), "authority-granted-in-change") == []


# -- rejecting and closing ------------------------------------------------------------------------


def complaint(status: str, by: str, concerns: str = "") -> str:
    more = f"concerns: [{concerns}]\n" if concerns else ""
    text = f"---\nid: PA-2026-001\ntype: complaint\ntitle: Chờ lâu\nstatus: {status}\nowner: hung\nreason: Việc của cơ quan thuế\n{more}---\n"
    signed = f"```dossier PA-2026-001\nclose {by} {_role(by)} 2026-05-04T08:00:00+07:00\n```\n" if status != "received" else ""
    return f"```md records/complaints/PA-2026-001.md\n{text}```\n{signed}"


def _role(person: str) -> str:
    return {"lan": "qmr", "hung": "deputy-director", "binh": "director"}[person]


def rejected(by: str, status: str = "rejected", owner: str = "lan", of: str = "PA-2026-001", concerns: str = "") -> str:
    text = f"---\nid: NC-2026-001\ntype: nonconformity\ntitle: Chờ lâu\nstatus: {status}\nseverity: minor\nowner: {owner}\nof: [{of}]\nreason: Không có\n---\n"
    signed = f"close {by} {_role(by)} 2026-05-04T08:00:00+07:00\n"
    return f"{STRICTER}{complaint('received', '', concerns)}```md records/nonconformities/NC-2026-001.md\n{text}```\n```dossier NC-2026-001\n{signed}```\n"


@pytest.mark.parametrize("text", [
    rejected("lan"), rejected("hung"), rejected("binh", concerns="binh"), rejected("lan", "cancelled"), rejected("hung", "cancelled"), rejected("lan", of=""),
], ids=["its owner", "owner of the complaint", "whom the complaint concerns", "cancelled by its owner", "cancelled by the complaint's", "without a complaint"])
def test_nobody_rejects_what_is_said_of_his_own_work(text: str) -> None:
    assert errors(office(text), GATE) == [GATE]


@pytest.mark.parametrize("text", [rejected("binh"), rejected("binh", "cancelled"), rejected("hung", of="")])
def test_somebody_else_rejects(text: str) -> None:
    assert errors(office(text), GATE) == []


def test_a_complaint_is_not_dismissed_by_whom_it_concerns() -> None:
    assert errors(office(STRICTER + complaint("dismissed", "lan", "lan, hoa")), GATE) == [GATE]
    assert errors(office(STRICTER + complaint("dismissed", "binh", "lan, hoa")), GATE) == []


CLOSED = """```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: closed
raised: 2026-02-03
severity: minor
owner: hoa
{more}
effective: yes
verifier: {verifier}
verified: 2026-05-04
---
```
```dossier NC-2026-001
close {by} {role} 2026-05-04T08:00:00+07:00
```
"""


def closed(by: str, verifier: str, actions: Iterable[str] = (), status: str = "done") -> str:
    more = "no_action_reason: Sai một lần, đã sửa" if not actions else f"actions: [{', '.join(actions)}]"
    made = "".join(
        f"```md records/actions/{each}.md\n---\nid: {each}\ntype: action\ntitle: x\nstatus: {status}\nowner: minh\ndone: 2026-03-01\n---\n```\n" for each in actions
    )
    return STRICTER + made + CLOSED.format(by=by, role=_role(by), verifier=verifier, more=more)


def unsigned(text: str) -> list[str]:
    """What the closing lacks: a sign-off by the one who is said to have looked."""
    found = run(office(text), [load_rule(GATE)]).diagnostics
    return [str(each.message) for each in found if each.path.endswith("NC-2026-001.md") and "verifier" in str(each.message)]


@pytest.mark.parametrize("text", [closed("lan", "tuan"), closed("binh", "lan"), closed("lan", "hung", ["CA-2026-001"])])
def test_the_effect_of_a_nonconformity_is_signed_by_the_one_who_looked(text: str) -> None:
    assert unsigned(text)


@pytest.mark.parametrize("text", [closed("lan", "lan"), closed("hung", "hung", ["CA-2026-001"]), closed("lan", "hung", ["CA-2026-001"], "verified-effective")])
def test_by_closing_it_or_by_the_verification_of_its_actions(text: str) -> None:
    assert not unsigned(text)
