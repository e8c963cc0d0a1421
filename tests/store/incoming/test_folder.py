"""Which files of a folder are papers, and what becomes of those of old Word."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from qmsctl.errors import Refusal, RepositoryError
from qmsctl.store.incoming import extra, papers
from qmsctl.store.incoming.papers import bytes_of, others_in, paper_at, papers_in, read_paper
from qmsctl.store.incoming.reader import Reader
from qmsctl.store.incoming.unfit import Unfit
from tests.word_papers import Paper


def laid(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"x")


def test_papers_are_plain_files_that_people_wrote(tmp_path: Path) -> None:
    laid(tmp_path, "b.docx", "a/QT.DOC", "~$b.docx", ".git/x.md", "README.md", "a/README.md", "c.txt", "d.pdf", "documents/x.md", "e.xlsx")
    (tmp_path / "f.md").symlink_to("/etc/passwd")
    assert papers_in(tmp_path) == ("b.docx", "d.pdf", "e.xlsx", "a/QT.DOC", "a/README.md", "documents/x.md")
    assert [path for path, _why in others_in(tmp_path)] == ["c.txt", "f.md"], "and the rest is named"
    laid(tmp_path, "qms.yaml")
    assert "documents/x.md" not in papers_in(tmp_path)
    with pytest.raises(Refusal, match="no folder"):
        papers_in(tmp_path / "none")


def test_a_folder_that_nobody_may_look_into_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, "a.md", "closed/b.md")
    scan = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(Refusal, match="closed cannot be read"):
        papers_in(tmp_path)


@pytest.mark.parametrize("path", ["../outside.md", "/etc/hostname", "a/../../outside.md", "link.md", "linked/hostname"])
def test_a_plan_reads_nothing_outside_of_its_folder(tmp_path: Path, path: str) -> None:
    laid(tmp_path, "outside.md", "in/own.md", "in/a/x.md")
    folder = tmp_path / "in"
    (folder / "link.md").symlink_to("../outside.md")
    (folder / "linked").symlink_to("/etc")
    assert paper_at(folder, "own.md") == folder / "own.md"
    with pytest.raises(Unfit, match="leads out of the folder"):
        paper_at(folder, path)


def test_too_many_and_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, "a.md", "b.md")
    monkeypatch.setattr(papers, "MOST_FILES", 1)
    monkeypatch.setattr(papers, "MOST_BYTES", 0)
    with pytest.raises(Refusal, match="2 files"):
        papers_in(tmp_path)
    with pytest.raises(Unfit, match="more than 0 MB"):
        bytes_of(tmp_path / "a.md")
    with pytest.raises(Unfit, match="cannot be read"):
        bytes_of(tmp_path / "none.md")


def test_what_is_not_installed_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    with Reader() as reader, pytest.raises(RepositoryError) as caught:
        read_paper(reader, "a.docx", b"")
    assert "qmsctl[office]" in str(caught.value.mend)


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for LibreOffice")
def test_old_word_goes_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with Reader() as reader, pytest.raises(Unfit, match="install LibreOffice"):
        read_paper(reader, "a.doc", b"old")
    paper = Paper()
    paper.line("Quy trình")
    (tmp_path / "new.docx").write_bytes(paper.bytes())
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done\n[ "$(/bin/cat "$1")" = old ] && /bin/cp {tmp_path}/new.docx "$out/paper.docx"\n', "utf-8")
    program.chmod(0o755)
    with Reader() as reader:
        found = read_paper(reader, "A.DOC", b"old")
        assert [block.text for block in found.document.blocks] == ["Quy trình"]
        with pytest.raises(Unfit, match="could not read it"):
            read_paper(reader, "a.doc", b"other")
