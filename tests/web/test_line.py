"""Who connects and asks for nothing, or slower than anybody would, is not waited for and keeps nobody out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from qmsctl.web.line import Line

WHOLE = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"
BEGUN = b"POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 9000\r\n\r\n"

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Ends]]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers without reading what is sent, as the door does to a stranger."""
    await PlainTextResponse(Request(scope).url.path)(scope, receive, send)


def through(line: type[Line], talk: Callable[[Connect], Awaitable[None]]) -> None:
    """Have somebody talk to a server whose connections are so."""

    async def run() -> None:
        config = uvicorn.Config(app, http=line, log_config=None, lifespan="off", timeout_keep_alive=3600)
        config.load()
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(lambda: line(config=config, server_state=state, app_state={}), "127.0.0.1", 0)
        writers = []

        async def connect() -> Ends:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writers.append(writer)
            return reader, writer

        await talk(connect)
        for each in writers:
            each.close()
        server.close()

    asyncio.run(run())


async def is_cut(reader: asyncio.StreamReader) -> bool:
    """True once nothing more can come; what came before is read away."""
    try:
        while await reader.read(1000):
            pass
    except ConnectionError:
        return True
    return reader.at_eof()


@pytest.mark.parametrize("sent", [b"", b"G", WHOLE[:-2], BEGUN, BEGUN + b"x", WHOLE + b"GET", WHOLE * 2])
def test_who_does_not_end_a_request_is_cut_off(sent: bytes) -> None:
    class Hasty(Line):
        patience = 0.02

    async def talk(connect: Connect) -> None:
        reader, writer = await connect()
        writer.write(sent)
        assert await is_cut(reader)

    through(Hasty, talk)


def test_drop_by_drop_is_no_way_to_stay() -> None:
    class Hasty(Line):
        patience = 0.02

    async def talk(connect: Connect) -> None:
        reader, writer = await connect()
        cut = asyncio.ensure_future(is_cut(reader))
        writer.write(b"GET / HTTP/1.1\r\n")
        while not cut.done():
            writer.write(b"x: y\r\n")
            await asyncio.sleep(0.005)
        assert cut.result()

    through(Hasty, talk)


def test_who_holds_connections_open_keeps_nobody_out() -> None:
    class Few(Line):
        patience, most = 3600.0, 3

    async def talk(connect: Connect) -> None:
        held = [await connect() for _number in range(3)]
        reader, writer = await connect()
        writer.write(WHOLE)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        assert await is_cut(held[0][0])
        held[2][1].write(WHOLE)
        assert (await held[2][0].readline()).startswith(b"HTTP/1.1 200"), "only as many go as have to"

    through(Few, talk)


CHUNKED = b"POST / HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("then", [False, True])
def test_who_breaks_off_in_the_middle_of_a_request_is_no_fault_of_the_program(then: bool, caplog: pytest.LogCaptureFixture) -> None:
    """Be it before or after it has been answered: nothing is printed, and others are served."""

    async def talk(connect: Connect) -> None:
        reader, writer = await connect()
        writer.write(CHUNKED if then else CHUNKED + b"ZZ\r\n")
        if then:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"ZZ\r\n")
        assert await is_cut(reader)
        reader, writer = await connect()
        writer.write(WHOLE)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")

    through(Line, talk)
    assert not [each for each in caplog.records if each.exc_info]
