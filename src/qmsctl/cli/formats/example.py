"""An example of a rule's page for people: a caption with the path, what stands in the file below it."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.cli.session import Session
from qmsctl.cli.terminal import DIM
from qmsctl.core.text.values import read_date, read_moment
from qmsctl.message import Message, _
from qmsctl.store.shipped.definitions import type_set


def example_lines(session: Session, fenced: str) -> Iterator[str]:
    """The lines of a fenced example; ``tests/office.py`` says what the words behind the fence mean."""
    first, _newline, rest = fenced.partition("\n")
    kind, _space, name = first.strip("`").partition(" ")
    content = rest.rpartition("```")[0].rstrip("\n")
    yield f"  {session.colour(session.words(_caption(kind, name)), DIM)}"
    for line in content.split("\n") if content else ():
        yield f"      {_signed(session, line) if kind == 'dossier' else line}".rstrip()


def _caption(kind: str, name: str) -> Message:
    return {
        "dossier": _("Sign-offs on {id} as it stands above:", id=name),
        "files": _("Further files:"),
        "special": _("What is no plain file:"),
        "gone": _("{path} is deleted", path=name),
        "used": _("Ids seen in history:"),
        "committed": _("Committed on {day}", day=read_date(name) or name),
        "base": _("So it stood where the change began. The change:"),
        "past": _("{path}, long since deleted:", path=name),
        "elsewhere": _("{path} on another branch:", path=name),
    }.get(kind) or Message("{path}:", {"path": name})


def _signed(session: Session, line: str) -> str:
    """``approve binh director 2026-01-06T08:00:00+07:00 effective=…`` as a sentence."""
    meaning, person, *more = line.split()
    labels = (found.fields["meaning"].values if (found := type_set({}).get("signoff")) else {})
    moment = next((word for word in more if read_moment(word)), "")
    role = next((word for word in more if word != moment and "=" not in word), "")
    rest = [word.replace("=", ": ", 1) for word in more if "=" in word]
    who = f"{person} ({role})" if role else person
    parts = [f"{session.words(labels.get(meaning, meaning))}: {who}", session.words(read_moment(moment) or moment), *rest]
    return ", ".join(part for part in parts if part)
