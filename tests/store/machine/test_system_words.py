"""What the system says of a failure reaches a reader in their language."""

from __future__ import annotations

import errno
import os

import pytest

from qmsctl.store.git.causes import cause
from qmsctl.store.machine.system_words import plain, remedy
from qmsctl.store.shipped.catalogue import translator


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EROFS, errno.EIO, errno.EISDIR])
def test_what_people_meet_has_words_in_vietnamese(number: int) -> None:
    said = plain(OSError(number, os.strerror(number)))
    assert str(said) == os.strerror(number).lower()
    assert said.render(translator("vi"), "vi") != str(said)


def test_what_is_rare_or_said_otherwise_is_told_as_it_came() -> None:
    assert str(plain(OSError(errno.EXDEV, "Invalid cross-device link"))) == "invalid cross-device link"
    assert plain(OSError(errno.EACCES, "The {process} cannot")).render(translator("vi"), "vi") == "the {process} cannot"


@pytest.mark.parametrize(("number", "way"), [
    (errno.EACCES, "ls -ld records"), (errno.EPERM, "ls -ld records"), (errno.ENOSPC, "df -h ."), (errno.EROFS, "another one"), (errno.ENAMETOOLONG, "shorter"), (errno.EIO, "df -h . ; ls -ld records"),
])
def test_what_helps_is_said_for_the_cause_that_there_is(number: int, way: str) -> None:
    said = remedy(OSError(number, os.strerror(number)), "records").steps
    assert [way in str(each) for each in said] == [True]


@pytest.mark.parametrize(
    ("said", "told", "way"),
    [
        ("unable to write loose object file: No space left on device", "git has no room left to write", "df -h ."),
        ("sha1 file 'pack/tmp_idx_ca5ED' write error. Out of diskspace", "git has no room left to write", "df -h ."),
        ("unable to write loose object file: Input/output error", "git could not write", "ls -ld .git"),
        ("failed to write new configuration file /x/.git/config.lock", "git could not write", "ls -ld .git"),
        ("couldn't write '/x/.git/refs/heads/main.lock'", "git could not write", "ls -ld .git"),
        ("unable to create temporary file: Read-only file system", "git cannot write there", "a folder on another one"),
        ("unable to read tree 473e2e86", "objects of git are missing here or damaged", "git fetch --refetch"),
    ],
)
def test_what_git_could_not_do_to_the_disk_is_no_damage_of_its_objects(said: str, told: str, way: str) -> None:
    message, mend = cause("fetch", 128, f"error: {said}\nfatal: index-pack failed\n".encode())
    assert str(message) == f"{told}: {said}"
    assert way in str(mend)
