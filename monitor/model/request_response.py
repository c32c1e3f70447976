"""What is asked of a web server, and what came back."""

from collections.abc import Mapping

from msgspec import Struct


class Request(Struct, frozen=True):
    """One GET."""

    url: str
    etag: str = ""  # sent verbatim as If-None-Match
    last_modified: str = ""  # sent verbatim as If-Modified-Since
    accept: str = "*/*"
    user_agent: str = ""  # "" = the client's own
    private: bool = False  # may resolve to a private or loopback address
    robots: bool = False  # ask robots.txt first
    cookies: str = ""  # JSON jar to start from
    max_bytes: int = 16 * 1024 * 1024  # decoded
    deadline: float = 30.0  # seconds for the whole response


class Response(Struct, frozen=True):
    """What came back; any status. `body` is decoded from its Content-Encoding."""

    status: int
    url: str  # after redirects
    headers: Mapping[str, str]  # lower-case names
    body: bytes = b""
    redirects: tuple[tuple[int, str], ...] = ()  # (status, target) in order
    cookies: str = ""  # JSON jar afterwards
    seconds: float = 0.0
