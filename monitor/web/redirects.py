"""Redirects: where to go next, or why not, decided from values alone.

At most twenty hops, as browsers follow (Fetch, 4.4). An url that was asked before is asked again
once, and only when the cookies have changed since: that is how cookie gates work (miniflux#1512,
FreshRSS#3435), and all else would go round for ever. A target that is no http(s) url is not
followed.
"""

from msgspec import Struct

from monitor.errors import BadRedirect, Refused
from monitor.web.weburl import WebUrl, resolve

MAX_HOPS = 20
STATUSES = frozenset((301, 302, 303, 307, 308))


class Trail(Struct, frozen=True):
    """The way so far."""

    hops: tuple[tuple[int, str], ...] = ()  # (status, target) in order
    asked: tuple[tuple[str, str], ...] = ()  # (url, cookies it was asked with)


def follow(
    trail: Trail, url: WebUrl, status: int, location: str, *, sent: str, cookies: str
) -> tuple[Trail, WebUrl]:
    """The trail and url after a redirect found at `url`.

    Args:
        trail: the way to `url`.
        url: what answered.
        status: one of `STATUSES`.
        location: its Location header, bytes as Latin-1.
        sent: the cookies that `url` was asked with, in any form that can be compared.
        cookies: those that the next request would send.

    Raises:
        BadRedirect: no way on.
    """
    if len(trail.hops) == MAX_HOPS:
        raise BadRedirect(f"more than {MAX_HOPS} redirects, the last one at {url}")
    try:
        target = resolve(url, _text(location))
    except Refused as fault:
        raise BadRedirect(f"{url} redirects to what cannot be asked: {fault}") from None
    all_asked = (*trail.asked, (url.text, sent))
    before = [cookie for asked, cookie in all_asked if asked == target.text]
    if len(before) > 1 or (before and before[0] == cookies):
        raise BadRedirect(f"redirects go round in a circle at {target}")
    return Trail((*trail.hops, (status, target.text)), all_asked), target


def _text(location: str) -> str:
    # It ought to be ASCII, but Korean and Chinese servers send a path as it stands, in UTF-8 or in
    # a coding of their own, whose bytes they want back.
    raw = location.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)
