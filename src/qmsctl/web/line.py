"""One connection of the page: cut off where no whole request comes over it in time, and there are not too many of them."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Line(H11Protocol):
    """A connection that waits ``patience`` seconds for the whole of a request, however slowly it drips; there are ``most`` at once.

    Of more than those the one that has waited longest is cut off: whoever holds connections open keeps nobody out.
    """

    patience = 30.0
    most = 50
    waiting: asyncio.TimerHandle | None = None
    """Ends the waiting; nothing while a request is answered."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._look()
        if len(self.connections) > self.most:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Go on waiting where the request is not whole yet."""
        super().data_received(data)
        self._look()

    def send_400_response(self, msg: str) -> None:
        """Say that this is no request; where one is answered already, or was, nobody listens any more."""
        if self.conn.our_state is h11.IDLE:
            super().send_400_response(msg)
            return
        if self.cycle is not None:
            self.cycle.disconnected = True
        self.cut()

    def on_response_complete(self) -> None:
        """Begin to wait for the next one."""
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._rest()
        super().connection_lost(exc)

    def _look(self) -> None:
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY) or self.transport.is_closing():
            self._rest()
        elif self.waiting is None:
            self.waiting = self.loop.call_later(self.patience, self.cut)

    def _rest(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None

    def _make_room(self) -> None:
        others = [each for each in self.connections if isinstance(each, Line) and each.waiting is not None]
        min(others, key=lambda each: each.waiting.when() if each.waiting else 0.0, default=self).cut()

    def cut(self) -> None:
        """Wait no longer, and have the connection go."""
        self.connections.discard(self)
        self.transport.abort()
