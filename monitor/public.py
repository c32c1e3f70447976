"""What `import monitor` offers to programs that build on it; each name is described here.

Nothing here opens a state folder or a network connection: pages, feeds and texts come in as
values, and values go out (frozen structs of `monitor.model`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor import articles, feeds, watch
from monitor.model import Article, Feed, FeedDocument
from monitor.pipeline import group_articles
from monitor.pipeline.group_articles import Grouped
from monitor.watch import Rulebook


def extract(
    html: bytes | str,
    url: str | None = None,
    *,
    content_type: str = "",
    country: str = "",
    timezone: str = "",
) -> Article:
    """Read the article of a page: its text without what stands around it, and what is said of it.

    Args:
        html: the page as it came (bytes; its charset is found) or already decoded.
        url: where it was fetched, absolute; it chooses the site profile and completes links.
        content_type: the response's Content-Type header; its charset is one of the hints.
        country: ISO 3166 alpha-2 of the outlet, for clocks that are printed without a zone.
        timezone: IANA name of the outlet's zone; goes before `country`.

    Returns:
        The record. Its times carry the offset that was printed, or one that was assumed (`notes`
        say so). A page that calls itself an article and shows no text is a stub (`access`).

    Raises:
        NoArticle: the page holds no article; the message says what it looks like instead.

    >>> import monitor
    >>> article = monitor.extract(
    ...     "<article><h1>Ferry to Qingdao is back</h1><time>2026-11-23 09:30 KST</time>"
    ...     "<p>A ferry left the port of Incheon for Qingdao on Monday with 400 people on board, "
    ...     "the first in six years, the port authority said.</p></article>"
    ... )
    >>> article.title, article.published.isoformat()
    ('Ferry to Qingdao is back', '2026-11-23T09:30:00+09:00')
    """
    return articles.extract(
        html, url, content_type=content_type, country=country, timezone=timezone
    )


def load_rules(
    rule_files: Sequence[Path] = (), entity_files: Sequence[Path] = (), *, builtin: bool = True
) -> Rulebook:
    """Read watch rules and entities, and compile them.

    Args:
        rule_files, entity_files: TOML files in the order in which they override one another.
        builtin: begin with the gazetteer and the two topics of the package.

    Returns:
        A rulebook; it never changes, and several threads may use it. `evaluate(article, feed,
        now=…)` reads an article once for its `flags()` and `mentions()`.

    Raises:
        ConfigError: with every fault of every file: file, line, key, what was expected.

    >>> import monitor
    >>> rules = monitor.load_rules()
    >>> article = monitor.Article(title="Wang Yi and Cho Hyun meet in Seoul")
    >>> [(flag.rule, flag.level) for flag in rules.evaluate(article).flags()]
    [('china-south-korea', 'now')]
    """
    return watch.load(rule_files, entity_files, builtin=builtin)


def group(
    items: Sequence[Article], rulebook: Rulebook, *, now: datetime | None = None
) -> tuple[Grouped, ...]:
    """Say which articles are one story: copies, rewrites, takes, and reports in other languages.

    Args:
        items: in any order; each is placed by when it was published.
        rulebook: knows what the articles name.
        now: stands in for the time of an article without one, aware; this moment when None.

    Returns:
        One value for each article, in their order; `story` and `event` are places in `items`.

    >>> import monitor
    >>> text = (
    ...     "The port of Incheon said on Monday that the ferry to Qingdao would sail again "
    ...     "from the first of December, with room for six hundred people and their cars.",
    ...     "Tickets go on sale next week, the company that runs it said in a statement.",
    ... )
    >>> one, other = (
    ...     monitor.Article(title="Ferry to Qingdao sails again", body=text, source=outlet)
    ...     for outlet in ("Harbour Post", "Evening Mail")
    ... )
    >>> [(found.story, found.role) for found in monitor.group([one, other], monitor.load_rules())]
    [(0, 'original'), (0, 'copy')]
    """
    pairs = [(item, None) for item in items]
    return tuple(group_articles.group(pairs, rulebook, now or datetime.now(UTC)))


def parse_feed(
    body: bytes,
    url: str,
    *,
    content_type: str = "",
    country: str = "",
    now: datetime | None = None,
) -> FeedDocument:
    """Read a feed: RSS, Atom, RDF, JSON Feed or a news sitemap, sound or broken.

    Args:
        body: as it came, decoded from its Content-Encoding; the charset is found.
        url: where it came from, absolute; relative links stand on it.
        content_type: the response's Content-Type header.
        country: ISO 3166 alpha-2 of the outlet, for dates without a zone.
        now: aware; dates that lie ahead of it are doubted. This moment when None.

    Returns:
        The entries as text, without markup, in the order of the document.

    Raises:
        NotAFeed: the body is something else; the message says what.

    >>> import monitor
    >>> document = monitor.parse_feed(
    ...     b"<rss version='2.0'><channel><title>Wire</title><item><title>Talks in Seoul</title>"
    ...     b"<link>/talks</link><guid>7</guid></item></channel></rss>",
    ...     "https://example.org/rss",
    ... )
    >>> [(entry.title, entry.url) for entry in document.entries]
    [('Talks in Seoul', 'https://example.org/talks')]
    """
    feed = Feed("", url, country=country)
    moment = now or datetime.now(UTC)
    return feeds.parse(body, feed, url=url, content_type=content_type, now=moment)
