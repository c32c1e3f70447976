"""Entries become articles, many in one transaction.

An entry is filed at once with the feed's own text when its page is not to be read; otherwise its
article waits for the page. An entry whose address is that of a known article joins it.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from monitor import articles, feeds, model, stories
from monitor.desk import Desk
from monitor.pipeline.filing import file_new, file_text, sign
from monitor.store import articles as article_store
from monitor.store import entries as entry_store
from monitor.store.entries import StoredEntry


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry read as an article, before it is known whether the store has that article."""

    entry: StoredEntry
    text: model.Article
    address: str
    outlet: str
    wanted: bool  # its page is to be read
    flags: tuple[model.Flag, ...] = ()
    signature: stories.Signature | None = None  # its id is not known yet


def open_entries(
    desk: Desk, window: stories.Window, batch: Sequence[StoredEntry], now: datetime
) -> int:
    """Make (or find, or revise) the articles of entries; return the number of flags raised."""
    drafts = [_draft(desk, stored, now) for stored in batch]
    with desk.store.write() as db:
        known = article_store.standing(db, [draft.address for draft in drafts])
        new = {draft.address: draft for draft in reversed(drafts) if draft.address not in known}
        ids = _add(db, list(new.values()))
        became = [
            (
                draft.entry.id,
                ids[draft.address] if draft.address in ids else known[draft.address][0],
            )
            for draft in drafts
        ]
        entry_store.done(db, became)
        filed = [
            (dataclasses.replace(draft.signature, id=ids[address]), draft.flags)
            for address, draft in new.items()
            if draft.signature is not None
        ]
        file_new(db, window, filed, now)
        again = [draft for draft in drafts if draft.address in known]
        for draft in again:
            article_id, page, title = known[draft.address]
            if draft.wanted and page == "done" and draft.text.title != title:
                article_store.set_page(db, article_id, "todo", tries=0, due=now)
    raised = sum(len(flags) for _, flags in filed)
    return raised + sum(
        _revise(desk, window, known[draft.address][0], draft, now) for draft in again
    )


def _draft(desk: Desk, stored: StoredEntry, now: datetime) -> Draft:
    feed = desk.feeds.get(stored.feed) or model.Feed(stored.feed, stored.entry.url)
    text = articles.from_entry(stored.entry, feed)
    address = feeds.canonical_url(stored.entry.url)[:2000] or f"entry:{stored.id}"
    draft = Draft(
        entry=stored,
        text=text,
        address=address,
        outlet=text.source or feed.name,
        wanted=_page_wanted(desk, stored.entry, feed),
    )
    if draft.wanted:
        return draft
    signature = sign(desk, text, feed=feed.name, seen=stored.first_seen, outlet=draft.outlet)
    flags = desk.rulebook.flags(text, feed, now=now)
    return dataclasses.replace(draft, flags=flags, signature=signature)


def _page_wanted(desk: Desk, entry: model.Entry, feed: model.Feed) -> bool:
    if not entry.url or feed.pages == "none":
        return False
    summary = "\n".join((entry.summary, *entry.content))
    return feed.pages == "all" or desk.rulebook.may_hit(entry.title, summary, feed)


def _add(db: Connection, new: Sequence[Draft]) -> dict[str, int]:
    """Store new articles; return their ids by address."""
    rows = [
        article_store.NewArticle(
            feed=draft.entry.feed,
            address=draft.address,
            outlet=draft.outlet,
            first_seen=draft.entry.first_seen,
            fresh=draft.entry.fresh,
            page="todo" if draft.wanted else "never",
            text=draft.text,
        )
        for draft in new
    ]
    addresses = [draft.address for draft in new]
    return dict(zip(addresses, article_store.add(db, rows), strict=True))


def _revise(
    desk: Desk, window: stories.Window, article_id: int, draft: Draft, now: datetime
) -> int:
    """File the new words of an article that lives on its feed's text; return flags raised."""
    with desk.store.read() as db:
        stored = article_store.get(db, article_id)
    if stored is None or stored.page != "never" or draft.wanted:
        return 0
    return len(file_text(desk, window, stored, draft.text, now, page="never", tries=0))
