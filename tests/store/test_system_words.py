"""What the system says of a failure reaches a reader in their language."""

from __future__ import annotations

import errno
import os

import pytest

from qmsctl.store.catalogue import translator
from qmsctl.store.system_words import plain, remedy


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
