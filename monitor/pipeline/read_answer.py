"""Read what a feed answered, up to the rows that are stored of it.

This is what a worker process does with an answer, and what it hands back is made for that: the rows
in plain values, and of the document what the feed's state is made of, without its entries.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from monitor import feeds, model
from monitor.store.new_entry import NewEntry, new_entry

BACKLOG = timedelta(days=1)  # how far back the first reading of a feed is worked on

_UNDATED = 100  # entries of a first reading; no feed of a day is longer


class ReadAnswer(NamedTuple):
    """An answer as read."""

    document: model.FeedDocument  # without its entries
    rows: tuple[NewEntry, ...]
    distrust_guid: bool  # see `feeds.identify`


# One item with what most have.
_EXAMPLE = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title>
<item><title>Talks begin</title><link>https://example.org/1</link><guid>1</guid>
<pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate>
<description>&lt;p&gt;At noon.&lt;/p&gt;</description></item></channel></rss>"""


def load() -> None:
    """Load what reads feeds, by reading one: the next is read without that delay."""
    where = "https://example.org/feed"
    answer = model.Response(200, where, {}, _EXAMPLE)
    read_answer(answer, model.Feed("example", where), model.FeedState(), datetime.now(UTC))


def read_answer(
    response: model.Response, feed: model.Feed, state: model.FeedState, now: datetime
) -> ReadAnswer:
    """Read the body of an answer; raises NotAFeed."""
    document = feeds.parse(
        response.body,
        feed,
        url=response.url,
        content_type=response.headers.get("content-type", ""),
        now=now,
        known=state.segment_hashes,
    )
    found, distrust = feeds.identify(document, state)
    first_run = state.ok_at is None or state.catching_up
    before = document.listed - document.unread - document.read  # read an earlier time
    rows = tuple(
        new_entry(
            item.keys,
            item.entry,
            _work(item.entry, first_run, before + number, now),
            feeds.fresh(item.entry, first_run, now),
        )
        for number, item in enumerate(found)
    )
    return ReadAnswer(replace(document, entries=(), beside=()), rows, distrust)


def _work(entry: model.Entry, first_run: bool, number: int, now: datetime) -> model.WorkState:
    """A new feed's old entries are only remembered; those of its last day are worked on.

    Feeds list the newest first, so of those without a day only the first may be of the last day.
    """
    when = entry.published
    old = number >= _UNDATED if when is None else now - when > BACKLOG
    return "seen" if first_run and old else "todo"
