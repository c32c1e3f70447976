"""A small scriptable web site on loopback, for tests that want real HTTP.

    with Site() as site:
        site.at("/feed.xml", Answer(body=b"<rss/>", headers={"ETag": '"1"'}))
        site.at("/moved", lambda asked: Answer(301, headers={"Location": site.url("/feed.xml")}))
        ...fetch site.url("/feed.xml")...
        assert site.asked[0].headers["if-none-match"] == '"1"'

* A route is an `Answer` or a callable `(Asked) -> Answer`, found by its exact path, first with the
  query and then without; what has no route is answered 404. Routes may change while it runs.
* Every request is kept in `site.asked`, in the order it came in.
* A callable runs in the thread of its connection, so it may wait, for instance on a
  `threading.Event` of the test. Never wait without also watching `site.closing`.
* `Answer.body` may be an iterable of bytes: each piece is sent as it comes, without a
  Content-Length, and the connection is closed at the end. An iterable that waits is a slow server.
* `Answer(raw=...)` sends those bytes in place of a status line and headers, then closes.
* `Answer(silent=True)` accepts and never answers; `Answer(reset=True)` resets the connection.
* `Site(host="127.0.0.2")` is another host (all of 127.0.0.0/8 is loopback on Linux; elsewhere only
  127.0.0.1 may be there).
* `Site(tls=True)` speaks HTTPS with the certificate in `tests/web/localhost.pem`, self-signed for
  127.0.0.1, localhost and news.example: refused unless SSL_CERT_FILE names that file.
"""

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

CERTIFICATE = Path(__file__).parent / "web" / "localhost.pem"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in; `at` is from `time.monotonic`."""

    method: str
    path: str  # with its query
    headers: Mapping[str, str]  # lower-case names
    body: bytes = b""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back; see the module's docstring for the odd ones."""

    status: int = 200
    body: bytes | Iterable[bytes] = b""
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = field(default_factory=dict)
    raw: bytes = b""
    silent: bool = False
    reset: bool = False


Route = Answer | Callable[[Asked], Answer]


def conditional(body: bytes, etag: str, content_type: str = "application/rss+xml") -> Route:
    """A well-behaved static file: 304 for its ETag, gzip for those who accept it."""

    def answer(asked: Asked) -> Answer:
        headers = {"ETag": etag, "Content-Type": content_type}
        if asked.headers.get("if-none-match") == etag:
            return Answer(304, headers=headers)
        if "gzip" in asked.headers.get("accept-encoding", ""):
            return Answer(200, gzip.compress(body), headers | {"Content-Encoding": "gzip"})
        return Answer(200, body, headers)

    return answer


class Site:
    """The running site; a context manager. Attributes: `asked`, `closing`, `host`, `port`."""

    def __init__(self, host: str = "127.0.0.1", *, port: int = 0, tls: bool = False) -> None:
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self.routes: dict[str, Route] = {}
        self.connections: set[socket.socket] = set()
        self.tls: ssl.SSLContext | None = None
        if tls:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(CERTIFICATE)
        self._server = _Server((host, port), self)
        self.host, self.port = host, self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def url(self, path: str = "/") -> str:
        """The absolute address of a path on this site."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{path}"

    def at(self, path: str, route: Route) -> None:
        """Answer requests for `path` with `route` from now on."""
        self.routes[path] = route

    def paths(self) -> list[str]:
        """The paths asked for so far, in order."""
        return [asked.path for asked in self.asked]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.closing.set()
        self._server.shutdown()
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()  # joins the threads of the connections
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site = site
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def process_request_thread(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        connection = request
        self.site.connections.add(connection)
        # A client that goes away, or refuses our certificate, is not the site's fault.
        with contextlib.suppress(OSError):
            if self.site.tls:
                connection = self.site.tls.wrap_socket(request, server_side=True)
                self.site.connections.add(connection)
            _Handler(connection, client_address, self)
        self.site.connections -= {connection, request}
        self.shutdown_request(connection)
        request.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        length = int(self.headers.get("content-length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length)
        asked = Asked(self.command, self.path, headers, body, time.monotonic())
        site.asked.append(asked)
        route = site.routes.get(self.path) or site.routes.get(self.path.partition("?")[0])
        answer = route(asked) if callable(route) else (route or Answer(404))
        if answer.silent:
            self.close_connection = True
            while not site.closing.is_set() and self.connection.recv(1024):
                pass
        elif answer.reset:
            self.close_connection = True
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        elif answer.raw:
            self.close_connection = True
            self.wfile.write(answer.raw)
        else:
            self.send(answer)

    do_POST = do_PUT = do_HEAD = do_GET

    def send(self, answer: Answer) -> None:
        headers = answer.headers
        self.send_response_only(answer.status)
        for name, value in headers.items() if isinstance(headers, Mapping) else headers:
            self.send_header(name, value)
        if isinstance(answer.body, bytes):
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
            return
        self.send_header("Connection", "close")
        self.close_connection = True
        self.end_headers()
        for piece in answer.body:
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: `asked` has it all."""
