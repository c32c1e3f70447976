"""The demo's texts, read from `content/*.toml`.

A file is one outlet: `[feed]` says how its feed is served, `[page]` how its articles look, each
`[[story]]` is one article. A story is so many `minutes` old when the site starts, or carries its
own clock (`at`). In a text `$weekday`, `$month`, `$day` and `$dateline_day` become the story's day
in the outlet's zone; the same and `$slug`, `$stamp`, `$number`, `$date`, `$yearmonthday` stand in
addresses.
"""

import tomllib
import zlib
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Associated Press style, which agencies print in datelines.
MONTHS = (
    "Jan.",
    "Feb.",
    "March",
    "April",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)


class DemoStory(Struct, frozen=True):
    """One article as its outlet prints it on a given day."""

    path: str  # with query, from the root of the site
    title: str
    section: str
    published: datetime  # in the outlet's zone, whole minutes
    listed: datetime  # what the feed says; later when the outlet brings an old story up again
    paragraphs: tuple[str, ...]
    summary: str
    byline: str
    agency: str
    caption: str
    credit: str
    topics: frozenset[str]  # the built-in rules that should flag it
    story: str  # the same word on every copy of one story; "" when it stands alone


class Outlet(Struct, frozen=True):
    """One outlet: its feed as served, the look of its pages, and its stories, newest first."""

    name: str
    title: str
    path: str
    format: str
    kind: str
    language: str
    country: str
    timezone: str
    every: str
    delay: float  # seconds before the feed answers
    selectors: tuple[tuple[str, str], ...]  # of a list page
    template: str
    outlet: str
    encoding: str
    stories: tuple[DemoStory, ...]


def load_outlets(now: datetime) -> tuple[Outlet, ...]:
    """Read all outlets with their stories placed before `now` (aware)."""
    folder = files(__package__) / "content"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        _outlet(tomllib.loads((folder / name).read_text(encoding="utf-8")), now) for name in names
    )


def expected_topics(base_url: str, now: datetime) -> dict[str, frozenset[str]]:
    """Map the address of every article to the ids of the built-in rules that should flag it.

    At whatever level: a topic named far down a story is a reason to log it and no more.

    Args:
        base_url: what `serve` gave.
        now: what `serve` was given; addresses carry days.
    """
    return {
        base_url + story.path: story.topics
        for outlet in load_outlets(now)
        for story in outlet.stories
    }


def _outlet(table: dict[str, Any], now: datetime) -> Outlet:
    feed, page = table["feed"], table["page"]
    zone = ZoneInfo(feed["timezone"])
    stories = (_story(raw, page["address"], zone, now) for raw in table["story"])
    return Outlet(
        name=feed["name"],
        title=feed["title"],
        path=feed["path"],
        format=feed["format"],
        kind=feed["kind"],
        language=feed["language"],
        country=feed["country"],
        timezone=feed["timezone"],
        every=feed["every"],
        delay=feed.get("delay", 0.0),
        selectors=tuple(feed.get("list", {}).items()),
        template=page["template"],
        outlet=page["outlet"],
        encoding=page.get("encoding", "utf-8"),
        stories=tuple(sorted(stories, key=lambda story: story.published, reverse=True)),
    )


def _story(raw: dict[str, Any], address: str, zone: ZoneInfo, now: datetime) -> DemoStory:
    age = timedelta(minutes=raw["minutes"])
    listed = (now.astimezone(UTC) - age).replace(second=0, microsecond=0).astimezone(zone)
    published = raw["at"].astimezone(zone) if "at" in raw else listed
    day = {
        "weekday": WEEKDAYS[published.weekday()],
        "month": str(published.month),
        "day": str(published.day),
        "dateline_day": f"{MONTHS[published.month - 1]} {published.day}",
    }
    place = {
        "slug": raw["slug"],
        "stamp": f"{published:%Y%m%d%H%M}",
        # A number such as a CMS gives, the same on every run.
        "number": str(1_000_000 + zlib.crc32(raw["slug"].encode()) % 9_000_000),
        "date": f"{published:%Y-%m-%d}",
        "yearmonthday": f"{published:%Y%m%d}",
    }
    text = Template(raw["body"]).substitute(day)
    return DemoStory(
        path=Template(address).substitute(place),
        title=raw["title"],
        section=raw["section"],
        published=published,
        listed=listed,
        paragraphs=tuple(block.strip() for block in text.split("\n\n") if block.strip()),
        summary=Template(raw["summary"]).substitute(day),
        byline=raw.get("byline", ""),
        agency=raw.get("agency", ""),
        caption=raw.get("caption", ""),
        credit=raw.get("credit", ""),
        topics=frozenset(raw["topics"]),
        story=raw.get("story", ""),
    )
