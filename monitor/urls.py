"""Urls: reading and completing them, and what of them people may see.

Everything that takes a url apart does so here, since `urlsplit` raises on some of what feeds and
pages hold ("http://[1", a port of 99999) and says nothing about much that cannot be asked for.
`split` never raises; `absolute` gives an http(s) url with a host or nothing. `url_keys` compares.

A host in letters beyond ASCII and its xn--… are one.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from monitor import host_names
from monitor.text import clean

LONGEST = 4_000  # characters of a url we take; Google News needs some 600
WEB = frozenset({"http", "https"})
PORTS = {"http": 80, "https": 443}  # where a url names none
NOTHING = SplitResult("", "", "", "", "")
# A url that leaves nothing to doubt; nearly all are, and this takes a quarter of `urlsplit`'s time.
_PLAIN = re.compile(
    r"(https?)://([A-Za-z0-9][A-Za-z0-9.-]*+(?::[1-5]?[0-9]{1,4})?)"
    r"(/[!-\"$->@-~]*+)?(?:\?([!-\"$-~]*+))?(?:#([!-~]*+))?"
)
# Templates leave "http:///path" behind.
_SLASHES = re.compile(r"^(https?:)/{3,}", re.I)
_LINE_BREAK = re.compile(r"(?<![ \t])[ \t]*+[\r\n]\s*+")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


@lru_cache(256)  # whoever compares an item's urls asks for each several times in a row
def split(url: str) -> SplitResult:
    """Split a url into its parts; five empty ones when it cannot be one (RFC 3986)."""
    if plain := _PLAIN.fullmatch(url):
        return SplitResult(*plain.groups(""))
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018  # raises for what is no port
    except ValueError:
        return NOTHING
    return parts


@lru_cache(256)  # the urls of a feed share theirs
def host_and_port(place: str) -> tuple[str, int | None]:
    """Return host, in lower case, and port of what stands for them in a url that was split."""
    parts = SplitResult("", place, "", "", "")
    return host_names.on_the_wire(parts.hostname or ""), parts.port


def join(base: str, reference: str) -> str:
    """Return `reference` as seen from `base` (RFC 3986 section 5), "" when that makes no url."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return ""


def absolute(reference: str, base: str = "") -> str:
    """Return `reference` as an absolute http(s) url with a host, "" when it is none.

    White space is treated as the browsers do (WHATWG URL): gone at the ends and at line breaks,
    %20 elsewhere. The rest of the words stay as they were written.

    Args:
        reference: as it stood in a feed or page.
        base: absolute url that a relative reference starts from.
    """
    wanted = reference.strip()
    if len(wanted) > LONGEST:
        return ""
    if " " in wanted or not wanted.isprintable():
        wanted = clean(_LINE_BREAK.sub("", wanted))
        wanted = _SPACE.sub(" ", wanted).strip().replace(" ", "%20")
    if not wanted:
        return ""
    if ":///" in wanted:
        wanted = _SLASHES.sub(r"\1//", wanted)
    found = wanted if wanted.startswith(("http://", "https://")) else join(base, wanted)
    return found if is_web(found) else ""


def is_web(url: str) -> bool:
    """Tell whether `url` is http or https, with a host and a port that can be."""
    parts = split(url)
    if parts.scheme not in WEB:
        return False
    name, port = host_and_port(parts.netloc)
    return bool(name) and port != 0


def host(url: str) -> str:
    """Return the host of a url as people write it, "" if there is none.

    Lower case, no port, no brackets, no closing dot, and letters in place of xn--….
    """
    return host_names.in_letters((split(url).hostname or "").rstrip("."))


def bare_host(url: str) -> str:
    """Return the host of a url as people say it, without "www." or "m."; "" if none."""
    return host(url).removeprefix("www.").removeprefix("m.")
