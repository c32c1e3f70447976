"""A proxy before a database that can cut one machine off."""

import asyncio
from typing import Self

from tests.machines.outlets import Outlets


class Proxy:
    """Hands connections on to a port, until it is cut; on the loop of the outlets."""

    def __init__(self, outlets: Outlets, target: int) -> None:
        self._outlets, self._target = outlets, target
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self.port = 0

    def __enter__(self) -> Self:
        async def begin() -> None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.port = self._server.sockets[0].getsockname()[1]

        self._outlets.call(begin())
        return self

    def __exit__(self, *exc: object) -> None:
        async def end() -> None:
            self._server.close()
            self._drop()

        self._outlets.call(end())

    def cut(self) -> None:
        """Drop all connections, and every one that is made from now on."""

        async def cut() -> None:
            self._is_cut = True
            self._drop()

        self._outlets.call(cut())

    def mend(self) -> None:
        """Let connections through again."""
        self._is_cut = False

    def _drop(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        await asyncio.gather(_pass(reader, far_writer), _pass(far_reader, writer))
        self._writers -= {writer, far_writer}


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except (OSError, asyncio.CancelledError):
        pass
    finally:
        writer.close()
