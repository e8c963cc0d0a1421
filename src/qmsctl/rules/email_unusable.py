"""The e-mail address of a person cannot be one, or is missing.

## Why
git names people by their e-mail address, and qmsctl finds the person by it. Quotation marks that a word processor has
put around the address belong to it as much as its letters: nobody is found, and the message looks as if the address were
right (ISO 9001:2008, 5.5.1; ISO 9001:2015, 5.3).

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, unit: lanh-dao, email: “binh@tan-an.example”, roles: [{role: director, from: 2025-01-01}]}
```

## Good
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, unit: lanh-dao, email: binh@tan-an.example, roles: [{role: director, from: 2025-01-01}]}
```

## Mend
Write the address with its own letters and nothing around it. A person who never signs here needs none; who signs has to
have the one that `git config user.email` shows on the own machine.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import respelt
from qmsctl.core.office.config_reader import rows
from qmsctl.core.reading import PEOPLE_PATH
from qmsctl.core.text.nodes import Mapping, texts
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.regex import regex

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("5.5.1",), "iso9001-2015": ("5.3",)}

_ADDRESS = regex(r"[^\s@<>()\[\],;:\"'“”‘’„«»`]+@[^\s@<>()\[\],;:\"'“”‘’„«»`]+")


def check(library: Library) -> Iterator[Problem]:
    """Every address of people.yaml, and every person of today who has a role and no address."""
    top = library.parsed_configuration(PEOPLE_PATH)
    present = {person.id for person in library.people.all if person.period.covers(library.today) and person.roles_on(library.today)}
    for row in rows(top, "people") if top else ():
        addresses = texts(row.entries.get("email"))
        for address in addresses:
            yield from _odd(row, address, library)
        if not addresses and row.text("id") in present:
            message = _("{person} has no e-mail address, so git's user cannot be found to be this person", person=row.text("id") or "?")
            way = advice(_("add “email”, the address that git has of that person on the own machine"))
            yield Problem(PEOPLE_PATH, row.line, message, way, Severity.WARNING, Stricter())


def _odd(row: Mapping, address: str, library: Library) -> Iterator[Problem]:
    if _ADDRESS.fullmatch(address):
        return
    line, found = row.key_lines["email"], _ADDRESS.search(address)
    message = _("“{address}” of {person} is no e-mail address", address=address, person=row.text("id") or "?")
    if found is None:
        yield Problem(PEOPLE_PATH, line, message, advice(_("write the address alone, such as name@office.example")))
    else:
        meant = respelt(library, PEOPLE_PATH, line, address, found[0])
        yield Problem(PEOPLE_PATH, line, message, meant or advice(_("write {address}, with nothing around it", address=found[0])))
