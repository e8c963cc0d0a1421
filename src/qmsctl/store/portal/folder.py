"""Writes a portal to a folder: only pages that are others than before, each of them whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import cache
from pathlib import Path

from qmsctl.core.tree import TEMPORARY
from qmsctl.errors import QmsError, Refusal, RepositoryError
from qmsctl.mend import Hole, addition, advice
from qmsctl.message import _
from qmsctl.store.cache.keeping import Cache
from qmsctl.store.machine import files
from qmsctl.store.outputs.draft import clear_drafts, is_draft
from qmsctl.store.outputs.output import check_outside, unwritten
from qmsctl.store.portal.listing import NAME, Listing, Written, are_addresses, listed, read_listing
from qmsctl.store.portal.lying import Lying
from qmsctl.store.portal.pages import Keys, is_clean, made
from qmsctl.store.portal.site import Built, Page, Portal

Progress = Callable[[int, int], None]
"""Is told how many pages are done, and of how many."""

_UNSURE = Written("", "")
_MAKER = b'<meta name="generator" content="qmsctl '


class Folder:
    """A folder in which a portal lies, or is to lie; ``cache`` may keep what is known of its files."""

    def __init__(self, shown: Path, portal: Portal, cache: Cache | None = None) -> None:
        """Raise :class:`Refusal` for a folder that holds anything else, or the portal of others."""
        another = addition(output=Hole("folder")).in_order_to(_("name a new folder"))
        check_outside(shown, another)
        self._portal = portal
        self._root = Path(os.path.realpath(shown))
        if self._root.exists() and not self._root.is_dir():
            raise Refusal(_("{path} is a file; a folder is expected", path=str(shown)), another)
        found = read_listing(self._root) if self._root.is_dir() else None
        if found is None and self._root.is_dir() and not all(map(is_draft, self._root.iterdir())):
            raise Refusal(_("{folder} is there already and is no empty folder; nothing was written", folder=str(shown)), another)
        if found is not None and found.public is not portal.public:
            raise Refusal(_("{folder} holds the portal for other readers; nothing was written", folder=str(shown)), another)
        self._before, self._withheld = (found.files, found.withheld) if found else ({}, "")
        self._keys = Keys(portal)
        self._there = Lying(self._root, cache.beside(self._root) if cache else None)
        self._swept = set[Path]()

    def write(self, progress: Progress) -> Built:
        """Bring the folder up to date, the first page last. Raises :class:`Refusal` where the system does not let it."""
        keys, portal = self._keys, self._portal
        wanted = {page.address: keys.of(page) for page in portal.pages}
        assert are_addresses([*wanted])  # made from ids, none of which leads anywhere else
        gone = [address for address in self._before if address not in wanted]
        lying = self._lying(wanted)
        moved = self._before.keys() ^ wanted.keys()
        stale = [page for page in reversed(portal.pages) if not self._is_current(page, wanted[page.address], lying, moved)]
        self._check_free(page.address for page in stale)
        if not (stale or gone or self._withheld != keys.withheld):
            self._there.keep(wanted)
            return Built(len(wanted), 0, 0)
        self._list({**self._before, **{page.address: _UNSURE for page in stale}})
        now = {address: self._before[address] for address in wanted if address in self._before}
        try:
            written = self._write_pages(stale, wanted, now, lying, progress)
            left = tuple(address for address in gone if not self._take_away(address))
            self._list(now)
        except QmsError as error:
            more = advice(_("Mend that and run the command again: pages that were written stand, and it writes the others."))
            error.mend = error.mend.then(more) if error.mend else more
            raise
        self._there.keep(wanted)
        return Built(len(wanted), written, len(gone) - len(left), left)

    def _is_current(self, page: Page, key: str, lying: Mapping[str, str], moved: AbstractSet[str]) -> bool:
        """True for a page that is as it was written, made from what it would be made from, and leads to none that came or went."""
        known = self._before.get(page.address, _UNSURE)
        if not known.sha256 or known.sha256 != lying.get(page.address) or (moved and not moved.isdisjoint(page.leads())):
            return False
        if known.key == key and self._withheld != self._keys.withheld:
            data = self._read(page.address)
            return data is not None and is_clean(data, self._portal)
        return known.key in (key, self._keys.cut(key))

    def _check_free(self, addresses: Iterable[str]) -> None:
        """Raise :class:`Refusal` where something stands in the way that no build wrote."""
        for address in addresses:
            if address not in self._before and os.path.lexists(self._root / address):
                raise Refusal(_("{path} is there already, and is no output of qmsctl", path=str(self._root / address)))

    def _write_pages(self, stale: list[Page], wanted: Mapping[str, str], now: dict[str, Written], lying: Mapping[str, str], progress: Progress) -> int:
        written = 0
        for count, page in enumerate(stale):
            progress(count, len(stale))
            data, cut = made(page, self._portal)
            sha256, key = hashlib.sha256(data).hexdigest(), wanted[page.address]
            if lying.get(page.address) != sha256:
                self._replace(page.address, data)
                self._there.wrote(page.address, sha256)
                written += 1
            now[page.address] = Written(self._keys.cut(key) if cut else key, sha256)
        progress(len(stale), len(stale))
        return written

    def _lying(self, addresses: Iterable[str]) -> Mapping[str, str]:
        """The digests of files as they lie there."""
        is_plain = cache(self._is_plain)
        expected = {each: self._before.get(each, _UNSURE).sha256 for each in addresses}
        return self._there.digests(expected, lambda each: is_plain(each.rpartition("/")[0]))

    def _read(self, address: str) -> bytes | None:
        """The bytes of a file; ``None`` where it is none."""
        try:
            return files.read(f"{self._root}/{address}", address)
        except RepositoryError:
            return None

    def _is_plain(self, folder: str) -> bool:
        """True if a folder and those above it are folders of their own."""
        folders = [self._root / each for each in (Path(folder), *Path(folder).parents)]
        return all(each.is_dir() and not each.is_symlink() for each in folders)

    def _replace(self, address: str, data: bytes) -> None:
        path = self._root / address
        if path.parent not in self._swept:
            self._swept.add(path.parent)
            clear_drafts(path.parent)
        temporary = path.with_name(f".{secrets.token_hex(8)}{TEMPORARY}")
        missing = [each for each in (path.parent, *path.parent.parents) if not each.exists()]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not self._is_plain(address.rpartition("/")[0]):
                raise Refusal(_("{path} is a link, which is not followed", path=str(path.parent)))
            files.write_new(temporary, data, synced=False)  # what a crash takes is written again: each build looks at every file
            os.replace(temporary, path)
        except OSError as error:
            raise unwritten(path, error) from None
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
                for folder in missing:
                    folder.rmdir()  # no longer empty where the page is there

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
        known, there = self._before[address].sha256, self._read(address) if self._is_plain(address.rpartition("/")[0]) else None
        return there is not None and (hashlib.sha256(there).hexdigest() == known if known else _MAKER in there)

    def _list(self, found: Mapping[str, Written]) -> None:
        self._replace(NAME, listed(Listing(self._portal.public, found, self._keys.withheld)))
