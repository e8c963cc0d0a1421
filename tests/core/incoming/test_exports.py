"""Lists of cases with persons are known by what stands in them; forms and lists of ids are none."""

from __future__ import annotations

import pytest

from qmsctl.core.incoming.case_lists import TARGETS
from qmsctl.core.incoming.columns import CASES
from qmsctl.errors import Refusal
from qmsctl.store.incoming.exports import check_no_export
from qmsctl.store.shipped.import_maps import shipped_maps

HEAD = "STT;Mã hồ sơ;Chủ hồ sơ;Ngày tiếp nhận;Hẹn trả;Ghi chú\n"
ROW = "1;H29-1;Nguyễn Văn An;02/03/2026 8:10;03/03/2026;\n"
MARKDOWN = "# Sổ\n\n| Mã hồ sơ | Chủ hồ sơ | Ngày tiếp nhận |\n|---|---|---|\n"
PORTAL = '[{"MaHoSo": "H1", "NgayTiepNhan": "20260302081000", "NgayHenTra": "20260302081000", "SoDienThoai": "0912"}]'


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + ROW).encode(), (HEAD + ROW).encode("utf-16"), PORTAL.encode(), (MARKDOWN + "| H29-1 | Nguyễn Văn An | 2/3/2026 |\n").encode(),
        ("<table>" + "".join(f"<tr><td>{line.replace(';', '<td>')}" for line in (HEAD, ROW))).encode(),
    ],
    ids=["csv", "utf-16", "json", "markdown", "html"],
)
def test_a_list_with_persons(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        check_no_export(data)
    assert "Nguyễn" not in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        HEAD.encode(), (HEAD + ";;;;;\n").encode(), MARKDOWN.encode(), b"case,received,due,finished\nH1,2026-03-02 08:10,,\n", (HEAD + ROW).replace("Nguyễn Văn An", "").encode(),
        (HEAD + ROW).replace("Chủ hồ sơ", "Ghi chú").encode(), b"%PDF-1.4 " + (HEAD + ROW).encode(), b"\x89PNG\0" + (HEAD + ROW).encode(), b"", b"PK\x03\x04", b'{"a": ', "Hồ sơ H29-1 trễ hẹn".encode(),
    ],
)
def test_what_is_no_list_with_persons(data: bytes) -> None:
    assert check_no_export(data)


def test_maps_that_ship_leave_persons() -> None:
    assert all(each.personal for each in shipped_maps(CASES, TARGETS))
