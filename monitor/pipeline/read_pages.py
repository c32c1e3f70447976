"""Articles get the text of their page.

A page that cannot be had leaves the feed's text, marked as such and flagged like any other, and is
tried again later at growing distances.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from monitor import articles, model, stories
from monitor.errors import FetchError, HostPaused, NoArticle, Refused
from monitor.pipeline.file_article import file_text, recheck
from monitor.pipeline.poll_feed import Clock
from monitor.store import articles as article_store
from monitor.store import stories as story_store
from monitor.store.articles import StoredArticle
from monitor.web import Client
from monitor.workspace import Desk

log = logging.getLogger(__name__)

RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
_GONE = {404, 410}
_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"


async def read_page(
    desk: Desk, client: Client, window: stories.Window, stored: StoredArticle, *, clock: Clock
) -> tuple[model.Flag, ...]:
    """Fetch and file the page of an article; never raises for what the page does.

    Returns the flags that filing raised.
    """
    feed = desk.feeds.get(stored.feed) or model.Feed(stored.feed, stored.url)
    request = model.Request(
        stored.url or stored.address,
        accept=_ACCEPT,
        user_agent=feed.user_agent,
        private=feed.private,
        robots=True,
    )
    try:
        response = await client.fetch(request)
    except HostPaused as pause:
        return await asyncio.to_thread(
            _file_without, desk, window, stored, str(pause), clock(), due=pause.until
        )
    except FetchError as error:
        permanent = isinstance(error, Refused)
        return await asyncio.to_thread(
            _file_without, desk, window, stored, str(error), clock(), permanent=permanent
        )
    return await asyncio.to_thread(_file_page, desk, window, stored, feed, response, clock())


def _file_page(
    desk: Desk,
    window: stories.Window,
    stored: StoredArticle,
    feed: model.Feed,
    response: model.Response,
    now: datetime,
) -> tuple[model.Flag, ...]:
    if response.status != 200:
        if response.status in _GONE and stored.page == "done":
            return _file_withdrawal(desk, stored, response.status, now)
        why = f"the page answered HTTP {response.status}"
        return _file_without(desk, window, stored, why, now, permanent=response.status in _GONE)
    try:
        text = articles.extract(
            response.body,
            response.url,
            content_type=response.headers.get("content-type", ""),
            country=feed.country,
            timezone=feed.timezone,
            profiles=desk.profiles,
        )
    except NoArticle as error:
        return _file_without(desk, window, stored, str(error), now)
    text = articles.complete(text, _as_entry(stored.text), feed)
    return file_text(desk, window, stored, text, now, page="done", tries=stored.page_tries + 1)


def _as_entry(text: model.Article) -> model.Entry:
    """Return what is known of an article so far, as its feed would have told it."""
    return model.Entry(
        guid="",
        url=text.url,
        title=text.title,
        summary=text.standfirst,
        content=text.body,
        authors=text.authors,
        published=text.published,
        published_text=text.published_text,
        updated=text.updated,
        outlet=text.source,
    )


def _file_without(
    desk: Desk,
    window: stories.Window,
    stored: StoredArticle,
    why: str,
    now: datetime,
    *,
    permanent: bool = False,
    due: datetime | None = None,
) -> tuple[model.Flag, ...]:
    """File the text we have, say why the page is missing, and plan the next try.

    Args:
        permanent: asking again makes no sense.
        due: when the host allows another try; that one does not count.
    """
    if stored.page == "done":  # a page we had cannot be had again; its text stays
        again = recheck(stored, True, now)
        with desk.store.write() as db:
            article_store.set_page(
                db, stored.id, "done", tries=stored.page_tries, due=again, error=why
            )
        return ()
    tries = stored.page_tries + (due is None)
    if due is None and not permanent and tries <= len(RETRIES):
        due = now + RETRIES[tries - 1]
    page = "todo" if due else "lost"
    log.debug("%s: page not read (%s)%s", stored.url, why, "" if due else "; given up")
    return file_text(
        desk, window, stored, stored.text, now, page=page, tries=tries, due=due, error=why
    )


def _file_withdrawal(
    desk: Desk, stored: StoredArticle, status: int, now: datetime
) -> tuple[model.Flag, ...]:
    what = f"{stored.outlet} took the page away (HTTP {status})"
    with desk.store.write() as db:
        article_store.withdraw(db, stored.id, now)
        article_store.set_page(db, stored.id, "done", tries=stored.page_tries, error=what)
        if stored.story is not None and stored.withdrawn is None:
            change = model.Change(now, "withdrawal", what)
            story_store.add_change(db, stored.story, stored.id, change)
    return ()
