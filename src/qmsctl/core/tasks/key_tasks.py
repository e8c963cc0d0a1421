"""What an office may have signed with keys once two of its people have one: its configuration, and the closing of records."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.proof.configuration import approving_roles, is_signed, is_valid, signers
from qmsctl.core.proof.level import Level
from qmsctl.core.reading import CONFIG_PATH, CONFIGURATION
from qmsctl.core.tasks.task import WAITS, Task
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Message, _

ENOUGH = 2
"""So many persons with keys: one alone might lose theirs, and nobody could sign any more."""


def key_tasks(library: Library) -> Iterator[Task]:
    """Proposals to those who can sign the configuration; none where they were taken up, or before enough people have keys."""
    deciding = tuple(dict.fromkeys(person.id for person, _key in signers(library, library.today)))
    if not deciding or _people_with_keys(library) < ENOUGH:
        return
    if not is_signed(library):
        chosen = advice(_("write “{key}: {value}” into it yourself", key=CONFIGURATION, value=Level.SIGNED)).then(command("approve", CONFIGURATION, sign=True, commit=True))
        yield _task(library, deciding, _("proposed: changes of the configuration are signed with a key"), chosen, CONFIGURATION)
    closed = _closed_by_signature(library)
    if closed and not any(library.config.level_asked(each, False, library.today) == Level.SIGNED for each in closed):
        line = f"{{from: {library.today}, type: {closed[0]}, level: {Level.SIGNED}}}"
        asked = advice(_("add to “approval” in {path}: {line}", path=CONFIG_PATH, line=line))
        yield _task(library, deciding, _("proposed: records are closed with a key"), asked, "level")


def _people_with_keys(library: Library) -> int:
    people = (person for person in library.people.all if person.is_present(library.today))
    return sum(any(is_valid(key, library.today) for key in person.keys) for person in people)


def _closed_by_signature(library: Library) -> tuple[str, ...]:
    """The types of the records there are that are closed with a sign-off, the most frequent first."""
    found = {item.type.name: item.type for item in library.records}
    closing = (name for name, kind in found.items() if any(state.final and state.signoff for state in kind.states.values()))
    return tuple(sorted(closing, key=lambda name: (-len(library.by_type[name]), name)))


def _task(library: Library, people: tuple[str, ...], what: Message, then: Mend, key: str) -> Task:
    kind = library.config_type("qms")
    roles = sorted(approving_roles(library.config, library.today))
    return Task(WAITS, CONFIGURATION, kind, library.config.name, what, CONFIG_PATH, lambda: 1, None, None, tuple(roles), people, None, then, key)
