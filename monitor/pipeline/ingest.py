"""Entries become articles, many in one transaction.

An entry is filed at once with the feed's own text when its page is not to be read; otherwise its
article waits for the page. Which article an entry belongs to:

* one it was made into before: its new words are filed there;
* the one at its url, when another feed brought it, or its own feed under a like headline;
* else one of its own. Items of one feed that share a url under other headlines (live blogs,
  a link to the section) are different news; they keep the feed's text, since their page is shared.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec import structs

from monitor import feeds, model, stories
from monitor.pipeline.desks import Desks
from monitor.pipeline.drafts import Draft, with_flags
from monitor.pipeline.file_article import file_new, file_text
from monitor.pipeline.placing import heed, place_all
from monitor.pipeline.recent_stories import RecentStories
from monitor.store import articles as article_store
from monitor.store import entry_work, page_work
from monitor.store import stories as story_store
from monitor.store.page_work import PageWork
from monitor.store.stored_entry import StoredEntry


def open_entries(
    desks: Desks,
    recent: RecentStories,
    batch: Sequence[StoredEntry],
    drafts: Sequence[Draft],
    now: datetime,
    stopped: Callable[[], bool],
) -> int:
    """Make (or find, or revise) the articles of entries; return the number of flags raised.

    Args:
        drafts: of the entries.
        stopped: whether to end.

    Raises:
        Stopped: it was so, and the entries wait as before.
    """
    entries = {stored.id: stored for stored in batch}
    with recent.changing() as window:  # so long nobody else adds articles
        with desks.store.read() as db:
            known = article_store.standing(db, [draft.address for draft in drafts])
            choices = story_store.choices(db)
            new, joined = _sort(desks, drafts, known)
            ids = dict(zip(new, article_store.new_ids(db, len(new)), strict=True))
        filed = [
            (structs.replace(draft.signature, id=ids[address]), draft.judged)
            for address, draft in new.items()
            if draft.signature is not None and draft.judged is not None
        ]
        moved = heed(window, choices)
        places = place_all(window, [signature for signature, _ in filed], stopped)
        with desks.store.write() as db:
            for homes in moved:
                story_store.move(db, homes, now)
            article_store.add(db, [_article(draft) for draft in new.values()], list(ids.values()))
            file_new(db, window, filed, places, now)
            became = [(entries[draft.entry], ids[address]) for address, draft in new.items()]
            entry_work.done(db, became)
    raised = sum(judged.number for _, judged in filed)
    for draft in joined:
        home = draft.article or ids.get(draft.address) or known[draft.address].article
        raised += _revise(desks, recent, home, entries[draft.entry], draft, now)
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
        if draft.article is not None:
            joined.append(draft)
        elif there is None and first is None:
            new[draft.address] = draft
        else:
            feed = there.feed if there else first.feed if first else ""
            title = there.title if there else first.text.title if first else ""
            if feed == draft.feed and not feeds.same_headline(title, draft.text.title):
                own = f"entry:{draft.entry}"
                (new[own],) = with_flags(
                    desks.rules, [structs.replace(draft, address=own, wanted=False)]
                )
            else:
                joined.append(draft)
    return new, joined


def _article(draft: Draft) -> article_store.NewArticle:
    return article_store.NewArticle(
        feed=draft.feed,
        address=draft.address,
        outlet=draft.outlet,
        first_seen=draft.first_seen,
        fresh=draft.fresh,
        page="todo" if draft.wanted else "never",
        text=draft.text,
        words=draft.words,
    )


def _revise(
    desks: Desks,
    recent: RecentStories,
    article_id: int,
    entry: StoredEntry,
    draft: Draft,
    now: datetime,
) -> int:
    """Take an entry's words into an article that is there already; return flags raised.

    The entry is done only after that, so that a crash in between takes the words in again.
    """
    with desks.store.write() as db:
        stored = article_store.get(db, article_id)
        if stored is None:
            raise LookupError(f"article {article_id} of entry {draft.entry} has no text")
        own_page = not stored.address.startswith("entry:")  # else it is shared with others
        moved = (
            stored.feed == draft.feed
            and draft.article == stored.id
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
    own = stored.text.origin == "feed" and stored.feed == draft.feed
    if own and stories.is_new_revision(stored.text, draft.text):
        due = now if page == "todo" else None
        raised = file_text(desks, recent, stored, draft.text, now, PageWork(page, due=due))
    elif page != stored.page:
        with desks.store.write() as db:
            page_work.set_page(db, stored.id, PageWork(page, due=now))
    with desks.store.write() as db:
        entry_work.done(db, [(entry, stored.id)])
    return len(raised)
