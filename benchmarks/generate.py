"""Makes a QMS of any size in git: Vietnamese documents of about 6 kB, records, signed dossiers.

    python benchmarks/generate.py FOLDER --documents 10000 --seed 1
    python benchmarks/generate.py FOLDER --documents 100 --records 20000

One seed gives one tree and one commit, byte for byte. Beside the documents there is a record for
every tenth of them, and every tenth is signed: a frozen copy and three sign-offs. With ``--records``
there are so many in place of those: nonconformities with an action and a complaint each, at all stages.
"""

# ruff: noqa: E501 — the lines of YAML are as long as an office writes them

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

QMS_YAML = """\
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: mot-cua, name: Trung tâm Phục vụ hành chính công}, {id: ho-tich, name: Bộ phận Tư pháp – Hộ tịch}, {id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo về chất lượng}, {id: unit-head, title: Trưởng đơn vị}, {id: clerk, title: Công chức}]
approval:
  - {from: 2025-01-01, type: default, review: [qmr], approve: [director]}
review_every: {default: 36m}
ids: {procedure: "QT-{number:2}", instruction: "HD-{number:2}", form: "BM-{parent}.{number:2}", nonconformity: "NC-{year}-{number:3}"}
"""

PEOPLE_YAML = """\
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}, {role: unit-head, from: 2025-01-01}]}
  - {id: minh, name: Đỗ Văn Minh, email: minh@tan-an.example, unit: ho-tich, roles: [{role: clerk, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua, roles: [{role: clerk, from: 2025-01-01}]}
"""

FOLDERS = {"QT": "documents/procedures", "HD": "documents/instructions", "BM": "documents/forms"}
UNITS = ("mot-cua", "ho-tich", "lanh-dao")
ROLES = ("clerk", "unit-head", "qmr", "director")
PEOPLE = ("binh", "lan", "minh", "hoa")
CLAUSES = ("4.2.3", "4.2.4", "5.5.1", "6.2.2", "7.2.1", "7.5.1", "8.2.2", "8.3", "8.5.2")
SUBJECTS = (
    "Đăng ký khai sinh", "Đăng ký kết hôn", "Chứng thực bản sao", "Cấp giấy phép xây dựng nhà ở",
    "Tiếp công dân", "Giải quyết khiếu nại", "Trợ cấp xã hội hằng tháng", "Kiểm soát hồ sơ",
    "Đánh giá nội bộ", "Đăng ký hộ kinh doanh", "Xác nhận tình trạng hôn nhân", "Quản lý văn bản đến",
)
SENTENCES = (
    "Công chức tiếp nhận kiểm tra thành phần hồ sơ, đối chiếu bản sao với bản chính rồi mới ghi phiếu hẹn.",
    "Hồ sơ thiếu giấy tờ thì hướng dẫn một lần, bằng văn bản, nêu đủ những gì còn phải bổ sung.",
    "Thời gian giải quyết tính từ ngày nhận đủ hồ sơ hợp lệ; ngày nghỉ và ngày lễ không tính.",
    "Trưởng đơn vị xem lại kết quả trước khi trình ký, ghi ý kiến vào phiếu kiểm soát quá trình.",
    "Kết quả được trả tại quầy hoặc qua dịch vụ bưu chính công ích theo lựa chọn của người dân.",
    "Trường hợp trễ hẹn, đơn vị gửi thư xin lỗi và hẹn lại ngày trả kết quả không quá một lần.",
    "Mọi chỉnh sửa trên sổ đăng ký phải gạch ngang, ghi rõ người sửa, ngày sửa và lý do sửa.",
    "Dữ liệu được nhập vào hệ thống một cửa điện tử ngay trong ngày làm việc tiếp nhận hồ sơ.",
    "Người dân có thể tra cứu tình trạng hồ sơ bằng mã số trên phiếu hẹn hoặc gọi đường dây nóng.",
    "Đại diện lãnh đạo tổng hợp số liệu hằng quý, so với mục tiêu chất lượng và báo cáo Chủ tịch.",
    "Sự không phù hợp phát hiện ở bước nào thì xử lý ngay ở bước đó, sau đó mới tìm nguyên nhân.",
    "Bản giấy lưu tại kho của đơn vị; bản điện tử lưu trên máy chủ, sao lưu hằng ngày.",
)
SECTIONS = {
    "QT": ("Mục đích", "Phạm vi", "Tài liệu viện dẫn", "Định nghĩa, chữ viết tắt", "Nội dung", "Biểu mẫu", "Hồ sơ lưu"),
    "HD": ("Mục đích", "Nội dung"),
    "BM": ("Thông tin chung", "Nội dung", "Ký xác nhận"),
}
BODY_BYTES = 5600
SIGNED = 10
"""One document of so many has a dossier, and for each of these there is a record, where nothing else is asked for."""


class Tree:
    """The files of one QMS, made from one seed."""

    def __init__(self, documents: int, seed: int, records: int = 0, signed: int = SIGNED, readers: str = "internal") -> None:
        self._random = random.Random(seed)  # noqa: S311 — repeatable, not secret
        self.ids = [_id(number) for number in range(documents)]
        self._records_wanted = records
        self._signed = signed
        self._readers = readers

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every path with its bytes."""
        yield "qms.yaml", QMS_YAML.encode()
        yield "people.yaml", PEOPLE_YAML.encode()
        yield ".gitattributes", b"*.md text eol=lf\n*.yaml text eol=lf\n"
        for number, name in enumerate(self.ids):
            data = self._document(name, number).encode()
            yield _path(name), data
            if number % self._signed == 0:
                yield from _dossier(name, data)
                record = number // self._signed + 1
                if not self._records_wanted:
                    yield f"records/nonconformities/NC-2026-{record:03d}.md", self._record(record).encode()
        for number in range(self._records_wanted):
            path, text = self._chained(number)
            yield path, text.encode()

    def _document(self, name: str, number: int) -> str:
        prefix = name[:2]
        title = f"{self._random.choice(SUBJECTS)} ({number})"
        signed = number % self._signed == 0
        kinds = {"QT": "procedure", "HD": "instruction", "BM": "form"}
        front = [
            f"id: {name}", f"type: {kinds[prefix]}", f"title: {title}", "revision: 1",
            "change: Ban hành lần đầu theo mô hình tổ chức mới", *(["effective: 2026-03-02"] if signed else []),
            f"owner: {self._random.choice(PEOPLE)}", f"unit: {self._random.choice(UNITS)}",
            f"clauses: [{', '.join(self._random.sample(CLAUSES, 2))}]", f"classification: {self._readers}",
            f"distribution: [{', '.join(UNITS)}]", "keywords: [thủ tục, hồ sơ, một cửa]",
        ]
        if prefix == "BM":
            front.append(f"parent: {_id(number - number % 10)}")
        return "---\n" + "\n".join(front) + f"\n---\n\n# {title}\n" + self._body(prefix, number)

    def _body(self, prefix: str, number: int) -> str:
        parts: list[str] = []
        size = 0
        titles = SECTIONS[prefix]
        for place, title in enumerate(titles, 1):
            parts.append(f"\n## {place}. {title}\n\n")
            if title == "Nội dung" and number % 3 == 0 and prefix != "BM":
                parts.append(self._steps())
            if title == "Biểu mẫu" and number % 10 == 0 and number + 9 < len(self.ids):
                form = self.ids[number + 9]
                parts.append(f"- [{form}](../forms/{form}.md)\n\n")
            if title == "Hồ sơ lưu" and number % 2 == 0:
                parts.append(self._records())
            wanted = BODY_BYTES * place // len(titles)
            size = sum(len(part.encode()) for part in parts)
            while size < wanted:
                part = self._paragraph()
                parts.append(part)
                size += len(part.encode())
        return "".join(parts)

    def _paragraph(self) -> str:
        words = " ".join(self._random.sample(SENTENCES, 3))
        match self._random.randrange(4):
            case 0:
                return f"- {words}\n- Xem thêm [{self._link()}.\n\n"
            case 1:
                return f"{words} Mẫu ghi `số/năm`, theo **{self._random.choice(SUBJECTS)}**.\n\n"
            case _:
                return f"{words}\n\n"

    def _link(self) -> str:
        name = self._random.choice(self.ids)
        return f"{name}](../{FOLDERS[name[:2]].rpartition('/')[2]}/{name}.md)"

    def _steps(self) -> str:
        rows = [
            f"- no: B{n}\n  task: {self._random.choice(SENTENCES)[:60].replace(':', ',')}\n"
            f"  responsible: {self._random.choice(ROLES)}\n  time: {n}d\n  outputs: [Phiếu kiểm soát, Sổ theo dõi]\n"
            for n in range(1, 7)
        ]
        return "```steps\n" + "".join(rows) + "```\n\n"

    def _records(self) -> str:
        rows = [
            f"- name: {name}\n  place: Kho của đơn vị\n  keeper: {self._random.choice(ROLES)}\n  medium: giấy\n"
            f"  retention: 5y\n  clauses: [4.2.4]\n"
            for name in ("Phiếu tiếp nhận", "Sổ đăng ký", "Kết quả giải quyết")
        ]
        return "```records\n" + "".join(rows) + "```\n\n"

    def _chained(self, number: int) -> tuple[str, str]:
        """Three records in a row belong together: a complaint, the nonconformity it led to, and its action."""
        chain, place = divmod(number, 3)
        year, own = 2022 + chain % 5, chain // 5 + 1
        complaint, nc, action = f"PA-{year}-{own:03d}", f"NC-{year}-{own:03d}", f"CA-{year}-{own:03d}"
        day, owner, unit = f"{year}-{1 + own % 5:02d}-{1 + own % 28:02d}", PEOPLE[own % 4], UNITS[own % 3]
        title = f"{SUBJECTS[own % len(SUBJECTS)]}, hồ sơ trả trễ hẹn lần {own}"
        common = f"owner: {owner}\nunit: {unit}\n"
        if place == 0:
            front = (
                f"id: {complaint}\ntype: complaint\ntitle: {title}\nstatus: answered\n{common}received: {day}\nchannel: counter\n"
                f"sender: citizen\nclassification: delay\ndue: {year}-06-30\nacknowledged: {day}\ninvestigation: Đúng như phản ánh\n"
                f"justified: justified\nanswer: Đã xin lỗi và trả kết quả\nanswered: {day}\n"
            )
            return self._file("complaints", complaint, front, "Nội dung")
        if place == 1:
            front = (
                f"id: {nc}\ntype: nonconformity\ntitle: {title}\nstatus: reported\nraised: {day}\nraised_by: {owner}\nabout: process\n"
                f"source: complaint\nof: [{complaint}]\nseverity: minor\nrequirement: [7.2.1]\n{common}actions: [{action}]\n"
            )
            return self._file("nonconformities", nc, front, "Mô tả")
        front = (
            f"id: {action}\ntype: action\ntitle: Bố trí người thay\nstatus: {('planned', 'done')[own % 2]}\nkind: corrective\n"
            f"of: [{nc}]\nraised: {day}\n{common}due: {year}-07-15\n" + (f"done: {day}\nresult: Đã phân công\n" if own % 2 else "")
        )
        return self._file("actions", action, front, "Mô tả")

    def _file(self, folder: str, name: str, front: str, section: str) -> tuple[str, str]:
        body = "".join(self._paragraph() for _ in range(2))
        return f"records/{folder}/{name}.md", f"---\n{front}---\n\n# {name}\n\n## {section}\n\n{body}"

    def _record(self, number: int) -> str:
        procedure = next(name for name in reversed(self.ids) if name.startswith("QT"))
        front = (
            f"id: NC-2026-{number:03d}\ntype: nonconformity\ntitle: Hồ sơ trả trễ hẹn lần {number}\nstatus: reported\n"
            f"raised: 2026-04-10\nraised_by: {self._random.choice(PEOPLE)}\nabout: process\nsource: complaint\n"
            f"severity: minor\nrequirement: [7.2.1]\nunit: mot-cua\nprocess: {procedure}\nowner: lan\n"
        )
        return f"---\n{front}---\n\n## Mô tả\n\n" + "".join(self._paragraph() for _ in range(6))


def _id(number: int) -> str:
    """Of ten documents in a row six are procedures, three instructions, one a form of the first."""
    tens, place = divmod(number, 10)
    if place == 9:
        return f"BM-{tens * 6 + 1:02d}.01"
    return f"QT-{tens * 6 + place + 1:02d}" if place < 6 else f"HD-{tens * 3 + place - 5:02d}"


def _path(name: str) -> str:
    return f"{FOLDERS[name[:2]]}/{name}.md"


def _dossier(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    sha256 = hashlib.sha256(data).hexdigest()
    folder = f"signoffs/{name}/1-{sha256[:8]}"
    yield f"{folder}/{name}.md", data
    for meaning, person, role, day in (
        ("author", "minh", "clerk", "2026-02-20"),
        ("review", "lan", "qmr", "2026-02-23"),
        ("approve", "binh", "director", "2026-02-25"),
    ):
        text = (
            f"---\ntype: signoff\nsubject: {name}\nrevision: 1\nsha256: {sha256}\nmeaning: {meaning}\n"
            f"by: {person}\nrole: {role}\nat: {day}T09:30:00+07:00\n---\n"
        )
        yield f"{folder}/{meaning}.{person}.md", text.encode()


def generate(folder: Path, documents: int, seed: int, records: int = 0) -> int:
    """Write the QMS into a new ``folder`` and commit it once; the number of files."""
    return lay_down(folder, Tree(documents, seed, records).files())


def lay_down(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write ``files`` into a new ``folder`` and commit them once; how many they are."""
    folder.mkdir(parents=True)
    written = 0
    for path, data in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written += 1
    _commit(folder)
    return written


def _commit(folder: Path) -> None:
    who = {"NAME": "Bench", "EMAIL": "bench@tan-an.example", "DATE": "2026-03-02T08:00:00+07:00"}
    named = {f"GIT_{part}_{key}": value for key, value in who.items() for part in ("AUTHOR", "COMMITTER")}
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Lay down the benchmark"]):
        command = ["git", "-C", str(folder), "-c", "gc.auto=0", *words]
        subprocess.run(command, check=True, env=os.environ | named)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--records", type=int, default=0, help="so many records, in place of one for every tenth document")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    print(f"{generate(chosen.folder, chosen.documents, chosen.seed, chosen.records)} files in {chosen.folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
