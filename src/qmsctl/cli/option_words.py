"""What people call an option by the words of their trade, in English and Vietnamese, and which option that is."""

from __future__ import annotations

from collections.abc import Collection

from qmsctl.core.text.characters import unmarked
from qmsctl.core.text.suggest import closest

WORDS = {
    "standard": "edition editions iso tcvn norm phien-ban tieu-chuan",
    "organization": "agency company office org organisation co-quan cong-ty doanh-nghiep ten-co-quan to-chuc",
    "profile": "loai-hinh sort-of-office template",
    "time-zone": "timezone tz mui-gio",
    "unit": "department dept division team bo-phan don-vi phong",
    "for": "whose cua nguoi person",
    "owner": "assignee assigned-to in-charge responsible person nguoi-phu-trach phu-trach",
    "by": "actor as signer who user nguoi nguoi-ky nguoi-thuc-hien",
    "role": "position chuc-vu vai-tro",
    "due": "deadline due-date han han-hoan-thanh until thoi-han",
    "date": "day on when ngay",
    "today": "as-of date day on ngay",
    "effective": "effective-date effective-from in-force in-force-from valid-from hieu-luc ngay-hieu-luc",
    "basis": "decision decision-number number quyet-dinh so so-quyet-dinh",
    "basis-date": "date decision-date ngay ngay-quyet-dinh ngay-ban-hanh",
    "basis-file": "attachment decision-file file pdf scan ban-quet tep",
    "approved-by": "approver nguoi-ky nguoi-phe-duyet signed-by signer",
    "on-behalf-of": "behalf deputy-of ky-thay",
    "change": "changes comment message reason why ly-do noi-dung-sua-doi",
    "because": "comment reason why ly-do",
    "reason": "because comment message why ly-do",
    "comment": "because message note reason why ghi-chu ly-do y-kien",
    "title": "name subject summary ten tieu-de",
    "name": "person your-name ho-ten ten",
    "email": "e-mail mail thu-dien-tu",
    "severity": "class classification grade level muc-do phan-loai",
    "kind": "category sort type loai",
    "type": "kind sort loai",
    "requirement": "clause criterion dieu-khoan yeu-cau",
    "clause": "requirement dieu-khoan",
    "evidence": "proof bang-chung",
    "finding": "of phat-hien",
    "description": "details text mo-ta noi-dung",
    "answer": "reply response tra-loi",
    "lead": "lead-auditor leader truong-doan",
    "auditors": "auditor members team danh-gia-vien doan doan-danh-gia",
    "year": "nam",
    "from": "begin since start from-date tu tu-ngay",
    "since": "begin from start tu tu-ngay",
    "to": "end until to-date den den-ngay",
    "revision": "issue rev version lan-ban-hanh",
    "output": "file out save save-as tep",
    "format": "as output-format dinh-dang",
    "list": "file names people danh-sach",
    "set": "field fields value truong",
    "status": "state tinh-trang trang-thai",
    "lang": "language locale ngon-ngu",
    "repo": "dir directory folder path thu-muc",
    "dry-run": "check-only preview simulate test try what-if xem-truoc thu",
    "commit": "save luu",
    "all": "everyone everything tat-ca",
    "wait": "timeout cho",
    "replace": "correct overwrite update sua thay",
    "force": "overwrite yes ghi-de",
}
"""By the name of an option, without dashes, what else it is called; of two that a command takes, the first is meant."""


def option_meant(word: str, taken: Collection[str]) -> str | None:
    """Of the options that a command has ``taken``, without dashes, the one that ``word`` means or is nearly spelt as."""
    plain = unmarked(word.lower()).replace("_", "-")
    return next((name for name, words in WORDS.items() if name in taken and plain in words.split()), None) or closest(plain, taken)
