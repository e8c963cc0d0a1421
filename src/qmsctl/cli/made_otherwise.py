"""Whether a QMS that is there, or that an earlier ``init`` has begun, is the one that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qmsctl.acts.founding import CONFIGURATION
from qmsctl.core.reading import CONFIG_LIMIT
from qmsctl.core.text.nodes import plain
from qmsctl.core.text.text_file import decode
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command, with_general
from qmsctl.message import _


def check_alike(folder: Path, begun: bytes | None, asked: Mapping[str, str | None]) -> None:
    """Raise ``Refusal``, naming each option, where what is ``asked`` for stands otherwise in the ``qms.yaml`` of ``folder``, or in the one that was ``begun``.

    One that cannot be read is judged by others.
    """
    place = folder / CONFIGURATION
    there = _settings(begun or (place.read_bytes() if place.is_file() else b""))
    other = tuple(_("{option} “{asked}” (there it is “{there}”)", option=option, asked=value, there=", ".join(there[option]))
                  for option, value in asked.items() if value is not None and there.get(option) and value not in there[option])
    if not other:
        return
    if begun is not None:
        raise Refusal(
            _("an earlier init was interrupted in {folder}, which was to be another QMS: {differences}; nothing was changed", folder=str(folder), differences=other),
            command("init", str(folder)).in_order_to(_("finish that one")).or_else(advice(_("choose an empty folder"))),
        )
    raise Refusal(
        _("{folder} holds a QMS already, and it is another one: {differences}; nothing was changed", folder=str(folder), differences=other),
        with_general(command("check"), C=str(folder)).in_order_to(_("to see how it stands")).or_else(advice(_("choose an empty folder"))),
    )


def _settings(configuration: bytes) -> Mapping[str, tuple[str, ...]]:
    """What stands there, by the option that would have asked for it."""
    try:
        top = read_yaml(decode(configuration)[0], limit=CONFIG_LIMIT)
    except YamlRefused:
        return {}
    read = plain(top) if top else None
    values = read if isinstance(read, dict) else {}
    organization = values.get("organization")
    office = organization if isinstance(organization, dict) else {}
    found = {
        "--profile": values.get("profile"), "--standard": values.get("standards"), "--lang": values.get("language"),
        "--organization": office.get("name"), "--code": office.get("code"), "--time-zone": values.get("time_zone"), "--country": values.get("holidays"),
    }
    return {option: tuple(map(str, value if isinstance(value, list) else [value])) for option, value in found.items() if value}
