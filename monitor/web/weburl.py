"""A url as it goes on the wire.

Only http and https with a host can be asked for; everything else is refused by name. Reading urls
here (IDNA, percent-encoding, relative references) is httpx's. User and password are taken out of
the url and travel only as an Authorization header to the same scheme, host and port; they
are in no message, log or result.
"""

import re
from base64 import b64encode
from functools import lru_cache

import httpx
from msgspec import Struct
from msgspec.structs import replace

from monitor.errors import Refused
from monitor.url_logins import redact
from monitor.urls import PORTS

_HOST = re.compile(rb"[a-z0-9._:-]+")
_LONGEST_LOGIN = 8000  # bytes; servers take no header that is much longer


class WebUrl(Struct, frozen=True):
    """An http or https url, ready to be asked for."""

    url: httpx.URL  # without user and password
    authorization: str  # value of an Authorization header, "" for none
    host: str  # lower-case ASCII without a closing dot; IPv6 without brackets
    text: str  # the url, ASCII

    @property
    def path(self) -> str:
        """Path and query, ASCII."""
        return self.url.raw_path.decode("ascii")

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: the scope of a robots.txt and of an Authorization header."""
        return self.url.scheme, self.host, self.url.port or PORTS[self.url.scheme]

    def __str__(self) -> str:
        return self.text


@lru_cache(1024)  # feeds are asked for again and again, and reading a url is a tenth of a poll
def parse(url: str) -> WebUrl:
    """Read an absolute url.

    Raises:
        Refused: not http or https, no host, or something that cannot stand in a URL.
    """
    return _checked(url, url.strip(), None)


def host_or_none(url: str) -> str | None:
    """Return the host that a url is asked at, as the queue of hosts names it.

    None for a url that cannot be asked for.
    """
    try:
        return parse(url).host
    except Refused:
        return None


def resolve(base: WebUrl, reference: str) -> WebUrl:
    """Read a Location header found at `base`; credentials stay with their own origin.

    Raises:
        Refused: as `parse`.
    """
    found = _checked(reference, reference.strip(), base.url)
    if base.authorization and not found.authorization and found.origin == base.origin:
        return replace(found, authorization=base.authorization)
    return found


def _checked(shown: str, text: str, base: httpx.URL | None) -> WebUrl:
    try:
        url = httpx.URL(text) if base is None else base.join(text)
        host = url.raw_host.rstrip(b".")
    except (httpx.InvalidURL, ValueError) as fault:
        raise Refused(f"not a url: {redact(shown)!r} ({fault})") from None
    if url.scheme not in PORTS:
        raise Refused(f"only http and https are read, not {redact(shown)!r}")
    if not _HOST.fullmatch(host) or url.port == 0 or (url.port or 1) > 65_535:
        raise Refused(f"no host, or none that can be, in {redact(shown)!r}")
    if len(url.userinfo) > _LONGEST_LOGIN:
        raise Refused(f"a login of more than {_LONGEST_LOGIN} bytes in {redact(shown)!r}")
    authorization = ""
    if url.userinfo:
        pair = f"{url.username}:{url.password}"
        authorization = "Basic " + b64encode(pair.encode()).decode("ascii")
        url = url.copy_with(userinfo=b"")
    netloc, path = url.netloc.decode("ascii"), url.raw_path.decode("ascii")
    return WebUrl(url, authorization, host.decode("ascii"), f"{url.scheme}://{netloc}{path}")
