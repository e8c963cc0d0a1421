"""Collects every word a person reads, and brings the sources of the catalogues up to it.

``python collect_words.py`` adds what is missing, with an empty translation, to the ``.po`` file of its room in
every language, and takes out what no code says any more. All other lines stay as they are.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from build_catalog import LOCALE, compile_all

from qmsctl.cli.help import HEADINGS, paragraphs
from qmsctl.cli.placeholders import PLACEHOLDERS
from qmsctl.core.rule_page import read_page
from qmsctl.reports import all_reports
from qmsctl.rules import all_rules

ROOT = Path(__file__).resolve().parent
SOURCE = ROOT / "src" / "qmsctl"
_TEMPLATE_WORD = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
_TRANS_BLOCK = re.compile(r"{%-?\s*trans[^%]*%}(.*?){%-?\s*endtrans\s*-?%}", re.DOTALL)
_DEFAULT_ROOM = "core"


def words() -> dict[str, str]:
    """Every word with the path, from the root of the project, where it stands first.

    Raises ``ValueError`` where ``_(…)`` is given something that is no literal.
    """
    found: dict[str, str] = {}
    for path, word in (*_in_code(), *_in_templates(), *_in_rule_pages(), *_in_reports(), *(_of(SOURCE / "cli" / "help.py", each) for each in HEADINGS), *(_of(SOURCE / "cli" / "placeholders.py", each) for each in PLACEHOLDERS)):
        found.setdefault(word, path)
    return found


def _of(path: Path, word: str) -> tuple[str, str]:
    return path.relative_to(ROOT).as_posix(), word


def _in_code() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield from (_of(path, word) for word in _in_node(node, path))


def _in_node(node: ast.AST, path: Path) -> Iterator[str]:
    """First arguments of ``_(…)``, and in the command line ``help=`` texts and docstrings of commands."""
    match node:
        case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(word)), *_]):
            yield word
        case ast.Call(func=ast.Name(id="_")):
            where = f"{path}:{node.lineno}: _() of something that is no literal"
            raise ValueError(where)
        case ast.keyword(arg="help", value=ast.Constant(value=str(word))) if path.parent.name in ("cli", "commands"):
            yield word
        case ast.FunctionDef() if path.parent.name in ("cli", "commands") and _is_command(node):
            yield from paragraphs(ast.get_docstring(node) or "")


def _is_command(node: ast.FunctionDef) -> bool:
    return node.name in ("command", "options") or any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "command"
        for each in node.decorator_list
    )


def _in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(path for room in ("reports", "web") for path in (ROOT / "templates" / room).rglob("*.j2")):
        text = path.read_text(encoding="utf-8")
        for double, single in _TEMPLATE_WORD.findall(text):
            yield _of(path, double.replace('\\"', '"') or single.replace("\\'", "'"))
        for body in _TRANS_BLOCK.findall(text):
            yield _of(path, re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", " ".join(body.split())))


def _in_rule_pages() -> Iterator[tuple[str, str]]:
    for rule in all_rules():
        path = SOURCE / "rules" / f"{rule.id.replace('-', '_')}.py"
        yield from (_of(path, text) for text in read_page(rule.page).prose())


def _in_reports() -> Iterator[tuple[str, str]]:
    for report in all_reports():
        yield _of(SOURCE / "reports" / f"{report.name.replace('-', '_')}.py", report.summary)


def update(folder: Path, wanted: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Bring the ``.po`` files of one language up to ``wanted``, a path for each word; return what was added and taken out."""
    read = {path: _entries(path) for path in sorted(folder.glob("*.po"))}
    known = {word for entries in read.values() for word, _text in entries}
    missing = {word: place for word, place in wanted.items() if word not in known}
    for path, entries in read.items():
        own = {word: place for word, place in missing.items() if _room(place, {each.stem for each in read}) == path.stem}
        kept = [text for word, text in entries if not word or word in wanted]
        if own or len(kept) < len(entries):
            path.write_text("\n\n".join([*kept, *(_entry(*each) for each in own.items())]) + "\n", encoding="utf-8", newline="\n")
    return sorted(missing), sorted(known - {"", *wanted})


def _room(place: str, rooms: set[str]) -> str:
    """``src/qmsctl/cli/commands/new.py`` is of ``cli``, ``templates/reports/x.j2`` of ``reports``."""
    return next((part for part in Path(place).parts if part in rooms), _DEFAULT_ROOM)


def _entries(path: Path) -> list[tuple[str, str]]:
    """The entries of a file as they are written, each with its word; the header has none."""
    blocks = re.split(r"\n{2,}", path.read_text(encoding="utf-8").strip("\n"))
    return [(_word(block), block) for block in blocks]


def _word(block: str) -> str:
    return next((str(message.id) for message in read_po(io.BytesIO(block.encode())) if message.id), "")


def _entry(word: str, place: str) -> str:
    catalogue, written = Catalog(), io.BytesIO()
    catalogue.add(word, locations=[(place, 0)])
    write_po(written, catalogue, width=0, omit_header=True, include_lineno=False)
    return written.getvalue().decode().strip("\n")


def main() -> int:
    """Bring every language up to date, compile it, and say what changed."""
    wanted = words()
    for folder in sorted(path for path in (ROOT / LOCALE).iterdir() if path.is_dir()):
        added, gone = update(folder, wanted)
        print(f"{folder.name}: {len(added)} added, {len(gone)} taken out", *(f"  {word}" for word in added), sep="\n")
    compile_all(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
