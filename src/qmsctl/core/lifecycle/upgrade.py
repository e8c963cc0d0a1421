"""The criteria of a later format, chosen for what is still to come."""

from __future__ import annotations

from datetime import date, timedelta

from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.office.config import FORMAT
from qmsctl.core.proof.filing import all_dossiers
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.text.nodes import Mapping, Scalar
from qmsctl.core.text.splice import scalar
from qmsctl.core.text.text_file import decode
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, addition, advice, command
from qmsctl.message import _

_COMMENT = {
    "en": "The criteria by which the program judges what is of this day or later; qmsctl upgrade sets both lines.",
    "vi": "Tiêu chí mà chương trình áp dụng cho những gì từ ngày này trở đi; lệnh qmsctl upgrade đặt hai dòng này.",
}


def upgrade(library: Library, first: date | None, code: str | None = None) -> Edit:
    """Set ``format`` to the latest and ``stricter_from`` to the ``first`` day in qms.yaml, and ``code`` where the organization has none.

    Without a day it is today, and tomorrow where something was signed today already. Raises ``Refusal`` where the format
    is the latest, where there is no code or another one, or where qms.yaml cannot be changed safely.
    """
    if library.config.format >= FORMAT:
        raise Refusal(
            _("the QMS is of format {format} already, since {day}", format=FORMAT, day=library.config.stricter_from or "—"),
            command("check").in_order_to(_("to see what it finds")),
        )
    _with_a_code(library, code)
    start = first or _first_day(library)
    _after_what_was_signed(library, start)
    before = library.outside.read(CONFIG_PATH)
    text, bom = decode(before)
    end = "\r\n" if "\r\n" in text else "\n"
    new = {"format": str(FORMAT), "stricter_from": start.isoformat()}
    if code and not library.config.code:
        text = _coded(text, code)
    top = read_yaml(text)
    assert isinstance(top, Mapping)  # an act is done only where the configuration can be read
    if any(key in top.entries and (top.flow or top.text(key) is None) for key in new):
        raise _unsafe("format", FORMAT)
    after = _with_lines(text, top, new, end, _COMMENT[library.config.language])
    read = read_yaml(after)
    assert isinstance(read, Mapping)
    assert all(read.text(key) == value for key, value in new.items())
    change = FileChange(CONFIG_PATH, before, (b"\xef\xbb\xbf" if bom else b"") + after.encode())
    return Edit((change,), _("QMS brought to format {format}, from {day} on", format=FORMAT, day=start), (CONFIG_PATH,))


def _first_day(library: Library) -> date:
    """Today; tomorrow where something was signed today, as it was asked until then."""
    signed = (day_of(signoff, library.config) for dossier in all_dossiers(library) for signoff in dossier.signoffs)
    return library.today + timedelta(days=1) if library.today in signed else library.today


def _after_what_was_signed(library: Library, start: date) -> None:
    """Raise ``Refusal`` where something of that day or later does not name the office: signing it again is no way out before the upgrade."""
    days = (day_of(signoff, library.config) for dossier in all_dossiers(library) for signoff in dossier.signoffs if not signoff.office)
    last = max(days, default=date.min)
    if last >= start:
        later = command("upgrade", from_=(last + timedelta(days=1)).isoformat())
        raise Refusal(_("on {day} something was signed that does not name the office yet; choose a later day", day=last), later)


def _with_a_code(library: Library, code: str | None) -> None:
    known = library.config.code
    if not known and not code:
        raise Refusal(_("the organization has no code, and from format {format} on every sign-off names it", format=FORMAT), addition(code=HOLE))
    if known and code and code != known:
        raise Refusal(_("the code of the organization is {code} already", code=known), advice(_("leave out --code")))


def _coded(text: str, code: str) -> str:
    """``text`` of qms.yaml with the code in its ``organization``."""
    top = read_yaml(text)
    named = top.entries.get("organization") if isinstance(top, Mapping) else None
    if not isinstance(named, Mapping):
        raise _unsafe("code", code)
    there, name = named.entries.get("code"), named.entries.get("name")
    if isinstance(there, Scalar) and there.start < there.end:
        return text[: there.start] + scalar(code) + text[there.end :]
    if there is not None or not isinstance(name, Scalar) or text[name.start] in "|>":
        raise _unsafe("code", code)
    line = text[text.rfind("\n", 0, name.start) + 1 : name.start]
    gap = ", " if named.flow else ("\r\n" if "\r\n" in text else "\n") + line[: len(line) - len(line.lstrip())]
    return text[: name.end] + f"{gap}code: {scalar(code)}" + text[name.end :]


def _unsafe(key: str, value: object) -> Refusal:
    return Refusal(_("{path} cannot be changed safely here", path=CONFIG_PATH), advice(_("write “{key}: {value}” into it yourself", key=key, value=value)))


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
