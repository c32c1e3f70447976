"""The questions, each a function of a desk; nothing is written, and nothing printed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from monitor import articles, json_shape, model
from monitor.dates.moments import beginning, moment
from monitor.desk import Desk
from monitor.errors import UsageError
from monitor.pipeline import coverage as behind
from monitor.pipeline.read_query import read_query
from monitor.pipeline.read_trends import read_trends
from monitor.pipeline.reader_names import with_names
from monitor.search import Phrase, phrases, snippet
from monitor.store import Connection, search_index, views
from monitor.store import articles as article_store
from monitor.store import flags as flag_store
from monitor.store import search as searches
from monitor.store.articles import StoredArticle
from monitor.store.story_numbers import shown_ids
from monitor.text import clean, one_line
from monitor.url_logins import redact

MOST_HITS = 200
MOST_COPIES = 100

Answer = dict[str, Any]


def search(desk: Desk, query: str, *, limit: int = 20, newest: bool = False) -> Answer:
    """Return the best articles of a query, or the newest; raises UsageError."""
    if not 0 < limit <= MOST_HITS:
        raise UsageError(f"limit is from 1 to {MOST_HITS}")
    node = read_query(desk, query, desk.now())
    with desk.store.read() as db:
        found = searches.find(db, node, limit=limit, newest=newest)
        waiting = search_index.left(db)
        numbers = shown_ids(db, (item.story for item in found.articles))
    wanted = list(phrases(node))
    return {
        "shape": json_shape.SHAPE,
        "query": query,
        "hits": [_hit(item, numbers.get(item.story), wanted) for item in found.articles],
        "more": found.more,
        "waiting": waiting,
    }


def article(desk: Desk, article_id: int) -> Answer:
    """Return an article in the wire format; raises UsageError for one that is not there."""
    with desk.store.read() as db:
        stored = _stored(db, article_id)
        number = shown_ids(db, [stored.story]).get(stored.story)
    return {
        "shape": json_shape.SHAPE,
        **_known(stored, number),
        "role": stored.role,
        "withdrawn": _iso(stored.withdrawn),
        "quoted": {**_about(stored), "wire_text": clean(articles.wire_text(stored.text))},
    }


def story(desk: Desk, number: int) -> Answer:
    """Return the story of an article with its copies, flags and changes; raises UsageError."""
    with desk.store.read() as db:
        stored = _stored(db, number)
        found = views.stories(db, [] if stored.story is None else [stored.story])
    if not found:
        raise UsageError(f"article {number} is in no story yet; it was not read")
    view = with_names(desk, found[0])
    return {
        "shape": json_shape.SHAPE,
        "id": view.shown_id,
        "language": view.language,
        "first_seen": view.first_seen.isoformat(),
        "last_seen": view.last_seen.isoformat(),
        "level": _loudest(view.flags),
        "flags": [
            {"rule": flag.rule, "level": flag.level, "score": flag.score} for flag in view.flags
        ],
        "entities": [one_line(name) for name in view.entities],
        "marks": [
            {"kind": mark.kind, "text": one_line(mark.text), "at": mark.at.isoformat()}
            for mark in view.marks
        ],
        "changes": [
            {"at": change.at.isoformat(), "kind": change.kind, "quoted": one_line(change.what)}
            for change in view.changes
        ],
        "copies": [_copy(copy) for copy in view.copies[:MOST_COPIES]],
        "copies_in_all": len(view.copies),
        "quoted": {"headline": one_line(view.headline), "opening": clean(view.opening)},
    }


def why(desk: Desk, article_id: int) -> Answer:
    """Say why an article is flagged, by the flags that were stored; raises UsageError."""
    with desk.store.read() as db:
        stored = _stored(db, article_id)
        flags = flag_store.of_articles(db, [stored.id]).get(stored.id, ())
    return {
        "shape": json_shape.SHAPE,
        "id": stored.id,
        "rules": [
            {
                "rule": flag.rule,
                "level": flag.level,
                "score": flag.score,
                "reasons": [_reason(reason) for reason in flag.reasons],
            }
            for flag in flags
        ],
    }


def trends(
    desk: Desk,
    *,
    by: str = "rule",
    search: str = "",
    since: str = "30d",
    until: str = "now",
    per: str = "",
    limit: int = 20,
) -> Answer:
    """Return stories a day, week or month beside the time before; raises UsageError."""
    limit = max(1, limit)
    found = read_trends(desk, since, until, by=by, search=search, per=per, limit=limit)
    return {
        "shape": json_shape.SHAPE,
        "by": found.by,
        "period": found.period,
        "timezone": found.zone,
        "steps": [start.isoformat() for start in found.starts],
        "until": found.until.isoformat(),
        "entries_read": list(found.read),
        "series": [
            {
                "total": one.total,
                "before": one.before,
                "counts": list(one.counts),
                "quoted": one_line(one.name),
            }
            for one in found.series
        ],
        "left_out": found.left_out,
    }


def coverage(desk: Desk, *, since: str = "24h", until: str = "now") -> Answer:
    """Say what was read in a window, and what was not; raises UsageError."""
    now = desk.now()
    start = beginning(since, now, desk.config.zone)
    end = moment(until, now, desk.config.zone)
    if end <= start:
        raise UsageError(f"the window ends ({until}) before it begins ({since})")
    with desk.store.read() as db:
        found = behind.coverage(desk, db, start, end, now)
    return {
        "shape": json_shape.SHAPE,
        "since": start.isoformat(),
        "until": end.isoformat(),
        "feeds": found.feeds,
        "read": found.read,
        "entries": found.entries,
        "entries_of_others": found.entries_of_others,
        "pages_waiting": found.pages_waiting,
        "left_aside": found.left_aside,
        "unjudged": found.unjudged,
        "left_out": found.left_out,
        "began": _iso(found.began),
        "absent": [[begun.isoformat(), ended.isoformat()] for begun, ended in found.absent],
        "troubles": [
            {
                "feed": one_line(trouble.feed),
                "kind": trouble.kind,
                "since": _iso(trouble.since),
                "quoted": one_line(redact(trouble.why)),
            }
            for trouble in found.troubles
        ],
    }


def _stored(db: Connection, article_id: int) -> StoredArticle:
    stored = article_store.get(db, article_id) if 0 < article_id < 2**63 else None
    if stored is None:
        raise UsageError(f"no article has the id {article_id}; a search gives ids")
    return stored


def _hit(item: StoredArticle, story: int | None, wanted: Sequence[Phrase]) -> Answer:
    lines = [one_line(line) for line in (item.text.standfirst, *item.text.body) if line]
    shown = snippet("\n".join(lines), wanted)
    marks = [list(mark) for mark in shown.marks]
    quoted = {**_about(item), "snippet": shown.text, "marks": marks}
    return {**_known(item, story), "published": _iso(item.text.published), "quoted": quoted}


def _known(item: StoredArticle, story: int | None) -> Answer:
    """Return what we know of an article ourselves."""
    return {
        "id": item.id,
        "story": story,
        "feed": item.feed,
        "language": item.text.language,
        "first_seen": item.first_seen.isoformat(),
    }


def _about(item: StoredArticle) -> Answer:
    """Return what an article says of itself."""
    return {
        "title": one_line(item.text.title),
        "outlet": one_line(item.outlet),
        "url": one_line(item.text.canonical or item.text.url),
    }


def _copy(copy: model.Copy) -> Answer:
    return {
        "article": copy.article,
        "role": copy.role,
        "language": copy.language,
        "seen": copy.seen.isoformat(),
        "published": _iso(copy.published),
        "quoted": {
            "title": one_line(copy.title),
            "outlet": one_line(copy.outlet),
            "url": one_line(copy.url),
        },
    }


def _reason(reason: model.Reason) -> Answer:
    return {
        "block": reason.block,
        "score": reason.score,
        "zone": reason.zone,
        "quoted": {
            "sentence": one_line(reason.sentence),
            "words": [one_line(word) for word in reason.words],
        },
    }


def _loudest(flags: Sequence[model.Flag]) -> str:
    levels = (flag.level for flag in flags)
    return max(levels, key=model.LOUDNESS.__getitem__, default="")


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
