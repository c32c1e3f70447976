"""Rules held against the desk's own judgement: stories marked as wanted, or as not for us."""

from msgspec import Struct

from monitor.desk import Desk
from monitor.model import SEARCH_FLAG
from monitor.store import articles, desk_feeds, marks
from monitor.store import flags as flag_store
from monitor.store.story_numbers import shown_ids
from monitor.watch import Rulebook


class Judgement(Struct, frozen=True):
    """One judged story, and the rules that flag it at more than "log"."""

    story: int  # as readers know it: its `StoryView.shown_id`
    title: str
    wanted: bool
    before: frozenset[str]  # by the flags that were stored
    after: frozenset[str]  # by the rules that are tried


def judgements(desk: Desk, rulebook: Rulebook) -> list[Judgement]:
    """Return all judged stories as a rulebook sees them now, the oldest first.

    Raises:
        StoreError: the store cannot be read.
    """
    with desk.store.read() as db:
        judged = marks.judged(db)
        held = marks.of(db, list(judged))
        numbers = shown_ids(db, judged)
        feeds = desk_feeds.by_row(db, desk.feeds)
        copies = {story: articles.some(db, ids) for story, ids in judged.items()}
        flags = flag_store.of_articles(db, [id_ for ids in judged.values() for id_ in ids])
    return [
        Judgement(
            numbers[story],
            copies[story][0].text.headline,
            any(mark.kind == "wanted" for mark in held[story]),
            frozenset(
                flag.rule
                for id_ in ids
                for flag in flags.get(id_, ())
                if flag.level != "log" and not flag.rule.startswith(SEARCH_FLAG)
            ),
            frozenset(
                flag.rule
                for copy in copies[story]
                for flag in rulebook.flags(copy.text, feeds.get(copy.feed), now=copy.first_seen)
                if flag.level != "log"
            ),
        )
        for story, ids in judged.items()
    ]
