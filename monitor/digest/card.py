"""One story, in words: what a card of the digest says about it.

A sentence is not shown twice: when the sentence that flagged a story is its headline or stands in
its opening, the marks go there; otherwise it gets a line of its own.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor.digest.composition import strongest
from monitor.digest.outlet_lines import OutletLine, outlet_lines
from monitor.digest.phrasing import Piece, Pieces, clock, cut, language_code, link, mark, story_urn
from monitor.model import Change, Flag, Reason, StoryView
from monitor.text import one_line

HEADLINE = 300  # most characters shown of each
OPENING = 420
SENTENCE = 280
LINE = 200
_CLOCK = len("Mon 07:30")
_SENTENCES = 3
_WORDS = 8
_ENTITIES = 8
_NUMBERED_BLOCK = re.compile(r"when \d+")


class Why(Struct, frozen=True):
    """A sentence that flagged a story; `block` only when the rule's author gave it a name."""

    pieces: Pieces
    block: str


class ChangeLine(Struct, frozen=True):
    """What happened to a story: when, of what kind, what; `url` where that is not the card's."""

    text: str
    url: str


class Card(Struct, frozen=True):
    """One story."""

    number: int
    id: int  # as people call the story (`StoryView.shown_id`)
    urn: str  # its own for ever, also when another article comes to stand on top
    urgent: bool  # by whichever of the rules it belongs to
    headline: Pieces  # in the reader's language where a copy has it
    language: str
    original: Pieces  # the headline of the original, where `headline` is a copy's
    original_language: str
    gloss: tuple[str, ...]  # names of the headline in the reader's language: "李在明 Lee Jae Myung"
    machine: str  # the headline in it as the desk's translator says; "" when there is none
    gloss_language: str
    url: str
    outlets: tuple[OutletLine, ...]
    more_outlets: int
    opening: Pieces
    whys: tuple[Why, ...]
    words: tuple[str, ...]  # that flagged it, as printed
    score: str
    also: tuple[str, ...]  # other rules it belongs to
    entities: tuple[str, ...]
    changes: tuple[ChangeLine, ...]
    remarks: tuple[str, ...]  # what the reader should know of the text's standing
    first_seen: datetime
    changed_at: datetime  # when anything last happened to it

    @property
    def anchor(self) -> str:
        """What links inside a page lead to."""
        return f"story-{self.number}"

    @property
    def first_outlet(self) -> str:
        """Who had it first, and how many more carry it: "Yonhap +3"."""
        if not self.outlets:
            return ""
        more = len(self.outlets) + self.more_outlets - 1
        return self.outlets[0].name + (f" +{more}" if more > 0 else "")

    @property
    def clock(self) -> str:
        """When the first copy came, in the reader's zone; the day alone when that is long ago."""
        when = self.outlets[0].clock if self.outlets else ""
        return when if len(when) <= _CLOCK else when.rpartition(" ")[0]


def describe(
    story: StoryView,
    *,
    number: int,
    rule: str,
    names: Mapping[str, str],
    since: datetime | None,
    today: date,
    zone: ZoneInfo,
    reader_language: str = "",
    places: Mapping[int, int] = MappingProxyType({}),
) -> Card:
    """Return what a card says about a story.

    Args:
        story: the story.
        number: its place in the digest, from 1.
        rule: id of the rule it stands under.
        names: names to show by rule id, in the digest's order; flags of other rules are not shown.
        since: start of the window, if any; older changes are no news, older stories continue.
        today: the reader's day, for short clock times.
        zone: the reader's zone.
        reader_language: a copy in this language heads the story, the original beneath.
        places: numbers of the stories that stand on the same page, by `StoryView.shown_id`.
    """
    order = {rule: rank for rank, rule in enumerate(names)}
    flags = [flag for flag in story.flags if flag.rule in order and flag.level != "log"]
    flag = next((flag for flag in flags if flag.rule == rule), None) or strongest(flags, order)
    others = {other.rule for other in flags} - {rule}
    headline, opening, whys = _marked(story, flag)
    words = _words(flag)
    lines, more = outlet_lines(story, today, zone, reader_language)
    top = _heading(story, headline or (Piece("(no headline)"),), reader_language)
    url = _url(story, reader_language)
    return Card(
        number=number,
        id=story.shown_id,
        urn=story_urn(story),
        urgent=any(other.level == "now" for other in flags),
        headline=top.headline,
        language=language_code(top.language),
        original=top.original,
        original_language=language_code(story.language),
        gloss=top.gloss,
        machine=cut(one_line(story.machine), HEADLINE) if not top.original else "",
        gloss_language=language_code(reader_language),
        url=url,
        outlets=lines,
        more_outlets=more,
        opening=() if story.told else opening,
        whys=() if story.told else whys,
        words=words,
        score=f"{flag.score:.1f}".removesuffix(".0") if flag else "",
        also=tuple(name for id_, name in names.items() if id_ in others),
        entities=_entities(story.entities, words),
        changes=_changes(story, url, since, today, zone),
        remarks=tuple(_remarks(story, since, today, zone, places)),
        first_seen=story.first_seen,
        changed_at=max([story.first_seen, *(change.at for change in story.changes)]),
    )


def in_language(story: StoryView, language: str) -> str:
    """Return the headline of a story in a language: its own, else a copy's; "" when none is."""
    if story.language.startswith(language):
        return story.headline
    copies = (copy.title for copy in story.copies if copy.language.startswith(language))
    return next((title for title in copies if one_line(title)), "")


def _url(story: StoryView, reader_language: str) -> str:
    """Return where the headline that heads the story is to be read, else any of its copies."""
    own = in_language(story, reader_language) if reader_language else ""
    heads = [copy for copy in story.copies if own and copy.title == own != story.headline]
    return next(filter(None, (link(copy.url) for copy in (*heads, *story.copies))), "")


class _Heading(Struct, frozen=True):
    """What stands over a card, as in `Card`."""

    headline: Pieces
    language: str
    original: Pieces
    gloss: tuple[str, ...]


def _heading(story: StoryView, original: Pieces, reader_language: str) -> _Heading:
    """Head a story by its first copy in the reader's language, unless the original is in it."""
    own = in_language(story, reader_language) if reader_language else None
    if own and own != story.headline:
        return _Heading((Piece(cut(one_line(own), HEADLINE)),), reader_language, original, ())
    gloss = tuple(cut(one_line(f"{name} {told}"), 80) for name, told in story.gloss)
    return _Heading(original, story.language, (), gloss)


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
        mark(opening, in_opening, OPENING) if opening != headline else (),
        tuple(whys[:_SENTENCES]),
    )


def _block(reason: Reason) -> str:
    name = one_line(reason.block)
    return "" if _NUMBERED_BLOCK.fullmatch(name) else cut(name, 40)


def _words(flag: Flag | None) -> tuple[str, ...]:
    """Return the words that flagged a story: of each name or term the first, less its endings."""
    words: dict[str, str] = {}
    for reason in flag.reasons if flag else ():
        told = [(hit.entity or hit.term, hit.words) for hit in reason.hits]
        for key, printed in told or [(word, word) for word in reason.words]:
            shown = cut(one_line(printed), 40)
            if shown and words.get(key, shown).startswith(shown):
                words[key] = shown
    return tuple({word.casefold(): word for word in words.values()}.values())[:_WORDS]


def _entities(names: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """Return the entities named, without those whose name is among the words shown already."""
    said = {word.casefold() for word in words}
    shown = (cut(one_line(name), 60) for name in names)
    return tuple(name for name in shown if name and name.casefold() not in said)[:_ENTITIES]


def _changes(
    story: StoryView, url: str, since: datetime | None, today: date, zone: ZoneInfo
) -> tuple[ChangeLine, ...]:
    urls = {copy.article: link(copy.url) for copy in story.copies}
    news = [change for change in story.changes if since is None or change.at >= since]
    # Several copies may have changed alike: the first to do so is linked.
    lines: dict[str, str] = {}
    for change in news:
        lines.setdefault(_change(change, today, zone), urls.get(change.article, ""))
    return tuple(ChangeLine(text, where if where != url else "") for text, where in lines.items())


def _change(change: Change, today: date, zone: ZoneInfo) -> str:
    return f"{clock(change.at, today, zone)} {change.kind}: {cut(one_line(change.what), LINE)}"


def _remarks(
    story: StoryView,
    since: datetime | None,
    today: date,
    zone: ZoneInfo,
    places: Mapping[int, int],
) -> Iterable[str]:
    if story.told or (since is not None and story.first_seen < since):
        yield f"continued, first seen {clock(story.first_seen, today, zone)}"
    for kind in ("earlier", "later"):
        if near := next((one for one in story.related if one.kind == kind), None):
            place = f"no. {places[near.id]}" if near.id in places else f"story {near.id}"
            yield f"{kind}: {cut(one_line(near.headline), LINE)} ({place})"
    if reactions := sum(one.kind == "reaction" for one in story.related):
        yield f"reactions: {reactions}"
    for one in story.marks:
        if one.kind == "taken":
            yield f"taken by {cut(one_line(one.text), 60)}, {clock(one.at, today, zone)}"
        elif one.kind == "note":
            yield f"note: {cut(one_line(one.text), LINE)}"
    if story.origin == "feed":
        yield "the feed's text only, not the page's"
    if story.access == "paywall":
        yield "behind a paywall"
    elif story.access == "stub" and story.origin != "feed":  # which mostly has the beginning only
        yield "only the beginning is open"
