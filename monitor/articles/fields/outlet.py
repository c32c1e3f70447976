"""The outlet's own name, and which words are such a name.

Title, authors and source all need it: a site name glued to the headline must go, a house name in
the author field is no person. The names known of a page are those it gives itself (og:site_name,
publisher) and the labels of its host.
"""

import re
from collections.abc import Iterator

from monitor import urls
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head
from monitor.text import letters, one_line

_AROUND = re.compile(
    r"\([^()]*\)|©|\b(?:19|20)\d\d\b|copyright|all rights.*|[版著](?:权|權).*|保留.*", re.IGNORECASE
)
# A part of a title tag that names the site rather than a section.
SITE_NAME = re.compile(
    r"(?:网|網|新闻|新聞|ニュース|뉴스|닷컴|日报|日報|时报|時報|電子報|通信|통신|デジタル|オンライン|ドットコム|일보|신문|社|agency|news|times|post|herald|\.\w{2,3})$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(?<!\s)\s*+(?:(?<=\s)[-–—·]|[|｜_])\s*+|-{2,}")
_LONGER = 2  # times as long as the site's name a headline beside it is at least
_SHORTEST_NAME = 4  # letters of an office's name in a title
_MOST_NAMES = 4  # times as long as that its whole name is at most
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}", re.IGNORECASE)
_ORIGIN = re.compile(r"^(?:来源|來源|出处|출처|Source)\s*[:：]\s*")
_WEB_LABELS = frozenset(
    {"www", "m", "mobile", "amp", "news", "com", "net", "org", "co", "or", "ne", "go", "gov", "edu"}
)


def source_name(head: Head) -> str:
    """Return the outlet's name as the page gives it, its host, or "" where that is a number.

    A site that names itself by its host is asked for a better name elsewhere on the page.
    """
    hosts: list[str] = []
    for name in _source_names(head):
        if 1 < len(name) <= 60 and not name.startswith(("http", "@")):
            name = name.removeprefix("www.")
            if not _HOST.fullmatch(name):
                return name
            hosts.append(name)
    host = urls.bare_host(head.url or head.canonical)
    named = _ORIGIN.sub("", head.first("source", "article:source"))[:60]
    bare = host.replace(".", "").replace(":", "")
    numeric = bare.isascii() and bare.isalnum() and not _HOST.fullmatch(host)
    return next(iter(hosts), "") or ("" if numeric else host) or named


def _source_names(head: Head) -> Iterator[str]:
    """Yield what may be the outlet's name, best first."""
    # A publisher is often the company ("Axel Springer SE"); the site's name is what readers know.
    yield head.first("og:site_name", "application-name", "apple-mobile-web-app-title")
    publisher = next(jsonld.objects(head.article.get("publisher")), None)
    if publisher:
        yield one_line(jsonld.text(jsonld.resolve(publisher, head.nodes).get("name")))
    # Chinese public bodies name their site so (their guideline for government websites, 2017).
    yield head.first("dc.publisher", "publisher", "sitename")
    for node in head.nodes:
        if {"NewsMediaOrganization", "WebSite"} & set(jsonld.kinds(node)):
            yield one_line(jsonld.text(node.get("name")))
    parts = _PARTS.split(head.title_tag)
    last = parts[-1].strip()
    labels = urls.bare_host(head.url or head.canonical).split(".")
    own = any(len(label) > 3 and letters(last) == letters(label) for label in labels)
    if len(parts) > 1 and len(last) <= 30 and (own or SITE_NAME.search(last)):
        yield last


def is_part_of_title(heading: str, head: Head) -> bool:
    """Tell whether a heading is the site's name: a short part of the title beside a long one.

    East Asian offices set their whole name, and the most of it at the end of the title.
    """
    if head.first("og:title"):
        return False
    *others, last = (letters(part) for part in _PARTS.split(head.title_tag))
    key = letters(heading)
    if key in (*others, last):
        return max(map(len, (*others, last))) > _LONGER * len(key)
    office = len(last) >= _SHORTEST_NAME and not last.isascii() and key.endswith(last)
    return (
        office
        and len(key) < _MOST_NAMES * len(last)
        and bool(others)
        and not any(one in key or key in one for one in others if one)
    )


class HouseNames:
    """The folded names a page's outlet goes by."""

    __slots__ = ("_known", "_labels", "_learned", "_names")

    def __init__(self, head: Head) -> None:
        self._known: dict[str, bool] = {}
        self._learned: set[str] = set()
        self._names = {name for raw in _names(head) if len(name := letters(raw)) >= 2}
        host = urls.bare_host(head.url or head.canonical)
        self._labels = {
            letters(label)
            for label in host.split(".")
            if len(label) > 1 and label not in _WEB_LABELS
        }

    def learn(self, name: str) -> None:
        """Take in a name by which the outlet calls itself elsewhere on the page."""
        self._names.add(letters(name))
        self._learned.add(letters(name))
        self._known.clear()

    def signs(self, words: str) -> bool:
        """Tell whether `words` are the outlet's name as it signs, and no account of its own."""
        return self.is_house(words) and letters(words) not in self._learned

    def is_name(self, words: str) -> bool:
        """Tell whether `words` are one of the outlet's names, no more and no less."""
        folded = letters(words)
        return folded in self._names or folded in self._labels

    def is_held_in(self, words: str) -> bool:
        """Tell whether `words` hold one of the outlet's names whole, with a little around it."""
        folded = letters(words)
        whole = any(name in folded for name in (*self._names, *self._labels))
        return whole and self.is_house(words)

    def is_house(self, words: str) -> bool:
        """Tell whether `words` are the outlet's name, or the name with a little around it."""
        folded = letters(words)
        if folded not in self._known:
            self._known[folded] = bool(folded) and self._judge(folded)
        return self._known[folded]

    def _judge(self, folded: str) -> bool:
        if folded in self._names or folded in self._labels:
            return True
        # Twelve Latin letters are a word or two, twelve Han or Hangul ones a headline.
        around = 12 if folded.isascii() else 5
        if any(
            len(name) >= 3 and name in folded and len(folded) <= len(name) + around
            for name in self._names
        ):
            return True
        if any(
            len(folded) >= (4 if folded.isascii() else 3) and folded in name for name in self._names
        ):
            return True
        return any(
            len(label) >= 3
            and (folded.startswith(label) or label.startswith(folded) or folded.endswith(label))
            and len(folded) <= len(label) + 10
            for label in self._labels
        )


def _names(head: Head) -> Iterator[str]:
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site"):
        yield from head.contents(name)
    for name in ("publisher", "dc.publisher", "copyright"):
        for content in head.contents(name):
            yield _AROUND.sub("", content[:80])
    for node in head.nodes:
        for publisher in jsonld.objects(node.get("publisher")):
            yield jsonld.text(publisher.get("name"))
        if {"Organization", "NewsMediaOrganization", "WebSite"} & set(jsonld.kinds(node)):
            yield jsonld.text(node.get("name"))
            yield from jsonld.texts(node.get("alternateName"))
