"""Over many rounds everything served is stored, and nothing twice, whatever the feed does."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from monitor import feeds
from monitor.errors import NotAFeed
from monitor.model import FeedState, IdentifiedEntry
from tests.feeds.documents import FEED, NOW, answer, item, rss

WINDOW = 8


@dataclass(frozen=True)
class Story:
    """One story of the newsroom that is being played."""

    number: int
    title: str
    came_out: datetime


class Store:
    """Entries by key, as the real store keeps them: any shared key is the same entry."""

    def __init__(self) -> None:
        self.entry_of: dict[str, int] = {}
        self.count = 0

    def add(self, found: tuple[IdentifiedEntry, ...]) -> int:
        """Take a reading in and say how many entries were new."""
        before = self.count
        for one in found:
            known = [self.entry_of[key] for key in one.keys if key in self.entry_of]
            number = known[0] if known else self.count
            self.count += not known
            for key in one.keys:
                self.entry_of.setdefault(key, number)
        return self.count - before


def listing(stories: list[Story], style: str, flips: frozenset[str]) -> bytes:
    """The newest stories as this newsroom's software lists them at the moment."""
    scheme = "http" if "scheme" in flips else "https"
    host = "www.wire.example" if "host" in flips else "wire.example"
    query = "?utm_source=rss" if "tracking" in flips else ""
    items = []
    for story in reversed(stories[-WINDOW:]):
        slug = "-".join(story.title.lower().split())
        path = f"{slug}-{70_000_000 + story.number}" if style == "slug" else f"n/{story.number}"
        link = f"{scheme}://{host}/{path}"
        guid = {"slug": link, "id": f"id-{story.number}", "same": "wire", "none": ""}[style]
        date = (
            story.came_out.isoformat()
            if "zone" not in flips
            else story.came_out.strftime("%a, %d %b %Y %H:%M:%S GMT")
        )
        items.append(item(story.title, link=link + query, guid=guid, date=date))
    return rss(*items, head=f"<ttl>{len(stories) % 60}</ttl>")


ROUND = st.tuples(
    st.integers(0, 4),  # new stories
    st.sampled_from(["ok", "ok", "ok", "fail", "page", "empty", "crash"]),
    st.frozensets(st.sampled_from(["scheme", "host", "tracking", "zone", "edit"])),
)


@settings(max_examples=60, deadline=None)
@given(
    style=st.sampled_from(["id", "slug", "same", "none"]),
    rounds=st.lists(ROUND, min_size=5, max_size=30),
)
def test_stored_is_what_was_served(
    style: str, rounds: list[tuple[int, str, frozenset[str]]]
) -> None:
    """New stories, edits, flips of address, failures, pages, empty bodies and crashes: each story
    that was ever listed in a good reading is stored once.
    """
    stories = [Story(n, f"Opening story number {n}", NOW) for n in range(3)]
    store, state, now = Store(), FeedState(), NOW
    served: set[int] = set()
    for new, outcome, flips in rounds:
        now += timedelta(minutes=10)
        for _ in range(new):
            stories.append(Story(len(stories), f"A report on matter {len(stories)}", now))
        if "edit" in flips:
            edited = stories[-2]
            stories[-2] = replace(edited, title=f"Update on matter {edited.number}")
        if outcome == "fail":
            state = feeds.after_failure(state, "HTTP 503", now, response=answer(503))
            continue
        body = {"page": b"<html><title>Wait</title></html>", "empty": rss()}.get(
            outcome, listing(stories, style, flips)
        )
        try:
            document = feeds.parse(body, FEED, now=now, known=state.segment_hashes)
        except NotAFeed as error:
            state = feeds.after_failure(state, error, now, response=answer(200, body))
            continue
        found, distrust = feeds.identify(document, state)
        if outcome == "crash":
            continue  # before the transaction: nothing is stored and nothing remembered
        count = store.add(found)
        after = feeds.after_response(FEED, state, answer(200, body), document, count, now)
        state = structs.replace(after, distrust_guid=after.distrust_guid or distrust)
        if outcome != "empty":
            served |= {story.number for story in stories[-WINDOW:]}
        assert store.count == len(served)
        assert state.failures == 0
    assert store.count == len(served)
