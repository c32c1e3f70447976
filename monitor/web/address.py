"""Addresses: what a URL says, in the form that goes on the wire, and in the form people may see.

Only http and https with a host are addresses to us; everything else is refused by name. A host is
kept lower-case and in ASCII (IDNA), a path percent-encoded as it stands: what is encoded already is
not encoded again. User and password are taken out of the address here and travel only as an
Authorization header to the same scheme, host and port; they are in no message, log or result.
"""

from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from monitor.errors import Refused

_PORTS = {"http": 80, "https": 443}
_SAFE = "!$%&'()*+,/:;=?@[]~|"


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address, ready to be asked for."""

    scheme: str
    host: str  # ASCII, lower-case; IPv6 without brackets
    port: int
    path: str  # with query, ASCII, starts with "/"
    authorization: str = ""  # value of an Authorization header

    @property
    def authority(self) -> str:
        """Value of the Host header (RFC 9110 section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: the scope of a robots.txt and of an Authorization header."""
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        """The address as text, without user and password."""
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(url: str) -> Address:
    """Read an absolute address.

    Raises:
        Refused: not http or https, no host, or a port or host that cannot be.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError as fault:  # a bracket or port that cannot be, or no IDNA name
        raise Refused(f"not an address: {redact(url)} ({fault})", address=redact(url)) from None
    if scheme not in _PORTS:
        raise Refused(
            f"only http and https are read, not {redact(url)!r}; write the whole address",
            address=redact(url),
        )
    if not host or port == 0 or not all("!" <= sign <= "~" for sign in host):
        raise Refused(f"no host in {redact(url)!r}", address=redact(url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    authorization = ""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = "Basic " + b64encode(pair.encode()).decode("ascii")
    return Address(scheme, host, port or _PORTS[scheme], quote(path, safe=_SAFE), authorization)


def resolve(base: Address, reference: str) -> Address:
    """Read a Location header found at `base`; credentials stay with their own origin.

    Raises:
        Refused: as `parse`.
    """
    found = parse(urljoin(base.url, reference))
    if base.authorization and not found.authorization and found.origin == base.origin:
        return Address(found.scheme, found.host, found.port, found.path, base.authorization)
    return found


def redact(url: str) -> str:
    """The address as people and logs may see it: user and password replaced by ``***``."""
    if "@" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url[: url.find("//") + 2] + "***" + url[url.rfind("@") :]
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"***@{host}")) if at and user else url
