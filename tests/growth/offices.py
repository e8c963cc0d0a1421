"""Offices that are hostile by number: each a function from a count to files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from tests.office import PEOPLE_YAML, QMS_YAML, dossier

Files = dict[str, str | bytes]
Make = Callable[[int], Files]

PATH = "documents/QT-00.md"


def document(number: int = 0, body: str = "x\n", more: str = "", path: str = "documents/QT-{}.md") -> Files:
    name = f"{number:02}"
    front = f"id: QT-{name}\ntype: procedure\ntitle: Quy trình\nrevision: 1\nowner: minh\n{more}"
    return {path.format(name): f"---\n{front}---\n{body}"}


def documents(count: int, more: str = "", path: str = "documents/QT-{}.md") -> Files:
    return merged(document(number, more=more.replace("#", str(number)).replace("@", f"{number + 1:02}"), path=path.replace("#", str(number))) for number in range(count))


def record(kind: str, prefix: str, number: int, more: str, body: str) -> Files:
    other = f"{prefix}-{number + 1:04}"
    front = f"id: {prefix}-{number:04}\ntype: {kind}\ntitle: Phiếu\nowner: minh\n{more.replace('#', str(number)).replace('@', other)}"
    return {f"records/{prefix}-{number:04}.md": f"---\n{front}---\n{body}"}


def records(kind: str, prefix: str, more: str, body: str = "x\n") -> Make:
    return lambda count: merged(record(kind, prefix, number, more, body) for number in range(count))


def merged(several: Iterable[Files]) -> Files:
    return {path: text for files in several for path, text in files.items()}


def office_with(key: str, row: str, beside: Files | None = None) -> Make:
    """``qms.yaml`` with a list of ``row`` under ``key``; ``#`` is the number of a row."""
    def make(count: int) -> Files:
        rows = "".join(f"  - {row.replace('#', str(number))}\n" for number in range(count))
        kept = "\n".join(line for line in QMS_YAML.split("\n") if not line.startswith((f"{key}:", "  - ") if key == "approval" else f"{key}:"))
        return {"qms.yaml": f"{kept}{key}:\n{rows}", **(beside or document())}
    return make


def office_with_keys(key: str, entry: str) -> Make:
    """``qms.yaml`` with a mapping of many keys; of an empty ``key`` at the top."""
    def make(count: int) -> Files:
        kept = "\n".join(line for line in QMS_YAML.split("\n") if not key or not line.startswith(f"{key}:"))
        entries = (f"{'  ' if key else ''}{entry.replace('#', str(number))}\n" for number in range(count))
        return {"qms.yaml": kept + (f"{key}:\n" if key else "") + "".join(entries), **document()}
    return make


def people_with(row: str, beside: Files | None = None) -> Make:
    return lambda count: {
        "people.yaml": PEOPLE_YAML + "".join(f"  - {{{row.replace('#', str(number))}}}\n" for number in range(count)),
        **(beside or document()),
    }


def person_with(key: str, item: str) -> Make:
    """One person of whom much is written."""
    return lambda count: {
        "people.yaml": PEOPLE_YAML + f"  - {{id: p, name: P, unit: ho-tich, {key}: [{', '.join(item.replace('#', str(n)) for n in range(count))}]}}\n",
        **document(),
    }


def links_and(text: str) -> Make:
    """As many broken links as entries of a list in ``qms.yaml``."""
    return lambda count: {
        "qms.yaml": QMS_YAML + "ignore:\n" + "".join(text.replace("#", str(number)) for number in range(count)),
        **document(body="[a](b.md)\n" * (4 * count)),
    }


def moment(number: int) -> str:
    return (datetime.fromisoformat("2026-01-02T08:00:00+07:00") + timedelta(minutes=number)).isoformat()


def signed(*lines: str, begin: tuple[str, ...] = ("author minh clerk",)) -> Make:
    """One dossier in which the same sign-offs come again and again, each in a file of its own."""
    def make(count: int) -> Files:
        files = {path: text.encode() if isinstance(text, str) else text for path, text in document().items()}
        found: Files = dict(files)
        said = [*begin, *(line for _round in range(count) for line in lines)]
        for number, line in enumerate(said):
            for path, data in dossier(files, "QT-00", f"{line.replace('#', str(number))} {moment(number)}\n").items():
                copy = path.endswith("/QT-00.md")
                found[path if copy else path.removesuffix(".md") + f".{number}.md"] = data
        return found
    return make


def in_force(count: int) -> Files:
    found: Files = {}
    for number in range(count):
        files = {path: str(text).encode() for path, text in document(number, f"{number}\n", "distribution: [mot-cua]\n").items()}
        lines = (f"author minh clerk {moment(0)}", f"review lan qmr {moment(1)}", f"approve binh director {moment(2)}")
        found |= files | dossier(files, f"QT-{number:02}", "\n".join(lines))
    return found


_BOTH = ("author minh clerk", "review lan qmr", "approve binh director")
_ENTRY = "{from: 2025-01-01, type: t#, review: [r#], approve: [s#]}"
_IGNORE = "  - {rule: reference-broken, path: documents/x#, reason: a, until: 2026-12-31}\n"

OFFICES: dict[str, tuple[Make, int]] = {
    "units": (office_with("units", "{id: u#, name: U}", documents(20)), 1500),
    "units of one id": (office_with("units", "{id: u, name: U}"), 1500),
    "roles": (office_with("roles", "{id: r#, title: R}", documents(20)), 1500),
    "approval of types that are unknown": (office_with("approval", _ENTRY), 800),
    "approval from many days": (lambda n: office_with("approval", "{from: 2025-01-01, type: procedure, review: [], approve: [director]}", documents(n // 4))(n), 1500),
    "approval by many": (lambda n: office_with("approval", f"{{from: 2025-01-01, type: default, review: [], approve: [{', '.join(f'r{i}' for i in range(n))}]}}")(1), 3000),
    "approval by one of many": (lambda n: office_with("approval", f"{{from: 2025-01-01, type: default, review: [], approve: [[{', '.join(f'r{i}' for i in range(n))}]]}}")(1), 3000),
    "ignored and broken": (links_and(_IGNORE), 500),
    "ignored for different reasons": (links_and(_IGNORE.replace("x#", "")), 500),
    "ignored until a day that is over": (links_and(_IGNORE.replace("x#", "").replace("2026-12", "2025-12")), 500),
    "rules that are unknown": (links_and(_IGNORE.replace("broken", "brok#")), 500),
    "clauses that do not apply": (office_with("not_applicable", '{standard: iso9001-2008, clause: "7.#", reason: x}'), 1500),
    "standards": (lambda n: {"qms.yaml": QMS_YAML.replace("[iso9001-2008]", f"[{', '.join(f'iso90{i}' for i in range(n))}]")}, 2000),
    "days off": (office_with("calendar", "{date: 2026-01-02, kind: off, reason: a}"), 1500),
    "hours": (lambda n: {"qms.yaml": QMS_YAML + f"working_hours: {{monday: [{'08:00-09:00, ' * n}]}}\n"}, 4000),
    "periods of review": (office_with_keys("review_every", "t#: 12m"), 1500),
    "patterns of ids": (office_with_keys("ids", "t#: 'T#-{number}'"), 1500),
    "a long pattern": (lambda n: {"qms.yaml": QMS_YAML + f"ids: {{procedure: '{'{any}' * n}'}}\n", **documents(20)}, 10_000),
    "keys that are unknown": (office_with_keys("", "key#: a"), 3000),
    "people": (people_with("id: p#, name: P, email: p#@x.vn, unit: ho-tich, roles: [{role: clerk, from: 2025-01-01}]", documents(20)), 1000),
    "people of one id": (people_with("id: p, name: P, email: p@x.vn, unit: ho-tich, roles: [{role: clerk, from: 2025-01-01}]"), 1000),
    "people of units and roles that are unknown": (people_with("id: p#, name: P, email: p#@x.vn, unit: u#, roles: [{role: r#, from: 2025-01-01}]"), 1000),
    "roles and people": (lambda n: {**office_with("roles", "{id: r#, title: R}")(n), **people_with("id: p#, name: P, unit: ho-tich, roles: [{role: r#, from: 2025-01-01}]")(n)}, 500),
    "roles that are misspelt": (lambda n: {**office_with("roles", "{id: role-#, title: R}")(n), **people_with("id: p#, name: P, unit: ho-tich, roles: [{role: rolle-#, from: 2025-01-01}]")(n)}, 500),
    "roles of a person": (person_with("roles", "{role: r#, from: 2025-01-01}"), 1500),
    "addresses of a person": (person_with("email", "a#@b.vn"), 4000),
    "keys of a person": (person_with("keys", "{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}"), 600),
    "returned": (signed("return lan qmr"), 600),
    "submitted": (signed("author minh clerk"), 600),
    "submitted and returned": (signed("author minh clerk", "review lan qmr", "return lan qmr"), 200),
    "reviewed": (signed("review lan qmr"), 600),
    "reviewed by nobody": (signed("review u# r#"), 400),
    "approved": (signed("approve binh director"), 600),
    "approved and returned": (signed("return lan qmr", begin=_BOTH), 600),
    "withdrawn": (signed("withdraw binh director", begin=_BOTH), 600),
    "acknowledged": (signed("acknowledge hoa", begin=_BOTH), 600),
    "documents": (documents, 400),
    "documents in force": (in_force, 100),
    "documents that are gone": (lambda n: {path: text for path, text in in_force(n).items() if path.startswith("signoffs/")}, 150),
    "documents with a dossier of one revision each": (lambda n: {**in_force(n), **people_with("id: p#, name: P, unit: mot-cua")(n)}, 60),
    "documents in other folders": (lambda n: documents(n, path="documents/a#/b/QT-{}.md"), 400),
    "documents of one id": (lambda n: merged(document(0, path=f"documents/a{number}/QT-{{}}.md") for number in range(n)), 600),
    "documents that supersede the next": (lambda n: documents(n, "supersedes: [QT-@]\n"), 400),
    "documents below the next": (lambda n: documents(n, "parent: QT-@\n"), 400),
    "documents that name the next": (lambda n: documents(n, "references: [QT-@]\nlegal_basis: [QT-@]\nprocess: QT-@\n"), 400),
    "owners that are unknown": (lambda n: {path: str(text).replace("minh", f"m{path}") for path, text in documents(n).items()}, 400),
    "types that are unknown": (lambda n: {f"documents/a{number}.md": f"---\ntype: procedur{number}\n---\n" for number in range(n)}, 300),
    "no front matter": (lambda n: {f"documents/a{number}.md": "x" for number in range(n)}, 500),
    "names that differ in capitals": (lambda n: {f"documents/{''.join(c.upper() if number >> i & 1 else c for i, c in enumerate('abcdefghijklmn'))}.md": "x" for number in range(n)}, 500),
    "deep folders": (lambda n: {f"attachments/{'a/' * 40}{number}.txt": "x" for number in range(n)}, 2000),
    "signatures alone": (lambda n: {f"signoffs/QT-01/x{number}/a.md.sig": "x" for number in range(n)}, 1000),
    "types of its own": (lambda n: {f".qms/types/t{number}/type.yaml": f"extends: record\nlabel: {{vi: a, en: b}}\nid: 'T{number}-{{number}}'\n" for number in range(n)}, 300),
    "nonconformities": (records("nonconformity", "NC", "status: analysed\nraised: 2026-01-01\nunit: ho-tich\ncause_category: method\nactions: [AC-#]\nrequirement: [QT-00]\n"), 250),
    "nonconformities that come again": (records("nonconformity", "NC", "status: open\nraised: 2026-01-01\nrecurrence_of: [@]\n"), 250),
    "actions": (records("action", "AC", "status: planned\ndue: 2026-01-01\nkind: corrective\nof: [NC-0001]\n"), 300),
    "objectives": (records("objective", "MT", "status: open\nmeasure: a\ntarget: #\ndirection: at-least\ndue: 2026-01-01\n"), 250),
    "audits": (records("audit", "AU", "status: planned\ndate: 2026-01-01\nauditors: [lan]\nunits: [ho-tich]\n"), 300),
    "trainings": (records("training", "DT", "status: planned\ndate: 2026-01-01\ndocuments: [QT-00]\n", "```participants\n- {person: minh, attended: yes}\n```\n"), 250),
    "a form that is listed again and again": (
        lambda n: {
            **document(body="## Biểu mẫu\n\n" + "[a](BM-00.01.md)\n" * n + "\n## Khác\n\n" + "QT.BM " * n),
            "documents/BM-00.01.md": "---\nid: BM-00.01\ntype: form\ntitle: A\nrevision: 1\nowner: minh\nparent: QT-00\n---\nx\n",
        },
        2000,
    ),
    "contracts of one number": (records("supplier", "NCC", "status: planned\nnumber: 1\n"), 300),
}
