"""Alerts: what cannot wait for the digest.

Stories of level "now" that come together are folded into one message, so that a burst is one sound
and not thirty. Quiet hours hold a message back until they end; whether a recipient lets urgent
ones through is the configuration's affair.
"""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor import json_shape
from monitor.dates import zone_words
from monitor.digest.card import Card, describe
from monitor.digest.composition import outlets, strongest
from monitor.digest.data import story_data
from monitor.digest.html import render
from monitor.digest.page import Section
from monitor.digest.phrasing import cut, moment_words, plain
from monitor.digest.plain import COLUMNS, card_lines, index_lines, index_widths
from monitor.digest.schedule import parse_clock, parse_zone
from monitor.errors import ConfigError
from monitor.model import LOUDNESS, StoryView
from monitor.text import one_line
from monitor.text.columns import wrap

_AT_ONCE = ("correction", "withdrawal")
_SPAN = re.compile(r"\s*+([^\s-]++)\s*+-\s*+([^\s-]++)\s*+")


class Alert(Struct, frozen=True):
    """The stories of one message, the most important first."""

    made_at: datetime
    timezone: str  # IANA name of the reader's zone
    rules: tuple[tuple[str, str], ...]  # (id, name to show)
    stories: tuple[StoryView, ...]
    reader_language: str = ""  # as in `lay_out`
    told: frozenset[int] = frozenset()  # stories that its readers heard of before


def compose_alert(
    stories: Sequence[StoryView],
    rules: Sequence[tuple[str, str]],
    timezone: str,
    made_at: datetime,
    reader_language: str = "",
    told: Collection[int] = (),
) -> Alert:
    """Fold stories into one alert, ordered by level, score, number of outlets and time.

    Args:
        stories: what came up; at least one.
        rules: (id, name to show) of the rules this recipient follows.
        timezone: IANA name of the reader's zone.
        made_at: aware.
        reader_language: "en", "ko", …: copies in it head their stories.
        told: ids of the stories that its readers heard of before.
    """
    order = {rule: rank for rank, (rule, _) in enumerate(rules)}

    def weight(story: StoryView) -> tuple[int, float, int, float, int]:
        flag = strongest(story.flags, order)
        level, score = (-LOUDNESS[flag.level], flag.score) if flag else (1, 0.0)
        return level, -score, -outlets(story), -story.last_seen.timestamp(), story.id

    ordered = tuple(sorted(stories, key=weight))
    return Alert(made_at, timezone, tuple(rules), ordered, reader_language, frozenset(told))


def quiet(hours: str, zone: str, now: datetime) -> datetime | None:
    """Return when the quiet hours end if `now` lies in them, in UTC, else None.

    Args:
        hours: "22:00-06:00", over midnight or not; "" for none. The end itself is no longer quiet.
        zone: IANA name.
        now: aware.

    Raises:
        ConfigError: `hours` or `zone` cannot be read.
    """
    if not hours.strip():
        return None
    start, end = parse_hours(hours)
    place = parse_zone(zone)
    local = now.astimezone(place)
    clock = local.time().replace(tzinfo=None, fold=0)
    inside = start <= clock < end if start < end else clock >= start or clock < end
    if not inside:
        return None
    day = local.date() + timedelta(days=0 if clock < end else 1)
    over = datetime.combine(day, end, tzinfo=place).astimezone(UTC)
    # Where the clocks are set back across the end, its first coming may lie behind us already.
    if over <= now:
        over = datetime.combine(day, end, tzinfo=place).replace(fold=1).astimezone(UTC)
    return over


def parse_hours(hours: str) -> tuple[time, time]:
    """Return the start and end of "22:00-06:00".

    Raises:
        ConfigError: it is no span of two different clock times.
    """
    match = _SPAN.fullmatch(hours)
    if not match:
        raise ConfigError(f'quiet: "{hours}" is no span of time; write it as "22:00-06:00"')
    start, end = parse_clock(match[1]), parse_clock(match[2])
    if start == end:
        raise ConfigError(f'quiet: "{hours}" begins where it ends')
    return start, end


# ------------------------------------------------------------------ in words


def cards(alert: Alert) -> tuple[Card, ...]:
    """Return the stories of an alert in words."""
    zone = ZoneInfo(alert.timezone)
    names = {rule: one_line(name) or rule for rule, name in alert.rules}
    order = {rule: rank for rank, rule in enumerate(names)}
    shown: list[Card] = []
    for number, story in enumerate(alert.stories, 1):
        flag = strongest(story.flags, order)
        shown.append(
            describe(
                story,
                number=number,
                rule=flag.rule if flag else "",
                names=names,
                since=None,
                today=alert.made_at.astimezone(zone).date(),
                zone=zone,
                reader_language=alert.reader_language,
            )
        )
    return tuple(shown)


def alert_subject(alert: Alert) -> str:
    """Return the headline that matters most and how many more there are."""
    first = alert.stories[0]
    more = len(alert.stories) - 1
    subject = cut(plain(cards(alert)[0].headline), 140)
    # To who is told of a story for the first time, a take or an update of it is not one yet.
    said = [one.kind for one in first.changes if first.id in alert.told or one.kind in _AT_ONCE]
    kind = said[-1] if said else "alert"
    return f"{kind.capitalize()}: {subject}" + (f" (and {more} more)" if more else "")


def alert_line(alert: Alert) -> str:
    """Return one line a story for a terminal or log: when, who, what, where."""
    lines: list[str] = []
    for card in cards(alert):
        who = card.outlets[0].name if card.outlets else ""
        when = card.outlets[0].clock if card.outlets else ""
        parts = [f"ALERT {when} {who}".rstrip() + ":", cut(plain(card.headline), 160)]
        parts += [f"[{card.changes[-1].text}]"] if card.changes else []
        lines.append(" ".join([*parts, newest_url(card)]).rstrip())
    return "\n".join(lines) + "\n"


def newest_url(card: Card) -> str:
    """Return where the newest of a story is to be read."""
    return next((change.url for change in reversed(card.changes) if change.url), card.url)


class AlertPage(Struct, frozen=True):
    """A whole alert in words.

    Attributes:
        title: as its subject.
        note: where to find what is left out here; "" when nothing is.
        cards: its stories.
        full: so many of them, the first, are told in full.
        listed: so many of those after these have a line.
        made, zone: when it was made, and in which zone its times are.
    """

    title: str
    note: str
    cards: tuple[Card, ...]
    full: int
    listed: int
    made: str
    zone: str

    @property
    def others(self) -> Section:
        """What is not told in full."""
        rest = self.cards[self.full :]
        return Section(
            anchor="others",
            name="",
            count=len(rest),
            history=(),
            cards=rest,
            full=0,
            listed=self.listed,
            steps=frozenset(),
            also=(),
        )


def lay_out_alert(alert: Alert) -> AlertPage:
    """Return an alert as a reader sees it, every story in full."""
    local = alert.made_at.astimezone(ZoneInfo(alert.timezone))
    zone, shown = zone_words(local), cards(alert)
    made = f"Made {moment_words(local, local)} {zone}."
    return AlertPage(alert_subject(alert), "", shown, len(shown), 0, made, zone)


def alert_text(page: AlertPage) -> str:
    """Return an alert as plain text of 72 columns for mail."""
    lines = [*wrap(page.note, COLUMNS), ""] if page.note else []
    for card in page.cards[: page.full]:
        lines += [*card_lines(card), ""]
    if (others := page.others).cards:
        lines += [*index_lines(others, COLUMNS, index_widths([others], COLUMNS)), ""]
    lines += wrap(page.made, COLUMNS)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def alert_html(page: AlertPage) -> str:
    """Return an alert as one HTML document for mail."""
    first = page.cards[0]
    return render(
        "alert.html.j2",
        title=page.title,
        preview=plain(first.opening) or plain(first.headline),
        page=page,
    )


def alert_json(alert: Alert) -> str:
    """Return the alert as one JSON object."""
    data = {
        "kind": "alert",
        "made_at": alert.made_at.isoformat(),
        "timezone": alert.timezone,
        "stories": [story_data(story) for story in alert.stories],
    }
    return json_shape.document(data) + "\n"
