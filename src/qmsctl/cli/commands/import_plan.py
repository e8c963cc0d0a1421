"""``qmsctl import plan``: reads a folder of papers, and writes one page of decisions."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated
from unicodedata import normalize

import typer

from qmsctl.cli import options as o
from qmsctl.cli.arguments import read_given
from qmsctl.cli.session import Session
from qmsctl.core.incoming.labels import Labels, read_labels
from qmsctl.core.incoming.paper import Paper
from qmsctl.core.incoming.plan import Plan, plan_text
from qmsctl.core.incoming.planning import Read, planned
from qmsctl.core.incoming.recognising import recognise
from qmsctl.core.incoming.scans import scans_in
from qmsctl.core.text.characters import fold, hidden, name_of, visible
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Hole, addition, advice, command
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.store.incoming.papers import SCANS, bytes_of, others_in, papers_in, read_paper
from qmsctl.store.incoming.reader import Reader
from qmsctl.store.incoming.tables import read_tables
from qmsctl.store.outputs.output import check_allowed, write_output
from qmsctl.store.shipped.resources import read_text
from qmsctl.value import replace

PLAN = Path("import.yaml")
_MARK = "# qmsctl import plan"
_HEADS = {
    "names": _("Whom the papers mean, each name once: a role or a unit of qms.yaml. Where nothing stands, the name stays in the text as a note."),
    "paper": _("The decision that put the papers into force: number, day (YYYY-MM-DD), its scan, and who signed it (a person's id, or “name, title, body”). A file may name another one for itself."),
    "files": _("take: no leaves a file aside. What stands under taken, left_out, conflicts and ask is for reading; changing it changes nothing."),
    "left": _("Files that were not read, and why."),
}


def plan(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the papers.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="File for the plan.")] = PLAN,
    index: Annotated[Path | None, typer.Option("--index", metavar="LIST", help="List of scanned PDFs, in Excel or CSV: file, id, title, revision, days, decision.")] = None,
    force: o.Force = False,
) -> None:
    """Read all papers in a folder and write a plan: what each is, what was found in it, what is to be decided."""
    session: Session = context.obj
    library = session.library(session.place())
    check_allowed(output, lambda head, _tail: head.startswith(_MARK.encode()), addition(output=Hole("file")).in_order_to(_("name another file")), force=force)
    labels = document_labels()
    files, left = _read(session, folder, labels, _scans(session, index, labels))
    if not files and not left:
        raise Refusal(_("there are no papers in {path}", path=str(folder)), advice(_("Word, Markdown and HTML files are read")))
    found, said = planned(library, _from(output, folder), files, labels)
    shown = _worded(session, replace(found, left=tuple((path, session.words(why)) for path, why in left)), said)
    heads = {name: session.words(each) for name, each in {"": _first(output), **_HEADS}.items()}
    write_output(output, f"{_MARK}\n{plan_text(shown, heads)}".encode())
    _tell(session, output, shown, said)


def _first(output: Path) -> Message:
    """What comes after the plan; its commands are read on other days, so they are as they are typed then."""
    file = shell_word(str(output))
    return _("What follows was proposed by a program: a person corrects it, then “{apply}” makes drafts of it, and “{adopt}” puts them into force.",
             apply=f"qmsctl import apply {file}", adopt=f"qmsctl adopt --from {file}")


def document_labels() -> Labels:
    """The words by which papers say what is what."""
    return read_labels(read_text("imports/documents.yaml"))


def _scans(session: Session, index: Path | None, labels: Labels) -> Mapping[str, Paper]:
    """The scans that a list names, by their files. Raises :class:`UsageError` where it names none."""
    if index is None:
        return {}
    sheets = read_tables(read_given(index), lambda sheet: len(scans_in((sheet,), labels, session.writing))).sheets
    found = scans_in(sheets, labels, session.writing)
    if not found:
        raise UsageError(_("{path} names no files: a column such as “File” is expected, beside id, title, revision and days", path=str(index)))
    return found


def _read(session: Session, folder: Path, labels: Labels, scans: Mapping[str, Paper]) -> tuple[list[Read], list[tuple[str, Message]]]:
    """What could be read, and why the rest could not; a file that may not be read is named and nothing else."""
    found: list[Read] = []
    left: list[tuple[str, Message]] = []
    paths = papers_in(folder)
    with Reader() as reader:
        for number, path in enumerate(paths, 1):
            session.say(_("reading {number} of {all}: {path}", number=number, all=len(paths), path=path))
            if mark := hidden(path):
                left.append((visible(path), _("its name holds {character}, which nobody can see", character=name_of(mark.group()))))
                continue
            try:
                data = bytes_of(folder / path)
                listed = scans.get(fold(path)) or scans.get(fold(path.rpartition("/")[2]))
                document = listed if listed and path.lower().endswith(SCANS) else recognise(read_paper(reader, path, data).document, labels)
                found.append(Read(normalize("NFC", path), hashlib.sha256(data).hexdigest(), document))
            except Refusal as error:
                left.append((normalize("NFC", path), error.message))
    left += [(normalize("NFC", visible(path)), why) for path, why in others_in(folder)]
    return found, left


def _from(output: Path, folder: Path) -> str:
    """The folder as seen from the plan, so that both can be moved together."""
    try:
        return Path(os.path.relpath(folder.resolve(), output.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return folder.resolve().as_posix()


def _worded(session: Session, plan_: Plan, said: Mapping[str, Mapping[str, Sequence[Message]]]) -> Plan:
    files = (replace(each, found={name: [session.words(one) for one in all_] for name, all_ in said[each.path].items()}) for each in plan_.files)
    return replace(plan_, files=tuple(files))


def _tell(session: Session, output: Path, found: Plan, said: Mapping[str, Mapping[str, Sequence[Message]]]) -> None:
    for path, why in found.left:
        session.say(_("{path}: {problem}", path=path, problem=why))
    for path, each in said.items():
        for problem in each["conflicts"]:
            session.say(_("{path}: {problem}", path=path, problem=problem))
    open_names = sum(1 for meant in found.names.values() if not meant)
    asked = sum(1 for each in said.values() if each["ask"])
    if found.names:
        session.say(_("{count} papers read, {left} left aside; to be decided: {names} of {all} names, and something about {asked} files", count=len(found.files), left=len(found.left), names=open_names, all=len(found.names), asked=asked))
    else:
        session.say(_("{count} papers read, {left} left aside; to be decided: something about {asked} files", count=len(found.files), left=len(found.left), asked=asked))
    session.print(session.words(str(output)))
    session.say_next(advice(_("correct {path} with your editor", path=str(output))).then(command("import apply", str(output))))
