"""Many outlets on loopback addresses of their own, which note who asks when; and a mail server.

All of it lives on one event loop in a thread, so that a test can go on killing and stopping.
"""

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import format_datetime
from html import escape
from typing import Any, Self, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.waiting import PATIENCE

T = TypeVar("T")

_SIDES = ("fishing", "visas", "steel", "tourism", "ferries", "chips", "rice", "patents", "coal")
_DEEDS = ("agree on", "put off", "argue over", "sign a plan for", "reopen talks on", "survey")


@dataclass(frozen=True, slots=True)
class Request:
    """One request as an outlet saw it; times from `time.monotonic`."""

    host: str
    path: str
    machine: str  # from the contact in its User-Agent
    began: float
    ended: float


@dataclass
class Outlets:
    """Hosts with feeds and pages; a context manager.

    Args:
        hosts: how many.
        feeds: of each.
    """

    hosts: int
    feeds: int
    requests: list[Request] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)  # Message-ID, subject
    published: list[tuple[str, str]] = field(default_factory=list)  # feed, guid
    refused: list[str] = field(default_factory=list)  # hosts, as often as they refused
    port: int = 0
    mail_port: int = 0
    moved: dict[str, str] = field(default_factory=dict)  # path of a host → where it leads
    busy: dict[str, int] = field(default_factory=dict)  # path of a host → seconds to stay away

    def __enter__(self) -> Self:
        self._items: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.call(self._begin())
        return self

    def __exit__(self, *exc: object) -> None:
        self.call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the loop of the servers, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def address(self, number: int) -> str:
        """Return the address of a host."""
        return f"127.{20 + number // 200}.{number % 200 + 1}.1"

    def names(self) -> list[tuple[str, str]]:
        """Return (name, url) of all feeds."""
        return [
            (f"h{host}-{feed}", f"http://{self.address(host)}:{self.port}/f{feed}.xml")
            for host in range(self.hosts)
            for feed in range(self.feeds)
        ]

    def publish(self, host: int, feed: int) -> None:
        """Add an item, with its page, at the top of a feed."""
        number = len(self.published)
        name, guid = f"h{host}-{feed}", f"item-{number}"
        title = (
            f"South Korea and China {_DEEDS[number % len(_DEEDS)]} "
            f"{_SIDES[number // 7 % len(_SIDES)]} in round {number}"
        )
        self._items[f"{self.address(host)}/f{feed}.xml"].insert(
            0, (guid, title, format_datetime(datetime.now(UTC)))
        )
        self.published.append((name, guid))

    async def _begin(self) -> None:
        self._server = await asyncio.start_server(self._serve, "0.0.0.0", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        loop = asyncio.get_running_loop()
        self._mail = await loop.create_server(lambda: SMTP(self, loop=loop), "127.0.0.1", 0)
        self.mail_port = self._mail.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._server.close()
        self._mail.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep what identifies a mail; aiosmtpd's interface."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content)
        self.mails.append((str(mail["Message-ID"]), str(mail["Subject"])))
        return "250 OK"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = (await reader.readline()).decode()
            if not line:
                return  # connected, and gone before anything was asked
            began = time.monotonic()
            headers = {}
            while (field_ := (await reader.readline()).decode().strip()) != "":
                key, _, value = field_.partition(":")
                headers[key.lower()] = value.strip()
            host = writer.get_extra_info("sockname")[0]
            path = line.split()[1]
            await asyncio.sleep(0.03)  # a real server is not instantaneous: two at once would show
            writer.write(self._answer(host, path, headers.get("if-none-match", "")))
            await writer.drain()
            agent = headers.get("user-agent", "")
            machine = agent.partition("mailto:")[2].partition("@")[0]
            self.requests.append(Request(host, path, machine, began, time.monotonic()))
        except (ConnectionError, IndexError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def _answer(self, host: str, path: str, etag: str) -> bytes:
        if target := self.moved.get(host + path):
            return (
                f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n"
                "Connection: close\r\n\r\n"
            ).encode()
        if seconds := self.busy.get(host + path):
            self.refused.append(host)
            return _answer(503, b"", "text/plain", _dates(seconds))
        if path == "/robots.txt":
            return _answer(404, b"", "text/plain")
        if path.startswith("/p/"):
            return _answer(200, self._page(path[3:]), "text/html; charset=utf-8")
        items = self._items[host + path]
        tag = f'"{len(items)}"'
        if etag == tag:
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        return _answer(200, self._rss(host, items), "application/rss+xml", f"ETag: {tag}\r\n")

    def _rss(self, host: str, items: list[tuple[str, str, str]]) -> bytes:
        rows = [
            f"<item><title>{escape(title)}</title><link>http://{host}:{self.port}/p/{guid}</link>"
            f"<guid>{guid}</guid><pubDate>{date}</pubDate></item>"
            for guid, title, date in items[:30]
        ]
        return (
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>"
            f"{''.join(rows)}</channel></rss>"
        ).encode()

    def _page(self, guid: str) -> bytes:
        title = next(
            (title for items in self._items.values() for name, title, _ in items if name == guid),
            "Nothing",
        )
        text = (
            f"{title}, officials of Seoul and Beijing said on Monday after a day of meetings.",
            f"The South Korean foreign ministry called the {guid} step overdue, and its Chinese "
            "counterpart said that the two countries would name a date within a week.",
            "Neither side said what would follow if the other failed to do its part in time.",
        )
        body = "".join(f"<p>{paragraph}</p>" for paragraph in text)
        return (
            f"<!doctype html><html lang=en><head><title>{escape(title)}</title></head><body>"
            f"<article><h1>{escape(title)}</h1>{body}</article></body></html>"
        ).encode()


def _dates(seconds: int) -> str:
    """Return the headers that ask by a date to stay away for some seconds."""
    now = datetime.now(UTC)
    until = format_datetime(now + timedelta(seconds=seconds), usegmt=True)
    return f"Date: {format_datetime(now, usegmt=True)}\r\nRetry-After: {until}\r\n"


def _answer(status: int, body: bytes, kind: str, more: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + body
