"""A user and password inside a url ("https://desk:secret@host/…"): what people see of such a one.

Some paid feeds give them in the links of their entries. By them a page is asked for, each time; no
reader, file or log gets them.
"""

from urllib.parse import urlsplit, urlunsplit

from monitor import host_names
from monitor.urls import PORTS, split


def redact(url: str) -> str:
    """Return a url as people and logs may see it: user and password replaced by ``***``."""
    if "@" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return "***" + url[url.rfind("@") :]
    user, at, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"***@{place}")) if at and user else url


def without_login(url: str) -> str:
    """Return a url as readers get it: it opens the same page, for who has a login of their own."""
    return redact(url).replace("***@", "", 1) if "@" in url else url


def with_login(url: str, of: str) -> str:
    """Return a url with the user and password of another.

    It comes back as it is where it has some of its own, and where the two are of different origins:
    what one site is told goes to no other.
    """
    login, at, _ = split(of).netloc.rpartition("@")
    if not at or "@" in (place := split(url).netloc) or _origin(url) != _origin(of):
        return url
    return urlunsplit(split(url)._replace(netloc=f"{login}@{place}"))


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = split(url)
    host = host_names.on_the_wire(parts.hostname or "")
    return parts.scheme, host, parts.port or PORTS.get(parts.scheme)
