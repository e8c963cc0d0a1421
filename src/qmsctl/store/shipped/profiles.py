"""What ``init`` lays down: layers of templates below ``templates/profiles/<lang>/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.office.office_hours import NO_COUNTRY
from qmsctl.core.text.git_attributes import LAID_DOWN
from qmsctl.message import Label
from qmsctl.store.machine.time_zones import country_of, machine_zone
from qmsctl.store.public_holidays import knows_holidays
from qmsctl.store.shipped.definitions import find_standard
from qmsctl.store.shipped.rendering import text_environment
from qmsctl.store.shipped.resources import templates_root
from qmsctl.value import dataclass

PROFILES = {
    "agency": Label({"en": "state agency", "vi": "cơ quan nhà nước"}),
    "company": Label({"en": "company", "vi": "doanh nghiệp hoặc công ty"}),
}
STANDARDS = ("iso9001-2008", "iso9001-2015")
_SUFFIX = ".j2"
IN_VIET_NAM = "Asia/Ho_Chi_Minh"

GITIGNORE = b"""\
build/
/*-20[0-9][0-9]-[0-9][0-9]-[0-9][0-9].html
*.tmp
*.qmsctl-tmp
~$*
.DS_Store
"""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The person who starts the system."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Region:
    """Where an office is: its time zone, and whose public holidays it keeps, a country or ``none``."""

    time_zone: str
    holidays: str


def titles() -> Mapping[str, Label]:
    """The editions that a QMS can follow, each with its titles."""
    found = (each for name in STANDARDS if (each := find_standard(name)))
    return {each.id: Label({"en": each.title, "vi": each.national or each.title}) for each in found}


def region(language: str, time_zone: str | None, country: str | None) -> Region:
    """The one asked for; else a Vietnamese office is in Viet Nam, and another where the machine is."""
    name = time_zone or (IN_VIET_NAM if language == "vi" else machine_zone() or "UTC")
    found = country or country_of(name) or NO_COUNTRY
    return Region(name, found if country or knows_holidays(found) else NO_COUNTRY)


def lay_down(
    profile: str, standard: str, language: str, organization: str, code: str, me: Newcomer, today: date, place: Region, *, saved: bool, empty: bool = False
) -> Mapping[str, bytes]:
    """The files of a new QMS, by path; a later layer's file takes the place of an earlier one.

    ``saved`` is whether each command is to save in git what it writes; an ``empty`` one has no documents and records of the template.
    """
    values = {
        "organization": organization, "code": code, "standard": standard, "profile": profile, "lang": language,
        "today": today.isoformat(), "year": today.year, "me": me.id, "my_name": me.name, "my_email": me.email,
        "time_zone": place.time_zone, "holidays": place.holidays, "saved": saved,
    }
    environment = text_environment()
    found: dict[str, bytes] = {".gitattributes": LAID_DOWN, ".gitignore": GITIGNORE}
    for layer in ("common", standard, profile):
        for name in _files(f"profiles/{language}/{layer}"):
            path = environment.from_string(name).render(values).removesuffix(_SUFFIX)
            template = environment.get_template(f"profiles/{language}/{layer}/{name}")
            found[path] = template.render(values).encode()
    return {path: data for path, data in found.items() if data.strip() and not (empty and path.startswith(("documents/", "records/")))}


def _files(folder: str) -> Iterator[str]:
    """Every file below a folder of the templates, as a path from it."""
    root = templates_root() / folder
    if root.is_dir():
        yield from sorted(path.relative_to(root).as_posix() for path in root.rglob(f"*{_SUFFIX}"))


