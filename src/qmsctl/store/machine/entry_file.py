"""A file that leads a browser to the local page: readable for its user alone, for a link on a command line is not."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from html import escape

from qmsctl.store.machine.user_state import made_user_runtime


class EntryFile:
    """Leads to ``address``, which holds a code, until it is removed. Raises ``RepositoryError`` for a user without a folder for it."""

    def __init__(self, address: str) -> None:
        self.path = made_user_runtime() / f"serve-{secrets.token_hex(8)}.html"
        shown = escape(address)
        text = f'<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>qmsctl</title><meta http-equiv="refresh" content="0; url={shown}"><p><a href="{shown}">qmsctl</a></p>\n'
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with open(descriptor, "wb") as file:
            file.write(text.encode())

    def remove(self) -> None:
        """Take it away; once is enough."""
        with suppress(OSError):
            self.path.unlink()
