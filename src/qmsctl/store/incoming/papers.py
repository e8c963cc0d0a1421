"""The papers in a folder, and how each kind of file is read."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn
from unicodedata import normalize

from qmsctl.core.incoming.case_lists import TARGETS
from qmsctl.core.incoming.columns import CASES
from qmsctl.core.incoming.exports import EXPORT, lists_persons, sheets_of
from qmsctl.core.incoming.paper import SourceDocument, source_of
from qmsctl.core.incoming.secrecy import SECRET
from qmsctl.core.text.characters import visible
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, advice, command
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.store.git.scratch import temporary
from qmsctl.store.incoming.extra import check_installed
from qmsctl.store.incoming.reader import Reader
from qmsctl.store.incoming.unfit import Unfit
from qmsctl.store.machine.address import check_here
from qmsctl.store.machine.system_words import plain, remedy
from qmsctl.store.shipped.import_maps import shipped_maps
from qmsctl.value import dataclass

WORD, OLD_WORD, PAGES, SCANS = (".docx", ".docm"), (".doc",), (".md", ".markdown", ".html", ".htm"), (".pdf",)
TABLES = (".xlsx", ".xlsm", ".xls", ".csv")
MOST_FILES = 2000
MOST_BYTES = 64_000_000
_KINDS = (*WORD, *OLD_WORD, *PAGES, *SCANS, *TABLES)
_ABOUT, _DESKTOP = frozenset(("readme.md", "changelog.md", "qms.yaml", "people.yaml")), frozenset(("thumbs.db", "desktop.ini"))
_OWN = frozenset(("documents", "records", "signoffs", "attachments", "trust", "witness"))
_CONVERTERS = ("soffice", "libreoffice")
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was read: its digest, the document in it, its pictures by name."""

    sha256: str
    data: bytes
    document: SourceDocument
    pictures: Mapping[str, bytes]


class Secret(Unfit):
    """A file that bears a mark of secrecy; nothing of it is told, its name excepted."""

    def __init__(self) -> None:
        super().__init__(SECRET)


def papers_in(folder: Path) -> tuple[str, ...]:
    """The paths of all files below ``folder`` that may be papers, sorted; of a QMS nothing that it keeps itself. Raises ``Refusal``."""
    found = [path for path in _files(folder) if path.lower().endswith(_KINDS) and _is_plain(folder / path)]
    if len(found) > MOST_FILES:
        raise Refusal(_("there are {count} files in {path}; more than {most} are not planned at once", count=len(found), path=str(folder), most=MOST_FILES))
    return tuple(found)


def others_in(folder: Path) -> Iterator[tuple[str, Message]]:
    """The paths of what lies there besides, each with why it is not read."""
    for path in _files(folder):
        if not _is_plain(folder / path):
            yield path, _("it is a link or a special file: put the file itself there")
        elif not path.lower().endswith(_KINDS):
            yield path, _("files of this kind are not read: save a text as .docx, a table as .xlsx, a scan as .pdf")


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files below ``folder`` but traces of open ones, what a desktop keeps there, and pages about the folder itself."""
    check_here(folder)
    if not folder.is_dir():
        near = advice(_("it was looked for from the folder {folder}; a name with spaces stands between quotation marks", folder=str(Path.cwd())))
        raise Refusal(_("there is no folder {path}", path=str(folder)), near)
    own = _OWN if (folder / "qms.yaml").is_file() else frozenset[str]()
    for here, folders, names in os.walk(folder, onerror=_unseen):
        above = Path(here).relative_to(folder)
        linked = [each for each in folders if Path(here, each).is_symlink()]
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in linked and not (above == Path() and each in own))
        about = _ABOUT if above == Path() else frozenset[str]()
        found = (name for name in (*names, *linked) if not name.startswith((".", "~$")) and name.casefold() not in (*_DESKTOP, *about))
        yield from ((above / name).as_posix() for name in sorted(found))


def _unseen(error: OSError) -> NoReturn:
    raise Refusal(_("{path} cannot be read: {problem}", path=visible(str(error.filename)), problem=plain(error)), remedy(error, shell_word(str(error.filename))))


def _is_plain(path: Path) -> bool:
    try:
        return not path.is_symlink() and path.is_file()
    except OSError as error:
        _unseen(error)


def paper_at(folder: Path, path: str) -> Path:
    """The file of a path as a plan has it, composed, whatever the disk makes of its letters. Raises :class:`Unfit` for one that leads elsewhere."""
    found = folder / path
    if not Path(os.path.realpath(found)).is_relative_to(os.path.realpath(folder)):
        raise Unfit(_("{path} leads out of the folder of the plan: put the file itself there", path=visible(path)))
    return found if found.exists() else next((folder / each for each in papers_in(folder) if normalize("NFC", each) == path), found)


def bytes_of(path: Path) -> bytes:
    """The bytes of a paper. Raises :class:`Unfit` where there are none, or far too many."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unfit(_("it has more than {most} MB", most=MOST_BYTES // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise Unfit(_("it cannot be read: {problem}", problem=plain(error))) from None


def read_paper(reader: Reader, name: str, data: bytes, *, accepted: bool = True, pictures: bool = False, font: str = "") -> Paper:
    """The paper in a file. Raises :class:`Unfit` with why it is left aside, :class:`Secret` where nobody may look into it here."""
    told = _told(reader, name.lower(), data, accepted=accepted, pictures=pictures, font=font)
    if told.get("secret"):
        raise Secret
    document = source_of(told)
    if lists_persons(sheets_of(document.blocks), shipped_maps(CASES, TARGETS)):
        raise Unfit(EXPORT)
    kept = {each: b64decode(text) for each, text in told.get("pictures", {}).items() if text}
    return Paper(hashlib.sha256(data).hexdigest(), data, document, kept)


def _told(reader: Reader, name: str, data: bytes, **options: bool | str) -> Mapping[str, Any]:
    if name.endswith(WORD):
        check_installed("mammoth")
        found = reader.read("word", data, **options)
    elif name.endswith(OLD_WORD):
        check_installed("mammoth")
        found = reader.read("word", _converted(data), **options)
    elif name.endswith(PAGES):
        found = reader.read("page", data, markdown=name.endswith((".md", ".markdown")))
    elif name.endswith(TABLES):
        raise Unfit(_("it is a table: “{register}” takes in registers, “{cases}” lists of cases", register=command("import register", Hole("file"), type=Hole("type")), cases=command("cases import", Hole("file"))))
    else:
        raise Unfit(_("it is a scan: name it with --index, a list of ids, titles, revisions, days and files"))
    assert isinstance(found, dict)
    return found


def _converted(data: bytes) -> bytes:
    """A file of Word 97–2003 as one of today, by LibreOffice; fonts keep their names. Raises :class:`Unfit`."""
    program = next((path for path in map(shutil.which, _CONVERTERS) if path), None)
    if program is None:
        raise Unfit(_("it is a file of Word 97–2003: install LibreOffice, or save it as .docx in Word"))
    with temporary() as folder:
        source = folder / "paper.doc"
        source.write_bytes(data)
        command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "docx", "--outdir", str(folder), str(source)]
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=True)
            return source.with_suffix(".docx").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise Unfit(_("LibreOffice could not read it: save it as .docx in Word")) from None


