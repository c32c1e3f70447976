"""Articles get the text of their page: fetched by who asks its host, filed by who files.

A page that cannot be had leaves the feed's text, marked as such and flagged like any other, and is
tried again later at growing distances.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from monitor import articles, model, stories
from monitor.desk import Desk
from monitor.errors import (
    FetchError,
    HostElsewhere,
    HostPaused,
    NoArticle,
    PrivateAddress,
    Refused,
    TooCostly,
)
from monitor.pipeline.desks import Desks
from monitor.pipeline.file_article import file_text, recheck
from monitor.pipeline.recent_stories import RecentStories
from monitor.pipeline.tools import Tools
from monitor.store import articles as article_store
from monitor.store import changes, page_work
from monitor.store import entries as entry_store
from monitor.store.articles import StoredArticle
from monitor.store.page_work import PageWork
from monitor.text import letters, one_line
from monitor.url_logins import redact, with_login
from monitor.workers import Workers

log = logging.getLogger(__name__)

RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
_GONE = {404, 410}
_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"


class Page(Struct, frozen=True):
    """What came of asking for a page: its text, or why there is none."""

    text: model.Article | None = None
    why: str = ""
    permanent: bool = False  # asking again makes no sense
    gone: int = 0  # the status with which the outlet says that it took the page away
    refresh: str = ""  # where a page that is not the story leads on to
    due: datetime | None = None  # when its host allows another try; this one does not count


class _Asked(Struct, frozen=True):
    """A page that is asked for.

    Attributes:
        stored: the article whose page it is.
        feed: that brought it.
        told: what the feeds said of it.
        request: the one under way.
    """

    stored: StoredArticle
    feed: model.Feed
    told: Sequence[model.Entry]
    request: model.Request


async def fetch_page(
    desks: Desks, tools: Tools, stored: StoredArticle, told: Sequence[model.Entry]
) -> Page:
    """Fetch and read the page of an article; never raises for what the page does.

    Args:
        told: what the feeds said of it, as `with_told` gives it.

    Raises:
        HostElsewhere: another machine asks its host.
    """
    feed = desks.feed(stored.feed) or model.Feed(stored.feed, stored.url)
    request = model.Request(
        page_url(stored),
        accept=_ACCEPT,
        user_agent=feed.user_agent,
        private=feed.private,
        robots=True,
    )
    asked, profiles = _Asked(stored, feed, told, request), desks.own.profiles
    try:
        found = await _read(tools.workers, profiles, asked, await tools.client.fetch(request))
        if found.refresh:  # a page that only leads on: it is followed once
            onward = with_login(found.refresh, request.url)
            asked = replace(asked, request=replace(request, url=onward))
            found = await _read(
                tools.workers, profiles, asked, await tools.client.fetch(asked.request)
            )
    except HostPaused as pause:
        return Page(why=str(pause), due=pause.until)
    except HostElsewhere:
        raise
    except FetchError as error:
        # A private address may be a resolver that is astray for an hour.
        permanent = isinstance(error, Refused) and not isinstance(error, PrivateAddress)
        found = Page(why=str(error), permanent=permanent)
    return found


def page_url(stored: StoredArticle) -> str:
    """Return where the page of an article is asked for."""
    return stored.url or stored.address


def file_page(
    desks: Desks, recent: RecentStories, stored: StoredArticle, found: Page, now: datetime
) -> tuple[model.Flag, ...]:
    """File what came of asking for a page; return the flags that were raised."""
    if found.gone and stored.page == "done":
        return _file_withdrawal(desks, stored, found.gone, now)
    if found.text is None:
        _, told = with_told(desks.own, stored.id)
        return _file_without(desks, recent, stored, told, found, now)
    tries = stored.page_tries + 1
    return file_text(desks, recent, stored, found.text, now, PageWork("done", tries))


def with_told(desk: Desk, article_id: int) -> tuple[StoredArticle | None, tuple[model.Entry, ...]]:
    """Return an article, and what the feeds said of it, newest last."""
    with desk.store.read() as db:
        return article_store.get(db, article_id), tuple(entry_store.of_article(db, article_id))


async def _read(
    workers: Workers, profiles: articles.Profiles, asked: _Asked, response: model.Response
) -> Page:
    """Read an answer; a page that is not the story is none."""
    if response.status != 200:
        gone = response.status if response.status in _GONE else 0
        why = f"the page answered HTTP {response.status}"
        return Page(why=why, permanent=bool(gone), gone=gone)
    try:
        text = await workers.run(
            articles.extract,
            response.body,
            response.url,
            content_type=response.headers.get("content-type", ""),
            country=asked.feed.country,
            timezone=asked.feed.timezone,
            profiles=profiles,
        )
    except NoArticle as error:
        refresh = await asyncio.to_thread(_leads_to, asked, response)
        return Page(why=str(error), refresh=refresh)
    except TooCostly as error:  # it would be as costly the next time
        return Page(why=str(error), permanent=True)
    return await asyncio.to_thread(_judge, asked, response, text)


def _judge(asked: _Asked, response: model.Response, text: model.Article) -> Page:
    """Tell whether what a page says is the story."""
    told = (articles.from_entry(item, asked.feed) for item in asked.told)
    known = [_words(asked.stored.text), *map(_words, told)]
    kin = articles.kinship(text, known, asked=asked.request.url)
    read_before = asked.stored.text.origin == "page"
    withdrawn = kin == "headline" and read_before and stories.says_withdrawn(text)
    if kin != "story" and not withdrawn:
        said = one_line(text.title)[:80]
        what = f"it says \u201c{said}\u201d" if said else "it shares no words with it"
        if kin == "headline":
            what = "its headline stands over a text that has nothing to do with it"
        return Page(why=f"the page is not the story: {what}", refresh=_leads_to(asked, response))
    return Page(articles.complete(text, asked.stored.text))


def _leads_to(asked: _Asked, response: model.Response) -> str:
    """Return where a page sends its reader on to, "" when that was followed already."""
    url = asked.request.url
    if url not in {asked.stored.url, asked.stored.address}:
        return ""
    target = articles.refresh_target(
        response.body, response.url, content_type=response.headers.get("content-type", "")
    )
    return "" if target in {url, response.url} else target


def _words(text: model.Article) -> articles.Told:
    return articles.Told(text.title, "\n".join((text.standfirst, *text.body)))


def _file_without(
    desks: Desks,
    recent: RecentStories,
    stored: StoredArticle,
    told: Sequence[model.Entry],
    found: Page,
    now: datetime,
) -> tuple[model.Flag, ...]:
    """File the text we have, say why the page is missing, and plan the next try."""
    if stored.page == "done":  # a page we had cannot be had again; its text stays
        again = recheck(stored, True, now)
        with desks.store.write() as db:
            page = PageWork("done", stored.page_tries, again, found.why)
            page_work.set_page(db, stored.id, page)
        return ()
    due = found.due
    tries = stored.page_tries + (due is None)
    if due is None and not found.permanent and tries <= len(RETRIES):
        due = now + RETRIES[tries - 1]
    page = PageWork("todo" if due else "lost", tries, due, found.why)
    log.debug(
        "%s: page not read (%s)%s", redact(stored.url), found.why, "" if due else "; given up"
    )
    text = _with_newest_words(stored, told)
    return file_text(desks, recent, stored, text, now, page)


def _with_newest_words(stored: StoredArticle, told: Sequence[model.Entry]) -> model.Article:
    """Return the text we have; over a page's older text what the feed says by now.

    A feed that changes an item's words is followed to the page. Where that cannot be had, the new
    headline and teaser must not be lost.
    """
    text = stored.text
    if text.origin != "page" or stored.page != "todo" or not told:
        return text
    newest = told[-1]
    if not newest.title or letters(newest.title) in letters(text.title):
        return text
    teaser = one_line(newest.summary.partition("\n")[0] or next(iter(newest.content), ""))
    return replace(
        text,
        title=one_line(newest.title),
        standfirst=teaser or text.standfirst,
        notes=(*text.notes, "title: from the feed, which changed it; the page was not read again"),
    )


def _file_withdrawal(
    desks: Desks, stored: StoredArticle, status: int, now: datetime
) -> tuple[model.Flag, ...]:
    what = f"{stored.outlet} took the page away (HTTP {status})"
    with desks.store.write() as db:
        page_work.withdraw(db, stored.id, now)
        page_work.set_page(db, stored.id, PageWork("done", stored.page_tries, error=what))
        if stored.story is not None and stored.withdrawn is None:
            change = model.Change(now, "withdrawal", what)
            changes.add(db, stored.story, stored.id, change)
    return ()
