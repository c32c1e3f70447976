"""Feed documents in our own words, for the tests of `monitor.feeds`."""

from datetime import UTC, datetime, timedelta
from html import escape

from monitor import feeds
from monitor.model import Entry, Feed, FeedDocument, FeedState, IdentifiedEntry, Response

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEED = Feed(name="desk", url="https://wire.example/rss.xml")


def item(
    title: str = "Envoys meet in Busan",
    *,
    link: str = "",
    guid: str = "",
    date: str = "",
    more: str = "",
) -> str:
    """One RSS item; empty fields are left out."""
    parts = [f"<title>{escape(title)}</title>"]
    if link:
        parts.append(f"<link>{escape(link)}</link>")
    if guid:
        parts.append(f'<guid isPermaLink="false">{escape(guid)}</guid>')
    if date:
        parts.append(f"<pubDate>{escape(date)}</pubDate>")
    return "<item>" + "".join(parts) + more + "</item>"


def rss(*items: str, head: str = "", root: str = "") -> bytes:
    """An RSS 2.0 document of these items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{root}><channel>'
        f"<title>Desk wire</title><link>https://wire.example/</link>{head}\n"
        + "\n".join(items)
        + "\n</channel></rss>"
    ).encode()


def stories(first: int, last: int, *, minutes: int = 10) -> list[str]:
    """Items first to last, newest first; item n came out n times `minutes` after midnight."""
    midnight = NOW.replace(hour=0)
    return [
        item(
            f"Story number {n}",
            link=f"https://wire.example/{n}.html",
            guid=f"story-{n}",
            date=(midnight + timedelta(minutes=minutes * n)).isoformat(),
        )
        for n in range(last, first - 1, -1)
    ]


def parse(body: bytes, feed: Feed = FEED, **options: object) -> FeedDocument:
    """Parse at NOW."""
    return feeds.parse(body, feed, now=NOW, **options)  # type: ignore[arg-type]


def entries(*items: str) -> tuple[Entry, ...]:
    """The entries of an RSS document of these items."""
    return parse(rss(*items)).entries


def identified(*items: str, state: FeedState | None = None) -> tuple[IdentifiedEntry, ...]:
    """The identified entries of an RSS document of these items."""
    return feeds.identify(parse(rss(*items)), state or FeedState())[0]


def same(first: IdentifiedEntry, second: IdentifiedEntry) -> bool:
    """Whether two sightings are one entry."""
    return not set(first.keys).isdisjoint(second.keys)


def answer(
    status: int = 200,
    body: bytes = b"",
    *,
    redirects: tuple[tuple[int, str], ...] = (),
    cookies: str = "",
    headers: dict[str, str] | None = None,
    **named_headers: str,
) -> Response:
    """A response; headers as a mapping, or by name with underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in named_headers.items()}
    named.update(headers or {})
    return Response(status, FEED.url, named, body, redirects=redirects, cookies=cookies)


def polled(
    state: FeedState,
    body: bytes,
    now: datetime = NOW,
    *,
    feed: Feed = FEED,
    known: set[str] | None = None,
    **options: object,
) -> FeedState:
    """The state after a whole 200 with this body, for a store that knows these keys.

    `known` is updated with the keys of the body's entries.
    """
    store = set() if known is None else known
    document = feeds.parse(body, feed, now=now, known=state.segment_hashes)
    found, _ = feeds.identify(document, state)
    new = sum(store.isdisjoint(one.keys) for one in found)
    for one in found:
        store.update(one.keys)
    response = answer(200, body, **options)  # type: ignore[arg-type]
    return feeds.after_response(feed, state, response, document, new, now)
