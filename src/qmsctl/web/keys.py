"""The secrets of one run: the code that opens the page once, the cookie it is exchanged for, and the tokens of forms."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

LIFE = 60.0
"""Seconds for which the code is good."""


class Keys:
    """Made anew for every run; ``clock`` are seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._born = clock()
        self._code: str | None = secrets.token_urlsafe(32)
        self._cookie = secrets.token_urlsafe(32)
        self._seal = secrets.token_bytes(32)

    @property
    def code(self) -> str | None:
        """The code, as long as it opens anything."""
        return self._code if self._clock() - self._born <= LIFE else None

    def exchange(self, code: str) -> str | None:
        """The cookie for the code, once; nothing for any other and for one that has died."""
        good = self.code
        if good is None or not _same(code, good):
            return None
        self._code = None
        return self._cookie

    def knows(self, cookie: str) -> bool:
        """True for the cookie of this run."""
        return _same(cookie, self._cookie)

    def token(self, path: str) -> str:
        """What a form of the page at ``path`` has to send along."""
        return hmac.new(self._seal, path.encode(), hashlib.sha256).hexdigest()

    def fits(self, token: str, path: str) -> bool:
        """True for the token of a form of that page."""
        return _same(token, self.token(path))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
