"""Files that give a clone other bytes than were signed, or look controlled and are read by nobody.

Each comes in four ways and as a push to a server with the hook; the honest neighbour of each stays silent.
"""

from __future__ import annotations

import pytest

from tests.cli.test_server import Server, server
from tests.desk import Change, Desk
from tests.landing import errors, landed, passes
from tests.test_change_attacks import accepted

__all__ = ["accepted", "server"]
DRAFT = "---\nid: QT-09\ntype: procedure\ntitle: Tiếp công dân\nrevision: 1\nowner: unit-head\n---\n# Tiếp công dân\n"


def attributes(desk: Desk, *lines: str, folder: str = "") -> None:
    path = f"{folder}.gitattributes"
    before = desk.read(path) if (desk.root / path).exists() else ""
    desk.write(path, before + "".join(f"{line}\n" for line in lines))


def stamped_by_git(desk: Desk) -> None:
    attributes(desk, "*.md ident")


def through_a_program(desk: Desk) -> None:
    attributes(desk, "signoffs/** filter=redact")


def in_another_encoding(desk: Desk) -> None:
    desk.write("attachments/NC-2026-001/ghi-chu.txt", "é".encode("latin-1"))
    attributes(desk, "*.txt working-tree-encoding=ISO-8859-1")


def dossiers_left_out_of_the_zip(desk: Desk) -> None:
    attributes(desk, "/signoffs export-ignore")


def written_anew_in_the_zip(desk: Desk) -> None:
    attributes(desk, "*.md export-subst", folder="records/")


def evidence_taken_for_text(desk: Desk) -> None:
    desk.write("attachments/NC-2026-001/ảnh.jpg", b"\xff\xd8\r\n\x00")
    attributes(desk, "*.jpg text")


def behind_a_macro_and_quotes(desk: Desk) -> None:
    attributes(desk, "[attr]plain filter=x", '"docu\\155ents/**" plain')


def all_but_the_ends(desk: Desk) -> None:
    attributes(desk, "*.md -text")


def in_capitals(desk: Desk) -> None:
    desk.write("documents/procedures/QT-09.MD", DRAFT)


def with_another_ending(desk: Desk) -> None:
    desk.write("documents/procedures/QT-09.markdown", DRAFT)


def in_a_file_that_explains_a_folder(desk: Desk) -> None:
    desk.write("documents/procedures/README.md", DRAFT)


def in_a_folder_with_a_capital(desk: Desk) -> None:
    desk.write("Documents/QT-09.md", DRAFT)


def in_a_folder_of_tools(desk: Desk) -> None:
    desk.write("node_modules/QT-09.md", DRAFT)
    desk.git("add", "--force", "--all")


def in_a_folder_of_its_own(desk: Desk) -> None:
    desk.write("quy trình/QT-09.md", DRAFT)


def as_a_file_that_is_being_written(desk: Desk) -> None:
    desk.write("documents/procedures/QT-09.md.qmsctl-tmp", DRAFT)
    desk.git("add", "--force", "--all")


REWRITTEN, UNREAD = "bytes-rewritten", "looks-controlled"
ATTACKS: tuple[tuple[Change, str], ...] = (
    *((each, REWRITTEN) for each in (
        stamped_by_git, through_a_program, in_another_encoding, dossiers_left_out_of_the_zip, written_anew_in_the_zip,
        evidence_taken_for_text, behind_a_macro_and_quotes, all_but_the_ends,
    )),
    *((each, UNREAD) for each in (
        in_capitals, with_another_ending, in_a_file_that_explains_a_folder, in_a_folder_with_a_capital, in_a_folder_of_tools,
        in_a_folder_of_its_own, as_a_file_that_is_being_written,
    )),
)


ALSO: dict[Change, set[str]] = {in_a_folder_with_a_capital: {"id-duplicate"}}


@pytest.mark.parametrize(("attack", "rule"), ATTACKS, ids=[attack.__name__ for attack, _rule in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rule: str) -> None:
    attack(accepted)
    for way, there, base in landed(accepted):
        assert errors(there, base) - ALSO.get(attack, set()) == {rule}, way


@pytest.mark.parametrize(("attack", "rule"), ATTACKS, ids=[attack.__name__ for attack, _rule in ATTACKS])
def test_is_refused_by_the_server(server: Server, attack: Change, rule: str) -> None:
    desk = server.clone("minh", "minh")
    attack(desk)
    desk.commit("thay đổi")
    assert f"[{rule}]" in server.refuses(desk)


# -- honest neighbours ----------------------------------------------------------------------------


def attributes_of_other_files(desk: Desk) -> None:
    attributes(desk, "*.png binary", "website/** filter=x export-ignore ident", "*.md diff=markdown", "README.md export-ignore")
    desk.write("website/index.md", "# Trang chủ\n")


def line_ends_left_to_git(desk: Desk) -> None:
    desk.write(".gitattributes", "* text=auto\n" + desk.read(".gitattributes"))


def taken_back_for_what_is_controlled(desk: Desk) -> None:
    attributes(desk, "*.md ident", "documents/** -ident", "records/** -ident", "signoffs/** !ident")


def no_attributes_at_all(desk: Desk) -> None:
    (desk.root / ".gitattributes").unlink()


def evidence_kept_as_it_is(desk: Desk) -> None:
    attributes(desk, "*.jpg -text")
    desk.write("attachments/NC-2026-001/ảnh.jpg", b"\xff\xd8\r\n\x00")


def what_explains_a_folder(desk: Desk) -> None:
    desk.write("documents/procedures/README.md", "# Quy trình\n\n---\nid: không phải tài liệu\n---\n")
    desk.write("README.markdown", "# Đọc tôi\n")


def what_a_program_needs(desk: Desk) -> None:
    desk.write("node_modules/x/README.md", "# x\n")
    desk.write("notes/QT-09.md", "# Nháp cuộc họp\n")
    desk.git("add", "--force", "--all")


def a_text_for_the_website(desk: Desk) -> None:
    desk.write("website/page.md", "---\nid: trang\ntype: page\n---\n# Trang\n")


HONEST: tuple[Change, ...] = (
    attributes_of_other_files, line_ends_left_to_git, taken_back_for_what_is_controlled, no_attributes_at_all,
    evidence_kept_as_it_is, what_explains_a_folder, what_a_program_needs, a_text_for_the_website,
)


@pytest.mark.parametrize("change", HONEST, ids=[change.__name__ for change in HONEST])
def test_honest_neighbours_are_silent(accepted: Desk, change: Change) -> None:
    passes(accepted, change)


def test_the_server_takes_honest_neighbours(server: Server) -> None:
    desk = server.clone("minh", "minh")
    for change in HONEST:
        if change is not no_attributes_at_all:
            change(desk)
    desk.commit("thay đổi")
    server.accepts(desk)
