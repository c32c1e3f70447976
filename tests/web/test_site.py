"""The loopback site itself, so that no other test need ask whose fault it is."""

import http.client
import ssl
import threading

import pytest

from tests.site import CERTIFICATE, Answer, Asked, Site, conditional
from tests.waiting import PATIENCE


def get(site: Site, path: str, **headers: str) -> tuple[int, bytes]:
    """One plain GET with the standard library."""
    if site.tls:
        trust = ssl.create_default_context(cafile=str(CERTIFICATE))
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            site.host, site.port, timeout=PATIENCE, context=trust
        )
    else:
        connection = http.client.HTTPConnection(site.host, site.port, timeout=PATIENCE)
    try:
        connection.request(
            "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("tls", [False, True])
def test_answers_by_path_and_records_what_was_asked(tls: bool) -> None:
    """Routes answer by path with or without query, and each request is kept."""
    with Site(tls=tls) as site:
        site.at("/a", Answer(body=b"one"))
        site.at("/b", lambda asked: Answer(201, asked.headers["x-word"].encode()))
        assert get(site, "/a?q=1") == (200, b"one")
        assert get(site, "/b", X_Word="two") == (201, b"two")
        assert get(site, "/c") == (404, b"")
        assert site.paths() == ["/a?q=1", "/b", "/c"]


def test_sends_pieces_as_they_come_and_raw_bytes() -> None:
    """An iterable body is sent piece by piece; raw bytes stand for the whole response."""
    with Site() as site:
        site.at("/pieces", Answer(body=iter([b"a", b"b"])))
        site.at("/raw", Answer(raw=b"HTTP/1.1 299 Odd\r\nContent-Length: 1\r\n\r\nx"))
        assert get(site, "/pieces") == (200, b"ab")
        assert get(site, "/raw") == (299, b"x")


def test_closes_while_connections_hang() -> None:
    """Leaving the site ends connections that were never answered, and resets are resets."""
    with Site() as site:
        arrived = threading.Event()

        def never(asked: Asked) -> Answer:
            arrived.set()
            return Answer(silent=True)

        site.at("/never", never)
        site.at("/reset", Answer(reset=True))
        with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
            get(site, "/reset")
        hung: list[BaseException] = []

        def ask() -> None:
            try:
                get(site, "/never")
            except OSError as error:
                hung.append(error)

        client = threading.Thread(target=ask)
        client.start()
        assert arrived.wait(PATIENCE)
    client.join(PATIENCE)
    assert hung


def test_static_file_answers_304_to_its_etag() -> None:
    """A conditional route answers 304 to its own ETag only."""
    with Site() as site:
        site.at("/feed", conditional(b"<rss/>", '"v1"'))
        assert get(site, "/feed") == (200, b"<rss/>")
        assert get(site, "/feed", If_None_Match='"v1"') == (304, b"")
        assert get(site, "/feed", If_None_Match='"v0"')[0] == 200
