"""Entries become articles, many in one transaction.

An entry is filed at once with the feed's own text when its page is not to be read; otherwise its
article waits for the page. Which article an entry belongs to:

* one it was made into before: its new words are filed there;
* the one at its url, when another feed brought it, or its own feed under a like headline;
* else one of its own. Items of one feed that share a url under other headlines (live blogs,
  a link to the section) are different news; they keep the feed's text, since their page is shared.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import articles, feeds, model, stories, urls
from monitor.pipeline.desks import Desks
from monitor.pipeline.file_article import file_new, file_text, sign
from monitor.pipeline.judging import Judged
from monitor.store import Connection, page_work
from monitor.store import articles as article_store
from monitor.store import entries as entry_store
from monitor.store.entries import StoredEntry
from monitor.store.page_work import PageWork


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry read as an article, before it is known whether the store has that article."""

    entry: StoredEntry
    text: model.Article
    address: str
    outlet: str
    wanted: bool  # its page is to be read
    judged: Judged | None = None
    signature: stories.Signature | None = None  # its id is not known yet


def open_entries(
    desks: Desks, window: stories.Window, batch: Sequence[StoredEntry], now: datetime
) -> int:
    """Make (or find, or revise) the articles of entries; return the number of flags raised."""
    drafts = _judged(desks, [_draft(desks, stored) for stored in batch])
    with desks.store.write() as db:
        known = article_store.standing(db, [draft.address for draft in drafts])
        new, joined = _sort(desks, drafts, known)
        ids = _add(db, list(new.values()))
        filed = [
            (dataclasses.replace(draft.signature, id=ids[address]), draft.judged)
            for address, draft in new.items()
            if draft.signature is not None and draft.judged is not None
        ]
        file_new(db, window, filed, now)
        entry_store.done(db, [(draft.entry.id, ids[address]) for address, draft in new.items()])
    raised = sum(read.number for _, read in filed)
    for draft in joined:
        home = draft.entry.article or ids.get(draft.address) or known[draft.address].article
        raised += _revise(desks, window, home, draft, now)
    return raised


def _sort(
    desks: Desks,
    drafts: Sequence[Draft],
    known: Mapping[str, article_store.Standing],
) -> tuple[dict[str, Draft], list[Draft]]:
    """Return the drafts that are new articles, by address, and those that join one."""
    new: dict[str, Draft] = {}
    joined: list[Draft] = []
    for draft in drafts:
        there = known.get(draft.address)
        first = new.get(draft.address)
        if draft.entry.article is not None:
            joined.append(draft)
        elif there is None and first is None:
            new[draft.address] = draft
        else:
            feed = there.feed if there else first.entry.feed if first else ""
            title = there.title if there else first.text.title if first else ""
            if feed == draft.entry.feed and not feeds.same_headline(title, draft.text.title):
                own = f"entry:{draft.entry.id}"
                (new[own],) = _judged(
                    desks, [dataclasses.replace(draft, address=own, wanted=False)]
                )
            else:
                joined.append(draft)
    return new, joined


def _draft(desks: Desks, stored: StoredEntry) -> Draft:
    feed = desks.feed(stored.feed) or model.Feed(stored.feed, stored.entry.url)
    text = articles.from_entry(stored.entry, feed)
    return Draft(
        entry=stored,
        text=text,
        address=urls.canonical(stored.entry.url)[:2000] or f"entry:{stored.id}",
        outlet=text.source or feed.name,
        wanted=_page_wanted(desks, stored.entry, feed),
    )


def _judged(desks: Desks, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts; those that are filed with the feed's own text with flags and signature.

    One that has them keeps them, and one that has an article already is judged with that.
    """
    alone = [draft for draft in drafts if _is_new_without_page(draft)]
    read = iter(desks.judge_all((d.text, d.entry.feed, d.entry.first_seen) for d in alone))
    return [
        _without_page(draft, next(read)) if _is_new_without_page(draft) else draft
        for draft in drafts
    ]


def _is_new_without_page(draft: Draft) -> bool:
    return not draft.wanted and draft.entry.article is None and draft.signature is None


def _without_page(draft: Draft, read: Judged) -> Draft:
    """Return a draft that is filed with the feed's own text."""
    seen, outlet = draft.entry.first_seen, draft.outlet
    signature = sign(draft.text, read.mentions, seen=seen, outlet=outlet)
    return dataclasses.replace(draft, wanted=False, judged=read, signature=signature)


def _page_wanted(desks: Desks, entry: model.Entry, feed: model.Feed) -> bool:
    if not entry.url or feed.pages == "none":
        return False
    summary = "\n".join((entry.summary, *entry.content))
    return feed.pages == "all" or desks.may_hit(entry.title, summary, feed.name)


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
    desks: Desks, window: stories.Window, article_id: int, draft: Draft, now: datetime
) -> int:
    """Take an entry's words into an article that is there already; return flags raised.

    The entry is done only after that, so that a crash in between takes the words in again.
    """
    with desks.store.write() as db:
        stored = article_store.get(db, article_id)
        if stored is None:
            raise LookupError(f"article {article_id} of entry {draft.entry.id} has no text")
        own_page = not stored.address.startswith("entry:")  # else it is shared with others
        moved = (
            stored.feed == draft.entry.feed
            and draft.entry.article == stored.id
            and draft.address != stored.address
            and article_store.move(db, stored.id, address=draft.address, url=draft.text.url)
        )
    raised: tuple[model.Flag, ...] = ()
    page = stored.page
    if (
        draft.wanted
        and (own_page or moved)
        and (page != "done" or moved or draft.text.title != stored.text.title)
    ):
        page = "todo"  # never asked for, given up, moved or changed: worth a look
    own = stored.text.origin == "feed" and stored.feed == draft.entry.feed
    if own and stories.is_new_revision(stored.text, draft.text):
        due = now if page == "todo" else None
        raised = file_text(desks, window, stored, draft.text, now, PageWork(page, due=due))
    elif page != stored.page:
        with desks.store.write() as db:
            page_work.set_page(db, stored.id, PageWork(page, due=now))
    with desks.store.write() as db:
        entry_store.done(db, [(draft.entry.id, stored.id)])
    return len(raised)
