"""What a feed itself knows of a story, as an article, and how it fills in a page.

The page goes first: it was written to be read, a feed's item often is a teaser with another title.
The feed fills what the page lacks, and says more than the page only about the time: a clock where
the page had no more than a day, a zone where the page had none.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from monitor import urls
from monitor.model import Article, Entry, Feed
from monitor.newsroom import read_filed
from monitor.text import guess_language, one_line

_SHORT = 280  # characters; a feed's text below this is a teaser


def from_entry(entry: Entry, feed: Feed) -> Article:
    """Return what the feed gives of a story whose page could not be had (origin "feed")."""
    body = _lines(entry.content)
    summary = _lines(entry.summary.split("\n"))
    paragraphs = body or summary
    title = one_line(entry.title)
    text = " ".join((title, *paragraphs))
    filed = read_filed(paragraphs, entry.authors)
    return Article(
        url=entry.url,
        title=title,
        published=entry.published,
        updated=entry.updated,
        published_text=entry.published_text,
        source=_source(entry, feed),
        authors=entry.authors,
        agency=filed.agency,
        dateline=filed.dateline,
        standfirst=summary[0] if body and summary and summary[0] != body[0] else "",
        body=paragraphs,
        language=guess_language(text, feed.language),
        access="full" if len(" ".join(body)) >= _SHORT else "stub",
        origin="feed",
    )


def _lines(raw: Sequence[str]) -> tuple[str, ...]:
    """Return lines of text; nothing where none says a word, as where a summary was cut to "("."""
    lines = tuple(line for one in raw if (line := one_line(one)))
    return lines if any(map(str.isalnum, "".join(lines))) else ()


def complete(article: Article, fallback: Article) -> Article:
    """Return `article` with the fields it lacks taken from what the feed gave; notes say which.

    Args:
        article: as its page was read.
        fallback: what is known so far, as `from_entry` or an earlier `complete` gave it.
    """
    taken: dict[str, object] = {}
    notes: list[str] = []

    def take(field: str) -> None:
        taken[field] = getattr(fallback, field)

    for field in ("url", "title", "source", "authors", "standfirst", "body", "language"):
        if not getattr(article, field) and getattr(fallback, field):
            take(field)
            if field in {"title", "authors", "body"}:
                notes.append(f"{field}: from the feed")
    if _is_host(article.source, article.url) and not _is_host(fallback.source, fallback.url):
        take("source")
    if article.access == "stub" and _size(fallback.body) > _size(article.body) > 0:
        take("body")
        notes.append("body: from the feed")
    if "body" in taken:
        taken["access"] = fallback.access
    if _better(article.published, fallback.published):
        take("published")
        take("published_text")
        notes.append("published: from the feed")
    if article.updated is None and fallback.updated is not None:
        take("updated")
    if not taken:
        return article
    kept = tuple(
        note
        for note in article.notes
        if not ("published" in taken and note.startswith("published:"))
    )
    return replace(article, **taken, notes=(*kept, *notes))


def _is_host(source: str, url: str) -> bool:
    """Whether a source is no name of an outlet, only where it is found."""
    return source in ("", urls.bare_host(url), urls.host(url)) or bool(_NUMBER.fullmatch(source))


def _size(body: Sequence[str]) -> int:
    return sum(map(len, body))


def _better(page: datetime | None, feed: datetime | None) -> bool:
    """A feed's time is wanted where the page has none, no zone, or only the same day."""
    if feed is None:
        return False
    if page is None:
        return True
    if page.tzinfo is None and feed.tzinfo is not None:
        # The same moment on a clock that may be anywhere on earth.
        return abs(feed.replace(tzinfo=None) - page) <= timedelta(hours=26)
    midnight = (page.hour, page.minute, page.second) == (0, 0, 0)
    if not midnight or feed.tzinfo is None:
        return False
    return feed.astimezone(page.tzinfo).date() == page.date()


_NUMBER = re.compile(r"[0-9.]++|.*:.*+")  # an IPv4 or IPv6 address is nobody's name


def _source(entry: Entry, feed: Feed) -> str:
    """Return the outlet's name as the feed gives it, else its host, else what the desk calls it."""
    hosts = (urls.bare_host(entry.url), urls.bare_host(feed.url))
    named = (host for host in hosts if host and not _NUMBER.fullmatch(host) and "." in host)
    return one_line(entry.outlet) or next(named, "") or feed.name
