"""What a person decides about stories: joined, parted, and why two articles are one or are not.

A decision is kept in the store and holds for whatever comes later, also when the archive is grouped
anew; a daemon that runs takes it over with the next articles that it files.
"""

from datetime import datetime

from monitor.desk import Desk
from monitor.errors import StoreError, UsageError
from monitor.pipeline.desks import Desks
from monitor.pipeline.file_article import load_window
from monitor.store import Connection
from monitor.store import articles as article_store
from monitor.store import stories as story_store
from monitor.store.articles import StoredArticle
from monitor.store.story_numbers import shown_ids


def join(desk: Desk, article_id: int, other_id: int, now: datetime) -> int:
    """Have two articles, with their stories, in one story; returns its `StoryView.shown_id`.

    Raises:
        UsageError: there is no such article, or it is the same twice.
        StoreError: one is in no story yet.
    """
    if article_id == other_id:
        raise UsageError(f"{article_id} and {other_id} are one article: name two")
    with desk.store.write() as db:
        stories = sorted(_story(db, one) for one in (article_id, other_id))
        story_store.choose(db, article_id, other_id, now)
        if stories[0] != stories[1]:
            moved = dict.fromkeys(story_store.members(db, stories[1]), stories[0])
            story_store.move(db, moved, now)
            story_store.put_on_top(db, stories[0], story_store.original(db, stories[0]))
        return _number(db, stories[0])


def part(desk: Desk, article_id: int, now: datetime) -> int:
    """Have an article in a story of its own; returns the number of the story that it left.

    Raises:
        UsageError: there is no such article.
        StoreError: it is in no story yet.
    """
    with desk.store.write() as db:
        story = _story(db, article_id)
        story_store.choose(db, article_id, 0, now)
        rest = [one for one in story_store.members(db, story) if one != article_id]
        if not rest:
            return _number(db, story)
        if story == article_id:  # the others' story is named after the first of them from now on
            story = rest[0]
            story_store.move(db, dict.fromkeys(rest, story), now)
        else:
            story_store.move(db, {article_id: article_id}, now)
        for home in (story, article_id):
            story_store.put_on_top(db, home, story_store.original(db, home))
        return _number(db, story)


def why(desk: Desk, article_id: int, other_id: int) -> list[str]:
    """Say in lines why two articles are one story or are not.

    Raises:
        UsageError: there is no such article.
    """
    with desk.store.read() as db:
        both = [_article(db, one) for one in (article_id, other_id)]
        numbers = shown_ids(db, (one.story for one in both))
    window = load_window(Desks(desk), max(one.first_seen for one in both))
    lines = [f"{one.id}  {one.outlet} ({one.text.language}): {one.text.headline}" for one in both]
    told = " and ".join(dict.fromkeys(str(numbers.get(one.story)) for one in both))
    same = both[0].story == both[1].story
    lines.append(f"They are {'one story' if same else 'two stories'} ({told}).")
    reasons = window.why(article_id, other_id)
    return lines + (reasons or ["They were seen more than four days apart: never compared."])


def _number(db: Connection, story: int) -> int:
    """Return what people call a story by."""
    return shown_ids(db, [story])[story]


def _article(db: Connection, article_id: int) -> StoredArticle:
    found = article_store.get(db, article_id)
    if found is None:
        raise UsageError(f"no article has the id {article_id}; `monitor list` shows ids")
    return found


def _story(db: Connection, article_id: int) -> int:
    story = _article(db, article_id).story
    if story is None:
        raise StoreError(f"article {article_id} is in no story yet: its page is still to be read")
    return story
