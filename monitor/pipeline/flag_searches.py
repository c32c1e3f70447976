"""Saved searches as digests and files tell them: what one finds bears a flag called "@name".

A digest that names searches flags what they find among what came since its last window, in the
transaction that makes it; from there on these flags are carried, counted and remembered like those
of rules, so that a story is told once, and under the first section that has it. Rules know nothing
of them, so changed rules take none of them back.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from monitor import model
from monitor.desk import Desk
from monitor.errors import UsageError
from monitor.pipeline.read_query import read_query
from monitor.search import And, Field, Node, Phrase, phrases, snippet
from monitor.store import Connection, search, views
from monitor.store import flags as flag_store
from monitor.store.articles import StoredArticle
from monitor.text import one_line
from monitor.tomlfile import nearest

_SENTENCE = 200  # characters around the words that were found


def sections(searches: Sequence[str]) -> list[tuple[str, str]]:
    """Return (id, name) of the sections that saved searches have in a digest."""
    return [(f"{model.SEARCH_FLAG}{name}", name) for name in searches]


def flag_found(
    desk: Desk,
    db: Connection,
    searches: Sequence[str],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
) -> None:
    """Store the flags of saved searches for what was first seen in a window."""
    found = [(item.id, flag) for item, flag in _found(desk, db, searches, since, until, now)]
    flag_store.add(db, found, max(since, until - timedelta(seconds=1)))


def with_found(
    desk: Desk,
    db: Connection,
    searches: Sequence[str],
    stories: Sequence[model.StoryView],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
) -> list[model.StoryView]:
    """Return stories and what saved searches find in a window, with flags; nothing is stored."""
    flags: dict[int, dict[str, model.Flag]] = {}
    for item, flag in _found(desk, db, searches, since, until, now):
        if item.story is not None:
            flags.setdefault(item.story, {}).setdefault(flag.rule, flag)
    known = {view.id for view in stories}
    others = views.stories(db, [story for story in flags if story not in known])
    views_of_others = [replace(view, flags=()) for view in others]
    return [
        replace(view, flags=(*view.flags, *flags.get(view.id, {}).values()))
        for view in (*stories, *views_of_others)
    ]


def _found(
    desk: Desk,
    db: Connection,
    searches: Sequence[str],
    since: datetime,
    until: datetime,
    now: datetime,
) -> Iterator[tuple[StoredArticle, model.Flag]]:
    """Yield what saved searches find in a window and have not flagged yet."""
    for name in searches:
        node = saved(desk, name, now)
        (rule, _), = sections([name])  # fmt: skip
        window = And((node, Field("since", since), Field("until", until)))
        for batch in search.every(db, window):
            flagged = flag_store.of_articles(db, [item.id for item in batch])
            for item in batch:
                held = {flag.rule for flag in flagged.get(item.id, ())}
                if item.story is not None and rule not in held:
                    yield item, flag_for(rule, item, list(phrases(node)))


def saved(desk: Desk, name: str, now: datetime) -> Node:
    """Return the query of a saved search; raises UsageError when there is none of that name."""
    known = {table.name: table.query for table in desk.config.search}
    if name not in known:
        hint = nearest(name, known) or f"known: {', '.join(known) or 'none'}"
        raise UsageError(f'no saved search is called "{name}" ({hint})')
    return read_query(desk, known[name], now)


def flag_for(rule: str, item: StoredArticle, wanted: Sequence[Phrase]) -> model.Flag:
    """Return the flag of a search on an article: the words that were found, and around them."""
    text = item.text
    lines = (text.title, text.standfirst, *text.body)
    shown = snippet("\n".join(one_line(line) for line in lines if line), wanted, _SENTENCE)
    words = dict.fromkeys(shown.text[start:end] for start, end in shown.marks)
    sentence = shown.text.replace("\n", " ")  # as long as before, so that the marks stay
    reason = model.Reason("search", 1.0, "body", sentence, shown.marks, tuple(words))
    return model.Flag(rule, "digest", 1.0, (reason,))
