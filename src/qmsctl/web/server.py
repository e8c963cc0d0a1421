"""The server of one run: on this machine alone, until nobody asks for anything for a while."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from qmsctl.errors import RepositoryError
from qmsctl.mend import addition
from qmsctl.message import _
from qmsctl.store.machine.entry_file import EntryFile
from qmsctl.web.app import application
from qmsctl.web.door import ENTRY, Door
from qmsctl.web.home import home
from qmsctl.web.house import House
from qmsctl.web.keys import LIFE, Keys
from qmsctl.web.line import Line
from qmsctl.web.visit import Visit

HOST = "127.0.0.1"
_MOST_AT_ONCE = 100
_SIGNALS = tuple(getattr(signal, each) for each in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, each))
_LONGEST_HEAD = 16 * 1024


def listening(port: int) -> socket.socket:
    """A socket that only this machine reaches; of port 0 the system chooses one. Raises ``RepositoryError``."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.bind((HOST, port))
        found.listen(_MOST_AT_ONCE)
    except (OSError, OverflowError) as error:
        found.close()
        raise RepositoryError(_("port {port} of this machine cannot be used: {reason}", port=port, reason=str(error)), addition(port="0").in_order_to(_("let the system choose one"))) from error
    return found


class _Server(uvicorn.Server):
    """Ends by itself; twice a second it looks whether it should."""

    def __init__(self, config: uvicorn.Config, ends: Callable[[], bool]) -> None:
        super().__init__(config)
        self._ends = ends

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End as by itself when somebody ends it, be it by closing the terminal; a signal that was to be ignored is (``nohup``)."""
        own = _SIGNALS if threading.current_thread() is threading.main_thread() else ()
        before = {each: signal.signal(each, self.handle_exit) for each in own if signal.getsignal(each) is not signal.SIG_IGN}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def on_tick(self, counter: int) -> bool:
        """Whether it ends now."""
        return (counter % 5 == 0 and self._ends()) or await super().on_tick(counter)


def serve(house: House, listener: socket.socket, idle: float, opened: Callable[[str, str], None], stops: Callable[[], bool] = bool) -> None:
    """Answer until ``idle`` seconds go by without a request, or ``stops`` says so.

    The office is read before, so that the first page does not wait for it. ``opened`` is told the address and the file that leads to it, once both are there.
    """
    port = listener.getsockname()[1]
    first = Visit(house, house.language)
    home(first.library, first.me)
    keys = Keys()
    entry = EntryFile(f"http://{HOST}:{port}{ENTRY}{keys.code}")
    door = Door(application(house, keys), keys, port, first.words, entry.remove)

    def ends() -> bool:
        if keys.code is None:
            entry.remove()
        return stops() or door.idle > idle

    config = uvicorn.Config(
        door, log_config=None, log_level="error", access_log=False, lifespan="off", ws="none", http=Line, loop="asyncio", server_header=False, date_header=False,
        proxy_headers=False, timeout_keep_alive=5, h11_max_incomplete_event_size=_LONGEST_HEAD, timeout_graceful_shutdown=int(LIFE),
    )
    server = _Server(config, ends)
    try:
        with server.capture_signals():
            opened(f"http://{HOST}:{port}/", str(entry.path))
            server.run(sockets=[listener])
    finally:
        entry.remove()
        listener.close()
