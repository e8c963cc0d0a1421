"""All of one QMS at one moment: what rules judge and reports show."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

from qmsctl.core.assembled import with_others
from qmsctl.core.base import Base
from qmsctl.core.contents import grouped
from qmsctl.core.dossier import SignOff
from qmsctl.core.dossiers import Dossiers
from qmsctl.core.edit import Edit
from qmsctl.core.edited import Files, touched, with_edit
from qmsctl.core.frozen import Those, adopted, frozen
from qmsctl.core.known_ids import KnownIds
from qmsctl.core.link_target import Reach, reaches
from qmsctl.core.look_up import look_up
from qmsctl.core.missing import Missing, missing
from qmsctl.core.model import Item
from qmsctl.core.narrow import Office
from qmsctl.core.office.config import Config
from qmsctl.core.office.people import People
from qmsctl.core.outside import Outside, Overlay
from qmsctl.core.reading import CONFIG_PATH, CONFIG_PATHS, PEOPLE_PATH
from qmsctl.core.signoffs.status import Standing, standing
from qmsctl.core.source import EntryKind, folders_of
from qmsctl.core.standards.standard import Standard
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.types.kinds import Names
from qmsctl.core.types.office_names import office_names
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_set import TypeSet
from qmsctl.message import Message
from qmsctl.value import dataclass, field, replace


@dataclass(frozen=True)
class Library:
    """Documents, records and dossiers, with the configuration they are judged by.

    ``today`` and ``now`` are the moment of reading: later sign-offs do not count yet. ``clock`` is the real moment, never before. ``exempt`` are ids whose frozen files were accepted before the change that is judged.
    ``before`` is the library as it stands, where this one is only what ``edit`` would make of it, and ``base``
    what a change began from, where one is judged (a pull request, a push): by them is told what is new. The verdicts kept with files hold for the office ``seen_by``.
    """

    config: Config
    people: People
    types: TypeSet
    today: date
    now: datetime
    clock: datetime
    files: Mapping[str, EntryKind]
    parsed: Files
    items: tuple[Item, ...]
    signoff_items: tuple[Item, ...]
    dossiers: Dossiers
    outside: Outside
    find_standard: Callable[[str], Standard | None]
    config_type: Callable[[str], RecordType]
    configuration_signoffs: tuple[SignOff, ...] = ()
    incomplete: tuple[Message, ...] = ()
    exempt: Container[str] | None = None
    before: Library | None = field(default=None, compare=False, repr=False)
    origin: Library | None = field(default=None, compare=False, repr=False)  # before all edits, of which only the ids ``moved`` may be others now
    moved: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    edit: Edit | None = field(default=None, compare=False, repr=False)
    whole: Library | None = field(default=None, compare=False, repr=False)  # of a part: goes through some, looks up in all
    base: Base | None = field(default=None, compare=False, repr=False)
    seen_by: Office | None = field(default=None, compare=False, repr=False)
    _standings: dict[str, Standing] = field(default_factory=dict, compare=False, repr=False)
    frozen_texts: dict[str, tuple[Item, Item]] = field(default_factory=dict, compare=False, repr=False)  # by path: the copy, and with its body

    @look_up
    def by_id(self) -> Mapping[str, Item]:
        """Items by id; of two with one id the first path counts."""
        items = self.items[::-1]
        return dict(zip(map(attrgetter("id"), items), items, strict=True))

    def bearing(self, name: str) -> tuple[Item, ...]:
        """Every item of this id."""
        return self.twins.get(name) or ((self.by_id[name],) if name in self.by_id else ())

    @look_up
    def by_path(self) -> Mapping[str, Item]:
        """Items by where they lie."""
        return dict(zip(map(attrgetter("path"), self.items), self.items, strict=True))

    @look_up
    def stems(self) -> frozenset[str]:
        """The names, without ``.md``, of all documents and records, readable or not."""
        return frozenset(path.rpartition("/")[2].removesuffix(".md") for path in self.parsed if not path.startswith("signoffs/"))

    @look_up
    def by_file_name(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of all files, by the last part of them."""
        return grouped((path.rpartition("/")[2], path) for path in self.files)

    @look_up
    def folders(self) -> frozenset[str]:
        """Every folder in which a file lies, be it further down."""
        return folders_of(self.files)

    @look_up
    def known_ids(self) -> KnownIds:
        """The ids of all items, and which of them may be meant."""
        return KnownIds(self.items)

    @look_up
    def by_type(self) -> Mapping[str, tuple[Item, ...]]:
        """Items by the name of their type."""
        return grouped((item.type.name, item) for item in self.items)

    @property
    def documents(self) -> Iterator[Item]:
        """The working texts of all documents."""
        return (item for item in self.items if item.is_document)

    @property
    def records(self) -> Iterator[Item]:
        """All records."""
        return (item for item in self.items if item.type.kind == "record")

    @look_up
    def standards(self) -> tuple[Standard, ...]:
        """The editions the office has chosen, as far as they are known."""
        found = (self.find_standard(name) for name in self.config.standards)
        return tuple(each for each in found if each is not None)

    @look_up
    def names(self) -> Names:
        """The people, roles and units that fields may name; any, where the file that lists them is unreadable."""
        return office_names(self.people if self.parsed_configuration(PEOPLE_PATH) else None, self.config if self.parsed_configuration(CONFIG_PATH) else None)

    @property
    def unread_configuration(self) -> tuple[str, ...]:
        """The configuration files that are there and cannot be read."""
        return tuple(path for path in CONFIG_PATHS if path in self.parsed and self.parsed[path].problem is not None)

    def is_new(self, path: str) -> bool:
        """True for a file that the change which is judged brings: an edit, or what has come since the base."""
        if self.before is not None:
            return path not in self.before.files
        return self.base is not None and not self.base.holds(path, self)

    def earlier(self, name: str) -> tuple[Item, ...]:
        """The document or record as it was before the change that is judged; of several bases, in each."""
        if self.before is not None:
            return (self.before.by_id[name],) if name in self.before.by_id else ()
        return self.base.items(name) if self.base is not None else ()

    def standing(self, subject: str) -> Standing:
        """Which revisions a document has, and which is in force on ``today``."""
        if self.origin is not None and self.stays(subject):
            return self.origin.standing(subject)
        if (found := self._standings.get(subject)) is None:
            past, working, dossiers = self.now < self.clock, self.by_id.get(subject), self.dossiers.get(subject, ())
            found = self._standings[subject] = standing(subject, working, dossiers, self.config, self.people, self.now, past=past)
        return found

    def item(self, name: str | None) -> Item | None:
        """The document or record of this id, where one is named and there."""
        return self.by_id.get(name) if name else None

    def knows(self, name: str | None) -> bool:
        """True for the id of an item, or of one that is gone and has left its dossiers."""
        return name in self.by_id or name in self.dossiers

    def type_of(self, name: str) -> RecordType | None:
        """The type of what has this id, from its latest dossier where the file is gone."""
        item = self.by_id.get(name) or next((each.copy for each in reversed(self.dossiers.get(name, ())) if each.copy), None)
        return item.type if item else None

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Every document id: of working texts, and of dossiers whose working text is gone."""
        gone = (name for name in self.dossiers.folders if name not in self.by_id and any(each.revision is not None for each in self.dossiers.get(name, ())))
        return tuple(sorted({*(item.id for item in self.documents), *gone}))

    def is_closed(self, record: Item) -> bool:
        """True for a record in a final state."""
        return (state := record.type.states.get(record.status or "")) is not None and state.final

    def stays(self, name: str) -> bool:
        """True for an id of which edits have left everything as it was in ``origin``."""
        return self.origin is not None and name not in self.moved

    @look_up
    def frozen(self) -> Container[str]:
        """Ids whose bytes are bound by a sign-off: approved working texts and closed records."""
        return frozen(self)

    @look_up
    def missing(self) -> Missing:
        """The files of dossiers that history held and that are nowhere now."""
        return missing(self)

    @look_up
    def twins(self) -> Mapping[str, tuple[Item, ...]]:
        """The items of each id, where several bear one."""
        return {name: each for name, each in grouped((item.id, item) for item in self.items).items() if len(each) > 1} if len(self.by_id) < len(self.items) else {}

    def is_exempt(self, item: Item) -> bool:
        """True if the file was frozen before the change that is judged, by the rules of its day; a sign-off is none, whatever id it gives itself."""
        return item.type.kind != "signoff" and item.id in self.frozen and (self.exempt is None or item.id in self.exempt)

    @cached_property
    def with_adopted(self) -> Library:
        """This library with no adopted text exempt."""
        exempt = self.frozen if self.exempt is None else self.exempt
        if self.whole is None and self.before is None and not any(item.id in exempt and adopted(item.id, self) for item in self.documents):
            return self
        return replace(self, exempt=Those(lambda name: name in exempt and adopted(name, self) is None))

    @cached_property
    def judged(self) -> tuple[Item, ...]:
        """Documents, records and sign-off files whose fields and text are judged: none is exempt."""
        working = (item for item in self.items if not self.is_exempt(item))
        return (*working, *self.signoff_items)

    @cached_property
    def links(self) -> tuple[Reach, ...]:
        """Every link of a text that is judged, with where it leads; closed records are exempt."""
        judged = (i for i in self.items if i.is_document or not self.is_exempt(i))
        return tuple(reaches(judged))

    def parsed_configuration(self, path: str) -> MappingNode | None:
        """The top mapping of ``qms.yaml`` or ``people.yaml``."""
        return found.fields if (found := self.parsed.get(path)) else None

    def key_line(self, key: str, path: str = CONFIG_PATH) -> int:
        """The line of a key at the top of a configuration file; 0, the whole file, where it is not there."""
        return top.key_lines.get(key, 0) if (top := self.parsed_configuration(path)) else 0

    def since(self, base: Base) -> Library:
        """This library as the outcome of a change that began from ``base``, by which exemptions are judged."""
        return replace(self, base=base, exempt=Those(lambda name: any(map(base.froze, self.bearing(name)))))

    @cached_property
    def by_accepted_offices(self) -> tuple[Library, ...]:
        """These files under the people and the configuration of each office in ``base.asking``."""
        return tuple(replace(self, config=each.config, people=each.people, origin=None, _standings={}) for each in (self.base.asking if self.base else ()))

    def after(self, edit: Edit) -> Library:
        """The library as it will be when ``edit`` has been written."""
        files, parsed = with_edit(self.files, self.parsed, edit, self.types)
        exempt = self.frozen if self.exempt is None else self.exempt
        return replace(with_others(self, files, parsed, touched(self.parsed, parsed)), exempt=exempt, before=self, edit=edit, outside=Overlay(self.outside, edit))
