"""Ways in which real feeds go wrong that show only over HTTP and several readings.

The numbers are those of the failure modes whose pure part is tested in `tests/feeds`.
"""

from datetime import timedelta

from monitor import model
from monitor.desk import Desk
from monitor.pipeline import Report, open_pipeline, round_of
from monitor.store import entries, feeds
from tests.pipeline.conftest import OpenDesk
from tests.site import Answer, Asked, Site, conditional
from tests.wire import NOW, Clock, Item, config_text, rss

KIND = {"Content-Type": "application/rss+xml"}


async def read(desk: Desk, clock: Clock) -> Report:
    async with open_pipeline(desk, clock=clock) as pipeline:
        return await round_of(pipeline, tuple(desk.feeds.values()))


def state_of(desk: Desk, name: str = "wire") -> model.FeedState:
    with desk.store.read() as db:
        return feeds.known(db)[name][1]


def titles(desk: Desk) -> list[str]:
    with desk.store.read() as db:
        return [stored.entry.title for stored, _ in entries.every(db)]


def feed_of(site: Site, *names: str) -> bytes:
    return rss(site, [Item(name, f"Story {name}") for name in names])


async def test_13_a_server_that_answers_304_for_ever_is_asked_without_conditions(
    site: Site, open_desk: OpenDesk
) -> None:
    """A bogus validator is broken by one unconditional GET after hours of nothing but 304."""
    body = [feed_of(site, "one")]

    def bogus(asked: Asked) -> Answer:
        if "if-none-match" in asked.headers:
            return Answer(304, headers={"ETag": '"stuck"'})
        return Answer(body=body[0], headers={**KIND, "ETag": '"stuck"'})

    site.at("/wire.xml", bogus)
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    await read(desk, clock)
    body[0] = feed_of(site, "two", "one")
    for _ in range(200):
        clock.forward(minutes=30)
        await read(desk, clock)
        if len(titles(desk)) == 2:
            break
    assert titles(desk) == ["Story one", "Story two"]
    assert clock() - NOW <= timedelta(days=3)


async def test_14_validators_are_kept_each_on_its_own_and_sent_verbatim(
    site: Site, open_desk: OpenDesk
) -> None:
    """An ETag from the 200 and a Last-Modified from a 304 are both sent from then on."""
    changed = "Mon, 23 Nov 2026 06:00:00 GMT"

    def answer(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == 'W/"a b"':
            return Answer(304, headers={"Last-Modified": changed})
        return Answer(body=feed_of(site, "one"), headers={**KIND, "ETag": 'W/"a b"'})

    site.at("/wire.xml", answer)
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    for _ in range(3):
        await read(desk, clock)
        clock.forward(minutes=15)
    last = site.asked[-1].headers
    assert (last["if-none-match"], last["if-modified-since"]) == ('W/"a b"', changed)


async def test_16_a_block_is_no_death(site: Site, open_desk: OpenDesk) -> None:
    """403 is kept apart from 404, the row stays, and the feed comes back by itself."""
    site.at("/wire.xml", conditional(feed_of(site, "one"), '"1"'))
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    await read(desk, clock)
    site.at("/wire.xml", Answer(403))
    await read(desk, clock)
    assert state_of(desk).failure == "blocked"
    site.at("/wire.xml", conditional(feed_of(site, "two", "one"), '"2"'))
    assert (await read(desk, clock)).new == 1
    assert state_of(desk).failures == 0


async def test_19_a_cookie_gate_is_passed_and_its_cookie_kept(
    site: Site, open_desk: OpenDesk
) -> None:
    """A redirect to itself that sets a cookie is followed once; the next poll needs no detour."""

    def gate(asked: Asked) -> Answer:
        if "gate=open" in asked.headers.get("cookie", ""):
            return Answer(body=feed_of(site, "one"), headers=KIND)
        return Answer(307, headers={"Location": "/wire.xml", "Set-Cookie": "gate=open"})

    site.at("/wire.xml", gate)
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    assert (await read(desk, clock)).new == 1
    assert len(site.asked) == 2
    await read(desk, clock)
    assert len(site.asked) == 3


async def test_20_a_move_is_believed_only_after_it_was_confirmed(
    site: Site, open_desk: OpenDesk
) -> None:
    """A 301 is followed at once, and adopted after repeated readings with the items we know."""
    site.at("/new.xml", conditional(feed_of(site, "one"), '"1"'))
    site.at("/wire.xml", conditional(feed_of(site, "one"), '"1"'))
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    await read(desk, clock)
    site.at("/wire.xml", Answer(301, headers={"Location": "/new.xml"}))
    await read(desk, clock)
    assert state_of(desk).address == ""
    for _ in range(6):
        clock.forward(hours=8)
        await read(desk, clock)
    assert state_of(desk).address == site.url("/new.xml")
    assert titles(desk) == ["Story one"]


async def test_21_gone_and_missing_back_off_each_their_own_way(
    site: Site, open_desk: OpenDesk
) -> None:
    """404 is tried again the same day, 410 a day later; neither is given up."""
    site.at("/missing.xml", Answer(404))
    site.at("/gone.xml", Answer(410))
    desk = open_desk(config_text(site, "missing", "gone"))
    await read(desk, Clock())
    missing, gone = state_of(desk, "missing").due, state_of(desk, "gone").due
    assert missing is not None
    assert gone is not None
    assert missing - NOW < timedelta(hours=6) < timedelta(hours=20) < gone - NOW


async def test_22_retry_after_is_an_order(site: Site, open_desk: OpenDesk) -> None:
    """429 with Retry-After is not asked again before that time, and other feeds are."""
    site.at("/wire.xml", Answer(429, headers={"Retry-After": "7200"}))
    desk = open_desk(config_text(site, "wire"))
    await read(desk, Clock())
    due = state_of(desk).due
    assert due is not None
    assert due >= NOW + timedelta(hours=2)


async def test_25_old_items_that_come_back_are_not_new(site: Site, open_desk: OpenDesk) -> None:
    """An item that left the feed and returns months later is known."""
    site.at("/wire.xml", conditional(feed_of(site, "one"), '"1"'))
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    await read(desk, clock)
    site.at("/wire.xml", conditional(feed_of(site, "two"), '"2"'))
    await read(desk, clock)
    clock.forward(days=90)
    site.at("/wire.xml", conditional(feed_of(site, "one", "two"), '"3"'))
    assert (await read(desk, clock)).new == 0


async def test_26_an_empty_feed_forgets_nothing(site: Site, open_desk: OpenDesk) -> None:
    """A body without items changes no state; what was listed before is not new afterwards."""
    full = conditional(feed_of(site, "one"), '"1"')
    site.at("/wire.xml", full)
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    await read(desk, clock)
    site.at("/wire.xml", conditional(feed_of(site), '"0"'))
    await read(desk, clock)
    assert state_of(desk).empties == 1
    site.at("/wire.xml", full)
    assert (await read(desk, clock)).new == 0
    assert state_of(desk).empties == 0


async def test_27_a_window_overrun_is_a_gap(site: Site, open_desk: OpenDesk) -> None:
    """When every item is new and newer than all we had, entries were lost: it is counted."""

    def listing(start: int) -> bytes:
        items = [
            Item(f"n{number}", f"Story {number}", published=NOW + timedelta(minutes=number))
            for number in range(start + 9, start - 1, -1)
        ]
        return rss(site, items)

    site.at("/wire.xml", conditional(listing(0), '"1"'))
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    clock.forward(minutes=10)
    await read(desk, clock)
    site.at("/wire.xml", conditional(listing(40), '"2"'))
    clock.forward(minutes=45)
    await read(desk, clock)
    assert state_of(desk).gaps == 1
