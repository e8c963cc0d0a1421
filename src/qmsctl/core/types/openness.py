"""What of a type's documents is for the public: an allowlist, so that whatever is not named stays inside."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.types.section import Section
from qmsctl.value import dataclass, field


@dataclass(frozen=True, slots=True)
class Openness:
    """What may be shown of a document that is classified as public.

    These are ``fields`` of its front matter, ``sections`` by their titles, whatever their level, of each data block in
    ``blocks`` the columns, and the ``text`` as a whole where it is one that is handed out.
    Right below a section of the type that is ``within``, open ones may stand.
    """

    fields: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: bool = False
    within: tuple[str, ...] = ()
