"""The demo site on a loopback port: conditional requests, gzip, keep-alive, and nothing more.

The rules of RFC 9110 that matter to a poller hold: If-None-Match wins over If-Modified-Since, a
304 carries the validators again, HEAD answers as GET without a body, and what may come gzipped
varies by Accept-Encoding.
"""

import gzip
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitor.demo.rendering import Resource, http_date, missing, render_site
from monitor.demo.texts import load_outlets


@contextmanager
def serve(now: datetime | None = None) -> Iterator[str]:
    """Serve the demo site on a free port of 127.0.0.1 until the block ends.

    Args:
        now: the moment (aware) before which the stories are placed; default is the clock's. The
            site is rendered once, so that a second round of polling meets 304s.

    Yields:
        the address of the site, without a slash at its end.
    """
    now = now or datetime.now(UTC)
    server = _Server(("127.0.0.1", 0), _Handler)
    base_url = f"http://127.0.0.1:{server.server_port}"
    server.resources = render_site(load_outlets(now), base_url, now)
    server.missing = missing(now)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="demo-site", daemon=True
    )
    thread.start()
    try:
        yield base_url
    finally:
        server.shutdown()
        thread.join()
        server.close_connections()
        server.server_close()


class _Server(ThreadingHTTPServer):
    # Handler threads are joined on close, so no socket outlives the block.
    daemon_threads = False
    resources: Mapping[str, Resource]
    missing: Resource

    def __init__(self, *arguments: Any) -> None:
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(*arguments)

    def find(self, target: str) -> Resource:
        """Look a request target up; a query that names no article is ignored."""
        return self.resources.get(target) or self.resources.get(
            target.partition("?")[0], self.missing
        )

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Wake the handlers that wait on a kept-alive connection."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report faults of our own; a reader may hang up in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        resource = self.server.find(self.path)
        if resource.delay:
            time.sleep(resource.delay)
        if resource.status == 200 and self._is_fresh(resource):
            self._start(304, resource)
            self.end_headers()
            return
        body = resource.body
        zipped = "gzip" in self.headers.get("Accept-Encoding", "")
        if zipped:
            body = gzip.compress(body, compresslevel=6, mtime=0)
        self._start(resource.status, resource)
        self.send_header("Content-Type", resource.media_type)
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the program that is shown."""

    def _start(self, status: int, resource: Resource) -> None:
        self.send_response(status)
        self.send_header("Vary", "Accept-Encoding")
        if resource.status == 200:
            self.send_header("ETag", resource.etag)
            self.send_header("Last-Modified", http_date(resource.modified))

    def _is_fresh(self, resource: Resource) -> bool:
        known = self.headers.get("If-None-Match")
        if known is not None:
            tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
            return "*" in tags or resource.etag.removeprefix("W/") in tags
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:
            return False
        return resource.modified.replace(microsecond=0) <= since
