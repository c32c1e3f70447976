"""How texts and times are put before a reader.

Texts from the web are cleaned and cut to a bearable length, and times are put into the reader's
zone. Only http and https addresses become links; anything else is shown as no link at all.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor import urls
from monitor.model import StoryView
from monitor.text import clean

_LONGEST_URL = 2000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Piece(Struct, frozen=True):
    """A run of text, marked or not."""

    text: str
    marked: bool = False


Pieces = tuple[Piece, ...]


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return numbers in their order as (from, to), where three or more in a row are one of these.

    A line that names each of a thousand stories fills a screen and says no more.
    """
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1 and found[-1][0] < number - 1:
            found[-1] = (found[-1][0], number)
        elif found[-2:] == [(number - 2, number - 2), (number - 1, number - 1)]:
            found[-2:] = [(number - 2, number)]
        else:
            found.append((number, number))
    return tuple(found)


def runs_words(parts: Iterable[tuple[int, int]]) -> str:
    """Return what `runs` gave as "2, 7–9"."""
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in parts)


def day_words(moment: datetime) -> str:
    """Return "Monday 23 November 2026"."""
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


def clock(moment: datetime, today: date, zone: ZoneInfo) -> str:
    """Return a moment in the reader's zone as briefly as it stays clear.

    A clock time for `today`, with the weekday for the six days before, else with the date. A moment
    without a zone is only a date (see `Article.published`), so it shows no clock time.
    """
    if moment.tzinfo is None:
        return f"{moment.day} {moment:%b}" + ("" if moment.year == today.year else f" {moment:%Y}")
    try:
        local = moment.astimezone(zone)
    except OverflowError:  # a page may claim the first or last day of the calendar
        local = moment
    days = (today - local.date()).days
    if days == 0:
        return f"{local:%H:%M}"
    if 0 < days < 7:
        return f"{local:%a %H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {local:%b}{year} {local:%H:%M}"


def moment_words(local: datetime, today: date) -> str:
    """Return "Mon 23 Nov 07:30" for a moment in the reader's zone, with the year if not today's."""
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


def cut(text: str, most: int) -> str:
    """Return `text`, cut behind a word to at most `most` characters with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    space = head.rfind(" ")
    return head[: space if space > most * 3 // 4 else None].rstrip() + "…"


def language_code(code: str) -> str:
    """Return a language code as HTML may hold it, or "" for what is none."""
    return code if _LANGUAGE.fullmatch(code) else ""


def story_urn(story: StoryView) -> str:
    """Return what programs call a story, whichever digest or feed it stands in (RFC 9562)."""
    # The moment tells our story 7 from story 7 of another desk's monitor.
    begun = story.first_seen.astimezone(UTC).isoformat(timespec="seconds")
    return uuid5(NAMESPACE_URL, f"wire-monitor {story.id} {begun}").urn


def link(url: str) -> str:
    """Return `url` if it can be a link (http or https, of a bearable length), else ""."""
    found = urls.absolute(url)
    return found if len(found) <= _LONGEST_URL else ""


def mark(text: str, spans: Iterable[tuple[int, int]], most: int) -> Pieces:
    """Return one clean line of `text` as pieces, those inside `spans` marked, cut to `most`.

    A text that is too long is cut around its first mark, so that the reader sees why.
    """
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        start, end = max(0, start), min(end, len(text))
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    lead = 0
    if len(text) > most and merged and merged[0][1] > most * 2 // 3:
        lead = max(0, merged[0][0] - most // 3)
        space = text.find(" ", lead, merged[0][0])
        lead = space + 1 if space >= 0 else lead
    pieces: list[Piece] = [Piece("…")] if lead else []
    left, at = most, lead
    for start, end in [*merged, [len(text), len(text)]]:
        for raw, marked in ((text[at:start], False), (text[start:end], True)):
            if raw and left > 0:
                kept = raw if len(raw) <= left else cut(raw[: left + 1], left)
                left -= len(raw)
                pieces.append(Piece(_spaces(kept), marked))
        at = max(at, end)
    if left < 0 and pieces and not pieces[-1].text.endswith("…"):
        pieces.append(Piece("…"))
    return _trim(pieces)


def plain(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces without marks."""
    return "".join(piece.text for piece in pieces)


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", clean(text))


def _trim(pieces: Sequence[Piece]) -> Pieces:
    kept: list[Piece] = []
    for piece in pieces:
        text = piece.text
        if not kept or kept[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            kept.append(Piece(text, piece.marked))
    if kept and kept[-1].text.endswith(" "):
        last = kept.pop()
        if last.text.rstrip():
            kept.append(Piece(last.text.rstrip(), last.marked))
    return tuple(kept)
