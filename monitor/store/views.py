"""What readers are shown: stories with their copies, flags and changes, put together."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from monitor import model, url_logins
from monitor.store import changes, codec, desk_feeds, marks
from monitor.store import flags as flag_store
from monitor.store.chunks import chunks
from monitor.store.schema import article, change, digested, feed, flag, mark, revision
from monitor.store.story_numbers import ROLES
from monitor.store.whose import desk_of

# Built once, and of no more columns than are shown: SQLAlchemy reads each by itself.
_COPIES = (
    select(
        article.c.id,
        article.c.story_id,
        article.c.url,
        article.c.outlet,
        article.c.language,
        article.c.title,
        article.c.first_seen,
        article.c.published,
        article.c.role,
        feed.c.name.label("feed"),
        revision.c.data,
    )
    .join(feed, feed.c.id == article.c.feed_id)
    .join(
        revision,
        (revision.c.article_id == article.c.id) & (revision.c.number == article.c.revision),
    )
    .where(article.c.story_id.in_(bindparam("stories", expanding=True)))
    .order_by(article.c.id)
)


def flagged(
    db: Connection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    rules: Sequence[str] = (),
    most: int | None = None,
    starred: bool = False,
    unread: bool = False,
) -> list[model.StoryView]:
    """Return the stories flagged in a window, newest first; only the named rules when given.

    Of more than `most` stories those are returned that were flagged last. `starred` and `unread`
    leave out those that the desk did not mark with a star, or has marked as read.
    """
    conditions = _flagged_in(db, since, until)
    if starred:
        conditions.append(article.c.story_id.in_(_marked(db, "star")))
    if unread:
        conditions.append(article.c.story_id.not_in(_marked(db, "read")))
    return _by_flags(db, conditions, rules, most)


def count_flagged(db: Connection, *, since: datetime, until: datetime, unread: bool = False) -> int:
    """Return how many stories were flagged in a window, or only those that nobody has read."""
    conditions = _flagged_in(db, since, until)
    if unread:
        conditions.append(article.c.story_id.not_in(_marked(db, "read")))
    found = _flagged_stories(conditions, ()).subquery()
    return int(db.execute(select(func.count()).select_from(found)).scalar_one())


def undigested(
    db: Connection, digest: str, *, since: datetime, until: datetime, rules: Sequence[str]
) -> tuple[list[model.StoryView], list[model.NewFlag]]:
    """Return the stories with flags that no digest of this name has carried, and those flags.

    `since` should lie well before the end of the last window: a flag that was written while that
    digest was being made is then still here, so nothing falls between two windows. Flags that a
    digest does not show (level "log", or in no story yet) are not among them, so that they are
    carried once they are shown.
    """
    carried = select(digested.c.flag_id).where(digested.c.digest == digest)
    conditions = [*_flagged_in(db, since, until), flag.c.id.not_in(carried)]
    conditions += [flag.c.rule.in_(rules), flag.c.level != "log", article.c.story_id.is_not(None)]
    columns = (flag.c.id, flag.c.article_id, article.c.story_id, flag.c.level)
    query = select(*columns).join(article, article.c.id == flag.c.article_id).where(*conditions)
    return _by_flags(db, conditions, rules), [model.NewFlag(*row) for row in db.execute(query)]


def changed_since_digest(
    db: Connection, digest: str, *, since: datetime, until: datetime, rules: Sequence[str]
) -> list[model.StoryView]:
    """Return the stories that a digest has carried and that changed materially in a window."""
    query = (
        select(change.c.story_id)
        .join(article, article.c.story_id == change.c.story_id)
        .join(flag, flag.c.article_id == article.c.id)
        .join(digested, (digested.c.flag_id == flag.c.id) & (digested.c.digest == digest))
        .where(change.c.at >= since, change.c.at < until, change.c.kind.in_(changes.MATERIAL))
        .where(flag.c.rule.in_(rules), flag.c.desk == desk_of(db))
        .distinct()
    )
    return _views(db, list(db.execute(query).scalars()), rules)


def stories(db: Connection, story_ids: Sequence[int]) -> list[model.StoryView]:
    """Return some stories whole, with all their flags."""
    return _views(db, story_ids, ())


def _marked(db: Connection, kind: model.MarkKind) -> Select[tuple[int]]:
    return select(mark.c.story_id).where(mark.c.kind == kind, mark.c.desk == desk_of(db))


def _named(rules: Sequence[str]) -> list[ColumnElement[bool]]:
    return [flag.c.rule.in_(rules)] if rules else []


def _flagged_in(
    db: Connection, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    conditions = [flag.c.desk == desk_of(db)]
    if since is not None:
        conditions.append(flag.c.at >= since)
    if until is not None:
        conditions.append(flag.c.at < until)
    return conditions


def _flagged_stories(
    conditions: Sequence[ColumnElement[bool]], rules: Sequence[str]
) -> Select[Any]:
    return (
        select(article.c.story_id)
        .join(flag, flag.c.article_id == article.c.id)
        .where(flag.c.level != "log", article.c.story_id.is_not(None))
        .where(*conditions, *_named(rules))
        .group_by(article.c.story_id)
    )


def _by_flags(
    db: Connection,
    conditions: Sequence[ColumnElement[bool]],
    rules: Sequence[str],
    most: int | None = None,
) -> list[model.StoryView]:
    query = _flagged_stories(conditions, rules)
    if most is not None:
        query = query.order_by(func.max(flag.c.at).desc(), article.c.story_id.desc()).limit(most)
    found = _views(db, list(db.execute(query).scalars()), rules)
    return sorted(found, key=lambda view: view.last_seen, reverse=True)


def _views(db: Connection, story_ids: Sequence[int], rules: Sequence[str]) -> list[model.StoryView]:
    views = []
    called = desk_feeds.called(db) if story_ids else {}
    for part in chunks(story_ids):
        members: dict[int, list[tuple[model.Copy, model.Article]]] = {}
        for row in db.execute(_COPIES, {"stories": part}):
            text = codec.text_of(row)
            copy = model.Copy(
                article=row.id,
                outlet=row.outlet,
                language=row.language,
                title=text.headline,
                url=text.canonical or url_logins.without_login(row.url),
                seen=row.first_seen,
                published=text.published or row.published,
                published_text=text.published_text,
                role=row.role,
                feed=called.get(row.feed, row.feed),
            )
            members.setdefault(row.story_id, []).append((copy, text))
        ids = [copy.article for group in members.values() for copy, _ in group]
        flags = flag_store.of_articles(db, ids)
        happened = changes.of(db, part)
        marked = marks.of(db, part)
        for story_id, group in members.items():
            told = happened.get(story_id, ()), marked.get(story_id, ())
            views.append(_view(story_id, group, flags, *told, rules))
    return views


def _view(
    story_id: int,
    members: list[tuple[model.Copy, model.Article]],
    flags: dict[int, tuple[model.Flag, ...]],
    changes: tuple[model.Change, ...],
    of_desk: tuple[model.Mark, ...],
    rules: Sequence[str],
) -> model.StoryView:
    members.sort(key=lambda member: (ROLES.index(member[0].role), member[0].article))
    top = members[0][0]
    text = _told(members)
    best: dict[str, model.Flag] = {}
    for copy, _ in members:  # the original's own reasons are shown before a copy's
        for item in flags.get(copy.article, ()):
            known = best.get(item.rule)
            if (not rules or item.rule in rules) and (
                known is None or model.LOUDNESS[item.level] > model.LOUDNESS[known.level]
            ):
                best[item.rule] = item
    hits = (hit for item in best.values() for reason in item.reasons for hit in reason.hits)
    return model.StoryView(
        id=story_id,
        headline=top.title,
        language=top.language,
        first_seen=min(copy.seen for copy, _ in members),
        last_seen=max(copy.seen for copy, _ in members),
        copies=tuple(copy for copy, _ in members),
        flags=tuple(sorted(best.values(), key=lambda item: -item.score)),
        opening=_opening(text),
        entities=tuple(dict.fromkeys(hit.entity for hit in hits if hit.entity)),
        changes=changes,
        marks=of_desk,
        access=text.access,
        origin=text.origin,
    )


def _told(members: Sequence[tuple[model.Copy, model.Article]]) -> model.Article:
    """Return the first text that says more than its headline; a flash is told by a later take."""
    language = members[0][0].language
    texts = (text for copy, text in members if copy.language == language and _opening(text))
    return next(texts, members[0][1])


def _opening(text: model.Article) -> str:
    return text.standfirst or next(iter(text.body), "")


def history(
    db: Connection, rules: Iterable[str], until: datetime, days: int = 7
) -> dict[str, tuple[int, ...]]:
    """Return how many stories each rule flagged on each of the last days, oldest first."""
    start = until - timedelta(days=days)
    counts = {rule: [0] * days for rule in rules}
    query = (
        select(flag.c.rule, article.c.story_id, func.min(flag.c.at).label("at"))
        .join(article, article.c.id == flag.c.article_id)
        .where(*_flagged_in(db, start, until), flag.c.level != "log")
        .group_by(flag.c.rule, article.c.story_id)
    )
    for row in db.execute(query):
        if row.rule in counts:
            counts[row.rule][min((row.at - start).days, days - 1)] += 1
    return {rule: tuple(numbers) for rule, numbers in counts.items()}
