"""From a feed on a real site to flagged stories in a real store."""

import asyncio
import threading
from datetime import timedelta

from monitor import model
from monitor.pipeline import Conductor, open_pipeline, round_of
from monitor.pipeline.read_answer import BACKLOG
from monitor.store import desk_feeds, entries, feeds
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import HEADLINE, flagged, poll, stored
from tests.site import Answer, Asked, Site
from tests.waiting import until
from tests.wire import NOW, TALKS, WEATHER, Clock, Item, Outlet, config_text, rss


async def test_an_entry_becomes_a_story_that_is_flagged(site: Site, open_desk: OpenDesk) -> None:
    """An entry becomes the text of its page, is flagged with reasons, and stands in a story."""
    Outlet(site, "wire").publish(
        Item("talks", HEADLINE), Item("snow", "First snow in the valleys", WEATHER)
    )
    desk = open_desk(config_text(site, "wire", workers=None, country="KR", language="en"))
    report = await poll(desk)
    assert (report.answered, report.new, report.pages) == (1, 2, 2)
    texts = {item.text.title: item.text for item in stored(desk)}
    assert texts[HEADLINE].body == TALKS
    assert texts[HEADLINE].origin == "page"
    (story,) = flagged(desk)
    assert story.headline == HEADLINE
    (flag,) = [flag for flag in story.flags if flag.rule == "china-south-korea"]
    reason = flag.reasons[0]
    marked = {reason.sentence[start:end] for start, end in reason.marks}
    assert marked & {"South Korea", "China"}


async def test_entries_are_opened_while_a_slow_feed_is_waited_for(
    site: Site, open_desk: OpenDesk
) -> None:
    """A feed that answers only when the entry of another is an article is read in that round."""
    wire = Outlet(site, "wire")
    wire.publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "wire", "slow", pages="none"))

    def when_opened(_asked: Asked) -> Answer:
        until(lambda: site.closing.is_set() or len(stored(desk)) == 2)
        return Answer(body=rss(site, [Item("port", "Busan port reopens")]))

    site.at("/slow.xml", when_opened)
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        feeds_ = tuple(desk.feeds.values())
        await round_of(pipeline, feeds_[:1])  # so that the rules are loaded
        wire.publish(Item("snow", "First snow in the valleys", WEATHER))
        report = await round_of(pipeline, feeds_, open_from=1)
    assert (report.answered, report.new) == (2, 2)
    assert len(stored(desk)) == 3


async def test_second_round_finds_nothing_new(site: Site, open_desk: OpenDesk) -> None:
    """An unchanged feed answers 304, and nothing is fetched or stored again."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk)
    before = len(site.asked)
    report = await poll(desk)
    assert (report.unchanged, report.new, report.pages) == (1, 0, 0)
    (asked,) = site.asked[before:]
    assert asked.headers["if-none-match"].startswith('"wire-')


async def test_page_that_cannot_be_had_leaves_the_feeds_text_and_is_tried_again(
    site: Site, open_desk: OpenDesk
) -> None:
    """The feed's text is flagged at once; the page takes its place later, as no change."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("talks", HEADLINE))
    site.at("/talks.html", Answer(503))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk, clock)
    (article,) = stored(desk)
    assert article.text.origin == "feed"
    assert "HTTP 503" in article.page_error
    assert [story.origin for story in flagged(desk)] == ["feed"]

    outlet.refresh()
    clock.forward(minutes=6)
    await poll(desk, clock)
    (article,) = stored(desk)
    assert (article.text.origin, article.text.body, article.revision) == ("page", TALKS, 1)
    assert [story.changes for story in flagged(desk)] == [()]


async def test_failing_feed_never_hurts_the_others(site: Site, open_desk: OpenDesk) -> None:
    """Feeds that answer 404, a page, rubbish or nothing are told; the good one is read."""
    Outlet(site, "good").publish(Item("talks", HEADLINE))
    site.at("/page.xml", Answer(body=b"<html><title>Hello</title><body>No feed</body></html>"))
    site.at("/rubbish.xml", Answer(body=bytes(range(256)) * 20))
    site.at("/reset.xml", Answer(reset=True))
    names = ("gone", "page", "rubbish", "reset", "good")
    desk = open_desk(config_text(site, *names))
    report = await poll(desk)
    assert report.answered == 1
    assert set(report.failed) == set(names) - {"good"}
    assert "404" in report.failed["gone"]
    assert len(flagged(desk)) == 1
    with desk.store.read() as db:
        known = feeds.known(db)
    assert known["gone"][1].failures == 1
    assert known["gone"][1].due > NOW


async def test_entries_left_by_a_crash_are_worked_on_by_the_next_round(
    site: Site, open_desk: OpenDesk
) -> None:
    """An entry that was stored and not yet worked on becomes an article when we come back."""
    outlet = Outlet(site, "wire")
    outlet.publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "wire"))
    entry = model.Entry("lost", site.url("/lost.html"), HEADLINE, summary=TALKS[0])
    with desk.store.write() as db:
        feed_id = desk_feeds.register(db, tuple(desk.feeds.values()), NOW)["wire"][0]
        entries.add_all(
            db, [entries.Found(feed_id, [entries.new_entry(("guid:lost",), entry)], NOW)]
        )
    await poll(desk)
    assert {item.text.url for item in stored(desk)} == {
        site.url("/lost.html"),
        site.url("/talks.html"),
    }


async def test_one_article_in_two_feeds_is_fetched_and_stored_once(
    site: Site, open_desk: OpenDesk
) -> None:
    """Two feeds that list one address give one article, and one request for its page."""
    item = Item("talks", HEADLINE)
    Outlet(site, "all").publish(item)
    Outlet(site, "politics").publish(item)
    desk = open_desk(config_text(site, "all", "politics"))
    report = await poll(desk)
    assert report.new == 2
    assert len(stored(desk)) == 1
    assert [asked.path for asked in site.asked].count("/talks.html") == 1


async def test_copies_of_one_story_are_one_story(site: Site, open_desk: OpenDesk) -> None:
    """A wire story that other outlets cut or re-headline stands once, with its copies beneath."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    Outlet(site, "paper").publish(Item("cut", "Seoul and Beijing ministers meet", TALKS[:2]))
    desk = open_desk(config_text(site, "wire", "paper"))
    await poll(desk)
    (story,) = flagged(desk)
    assert len(story.copies) == 2


async def test_new_feed_is_worked_on_for_its_last_day_only(site: Site, open_desk: OpenDesk) -> None:
    """The first reading remembers old entries without fetching them, and raises no alarm."""
    Outlet(site, "wire").publish(
        Item("old", HEADLINE, published=NOW - BACKLOG - timedelta(hours=1)),
        Item("today", HEADLINE + " again", published=NOW - timedelta(hours=5)),
    )
    desk = open_desk(config_text(site, "wire"))
    await poll(desk)
    with desk.store.read() as db:
        assert len(list(entries.every(db))) == 2
    (article,) = stored(desk)
    assert article.text.url == site.url("/today.html")
    assert not article.fresh


async def test_pages_none_and_hits(site: Site, open_desk: OpenDesk) -> None:
    """`none` never asks for a page; `hits` asks only where headline or summary meets a term."""
    items = (Item("talks", HEADLINE), Item("snow", "First snow in the valleys", WEATHER))
    for name in ("none", "hits"):
        outlet = Outlet(site, name)
        outlet.publish(*(Item(f"{name}-{one.name}", one.title, one.paragraphs) for one in items))
        desk = open_desk(config_text(site, name, pages=name))
        await poll(desk)
    pages = [asked.path for asked in site.asked if asked.path.endswith(".html")]
    assert pages == ["/hits-talks.html"]


async def test_correction_of_a_flagged_page_is_a_revision_and_a_change(
    site: Site, open_desk: OpenDesk
) -> None:
    """A flagged page is read again after an hour; what changed is kept and said."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk, clock)
    corrected = (*TALKS[:2], "Correction: an earlier version misnamed the ministry.")
    outlet.items[0].paragraphs = corrected
    outlet.refresh()
    clock.forward(hours=1, minutes=1)
    await poll(desk, clock)
    (article,) = stored(desk)
    assert (article.revision, article.text.body) == (2, corrected)
    (story,) = flagged(desk)
    assert [change.kind for change in story.changes] == ["correction"]


async def test_page_that_is_taken_away_is_a_withdrawal(site: Site, open_desk: OpenDesk) -> None:
    """A flagged page that answers 410 later keeps its text and is marked as withdrawn."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk, clock)
    site.at("/talks.html", Answer(410))
    clock.forward(hours=1, minutes=1)
    await poll(desk, clock)
    (article,) = stored(desk)
    assert article.withdrawn
    assert article.text.body == TALKS
    (story,) = flagged(desk)
    assert [change.kind for change in story.changes] == ["withdrawal"]


async def test_undated_items_of_a_first_reading_are_remembered(
    site: Site, open_desk: OpenDesk
) -> None:
    """Nobody can tell which of a thousand undated items are news: the first hundred are."""
    items = [Item(f"n{n}", f"Envoys meet, day {n}", published=None) for n in range(300)]
    body = rss(site, items)
    site.at("/wire.xml", Answer(body=body, headers={"Content-Type": "application/rss+xml"}))
    desk = open_desk(config_text(site, "wire", pages="none"))
    await poll(desk)
    with desk.store.read() as db:
        assert len(list(entries.every(db))) == 300
    assert {article.url for article in stored(desk)} == {
        site.url(f"/n{n}.html") for n in range(100)
    }


async def test_what_feeds_bring_while_others_answer_is_opened_together(
    site: Site, open_desk: OpenDesk
) -> None:
    """After an opening the next one waits, for as long as a feed is in hand and no longer."""
    for name in ("first", "second"):
        Outlet(site, name).publish(Item(name, f"{name} headline"))
    answering = threading.Event()

    def held(_asked: Asked) -> Answer:
        until(lambda: site.closing.is_set() or answering.is_set())
        return Answer(body=rss(site, [Item("slow", "Slow headline")]))

    desk = open_desk(config_text(site, "first", "second", "slow", pages="none"))
    site.at("/slow.xml", held)
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        conductor = Conductor(pipeline, gather=600.0)
        first, second, slow = desk.feeds.values()
        conductor.begin_feeds([slow, first])
        await conductor.feeds.next_end()
        await conductor.open_entries()
        assert [one.text.title for one in stored(desk)] == ["first headline"]
        conductor.begin_feeds([second])
        await conductor.feeds.next_end()
        opening = asyncio.create_task(conductor.open_entries())
        await asyncio.sleep(0)
        assert len(stored(desk)) == 1
        assert not opening.done()
        answering.set()
        await opening
    assert {one.text.title for one in stored(desk)} == {
        "first headline", "second headline", "Slow headline",
    }  # fmt: skip
