"""The criteria of a later format, chosen for what is still to come."""

from __future__ import annotations

from datetime import date

from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.office.config import FORMAT
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.text_file import decode
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command
from qmsctl.message import _

_COMMENT = {
    "en": "The criteria by which the program judges what is of this day or later; qmsctl upgrade sets both lines.",
    "vi": "Tiêu chí mà chương trình áp dụng cho những gì từ ngày này trở đi; lệnh qmsctl upgrade đặt hai dòng này.",
}


def upgrade(library: Library, start: date) -> Edit:
    """Set ``format`` to the latest and ``stricter_from`` to ``start`` in qms.yaml.

    Raises ``Refusal`` where the format is the latest, or qms.yaml cannot be changed safely.
    """
    if library.config.format >= FORMAT:
        raise Refusal(
            _("the QMS is of format {format} already, since {day}", format=FORMAT, day=library.config.stricter_from or "—"),
            command("check").in_order_to(_("to see what it finds")),
        )
    before = library.outside.read(CONFIG_PATH)
    text, bom = decode(before)
    end = "\r\n" if "\r\n" in text else "\n"
    new = {"format": str(FORMAT), "stricter_from": start.isoformat()}
    top = library.parsed_configuration(CONFIG_PATH)
    assert top is not None  # an act is done only where the configuration can be read
    if any(key in top.entries and (top.flow or top.text(key) is None) for key in new):
        raise Refusal(_("{path} cannot be changed safely here", path=CONFIG_PATH), advice(_("write “{key}: {value}” into it yourself", key="format", value=FORMAT)))
    after = _with_lines(text, top, new, end, _COMMENT[library.config.language])
    read = read_yaml(after)
    assert isinstance(read, Mapping)
    assert all(read.text(key) == value for key, value in new.items())
    change = FileChange(CONFIG_PATH, before, (b"\xef\xbb\xbf" if bom else b"") + after.encode())
    return Edit((change,), _("QMS brought to format {format}, from {day} on", format=FORMAT, day=start), (CONFIG_PATH,))


def _with_lines(text: str, top: Mapping, new: dict[str, str], end: str, comment: str) -> str:
    """``text`` with these values, those that are there in place and the others at its end."""
    there = sorted(((top.entries[key], value) for key, value in new.items() if key in top.entries), key=lambda pair: -pair[0].start)
    result = text
    for node, value in there:
        result = result[: node.start] + value + result[node.end :]
    missing = [f"{key}: {value}" for key, value in new.items() if key not in top.entries]
    if not missing:
        return result
    gap = "" if result.endswith("\n") else end
    return result + gap + end + end.join((f"# {comment}", *missing)) + end
