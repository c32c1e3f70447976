"""Items that change their url and words at once, and items that our own code cannot work on."""

import json
import sqlite3
from contextlib import closing
from html import escape
from pathlib import Path

import pytest

import monitor
from monitor.pipeline import open_pipeline
from monitor.store import left, views
from tests.commands import monitor as run
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import poll, rules_by_headline, stored
from tests.site import Answer, Site
from tests.wire import NOW, TALKS, WEATHER, Clock, config_text

BEFORE = "Ministers to meet next week, officials say"
AFTER = "South Korea, China agree to reopen coast guard hotline"


def feed(site: Site, url: str, title: str, text: str, *, guid: str = "tag:wire,2026:48213") -> None:
    """Serve a feed of one item."""
    site.at(
        "/wire.xml",
        Answer(
            body=(
                '<rss version="2.0"><channel><title>Wire</title><item>'
                f'<guid isPermaLink="false">{guid}</guid><title>{title}</title>'
                f"<link>{escape(url)}</link>"
                f"<description>{text}</description></item></channel></rss>"
            ).encode()
        ),
    )


def page(title: str, *paragraphs: str) -> Answer:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    html = f"<title>{title}</title><article><h1>{title}</h1>{body}</article>"
    return Answer(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


@pytest.mark.parametrize("pages", ["all", "hits", "none"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/2026/ministers-to-meet", "/2026/hotline-agreed"),
        ("/read?id=7&section=world", "/read?section=asia&id=8"),
        ("/a/ministers", "/b/hotline/"),
        ("/live#post-1", "/hotline"),
    ],
)
async def test_item_that_changes_url_and_words_at_once_is_one_article(
    site: Site, open_desk: OpenDesk, old: str, new: str, pages: str
) -> None:
    """The new words are flagged under the same article, which is at the new url from then on."""
    site.at("/2026/ministers-to-meet", page(BEFORE, *WEATHER))
    site.at(new, page(AFTER, *TALKS))
    feed(site, site.url(old), BEFORE, WEATHER[0])
    desk, clock = open_desk(config_text(site, "wire", pages=pages)), Clock()
    await poll(desk, clock)
    feed(site, site.url(new), AFTER, TALKS[0])
    clock.forward(minutes=20)
    report = await poll(desk, clock)
    assert (report.new, report.left) == (0, 0)
    (article,) = stored(desk)
    assert (article.text.title, article.text.url) == (AFTER, site.url(new))
    assert article.text.origin == ("feed" if pages == "none" else "page")
    assert rules_by_headline(desk) == {AFTER: {"china-south-korea"}}


async def test_item_whose_new_url_is_another_article_stays_its_own(
    site: Site, open_desk: OpenDesk
) -> None:
    """Two items never fall together because one moved to where the other is."""
    two = (
        '<rss version="2.0"><channel><item><guid>w-70013</guid><title>{}</title><link>{}</link>'
        "<description>{}</description></item><item><guid>w-70014</guid>"
        "<title>First snow in the valleys</title><link>{}</link></item></channel></rss>"
    )
    first, second = site.url("/one"), site.url("/two")
    site.at("/wire.xml", Answer(body=two.format(BEFORE, first, WEATHER[0], second).encode()))
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    await poll(desk, clock)
    site.at("/wire.xml", Answer(body=two.format(AFTER, second, TALKS[0], second).encode()))
    clock.forward(minutes=20)
    await poll(desk, clock)
    assert [item.text.title for item in stored(desk)] == [AFTER, "First snow in the valleys"]
    assert rules_by_headline(desk) == {AFTER: {"china-south-korea"}}


def damage(folder: Path) -> None:
    """Take the text of the one article out of the database, as a failing disk may."""
    with closing(sqlite3.connect(folder / "state" / "monitor.db")) as db:
        db.execute("DELETE FROM revision")
        db.commit()


async def test_item_that_cannot_be_worked_on_is_flagged_counted_and_tried_again(
    site: Site, tmp_path: Path
) -> None:
    """Poll, status and digest tell of it, the feed's words are flagged, `db retry` tries again."""
    feed(site, site.url("/one"), BEFORE, WEATHER[0])
    (tmp_path / "config.toml").write_text(config_text(site, "wire", pages="none"))
    assert run("poll", folder=tmp_path).code == 0
    damage(tmp_path)
    feed(site, site.url("/one"), AFTER, TALKS[0])
    broken = run("poll", "--json", folder=tmp_path)
    assert (broken.code, json.loads(broken.out)["left"]) == (1, 1)
    with closing(sqlite3.connect(tmp_path / "state" / "monitor.db")) as db:
        assert db.execute("SELECT rule FROM flag").fetchall() == [("china-south-korea",)]
    told = run("status", folder=tmp_path)
    assert told.code == 1
    for word in ("LookupError", AFTER, "monitor db retry"):
        assert word in told.out
    made = json.loads(run("digest", "--format", "json", folder=tmp_path).out)
    assert made["coverage"]["left_aside"] == 1
    assert made["coverage"]["left_aside_what"] == [f"wire: {AFTER}"]
    assert f"wire: {AFTER}" in " ".join(run("digest", folder=tmp_path).out.split())
    assert "1 entries" in run("db", "retry", folder=tmp_path).err
    again = run("poll", "--json", folder=tmp_path)
    assert (again.code, json.loads(again.out)["left"]) == (0, 0)
    assert AFTER in run("list", "--json", folder=tmp_path).out


async def test_another_version_tries_again_by_itself(site: Site, open_desk: OpenDesk) -> None:
    """What this version left aside stays aside; what another one left is worked on."""
    feed(site, site.url("/one"), AFTER, TALKS[0])
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    await poll(desk, clock)
    (article,) = stored(desk)
    for version, stays in ((monitor.__version__, 1), ("0.0.1", 0)):
        with desk.store.write() as db:
            left.leave_entry(db, 1, article_id=article.id, version=version, why="KeyError")
        async with open_pipeline(desk, clock=clock) as pipeline:
            await pipeline.open_entries()
        with desk.store.read() as db:
            assert left.count(db) == stays


async def test_page_that_cannot_be_worked_on_is_told_and_its_feed_text_flagged(
    site: Site, open_desk: OpenDesk
) -> None:
    """A page that our own code breaks on costs no flag, and waits for another version."""
    feed(site, site.url("/one"), AFTER, TALKS[0])
    desk, clock = open_desk(config_text(site, "wire", pages="all")), Clock()
    async with open_pipeline(desk, clock=clock) as pipeline:
        await pipeline.read(desk.feeds["wire"])
        await pipeline.open_entries()
    (waiting,) = stored(desk)
    from monitor.pipeline.desks import Desks
    from monitor.pipeline.leave_aside import leave_page

    leave_page(Desks(desk), waiting, RecursionError("too deep"), NOW)
    with desk.store.read() as db:
        assert [item.what for item in left.newest(db, 5)] == ["page"]
        assert [story.headline for story in views.flagged(db)] == [AFTER]
    with desk.store.write() as db:
        assert left.again(db, NOW) == 1
    site.at("/one", page(AFTER, *TALKS))
    await poll(desk, clock)
    (read,) = stored(desk)
    assert (read.page, read.text.origin) == ("done", "page")


async def test_damaged_row_of_an_entry_harms_no_other(site: Site, open_desk: OpenDesk) -> None:
    """Of an entry whose row cannot be read its headline is worked on, and the rest as ever."""
    feed(site, site.url("/one"), AFTER, TALKS[0])
    desk, clock = open_desk(config_text(site, "wire", pages="none")), Clock()
    async with open_pipeline(desk, clock=clock) as pipeline:
        await pipeline.read(desk.feeds["wire"])
        with desk.store.write() as db:
            db.exec_driver_sql("UPDATE entry SET data = '{'")
        await pipeline.open_entries()
    assert rules_by_headline(desk) == {AFTER: {"china-south-korea"}}
