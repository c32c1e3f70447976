"""Urls for comparing: what of them names a page, an item of a feed, or a feed.

Between two polls a site flips http and https, www and bare host, adds campaign parameters and a
slash. `canonical` undoes what is safe to undo everywhere and still gives a url that can be opened.
`item_key` goes further, for comparing only, inside one feed: scheme gone, and of the host only the
registered name when the path is so specific that it names an item by itself.

Only known tracking parameters are removed: the rest of a query often is the article's number
(mofa.go.kr `seq`, koreatimes `idxno`). Google News urls are opaque since July 2024: they do not
hold the publisher's url and change from day to day, so they have no key.

A host in letters beyond ASCII and its xn--… are one: what is compared holds the latter.
"""

import re
from functools import lru_cache
from string import punctuation
from urllib.parse import SplitResult, quote, urlunsplit

from monitor.urls import NOTHING, PORTS, WEB, host_and_port, split

_SLASHES_WITHIN = re.compile(r"/{2,}")
_INDEX_ENDS = ("/", "/index.html", "/index.htm")
_INDEX = re.compile(r"/(?:index\.html?)?\Z")
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d|bbc_team|link_\w+|format|ptr_\w+)|fbclid|gclid|dclid|"
    r"gbraid|wbraid|msclkid|mc_[ce]id|igshid|yclid|twclid|ttclid|_hs(?:enc|mi)|vero_id|oly_\w+_id|"
    r"wt_?mc\w*|wt\.mc_id|maca|ncid|ocid|cmpid|cmp|smid|partner|feature|ref_?src|ref_url|"
    r"ito|ns_(?:mchannel|source|campaign|linkname|fee)|xtor|rss|feedtype|feedname|"
    r"source|src|from|ref|sref|mod|output)\Z",
    re.I,
)
# Names above that carry an article's number on some sites count as tracking only with such values.
_AMBIGUOUS = frozenset(
    {"source", "src", "from", "ref", "sref", "mod", "rss", "partner", "output", "feature", "cmp"}
)
_AMBIGUOUS_VALUES = re.compile(
    r"(?:rss\w*|feed\w*|atom|xml|twitter|facebook|newsletter|e?mail|home(?:page)?|share|1|true)?\Z",
    re.I,
)
# In the url of a feed these choose what is in it ("board.do?rss=1" beside the page itself).
_CHOOSING = frozenset({"rss", "feedtype", "feedname", "output", "mod"})
_MINOR_LABEL = re.compile(r"^(?:www\d?|m|mobile|amp|rss|feeds?)\.(?=[^.]+\.)")
_SECOND_LEVELS = frozenset({"co", "or", "go", "ac", "re", "ne", "com", "net", "org", "gov", "edu"})
_SECTION_HINTS = frozenset({"section", "sec", "site"})  # Yonhap's ?section=, said of the way in
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"(?<!\d)(\d{7,18})(?!\d)")
_DATE_NUMBER = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)(?:\d{2}|\d{4}|\d{6})?\Z")


def canonical(url: str) -> str:
    """Return `url` without fragment, default port and known tracking parameters, host as asked for.

    The result still opens the same page. "" stays "", and what is no http(s) url comes back as it
    is.
    """
    parts = _canonical(url)
    return urlunsplit(parts) if parts.netloc else url.strip()


def _canonical(url: str, kept: frozenset[str] = frozenset()) -> SplitResult:
    """Return the parts of `canonical`; of tracking parameters those named `kept` stay."""
    parts = split(url)
    scheme, (name, port) = parts.scheme, host_and_port(parts.netloc)
    name = name.rstrip(".")
    if scheme not in WEB or not name:
        return NOTHING
    if ":" in name:
        name = f"[{name}]"
    if port is not None and port != PORTS[scheme]:
        name = f"{name}:{port}"
    query = parts.query
    if query:
        pairs = [pair for pair in query.split("&") if pair]
        query = "&".join([pair for pair in pairs if not _is_tracking(pair) or _name(pair) in kept])
    # "#!/…" urls of single-page sites name the article in the fragment.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return SplitResult(scheme, name, parts.path or "/", query, fragment)


def _name(pair: str) -> str:
    return pair.partition("=")[0].lower()


@lru_cache(256)
def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if not _TRACKING.match(name):
        return False
    return name.lower() not in _AMBIGUOUS or bool(_AMBIGUOUS_VALUES.match(value))


def feed_key(url: str) -> str:
    """Return what of a feed's url tells it from other feeds; for comparing only.

    Equal for http and https, with and without "www.", a closing slash, a fragment and tracking
    parameters (but those that choose a feed), for both forms of a host, and whether a sign stands
    as it is or percent-encoded.
    """
    parts = _canonical(url, _CHOOSING)
    if not parts.netloc:
        return url.strip()
    path, query = (quote(_ENCODED.sub(_decoded, one), punctuation) for one in parts[2:4])
    return f"{parts.netloc.removeprefix('www.')}{path.rstrip('/')}?{query}"


def _decoded(encoded: re.Match[str]) -> str:
    sign = chr(int(encoded[1], 16))
    plain = sign.isascii() and (sign.isalnum() or sign in "-._~")  # RFC 3986, 6.2.2.2
    return sign if plain else encoded[0].upper()


def is_opaque(url: str) -> bool:
    """Tell whether `url` is a Google News redirect that says nothing about the page behind it."""
    if "/articles/" not in url:  # as for nearly all, and cheaper than to take them apart
        return False
    parts = split(url)
    return parts.hostname == "news.google.com" and "/articles/" in parts.path


def item_key(url: str) -> str:
    """Return what of `url` names the item inside one feed, "" when nothing does.

    Equal for http and https, for www, m and amp hosts, with and without a closing slash; for long
    paths also for any host of the same registered name.
    """
    if not url or is_opaque(url):
        return ""
    parts = _canonical(url)
    if not parts.netloc:
        parts = split(url)
        if parts.scheme not in WEB:
            return url.strip()
    if (parts.fragment or parts.query or parts.path)[-1:].isspace():  # a fragment came after it
        parts = split(urlunsplit(parts))
    place, registered = _places(parts.netloc)
    path = _SLASHES_WITHIN.sub("/", parts.path) if "//" in parts.path else parts.path
    if path.endswith(_INDEX_ENDS):
        path = _INDEX.sub("", path)
    query = parts.query
    if query:
        pairs = [p for p in query.split("&") if p.partition("=")[0] not in _SECTION_HINTS]
        query = "&".join(pairs)
    if _names_an_item(path, query):
        place = registered
    asked, within = f"?{query}" if query else "", f"#{parts.fragment}" if parts.fragment else ""
    return place + path + asked + within


@lru_cache(256)
def _places(host: str) -> tuple[str, str]:
    """Return a host without "www." and the like, and the part of it that its owner registered."""
    bare = _MINOR_LABEL.sub("", host)
    return bare, registered_name(bare)


def _names_an_item(path: str, query: str) -> bool:
    last = path.rsplit("/", 1)[-1]
    return not query and len(path) >= 16 and (last.count("-") >= 2 or bool(_NUMBER.search(path)))


def registered_name(host: str) -> str:
    """Return the part of a host name that its owner registered: yna.co.kr for en.yna.co.kr.

    A short rule instead of the public-suffix list: it is only used to compare two urls that agree
    in everything else.
    """
    labels = host.split(".")
    if len(labels) <= 2 or labels[-1].isdigit() or ":" in host:
        return host
    wide = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS else 2
    return ".".join(labels[-wide:])


def item_number(url: str) -> str:
    """Return the site's own number of an item whose slug may change with the headline, "" if none.

    "…/north-korea-fires-missile-1234567" gives "host/1234567". Dates are no numbers: many items
    share one.
    """
    if not _NUMBER.search(url) or is_opaque(url):
        return ""
    parts = split(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    numbers = [number for number in _NUMBER.findall(last) if not _DATE_NUMBER.match(number)]
    if len(numbers) != 1 or not re.search(r"[^\W\d_]{2}-", last + "-"):
        return ""
    return f"{registered_name(host_and_port(parts.netloc)[0])}/{numbers[0]}"
