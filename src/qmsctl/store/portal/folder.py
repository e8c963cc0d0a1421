"""Writes a portal to a folder: only pages that are others than before, each of them whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from qmsctl.core.tree import TEMPORARY
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, addition
from qmsctl.message import _
from qmsctl.store import files
from qmsctl.store.output import check_outside, unwritten
from qmsctl.store.portal.listing import NAME, Listing, Written, is_address, listed, read_listing
from qmsctl.store.portal.pages import Keys, html_of
from qmsctl.store.portal.site import Built, Page, Portal

Progress = Callable[[int, int], None]
"""Is told how many pages are done, and of how many."""

_UNSURE = Written("", "")
_MAKER = b'<meta name="generator" content="qmsctl '



class Folder:
    """A folder in which a portal lies, or is to lie."""

    def __init__(self, shown: Path, portal: Portal) -> None:
        """Raise :class:`Refusal` for a folder that holds anything else, or the portal of others."""
        another = addition(output=Hole("folder")).in_order_to(_("name a new folder"))
        check_outside(shown, another)
        self._portal = portal
        self._root = Path(os.path.realpath(shown))
        if self._root.exists() and not self._root.is_dir():
            raise Refusal(_("{path} is a file; a folder is expected", path=str(shown)), another)
        found = read_listing(self._root) if self._root.is_dir() else None
        if found is None and self._root.is_dir() and any(self._root.iterdir()):
            raise Refusal(_("{folder} is there already and is no empty folder; nothing was written", folder=str(shown)), another)
        if found is not None and found.public is not portal.public:
            raise Refusal(_("{folder} holds the portal for other readers; nothing was written", folder=str(shown)), another)
        self._before = found.files if found else {}

    def write(self, progress: Progress) -> Built:
        """Bring the folder up to date, the first page last. Raises :class:`Refusal` where the system does not let it."""
        keys = Keys(self._portal)
        wanted = {page.address: keys.of(page) for page in self._portal.pages}
        assert all(map(is_address, wanted))  # made from ids, none of which leads anywhere else
        gone = [address for address in self._before if address not in wanted]
        stale = [page for page in reversed(self._portal.pages) if not self._is_current(page.address, wanted[page.address])]
        self._check_free(page.address for page in stale)
        if not (stale or gone):
            return Built(len(wanted), 0, 0)
        self._list({**self._before, **{page.address: _UNSURE for page in stale}})
        now = {address: self._before[address] for address in wanted if address in self._before}
        written = self._write_pages(stale, wanted, now, progress)
        left = tuple(address for address in gone if not self._take_away(address))
        self._list(now)
        return Built(len(wanted), written, len(gone) - len(left), left)

    def _is_current(self, address: str, key: str) -> bool:
        known = self._before.get(address, _UNSURE)
        return known.key == key and self._digest(address) == known.sha256

    def _check_free(self, addresses: Iterable[str]) -> None:
        """Raise :class:`Refusal` where something stands in the way that no build wrote."""
        for address in addresses:
            if address not in self._before and os.path.lexists(self._root / address):
                raise Refusal(_("{path} is there already, and is no output of qmsctl", path=str(self._root / address)))

    def _write_pages(self, stale: list[Page], wanted: Mapping[str, str], now: dict[str, Written], progress: Progress) -> int:
        written = 0
        for count, page in enumerate(stale):
            progress(count, len(stale))
            data = html_of(page, self._portal)
            sha256 = hashlib.sha256(data).hexdigest()
            if self._digest(page.address) != sha256:
                self._replace(page.address, data)
                written += 1
            now[page.address] = Written(wanted[page.address], sha256)
        progress(len(stale), len(stale))
        return written

    def _digest(self, address: str) -> str:
        """The digest of a file as it lies there; empty where there is none."""
        data = self._read(address)
        return "" if data is None else hashlib.sha256(data).hexdigest()

    def _read(self, address: str) -> bytes | None:
        """The bytes of a file; ``None`` where it is none, or behind a link."""
        if not self._is_plain(address):
            return None
        try:
            descriptor = os.open(self._root / address, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except OSError:
            return None
        with os.fdopen(descriptor, "rb") as file:
            return file.read() if stat.S_ISREG(os.fstat(descriptor).st_mode) else None

    def _is_plain(self, address: str) -> bool:
        """True if the folders above an address are folders of their own."""
        folders = [self._root / each for each in list(Path(address).parents)[:-1]]
        return all(each.is_dir() and not each.is_symlink() for each in folders)

    def _replace(self, address: str, data: bytes) -> None:
        path = self._root / address
        temporary = path.with_name(f".{secrets.token_hex(8)}{TEMPORARY}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not self._is_plain(address):
                raise Refusal(_("{path} is a link, which is not followed", path=str(path.parent)))
            files.write_new(temporary, data, synced=False)  # what a crash takes is written again: each build looks at every file
            os.replace(temporary, path)
        except OSError as error:
            raise unwritten(path, error) from None
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _take_away(self, address: str) -> bool:
        """Take a page away that is as it was written, and the folder if it is empty now; False where somebody changed it."""
        if not os.path.lexists(self._root / address):
            return True
        if not self._is_ours(address):
            return False
        with suppress(OSError):
            (self._root / address).unlink()
            for folder in list(Path(address).parents)[:-1]:
                (self._root / folder).rmdir()
        return True

    def _is_ours(self, address: str) -> bool:
        """True for a file as it was written; of a build that came to no end, for one that a build would write."""
        known, there = self._before[address].sha256, self._read(address)
        return there is not None and (hashlib.sha256(there).hexdigest() == known if known else _MAKER in there)

    def _list(self, found: Mapping[str, Written]) -> None:
        self._replace(NAME, listed(Listing(self._portal.public, found)))
