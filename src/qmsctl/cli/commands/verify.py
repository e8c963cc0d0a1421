"""``qmsctl verify``: what proves the sign-offs, and whether it does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from qmsctl.cli.against import compared, say_attested
from qmsctl.cli.check_output import complain_of_faults
from qmsctl.cli.choices import one_of
from qmsctl.cli.completion import complete_id
from qmsctl.cli.formats.verify_json import verify_json
from qmsctl.cli.formats.verify_text import verify_text
from qmsctl.cli.half_written import unfinished
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.asked import item
from qmsctl.core.diagnostic import Severity
from qmsctl.core.engine import run
from qmsctl.core.keys.pdf_signature import PdfSeals
from qmsctl.core.library import Library
from qmsctl.core.proof.named_digest import not_here
from qmsctl.core.proof.trusted_roots import trusted_roots
from qmsctl.core.witness.attested import witnessed
from qmsctl.errors import Refusal, RuleCrashed
from qmsctl.mend import Hole, addition, git
from qmsctl.message import _
from qmsctl.reports.parts.kit import Kit, kit
from qmsctl.reports.parts.verification import Verification, verification
from qmsctl.rules import all_rules
from qmsctl.store.outputs.kit import write_kit
from qmsctl.store.outputs.new_folder import check_empty
from qmsctl.store.outputs.output import check_outside
from qmsctl.store.signatures.pdf_signatures import PdfReader
from qmsctl.store.signatures.timestamps import read_stamps
from qmsctl.value import replace

EXAMPLE = """
qmsctl verify QT-07
qmsctl verify --kit for-the-auditor
qmsctl verify --against 2026-11-30-1.note
"""

FORMATS = {"text": verify_text, "json": verify_json}


def command(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Only these documents and records.", autocompletion=complete_id)] = None,
    folder: Annotated[Path | None, typer.Option("--kit", metavar="DIR", help="Write all an outsider needs to verify it into a new folder.")] = None,
    against: Annotated[list[str] | None, typer.Option("--against", metavar="NOTE", help="Compare with a note, or the root of a letter, that was kept outside; may be repeated.")] = None,
    at: o.At = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail, too, where there are warnings, or sign-offs of which git says nothing.")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How to print it.")] = "text",
) -> int:
    """Verify sign-offs: digests, roles, keys, papers and the time of the first commit."""
    session: Session = context.obj
    one_of(format_, "--format", tuple(FORMATS))
    place = session.place(at)
    library = session.library(place, exact=True)
    wanted = tuple(dict.fromkeys(ids or ()))
    for each in wanted:
        if not library.knows(each):
            item(library, each)
    if folder is not None:
        another = addition(kit=Hole("folder")).in_order_to(_("name a new folder"))
        check_outside(folder, another)
        check_empty(folder, another)
    if against:
        return 0 if compared(session, library, against) else 1
    stamps = read_stamps(library)
    rules = all_rules()
    result = run(library, rules)
    result = replace(result, incomplete=(*result.incomplete, *unfinished(place)))
    found = verification(library, result if folder is None else result.whole(), wanted, {rule.id for rule in rules if not rule.ignorable}, witnessed(library, stamps))
    session.tells_unseen = True
    seals = _seals(session, library, found)
    session.print(FORMATS[format_](session, found, seals))
    sound = bool(wanted) or say_attested(session, library, stamps, session.print if format_ == "text" else session.say_text)
    if folder is not None:
        inside = kit(found, library)
        _all_here(inside, library)
        write_kit(folder, inside, library.outside.read, session.language)
        session.say(_("{folder} holds what is needed to verify this without qmsctl; begin with README.md", folder=str(folder)))
    complain_of_faults(session, result)
    return RuleCrashed.exit_code if result.faults else _exit_code(found, seals, strict=strict) or (0 if sound else 1)


def _all_here(inside: Kit, library: Library) -> None:
    """Raise ``Refusal`` where the content of a file is not at hand: its digest could not be verified by anybody."""
    for path in inside.papers:
        if library.outside.pointer(path):
            raise Refusal(not_here(path), git("lfs", "pull").in_order_to(_("to fetch it")))


def _exit_code(found: Verification, seals: dict[str, PdfSeals], *, strict: bool) -> int:
    """1 where something speaks against a sign-off or could not be looked at; with ``strict`` also where git says nothing."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    wrong = any(each.severity in failing for each in found.problems) or any(each.is_lost for each in found.files)
    late = any(each.is_late for each in found.signoffs) or (strict and found.older > 0)
    return 1 if wrong or late or found.incomplete or not all(each.hold for each in seals.values()) else 0


def _seals(session: Session, library: Library, found: Verification) -> dict[str, PdfSeals]:
    """What signed PDFs among the papers say of themselves; a word where nobody can read them."""
    papers = {each.evidence.basis.file: each.signoff.at for each in found.signoffs if each.evidence and each.evidence.holds}
    wanted = {path: at for path, at in papers.items() if path and path.casefold().endswith(".pdf")}
    reader = PdfReader.ready(trusted_roots(library)) if wanted else None
    if wanted and reader is None:
        session.say(_("signed PDFs are not looked into; for that: pip install 'qmsctl[pdf-signatures]'"))
    return {path: reader.seals(library.outside.read(path), at) for path, at in wanted.items()} if reader else {}
