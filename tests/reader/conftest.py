"""A desk whose store holds stories in four languages, and the reader on it."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from monitor import model
from monitor.desk import Desk
from monitor.reader import Archive, ReaderApp
from monitor.store import Connection, articles, desk_feeds
from monitor.store import flags as flag_store
from monitor.store import stories as story_store
from tests.waiting import PATIENCE
from tests.wire import NOW, desk_of

CONFIG = """
[monitor]
timezone = "Asia/Seoul"
reader_language = "en"

[[digest]]
name = "morning"
rules = ["china-south-korea", "korean-peninsula"]
"""
HOTLINE = "Seoul and Beijing agree on a coast guard hotline"
MISSILE = "North fires a missile toward the East Sea"
HOSTILE = "Red\x1b[31m [bold]flag[/bold] \u202eevil\u202c <script>alert(1)</script>"

Reader = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


def text(title: str, *body: str, language: str = "en", outlet: str = "Wire") -> model.Article:
    """Return a short article."""
    return model.Article(
        url=f"https://example.org/{len(title)}",
        title=title,
        body=body or (f"{title}, officials said.",),
        language=language,
        source=outlet,
    )


def add(
    db: Connection, article: model.Article, *, story: int = 0, role: model.Role = "original",
    rule: str = "", level: model.Level = "digest", hours: float = 1.0,
) -> int:  # fmt: skip
    """Store an article that was seen and flagged some hours ago; return its id."""
    seen = NOW - timedelta(hours=hours)
    new = articles.NewArticle(
        "wire", f"a:{article.title}:{hours}", article.source, seen, True, "never", article
    )
    (number,) = articles.add(db, [new])
    if story:
        articles.set_story(db, number, story, role)
    else:
        story_store.open_stories(db, [number], seen)
    if rule:
        sentence = article.title
        words = sentence.split()[0]
        reason = model.Reason("when 1", 2.0, "headline", sentence, ((0, len(words)),), (words,))
        flag_store.add(db, [(number, model.Flag(rule, level, 4.0, (reason,)))], seen)
    return number


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with four stories of today, one of yesterday, and one that no rule flagged."""
    opened = desk_of(tmp_path, CONFIG)
    with opened.store.write() as db:
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
        talks = text("韩中就海警热线达成一致", "双方同意设立热线。", language="zh", outlet="新华社")
        first = add(db, talks, rule="china-south-korea", hours=3)
        add(db, text(HOTLINE), story=first, role="translation", hours=2.9)
        add(db, text("한중, 해경 핫라인 합의", language="ko"), story=first, role="copy", hours=2.8)
        add(db, text(MISSILE), rule="korean-peninsula", level="now", hours=1)
        add(db, text("외교장관 회담 열려", language="ko"), rule="korean-peninsula", hours=2)
        add(db, text(HOSTILE), rule="korean-peninsula", hours=4)
        add(db, text("Yesterday's talks ended"), rule="china-south-korea", hours=20)
        add(db, text("Rain is expected in the valleys"), hours=1)
    yield opened
    opened.close()


@pytest.fixture
def reader(desk: Desk) -> Reader:
    """Open the reader on the desk, on a terminal of a size."""

    @asynccontextmanager
    async def opened(columns: int = 100, lines: int = 30) -> AsyncIterator[Pilot[None]]:
        app = ReaderApp(Archive(desk, lambda: NOW))
        async with app.run_test(size=(columns, lines)) as pilot:
            await settled(pilot)
            yield pilot

    return opened


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the reader has done what it was asked, and has drawn it."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each when the one before was answered."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def until(pilot: Pilot[None], words: str) -> None:
    """Wait until something stands on the screen that no key was pressed for."""
    end = time.monotonic() + PATIENCE
    while words not in screen(pilot):
        assert time.monotonic() < end, screen(pilot)
        await pilot.pause(0.02)


def screen(pilot: Pilot[None]) -> str:
    """Return what stands on the screen, a line a row."""
    return "\n".join(
        "".join(segment.text for segment in strip).rstrip()
        for strip in pilot.app.screen._compositor.render_strips()
    )
