"""An office whose procedures and processes show every part of the pages on them."""

from __future__ import annotations

from qmsctl.core.library import Library
from tests.office import office

PATH = "documents/procedures/QT-07.md"

SIGNED = """
```dossier QT-07
author minh 2026-0{0}-05T08:00:00+07:00
review lan qmr 2026-0{0}-06T08:00:00+07:00
approve binh director 2026-0{0}-07T08:00:00+07:00
```
"""

HEAD = """
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: "Cấp bản sao <b>trích lục</b>"
revision: {0}
change: Thêm bước xác minh
owner: minh
unit: ho-tich
distribution: [mot-cua, lanh-dao]
time_limit: 2d
---
## 5. Nội dung
"""

OLD = """
~~~costs
- {item: Nộp trực tiếp, fee: 8.000 đồng, papers: [Tờ khai, Căn cước], copies: 1, visits: 2}
~~~

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn], next: {đủ: B2, thiếu: B1a}}
- {no: B1a, task: Hướng dẫn bổ sung, responsible: mot-cua, time: 2h, outputs: [Phiếu], clock: stopped, next: {đã đủ: B2}}
- {no: B2, task: Soạn, responsible: clerk, time: 6h, outputs: [Dự thảo]}
- {no: B3, task: Ký, responsible: director, time: 4h, outputs: [Bản sao], release: yes}
~~~
```
"""

NEW = """
~~~costs
- {item: Nộp trực tiếp, fee: 8.000 đồng, papers: [Tờ khai], copies: 1, visits: 1}
- {item: Nộp trên mạng, fee: Không, papers: [Tờ khai điện tử], copies: 1, visits: 0}
~~~

~~~steps
- {no: B1, task: Tiếp nhận <script>alert(1)</script>, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn], forms: [BM-07.01], check: đủ giấy tờ, next: {đủ: B2, thiếu: B1a}}
- {no: B1a, task: Hướng dẫn bổ sung, responsible: mot-cua, time: 2h, outputs: [Phiếu], clock: stopped, next: {đã đủ: B2}}
- {no: B2, task: Soạn, responsible: clerk, deputy: unit-head, time: 4h, outputs: [Dự thảo, "{{7*7}}"]}
- {no: B2a, task: Xác minh, agency: Công an phường, time: 3h, outputs: [Văn bản], next: {khớp: B3, sai: B2, ngoài thẩm quyền: B9}}
- {no: B3, task: Ký, responsible: director, deputy: deputy-director, time: 2h, outputs: [Bản sao], release: yes, check: có chữ ký nháy}
- {no: B4, task: Trả kết quả, responsible: mot-cua, time: 12m, outputs: [Kết quả], note: sau khi gọi điện}
~~~
```
"""

INSTRUCTION = """
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Xếp hồ sơ
revision: 1
owner: hoa
---
~~~steps
- {no: 1, task: Xếp theo ngày, responsible: van-thu, outputs: [Tủ gọn]}
~~~
```
```dossier HD-01
author hoa 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
"""

PROCESS = """
```md documents/processes/{0}.md
---
id: {0}
type: process
title: {1}
revision: 1
owner: qmr
unit: lanh-dao
{2}
documents: [QT-07]
---
```
"""

PROCESSES = (
    PROCESS.format("QTR-01", "Hoạch định", "clauses: [5.4, 6.1, 5.6]\ninputs: [Chỉ tiêu]\noutputs: [Kế hoạch năm]\nafter: [QTR-02]")
    + PROCESS.format("QTR-02", '"Giải quyết <i>thủ tục</i> hành chính theo cơ chế một cửa liên thông của phường và các cơ quan"', "clauses: [7.1]\ninputs: [kế hoạch năm, Hồ sơ]\noutputs: [Kết quả]\nbefore: [QTR-01, QTR-03]\nafter: [QTR-04]\nmeasures: [Tỷ lệ đúng hạn]")
    + PROCESS.format("QTR-03", "Mua sắm", "clauses: [7.4]\ninputs: [Dự toán]\noutputs: [Hàng hóa]\nafter: [QTR-02]\nrisks: [Giao chậm]")
    + PROCESS.format("QTR-04", "Đo lường", "layer: management\nclauses: [7.1]\ninputs: [Sổ theo dõi]\noutputs: [Báo cáo]\nbefore: [QTR-02]\nafter: [QTR-01]")
)


def process_office() -> Library:
    """Revision 2 of QT-07 is in force after revision 1; HD-01 names a role that nobody holds; four processes."""
    history = HEAD.format(1) + OLD + SIGNED.format(1) + HEAD.format(2) + NEW + SIGNED.format(3)
    return office(history + INSTRUCTION + PROCESSES)
