"""Entries read as articles, judged and signed, before the store is asked whether it has them.

What is said of an entry depends on nothing but its words, its feed and the rules in force, so many
of them can be read in another process, while this one files others.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct, structs

from monitor import articles, model, search, stories, url_keys
from monitor.pipeline.judging import Judged
from monitor.pipeline.rules_of_desks import RulesOfDesks
from monitor.pipeline.signing import sign
from monitor.store.stored_entry import StoredEntry


class Draft(Struct, frozen=True):
    """An entry read as an article, before it is known whether the store has that article.

    Attributes:
        entry, feed, first_seen, fresh: of the entry: its id and so on.
        article: which the entry became when it was worked on before.
        wanted: its page is to be read.
        words: what it is found by.
        signature: its id is not known yet.
    """

    entry: int
    feed: str
    first_seen: datetime
    fresh: bool
    article: int | None
    text: model.Article
    address: str
    outlet: str
    wanted: bool
    words: search.IndexWords
    judged: Judged | None = None
    signature: stories.Signature | None = None


def draft_all(rules: RulesOfDesks, batch: Iterable[StoredEntry]) -> list[Draft]:
    """Return entries as articles; those that are to be filed so with flags and signature."""
    return with_flags(rules, [_draft(rules, stored) for stored in batch])


def with_flags(rules: RulesOfDesks, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts; those that are filed with the feed's own text with flags and signature.

    One that has them keeps them, and one that has an article already is judged with that.
    """
    alone = [draft for draft in drafts if _is_new_without_page(draft)]
    read = iter(rules.judge((draft.text, draft.feed, draft.first_seen) for draft in alone))
    return [
        _without_page(draft, next(read)) if _is_new_without_page(draft) else draft
        for draft in drafts
    ]


def _draft(rules: RulesOfDesks, stored: StoredEntry) -> Draft:
    feed = rules.feed(stored.feed) or model.Feed(stored.feed, stored.entry.url)
    text = articles.from_entry(stored.entry, feed)
    return Draft(
        entry=stored.id,
        feed=stored.feed,
        first_seen=stored.first_seen,
        fresh=stored.fresh,
        article=stored.article,
        text=text,
        address=url_keys.canonical(stored.entry.url)[:2000] or f"entry:{stored.id}",
        outlet=text.source or feed.name,
        wanted=_page_wanted(rules, stored, feed),
        words=search.index_words(text),
    )


def _page_wanted(rules: RulesOfDesks, stored: StoredEntry, feed: model.Feed) -> bool:
    entry = stored.entry
    if not entry.url or feed.pages == "none":
        return False
    summary = "\n".join((entry.summary, *entry.content))
    return feed.pages == "all" or rules.may_hit(entry.title, summary, stored.feed)


def _is_new_without_page(draft: Draft) -> bool:
    return not draft.wanted and draft.article is None and draft.signature is None


def _without_page(draft: Draft, judged: Judged) -> Draft:
    """Return a draft that is filed with the feed's own text."""
    seen, outlet = draft.first_seen, draft.outlet
    signature = sign(draft.text, judged.mentions, seen=seen, outlet=outlet)
    return structs.replace(draft, wanted=False, judged=judged, signature=signature)
