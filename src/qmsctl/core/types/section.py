"""A section that the body of a type has."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.message import Label
from qmsctl.value import dataclass, field


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 2 that the body of this type has, in every language it may be in; ``aliases`` are an office's own words.

    With ``when`` nothing has to be written there unless the fields have one of these values.
    """

    id: str
    title: Label
    required: bool
    aliases: tuple[str, ...] = field(default=(), compare=False)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
