"""A story and its articles on the terminal and as JSON: flags, copies, changes, marks."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from monitor import model
from monitor.cli.shown_clock import day_and_clock
from monitor.cli.styled_lines import show, styled
from monitor.flag_json import marks_to_json
from monitor.text import clean, one_line

if TYPE_CHECKING:
    from monitor.store.articles import StoredArticle

LEVEL_STYLES = {"now": "bold red", "digest": "yellow", "log": "dim"}


def strongest(view: model.StoryView) -> model.Level:
    """Return the highest level among the flags of a story."""
    held = {flag.level for flag in view.flags}
    return max(held, key=model.LOUDNESS.__getitem__, default="log")


def mark_words(mark: model.Mark, zone: ZoneInfo) -> str:
    """Say a mark in a few words: "taken by kim 09:10"."""
    when = day_and_clock(mark.at, zone)
    return {
        "read": "read",
        "star": "★",
        "taken": f"taken by {one_line(mark.text)} ({when})",
        "note": f"note: {one_line(mark.text)}",
        "wanted": "for us",
        "unwanted": "not for us",
    }[mark.kind]


def as_json(view: model.StoryView) -> dict[str, Any]:
    """Return what scripts want to know of a story."""
    return {
        "id": view.shown_id,
        "headline": one_line(view.headline),
        "first_seen": view.first_seen.isoformat(),
        "last_seen": view.last_seen.isoformat(),
        "flags": [
            {
                "rule": flag.rule,
                "level": flag.level,
                "score": flag.score,
                "why": list(dict.fromkeys(one_line(reason.sentence) for reason in flag.reasons)),
                "words": [word for reason in flag.reasons for word in reason.words],
            }
            for flag in view.flags
        ],
        "copies": [
            {
                "id": copy.article,
                "outlet": one_line(copy.outlet),
                "language": copy.language,
                "role": copy.role,
                "title": one_line(copy.title),
                "url": one_line(copy.url),
                "seen": copy.seen.isoformat(),
                "published": copy.published.isoformat() if copy.published else None,
            }
            for copy in view.copies
        ],
        "changes": [
            {
                "at": change.at.isoformat(),
                "kind": change.kind,
                "what": one_line(change.what),
                "article": change.article or None,
            }
            for change in view.changes
        ],
        "marks": marks_to_json(view.marks),
    }


def print_notes(stored: "StoredArticle", found: Sequence[model.StoryView], zone: ZoneInfo) -> None:
    """Print what stands beneath an article: url, flags, copies, changes, doubts."""

    def note(line: str, style: str = "") -> None:
        show(styled(one_line(line), style), err=True)

    show(err=True)
    note(f"article {stored.id}  {stored.text.url}", "dim")
    if stored.text.origin == "feed":
        why = f" ({stored.page_error})" if stored.page_error else ""
        note(f"The page was not read{why}; this is the feed's own text.", "yellow")
    if stored.withdrawn:
        note(
            f"The outlet took this page away ({day_and_clock(stored.withdrawn, zone)}).", "bold red"
        )
    for doubt in stored.text.notes:
        note(f"note: {doubt}", "dim")
    for view in found:
        for flag in view.flags:
            words = ", ".join(dict.fromkeys(w for reason in flag.reasons for w in reason.words))
            line = f"flagged {flag.rule} ({flag.level}, score {flag.score:g}): {words}"
            note(line, LEVEL_STYLES[flag.level])
        others = [copy for copy in view.copies if copy.article != stored.id]
        for copy in others:
            line = f"also {copy.article}: {copy.outlet} ({copy.language}, {copy.role}), "
            note(line + day_and_clock(copy.seen, zone) + f", {copy.title}")
        for change in view.changes:
            note(f"{day_and_clock(change.at, zone)} {change.kind}: {change.what}")
        for other in view.related:
            note(f"{other.kind} {other.id}: {other.headline}", "dim")
        for mark in view.marks:
            note(mark_words(mark, zone), "cyan")


def diff_as_json(revisions: Sequence[tuple[datetime, model.Article]]) -> list[dict[str, Any]]:
    """Return what each revision of an article but the first changed, as runs of (op, text)."""
    from monitor import stories

    found = []
    for (_, old), (seen, new) in pairwise(revisions):
        change = stories.diff(old, new)
        headline, *paragraphs = (
            [(op, clean(text)) for op, text in runs]
            for runs in (change.headline, *change.paragraphs)
        )
        row = {"seen": seen.isoformat(), "headline": headline, "paragraphs": paragraphs}
        found.append(row)
    return found


def print_diff(revisions: Sequence[tuple[datetime, model.Article]], zone: ZoneInfo) -> None:
    """Print what each revision of an article changed, word by word."""
    from monitor import stories

    if len(revisions) < 2:
        show("One revision only: nothing was changed since it was first read.")
        return
    for (_, old), (seen, new) in pairwise(revisions):
        show(styled(f"── revision of {day_and_clock(seen, zone)} ──", "bold"))
        show(stories.render_diff_text(stories.diff(old, new)))
