"""The digest as JSON, for programs. Its keys are stable; new ones may be added.

Times are ISO 8601: those of our own clock in UTC, those of outlets with the offset they printed.
Texts are cleaned of control and bidi characters but not cut; `marks` are offsets into `sentence`.
"""

from collections.abc import Mapping
from typing import Any

from monitor import json_shape
from monitor.digest.phrasing import language_code, link, story_urn
from monitor.flag_json import flag_to_json, marks_to_json
from monitor.model import Change, Copy, Coverage, Digest, StoryView, Trend
from monitor.text import clean, one_line


def to_json(digest: Digest) -> str:
    """Return the digest as one JSON object, indented, ending in a newline."""
    return json_shape.document(as_data(digest)) + "\n"


def as_data(digest: Digest) -> dict[str, Any]:
    """Return the digest as JSON-able data."""
    return {
        "kind": "digest",
        "name": one_line(digest.name),
        "made_at": digest.made_at.isoformat(),
        "since": digest.since.isoformat(),
        "until": digest.until.isoformat(),
        "timezone": digest.timezone,
        "first": digest.first,
        "late": digest.late,
        "notes": [one_line(note) for note in digest.notes],
        "rules": [
            {
                "rule": section.rule,
                "name": one_line(section.name),
                "total": section.total,
                "full": section.full,
                "steps": [story.shown_id for story in section.stories if story.id in section.steps],
                "also": list(section.also),
                "history": list(section.history),
                "stories": [story_data(story) for story in section.stories],
            }
            for section in digest.sections
        ],
        "trend": _trend(digest.trend) if digest.trend else None,
        "coverage": _coverage(digest.coverage),
    }


def story_data(story: StoryView) -> dict[str, Any]:
    """Return one story as JSON-able data."""
    urls = {copy.article: link(copy.url) for copy in story.copies}
    return {
        "id": story.shown_id,
        "urn": story_urn(story),
        "headline": one_line(story.headline),
        "language": language_code(story.language),
        "first_seen": story.first_seen.isoformat(),
        "last_seen": story.last_seen.isoformat(),
        "opening": clean(story.opening),
        "entities": [one_line(name) for name in story.entities],
        "gloss": [[one_line(name), one_line(told)] for name, told in story.gloss],
        "machine": one_line(story.machine),
        "told": story.told,
        "access": story.access,
        "origin": story.origin,
        "copies": [_copy(copy) for copy in story.copies],
        "flags": [flag_to_json(flag) for flag in story.flags],
        "changes": [_change(change, urls) for change in story.changes],
        "marks": marks_to_json(story.marks),
        "related": [
            {"kind": other.kind, "id": other.id, "headline": one_line(other.headline)}
            for other in story.related
        ],
    }


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        "article": copy.article,
        "outlet": one_line(copy.outlet),
        "language": language_code(copy.language),
        "title": one_line(copy.title),
        "url": link(copy.url),
        "role": one_line(copy.role),
        "feed": one_line(copy.feed),
        "label": one_line(copy.label),
        "seen": copy.seen.isoformat(),
        "published": copy.published.isoformat() if copy.published else None,
        "published_text": one_line(copy.published_text),
    }


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "period": trend.period,
        "since": trend.since.isoformat(),
        "lines": [
            {"name": one_line(line.name), "counts": list(line.counts)} for line in trend.lines
        ],
    }


def _change(change: Change, urls: Mapping[int, str]) -> dict[str, Any]:
    return {
        "at": change.at.isoformat(),
        "kind": change.kind,
        "what": one_line(change.what),
        "article": change.article or None,
        "url": urls.get(change.article, ""),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "feeds": coverage.feeds,
        "read": coverage.read,
        "entries": coverage.entries,
        "entries_of_others": coverage.entries_of_others,
        "pages_waiting": coverage.pages_waiting,
        "left_aside": coverage.left_aside,
        "left_aside_what": [one_line(what) for what in coverage.left_aside_what],
        "unjudged": coverage.unjudged,
        "unjudged_what": [one_line(what) for what in coverage.unjudged_what],
        "began": coverage.began.isoformat() if coverage.began else None,
        "absent": [[start.isoformat(), end.isoformat()] for start, end in coverage.absent],
        "left_out": coverage.left_out,
        "left_out_why": one_line(coverage.left_out_why),
        "told": coverage.told,
        "troubles": [
            {
                "feed": one_line(trouble.feed),
                "kind": trouble.kind,
                "since": trouble.since.isoformat() if trouble.since else None,
                "why": one_line(trouble.why),
            }
            for trouble in coverage.troubles
        ],
    }
