"""News that could slip through a seam: between two digests, two texts, two feeds, two headlines."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from monitor import model
from monitor.pipeline import open_pipeline, raise_alerts, round_of
from monitor.store import changes
from monitor.store import flags as flag_store
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import HEADLINE, flagged, poll, stored
from tests.pipeline.test_editions import LAUNCH, MISSILE, send_due, with_alert, with_digest
from tests.site import Answer, Site, conditional
from tests.wire import NOW, TALKS, WEATHER, Clock, Item, Outlet, config_text, rss

DUE = NOW - timedelta(minutes=29)  # a minute past 15:00 in Seoul
ON_TURN, HALF = DUE - timedelta(minutes=1), timedelta(seconds=0.5)
DAY = timedelta(days=1)


def headlines(made: model.Digest | None) -> list[str]:
    assert made is not None
    return [story.headline for part in made.sections for story in part.stories]


async def test_flag_raised_after_it_was_carried_is_carried_again(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A flag that was only for the record, or for the digest, is news again when it is raised."""
    Outlet(site, "wire").publish(Item("snow", "First snow in the valleys", WEATHER))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(DUE - timedelta(hours=1))
    await poll(desk, clock)
    (article,) = stored(desk)

    def flag(level: model.Level, at: Clock) -> None:
        with desk.store.write() as db:
            found = [model.Flag("korean-peninsula", level, 5.0, ())]
            flag_store.put(db, article.id, found, at())

    flag("log", clock)
    assert headlines(send_due(desk, DUE)) == []
    flag("digest", Clock(DUE + timedelta(hours=1)))
    assert headlines(send_due(desk, DUE + DAY)) == ["First snow in the valleys"]
    assert headlines(send_due(desk, DUE + 2 * DAY)) == []
    flag("now", Clock(DUE + 2 * DAY + timedelta(hours=1)))
    assert headlines(send_due(desk, DUE + 3 * DAY)) == ["First snow in the valleys"]


async def test_correction_of_a_carried_story_is_in_the_next_digest(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A story that was carried comes once more when its page is corrected or withdrawn."""
    outlet = Outlet(site, "wire")
    outlet.publish(Item("talks", HEADLINE, published=DUE - timedelta(minutes=20)))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(DUE - timedelta(minutes=5))
    await poll(desk, clock)
    assert headlines(send_due(desk, DUE)) == [HEADLINE]
    site.at("/talks.html", Answer(410))
    clock.forward(hours=1, minutes=1)
    await poll(desk, clock)
    made = send_due(desk, DUE + DAY)
    assert headlines(made) == [HEADLINE]
    assert made is not None
    assert made.sections[0].stories[0].changes[-1].kind == "withdrawal"
    assert headlines(send_due(desk, DUE + 2 * DAY)) == []


@pytest.mark.parametrize(
    ("made", "changed"),
    [(DUE, DUE - timedelta(seconds=2)), (ON_TURN - timedelta(seconds=1), ON_TURN - HALF)],
    ids=["stored after it", "before the turn, by a clock that is behind"],
)
async def test_change_that_a_digest_overtook_is_in_the_next(
    site: Site, open_desk: OpenDesk, tmp_path: Path, made: datetime, changed: datetime
) -> None:
    """What was stored after a digest, though of a time before its end, is told by the next."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE, published=DUE - timedelta(minutes=20)))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(DUE - timedelta(minutes=5))
    await poll(desk, clock)
    (article,) = stored(desk)
    assert headlines(send_due(desk, made)) == [HEADLINE]
    with desk.store.write() as db:
        found = model.Change(changed, "correction", "It was three ministers.")
        changes.add(db, article.id, article.id, found)
    later = send_due(desk, DUE + DAY)
    assert headlines(later) == [HEADLINE]
    assert later is not None
    assert later.sections[0].stories[0].changes[-1].what == "It was three ministers."
    assert headlines(send_due(desk, DUE + 2 * DAY)) == []


async def test_first_digest_missed_is_sent_late_with_all_its_news(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A digest that was known before its first due time is made up for when we come back."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(DUE - timedelta(hours=1))
    await poll(desk, clock)
    assert send_due(desk, DUE - timedelta(hours=1)) is None
    made = send_due(desk, DUE + timedelta(hours=3))
    assert headlines(made) == [HEADLINE]
    assert made is not None
    assert made.late


async def test_headline_that_becomes_a_hit_is_worked_on(site: Site, open_desk: OpenDesk) -> None:
    """With `pages = "hits"` an entry whose new words hit a rule gets its page and its flag."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("item", "Ministers to meet today", WEATHER))
    desk = open_desk(config_text(site, "wire", pages="hits"))
    await poll(desk, clock)
    assert flagged(desk) == []
    outlet.items[0].title, outlet.items[0].paragraphs = HEADLINE, TALKS
    outlet.refresh()
    await poll(desk, clock)
    (article,) = stored(desk)
    assert (article.page, article.text.body) == ("done", TALKS)
    assert len(flagged(desk)) == 1


async def test_old_entry_that_is_rewritten_is_worked_on(site: Site, open_desk: OpenDesk) -> None:
    """What a new feed listed from days ago is news when its words change."""
    outlet = Outlet(site, "wire")
    outlet.publish(Item("old", "Ministers to meet", WEATHER, published=NOW - 3 * DAY))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk)
    outlet.items[0].title, outlet.items[0].paragraphs = HEADLINE, TALKS
    outlet.refresh()
    await poll(desk)
    assert len(flagged(desk)) == 1


async def test_update_of_an_article_whose_page_is_lost_is_taken_in(
    site: Site, open_desk: OpenDesk
) -> None:
    """Where the page cannot be had, the feed's new words still count."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("item", "Ministers to meet today", WEATHER, page=False))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk, clock)
    outlet.items[0].title, outlet.items[0].paragraphs = HEADLINE, TALKS
    outlet.refresh()
    clock.forward(hours=1)
    await poll(desk, clock)
    (article,) = stored(desk)
    assert article.text.title == HEADLINE
    assert len(flagged(desk)) == 1


async def test_items_that_share_an_address_are_each_flagged(
    site: Site, open_desk: OpenDesk
) -> None:
    """A feed whose items all link to one page (a live blog) loses none of them."""
    rows = "".join(
        f"<item><title>{title}</title><link>{site.url('/live.html')}</link><guid>{guid}</guid>"
        f"<description>{text}</description></item>"
        for guid, title, text in (
            ("g1", HEADLINE, TALKS[0]),
            ("g2", MISSILE, LAUNCH[0]),
            ("g3", "Baseball final goes to a seventh game", WEATHER[0]),
        )
    )
    body = f'<rss version="2.0"><channel><title>W</title>{rows}</channel></rss>'.encode()
    site.at("/wire.xml", Answer(body=body, headers={"Content-Type": "application/rss+xml"}))
    desk = open_desk(config_text(site, "wire", pages="none"))
    await poll(desk)
    assert {view.headline for view in flagged(desk)} == {HEADLINE, MISSILE}
    assert len(stored(desk)) == 3


async def test_another_feeds_short_text_takes_nothing_away(site: Site, open_desk: OpenDesk) -> None:
    """A second feed that lists the same address with less text leaves text and flags alone."""
    Outlet(site, "full").publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "full", "short", pages="none"))
    Outlet(site, "short").publish()
    clock = Clock()
    await poll(desk, clock)
    Outlet(site, "short").publish(Item("talks", "Talks held", ("Brief.",)))
    await poll(desk, clock)
    (article,) = stored(desk)
    assert article.text.title == HEADLINE
    assert len(flagged(desk)) == 1


async def test_page_that_turns_into_a_wall_takes_no_flag_away(
    site: Site, open_desk: OpenDesk
) -> None:
    """A flag earned by the feed's text stays when the page shows something else."""
    wall = (
        "We value your privacy and ask for your consent to store information on your device.",
        "You can change your choice at any time in the settings at the foot of every page here.",
        "Subscribers who have paid for the service see no advertisements and are not asked again.",
    )
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("talks", HEADLINE))
    site.at("/talks.html", Answer(503))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk, clock)
    assert len(flagged(desk)) == 1
    outlet.items[0].paragraphs = wall
    outlet.refresh()
    clock.forward(hours=1)
    await poll(desk, clock)
    assert len(flagged(desk)) == 1


async def test_failed_recheck_does_not_end_the_rechecks(site: Site, open_desk: OpenDesk) -> None:
    """A page that is away for a moment at the first recheck is read again at the second."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk, clock)
    site.at("/talks.html", Answer(503))
    clock.forward(hours=1, minutes=1)
    await poll(desk, clock)
    site.at("/talks.html", Answer(410))
    clock.forward(hours=5)
    await poll(desk, clock)
    (article,) = stored(desk)
    assert article.withdrawn


@pytest.mark.parametrize(
    "at_first",
    [None, Answer(503), Answer(301, headers={"Location": "/moved.html"})],
    ids=["read", "away", "moved"],
)
async def test_a_login_in_a_link_asks_for_the_page_each_time(
    at_first: Answer | None, site: Site, open_desk: OpenDesk
) -> None:
    """A page that is read again, tried again or has moved on its site is asked for with it."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("talks", HEADLINE), Item("moved", HEADLINE))
    feed = rss(site, outlet.items[:1]).replace(b"<link>http://", b"<link>http://desk:kumquat@")
    site.at("/wire.xml", Answer(body=feed))
    if at_first is not None:
        site.at("/talks.html", at_first)
    desk = open_desk(config_text(site, "wire"))
    for hours in (0, 1.1, 5):
        clock.forward(hours=hours)
        await poll(desk, clock)
        if at_first is None or at_first.status == 503:
            outlet.refresh()
            site.at("/wire.xml", Answer(body=feed))
    asked = [one.headers.get("authorization") for one in site.asked if one.path.endswith("html")]
    assert len(asked) > 2
    assert set(asked) == {"Basic ZGVzazprdW1xdWF0"}


async def test_late_raise_is_alerted(site: Site, open_desk: OpenDesk, tmp_path: Path) -> None:
    """A fresh story that reaches level "now" a day later is alerted then."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk = open_desk(with_alert(site, tmp_path, "wire"))
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        await round_of(pipeline, tuple(desk.feeds.values()))
    (article,) = stored(desk)
    later = NOW + timedelta(hours=25)
    with desk.store.write() as db:
        db.exec_driver_sql("UPDATE flag SET level = 'digest'")
        raised = [model.Flag("china-south-korea", "now", 9.0, ())]
        assert len(flag_store.put(db, article.id, raised, later)) == 1
    assert raise_alerts.send_alerts(desk, later) == 1


async def test_items_too_costly_for_one_reading_come_with_the_next(
    site: Site, open_desk: OpenDesk
) -> None:
    """An unchanged feed is asked for them again, and they count as part of the first reading."""
    odd = "<a><b>" * 600 + "</b></a>" * 600  # no plain item: it takes the slow reader
    rows = "".join(
        f"<item><title>Item <i>{n}</i></title><guid isPermaLink='false'>g{n}</guid><pubDate>"
        f"{format_datetime(NOW - DAY * (3 if n % 2 else 0.1))}</pubDate><x>{odd}</x></item>"
        for n in range(24)
    )
    body = f"<rss version='2.0'><channel><title>Wire</title>{rows}</channel></rss>".encode()
    site.at("/wire.xml", conditional(body, '"1"'))
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock(NOW)
    found = []
    for _ in range(4):
        report = await poll(desk, clock)
        found.append(report.new)
        clock.forward(minutes=20)
    assert 0 < found[0] < 24
    assert (sum(found), found[-1]) == (24, 0)
    with desk.store.read() as db:
        worked = db.exec_driver_sql("SELECT guid FROM entry WHERE work != 'seen'").scalars()
        assert set(worked) == {f"g{n}" for n in range(0, 24, 2)}
    assert site.asked[-1].headers.get("if-none-match") == '"1"'
