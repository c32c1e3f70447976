"""What one conditional GET costs: our client beside the layers of httpx it might have been.

    python tests/benchmarks/poll_http.py --server PATH/feed_server.py --feeds 200

starts the given loopback feed server (it prints a JSON line with "base" when ready, and lists its
feeds at /urls), asks for every feed once to learn the ETags, then `--rounds` times with them, each
variant in a process of its own. Printed are milliseconds of CPU a request for a 200 and a 304,
CPU seconds before the first request (process start and imports), and the peak memory.

Variants: `client` is monitor.web; `httpx` its plain AsyncClient; `transport` AsyncHTTPTransport
called directly; `pool` an httpcore pool over plain asyncio streams; `bare` imports nothing and
asks nothing.

With `--latency` and `--fail` (shares as the server takes them) the wall seconds of a round tell how
slow and dead hosts hold up the others; with `--hosts` fewer than feeds and `--spacing` the last
columns, which are the server's own, show whether `client` keeps its manners.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

IN_FLIGHT = 50
AGENT = "wire-monitor/0.1"
HEADERS = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, br, zstd"}

SPACING = float(os.environ.get("SPACING", "0"))

Get = Callable[[str, str], Awaitable[tuple[int | str, str]]]  # (url, etag) -> (status, etag)


def cpu() -> float:
    """CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@asynccontextmanager
async def client() -> AsyncIterator[Get]:
    """monitor.web, guard and manners included."""
    from monitor.model import Request
    from monitor.web import Client

    async with Client(AGENT, in_flight=IN_FLIGHT, spacing=SPACING, proxies={}) as asking:

        async def get(url: str, etag: str) -> tuple[int | str, str]:
            response = await asking.fetch(Request(url, etag=etag, private=True))
            return response.status, response.headers.get("etag", "")

        yield get


@asynccontextmanager
async def httpx_client() -> AsyncIterator[Get]:
    """httpx.AsyncClient, with as many connections."""
    import httpx

    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=20)
    async with httpx.AsyncClient(
        limits=limits, timeout=30, verify=False, trust_env=False, headers=HEADERS
    ) as asking:

        async def get(url: str, etag: str) -> tuple[int | str, str]:
            response = await asking.get(url, headers={"If-None-Match": etag} if etag else {})
            return response.status_code, response.headers.get("etag", "")

        yield get


@asynccontextmanager
async def httpx_transport() -> AsyncIterator[Get]:
    """httpx.AsyncHTTPTransport without the client above it."""
    import httpx

    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=20)
    async with httpx.AsyncHTTPTransport(limits=limits, verify=False, trust_env=False) as asking:

        async def get(url: str, etag: str) -> tuple[int | str, str]:
            headers = HEADERS | ({"If-None-Match": etag} if etag else {})
            response = await asking.handle_async_request(httpx.Request("GET", url, headers=headers))
            await response.aread()
            await response.aclose()
            return response.status_code, response.headers.get("etag", "")

        yield get


@asynccontextmanager
async def httpcore_pool() -> AsyncIterator[Get]:
    """An httpcore pool whose network is asyncio's streams."""
    import httpcore

    class Stream(httpcore.AsyncNetworkStream):
        def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.reader, self.writer = reader, writer

        async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
            return await self.reader.read(max_bytes)

        async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
            self.writer.write(buffer)

        async def aclose(self) -> None:
            self.writer.transport.abort()

        def get_extra_info(self, info: str) -> Any:
            return None

    class Backend(httpcore.AsyncNetworkBackend):
        async def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> Stream:
            return Stream(*await asyncio.open_connection(host, port))

    async with httpcore.AsyncConnectionPool(
        max_connections=IN_FLIGHT, max_keepalive_connections=20, network_backend=Backend()
    ) as asking:

        async def get(url: str, etag: str) -> tuple[int | str, str]:
            headers = HEADERS | {"Host": url.split("/")[2], "If-None-Match": etag}
            response = await asking.request("GET", url, headers=list(headers.items()))
            found = {name.lower(): value for name, value in response.headers}
            return response.status, found.get(b"etag", b"").decode()

        yield get


@asynccontextmanager
async def bare() -> AsyncIterator[Get]:
    """Python and asyncio alone."""

    async def get(url: str, etag: str) -> tuple[int | str, str]:
        return 0, ""

    yield get


VARIANTS = {
    "bare": bare,
    "client": client,
    "transport": httpx_transport,
    "pool": httpcore_pool,
    "httpx": httpx_client,
}


async def run(variant: str, urls: list[str], rounds: int) -> dict[str, Any]:
    """All rounds of one variant, in this process."""
    etags: dict[str, str] = {}
    statuses: dict[str, int] = {}
    costs, walls = [], []
    async with VARIANTS[variant]() as get:
        start = cpu()
        for _ in range(rounds + 1):
            before, begun = cpu(), time.perf_counter()
            queue = iter(urls)

            async def worker(queue: Any = queue) -> None:
                for url in queue:
                    try:
                        status, etag = await get(url, etags.get(url, ""))
                    except Exception as error:  # whatever a library raises for a dead host
                        status, etag = type(error).__name__, ""
                    statuses[str(status)] = statuses.get(str(status), 0) + 1
                    etags[url] = etag or etags.get(url, "")

            workers = (
                len(urls) if variant == "client" else IN_FLIGHT
            )  # the client has its own limit
            await asyncio.gather(*(worker() for _ in range(workers)))
            walls.append(time.perf_counter() - begun)
            costs.append((cpu() - before) / len(urls) * 1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "start": start,
        "first": costs[0],
        "again": median(costs[1:]),
        "wall": median(walls[1:]),
        "memory": memory,
        "statuses": statuses,
    }


def main() -> None:
    """Read the arguments; compare, or be one variant."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--server", help="path of the feed server to start")
    parser.add_argument("--python", default=sys.executable, help="the Python to start it with")
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=0, help="0: one for each feed")
    parser.add_argument("--latency", default="", help="such as 0:.6,50:.3,300:.1")
    parser.add_argument("--fail", default="", help="such as 404:.02,timeout:.05,reset:.01")
    parser.add_argument("--spacing", type=float, default=0, help="seconds, for `client`")
    parser.add_argument("--port", type=int, default=8890)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--variants", default=",".join(VARIANTS), help="from: " + ", ".join(VARIANTS)
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        urls = sys.stdin.read().split()
        print(json.dumps(asyncio.run(run(options.one, urls, options.rounds))))
        return
    if not options.server:
        parser.error("--server is needed")
    command = [options.python, options.server, "--max-seconds", "900"]
    for name in ("feeds", "hosts", "latency", "fail", "port"):
        command += [f"--{name}", str(getattr(options, name))]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            base = json.loads(server.stdout.readline())["base"]
            with urllib.request.urlopen(base + "/urls") as listing:
                urls = listing.read().decode()
            print(f"{options.feeds} feeds, {options.rounds} rounds, {IN_FLIGHT} in flight")
            print(
                f"{'variant':10} {'start s':>8} {'first ms':>9} {'again ms':>9} {'wall s':>7} "
                f"{'MB':>4} {'by host':>8} {'gap s':>9}  statuses"
            )
            for variant in options.variants.split(","):
                urllib.request.urlopen(base + "/ctl/zero").close()
                output = subprocess.run(
                    [sys.executable, __file__, "--one", variant, "--rounds", str(options.rounds)],
                    input=urls,
                    capture_output=True,
                    text=True,
                    check=True,
                    env=os.environ | {"SPACING": str(options.spacing)},
                ).stdout
                found = json.loads(output)
                with urllib.request.urlopen(base + "/stats") as told:
                    stats = json.loads(told.read())
                print(
                    f"{variant:10} {found['start']:8.3f} {found['first']:9.2f} "
                    f"{found['again']:9.2f} {found['wall']:7.2f} {found['memory']:4.0f} "
                    f"{stats['peak_in_flight_per_host']:8} {stats['min_gap_same_host_s'] or 0:9.4f}"
                    f"  {found['statuses']}"
                )
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
