"""One story, in words: what a card of the digest says about it.

A sentence is not shown twice: when the sentence that flagged a story is its headline or stands in
its opening, the marks go there; otherwise it gets a line of its own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.digest.compose import outlets, strongest
from monitor.digest.phrasing import Piece, Pieces, clock, cut, language_code, link, mark, zone_words
from monitor.model import Change, Copy, Flag, Reason, StoryView
from monitor.text import one_line

HEADLINE = 300  # most characters shown of each
OPENING = 420
SENTENCE = 280
LINE = 200
_COPIES = 6
_SENTENCES = 3
_WORDS = 8
_ENTITIES = 8
_NUMBERED_BLOCK = re.compile(r"when \d+")


@dataclass(frozen=True, slots=True)
class OutletLine:
    """One outlet's copy: when, who, in what language, as what, and the time as it was printed."""

    clock: str  # in the reader's zone
    name: str
    language: str
    role: str  # "" for the original
    printed: str
    url: str


@dataclass(frozen=True, slots=True)
class Why:
    """A sentence that flagged a story; `block` only when the rule's author gave it a name."""

    pieces: Pieces
    block: str


@dataclass(frozen=True, slots=True)
class Card:
    """One story."""

    number: int
    id: int
    urgent: bool
    headline: Pieces
    language: str
    url: str
    outlets: tuple[OutletLine, ...]
    more_outlets: int
    opening: Pieces
    whys: tuple[Why, ...]
    words: tuple[str, ...]  # that flagged it, as printed
    score: str
    also: tuple[str, ...]  # other rules it belongs to
    entities: tuple[str, ...]
    changes: tuple[str, ...]
    remarks: tuple[str, ...]  # what the reader should know of the text's standing


def describe(
    story: StoryView,
    *,
    number: int,
    rule: str,
    names: Mapping[str, str],
    since: datetime | None,
    today: date,
    zone: ZoneInfo,
) -> Card:
    """Return what a card says about a story.

    Args:
        story: the story.
        number: its place in the digest, from 1.
        rule: id of the rule it stands under.
        names: names to show by rule id, in the digest's order; flags of other rules are not shown.
        since: start of the window, if any; a story first seen before it is
            called continued, and changes before it are old news.
        today: the reader's day, for short clock times.
        zone: the reader's zone.
    """
    order = {rule: rank for rank, rule in enumerate(names)}
    flags = [flag for flag in story.flags if flag.rule in order and flag.level != "log"]
    flag = next((flag for flag in flags if flag.rule == rule), None) or strongest(flags, order)
    headline, opening, whys = _marked(story, flag)
    words = _words(flag)
    lines = tuple(_outlet(copy, today, zone) for copy in story.copies[:_COPIES])
    shown = {line.name for line in lines}
    return Card(
        number=number,
        id=story.id,
        urgent=flag is not None and flag.level == "now",
        headline=headline or (Piece("(no headline)"),),
        language=language_code(story.language),
        url=next((address for copy in story.copies if (address := link(copy.url))), ""),
        outlets=lines,
        more_outlets=max(0, outlets(story) - len(shown)),
        opening=opening,
        whys=whys,
        words=words,
        score=f"{flag.score:.1f}".removesuffix(".0") if flag else "",
        also=tuple(
            names[other.rule]
            for other in sorted(flags, key=lambda other: order[other.rule])
            if other.rule != rule
        ),
        entities=_entities(story.entities, words),
        changes=tuple(
            dict.fromkeys(  # several copies may have changed alike
                _change(change, today, zone)
                for change in story.changes
                if since is None or change.at >= since
            )
        ),
        remarks=tuple(_remarks(story, since, today, zone)),
    )


def _marked(story: StoryView, flag: Flag | None) -> tuple[Pieces, Pieces, tuple[Why, ...]]:
    """Put every marked sentence into the headline, the opening, or a line of its own."""
    headline, opening = one_line(story.headline), one_line(story.opening)
    in_headline: list[tuple[int, int]] = []
    in_opening: list[tuple[int, int]] = []
    others: dict[str, tuple[list[tuple[int, int]], Reason]] = {}
    for reason in flag.reasons if flag else ():
        sentence = reason.sentence.strip()
        shift = len(reason.sentence) - len(reason.sentence.lstrip())
        marks = [(start - shift, end - shift) for start, end in reason.marks]
        for text, spans, most in (
            (headline, in_headline, HEADLINE),
            (opening, in_opening, OPENING),
        ):
            at = text.find(sentence) if sentence else -1
            if at >= 0 and at + max((end for _, end in marks), default=0) <= most:
                spans.extend((at + start, at + end) for start, end in marks)
                break
        else:
            others.setdefault(sentence, ([], reason))[0].extend(marks)
    whys = [
        Why(mark(sentence, marks, SENTENCE), _block(reason))
        for sentence, (marks, reason) in others.items()
        if sentence
    ]
    return (
        mark(headline, in_headline, HEADLINE),
        mark(opening, in_opening, OPENING),
        tuple(whys[:_SENTENCES]),
    )


def _block(reason: Reason) -> str:
    name = one_line(reason.block)
    return "" if _NUMBERED_BLOCK.fullmatch(name) else cut(name, 40)


def _words(flag: Flag | None) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for reason in flag.reasons if flag else ():
        for word in reason.words:
            shown = cut(one_line(word), 40)
            words.setdefault(shown.casefold(), shown)
    return tuple(word for word in words.values() if word)[:_WORDS]


def _entities(names: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """Return the entities named, without those whose name is among the words shown already."""
    said = {word.casefold() for word in words}
    shown = (cut(one_line(name), 60) for name in names)
    return tuple(name for name in shown if name and name.casefold() not in said)[:_ENTITIES]


def _outlet(copy: Copy, today: date, zone: ZoneInfo) -> OutletLine:
    printed = cut(one_line(copy.published_text), 48)
    if copy.published is None:
        printed = "first seen; no time printed"
    elif not printed and copy.published.tzinfo is not None:
        printed = f"{copy.published:%Y-%m-%d %H:%M} {zone_words(copy.published)}"
    return OutletLine(
        clock=clock(copy.published or copy.seen, today, zone),
        name=cut(one_line(copy.outlet), 48) or "unknown outlet",
        language=language_code(copy.language),
        role="" if copy.role == "original" else cut(one_line(copy.role), 20),
        printed=printed,
        url=link(copy.url),
    )


def _change(change: Change, today: date, zone: ZoneInfo) -> str:
    return f"{clock(change.at, today, zone)} {change.kind}: {cut(one_line(change.what), LINE)}"


def _remarks(
    story: StoryView, since: datetime | None, today: date, zone: ZoneInfo
) -> Iterable[str]:
    if since is not None and story.first_seen < since:
        yield f"continued, first seen {clock(story.first_seen, today, zone)}"
    for one in story.marks:
        if one.kind == "taken":
            yield f"taken by {cut(one_line(one.text), 60)}, {clock(one.at, today, zone)}"
        elif one.kind == "note":
            yield f"note: {cut(one_line(one.text), LINE)}"
    if story.origin == "feed":
        yield "the feed's text only; the page could not be had"
    if story.access == "paywall":
        yield "behind a paywall"
    elif story.access == "stub":
        yield "only the beginning is open"
