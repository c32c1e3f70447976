"""Addresses of stories: what may differ between two addresses of the same page.

Between two polls a site flips http and https, www and bare host, adds campaign parameters and a
slash. `canonical_url` undoes what is safe to undo everywhere and still gives an address that can be
opened. `key` goes further, for comparing only, inside one feed: scheme gone, and of the host only
the registered name when the path is so specific that it names a story by itself.

Only known tracking parameters are removed: the rest of a query often is the article's number
(mofa.go.kr `seq`, koreatimes `idxno`). Google News addresses are opaque since July 2024: they do
not hold the publisher's address and change from day to day, so they have no key.
"""

import re
from urllib.parse import urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d|bbc_team|link_\w+|format|ptr_\w+)|fbclid|gclid|dclid|"
    r"gbraid|wbraid|msclkid|mc_[ce]id|igshid|yclid|twclid|ttclid|_hs(?:enc|mi)|vero_id|oly_\w+_id|"
    r"wt_?mc\w*|wt\.mc_id|maca|ncid|ocid|cmpid|cmp|smid|partner|feature|ref_?src|ref_url|"
    r"ito|ns_(?:mchannel|source|campaign|linkname|fee)|xtor|rss|feedtype|feedname|"
    r"source|src|from|ref|sref|mod|output)\Z",
    re.I,
)
# Names above that carry a story's number on some sites count as tracking only with such values.
_AMBIGUOUS = frozenset(
    {"source", "src", "from", "ref", "sref", "mod", "rss", "partner", "output", "feature", "cmp"}
)
_AMBIGUOUS_VALUES = re.compile(
    r"(?:rss\w*|feed\w*|atom|xml|twitter|facebook|newsletter|e?mail|home(?:page)?|share|1|true)?\Z",
    re.I,
)
_MINOR_LABEL = re.compile(r"^(?:www\d?|m|mobile|amp|rss|feeds?)\.(?=[^.]+\.)")
_SECOND_LEVELS = frozenset({"co", "or", "go", "ac", "re", "ne", "com", "net", "org", "gov", "edu"})
_SECTION_HINTS = frozenset({"section", "sec", "site"})  # Yonhap's ?section=, said of the way in
_NUMBER = re.compile(r"(?<!\d)(\d{7,18})(?!\d)")
_DATE_NUMBER = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)(?:\d{2}|\d{4}|\d{6})?\Z")


def canonical_url(url: str) -> str:
    """Return `url` without fragment, default port and known tracking parameters, host lower case.

    The result still opens the same page. "" stays "", and what is no http(s) address comes back as
    it is.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in {"http", "https"} or not host:
        return url.strip()
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    # "#!/…" addresses of single-page sites name the story in the fragment.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((scheme, host, parts.path or "/", query, fragment))


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if not _TRACKING.match(name):
        return False
    return name.lower() not in _AMBIGUOUS or bool(_AMBIGUOUS_VALUES.match(value))


def is_opaque(url: str) -> bool:
    """Whether `url` is a Google News redirect that says nothing about the page behind it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.hostname == "news.google.com" and "/articles/" in parts.path


def key(url: str) -> str:
    """Return what of `url` names the story inside one feed, "" when nothing does.

    Equal for http and https, for www, m and amp hosts, with and without a closing slash; for long
    paths also for any host of the same registered name.
    """
    if not url or is_opaque(url):
        return ""
    plain = canonical_url(url)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return plain
    if parts.scheme not in {"http", "https"}:
        return plain
    host = _MINOR_LABEL.sub("", parts.netloc)
    path = re.sub(r"/(?:index\.html?)?\Z", "", re.sub(r"/{2,}", "/", parts.path))
    query = "&".join(
        pair for pair in parts.query.split("&") if pair.partition("=")[0] not in _SECTION_HINTS
    )
    if _names_a_story(path, query):
        host = registered_name(host)
    return urlunsplit(("", "", host + path, query, parts.fragment))


def _names_a_story(path: str, query: str) -> bool:
    last = path.rsplit("/", 1)[-1]
    return not query and len(path) >= 16 and (last.count("-") >= 2 or bool(_NUMBER.search(path)))


def registered_name(host: str) -> str:
    """The part of a host name that its owner registered: yna.co.kr for en.yna.co.kr.

    A short rule instead of the public-suffix list: it is only used to compare two addresses that
    agree in everything else.
    """
    labels = host.split(".")
    if len(labels) <= 2 or labels[-1].isdigit() or ":" in host:
        return host
    wide = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS else 2
    return ".".join(labels[-wide:])


def story_number(url: str) -> str:
    """The site's own number of a story whose slug may change with the headline, "" if none.

    "…/north-korea-fires-missile-1234567" gives "host/1234567". Dates are no numbers: many stories
    share one.
    """
    if is_opaque(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    numbers = [number for number in _NUMBER.findall(last) if not _DATE_NUMBER.match(number)]
    if len(numbers) != 1 or not re.search(r"[^\W\d_]{2,}-", last + "-"):
        return ""
    return f"{registered_name(parts.hostname or '')}/{numbers[0]}"
