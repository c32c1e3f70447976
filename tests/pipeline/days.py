"""Days of a desk with three digests for the same readers, simulated from the store on.

Stories come at any time; some are copied word for word, reported by others in their own words, or
corrected, some within hours and some after days. Now and then the monitor is down for days. What
readers were told is counted story by story and change by change.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor import model
from monitor.desk import Desk
from monitor.pipeline import make_digests
from monitor.store import articles, changes, desk_feeds
from monitor.store import flags as flag_store
from monitor.store import stories as story_store
from tests.wire import desk_of

START = datetime(2025, 10, 20, tzinfo=UTC)
CONFIG = """[monitor]
timezone = "{zone}"
[[feed]]
name = "wire"
url = "https://wire.example/feed"
[[digest]]
name = "morning"
at = "07:30"
days = "mon-fri"
to = ["file:{folder}/"]
not_in = ["evening", "weekly"]
[[digest]]
name = "evening"
at = "18:00"
to = ["file:{folder}/", "terminal"]
not_in = ["morning", "weekly"]
[[digest]]
name = "weekly"
at = "10:00"
days = "sat"
to = ["file:{folder}/"]
repeat = false
"""
FLAG = model.Flag("china-south-korea", "digest", 5.0, ())
LATER: tuple[model.Role, ...] = ("copy", "rewrite", "translation")


@dataclass(frozen=True, order=True)
class Event:
    """Something that happens to a story; what it is called is told to readers."""

    at: datetime
    story: int
    kind: str  # original, a role of a later text, or correction
    what: str


@dataclass
class Readers:
    """What the readers of all digests were told."""

    whole: Counter[int] = field(default_factory=Counter)  # how often each story was told
    changes: Counter[str] = field(default_factory=Counter)
    told_at: dict[int, datetime] = field(default_factory=dict)

    def read(self, made: model.Digest, now: datetime) -> None:
        """Read a digest to the end."""
        for section in made.sections:
            for story in section.stories:
                number = int(story.headline.rpartition(" ")[2])
                if not story.told:
                    self.whole[number] += 1
                    self.told_at.setdefault(number, now)
                self.changes.update(change.what for change in story.changes)


def live(folder: Path, zone: str, days: int, seed: int) -> tuple[list[Event], Readers]:
    """Let the days go by; return all that happened, and what readers were told."""
    dice = random.Random(f"{zone} {seed}")
    events = sorted(_events(dice, days))
    desk = desk_of(folder, CONFIG.format(zone=zone, folder=folder))
    readers, done = Readers(), 0
    try:
        with desk.store.write() as db:
            desk_feeds.register(db, tuple(desk.feeds.values()), START)
        ids: dict[int, int] = {}
        for now in _looks(dice, days, ZoneInfo(zone)):
            while done < len(events) and events[done].at < now:
                _happen(desk, events[done], ids)
                done += 1
            for table in desk.config.digest:
                run = make_digests.due_digest(desk, table, now)
                if run and (made := make_digests.send_digest(desk, table, run, now)):
                    readers.read(made, now)
    finally:
        desk.close()
    assert done == len(events)
    return events, readers


def _events(dice: random.Random, days: int) -> list[Event]:
    found = []
    for number in range(days * 3 // 2):
        begun = START + timedelta(days=1) + timedelta(days=days) * dice.random()
        found.append(Event(begun, number, "original", f"Talks {number}"))
        for order in range(dice.choice((0, 0, 1, 3))):
            later = begun + timedelta(hours=dice.choice((1, 9, 40, 100)) * dice.random())
            kind = dice.choice((*LATER, "correction"))
            found.append(Event(later, number, kind, f"{kind} {order} of {number}"))
    return found


def _looks(dice: random.Random, days: int, zone: ZoneInfo) -> list[datetime]:
    """Return when the monitor looks whether a digest is due; for days at times it is down."""
    found, now, end = [], START, START + timedelta(days=days + 14)
    while now < end:
        if dice.random() < 0.002 and now < end - timedelta(days=10):
            now += timedelta(days=4 * dice.random())
        local = now.astimezone(zone)
        found += [now] if local.hour in (7, 8, 10, 18, 19) or dice.random() < 0.05 else []
        now += timedelta(minutes=dice.choice((20, 29)))
    return found


def _happen(desk: Desk, event: Event, ids: dict[int, int]) -> None:
    with desk.store.write() as db:
        if event.kind == "correction":
            change = model.Change(event.at, "correction", event.what)
            changes.add(db, ids[event.story], ids[event.story], change)
            return
        title = event.what if event.kind == "original" else f"Wire {event.what}"
        text = model.Article(title=title, body=("Both sides met.",), language="en")
        address = f"https://wire.example/{event.what.replace(' ', '-')}"
        new = articles.NewArticle("wire", address, "Wire", event.at, True, "never", text)
        (article,) = articles.add(db, [new])
        if event.kind == "original":
            story_store.open_stories(db, [article], event.at)
            ids[event.story] = article
        else:
            articles.set_story(db, article, ids[event.story], event.kind)  # type: ignore[arg-type]
        flag_store.put(db, article, [FLAG], event.at)


def faults(events: list[Event], readers: Readers) -> list[str]:
    """Return what was told twice, not at all, or though it was no news."""
    found = [
        f"{n}: told {readers.whole[n]} times" for n in _stories(events) if readers.whole[n] != 1
    ]
    for event in events:
        if event.kind == "original":
            continue
        report = event.kind in ("rewrite", "translation")
        what = f"Wire: Wire {event.what}" if report else event.what
        after = event.at > readers.told_at.get(event.story, event.at)
        due = after and event.kind != "copy"
        if readers.changes[what] > 1 or (due and readers.changes[what] != 1):
            found.append(f"{event.story}: {what} told {readers.changes[what]} times, {event.at}")
        if event.kind == "copy" and readers.changes[what]:
            found.append(f"{event.story}: a copy was told")
    return found


def _stories(events: list[Event]) -> list[int]:
    return [event.story for event in events if event.kind == "original"]
