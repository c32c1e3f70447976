"""Trends beside a scan of all that is stored."""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor import model, trends
from monitor.search import parse
from monitor.store import Store, articles, desk_feeds, open_store, stories
from monitor.store import flags as flag_store
from monitor.store import trends as source

SEOUL = ZoneInfo("Asia/Seoul")
FIRST, LAST = date(2026, 11, 10), date(2026, 11, 23)
OUTLETS, RULES, LANGUAGES = ("Wire", "Post", "Herald"), ("talks", "missiles"), ("ko", "zh", "en")
Row = tuple[int, int, datetime, str, str, str, dict[str, datetime], tuple[str, ...]]


def filled(store: Store, rng: random.Random) -> list[Row]:
    """Store articles at chance; return (id, story, seen, outlet, language, title, flags, names)."""
    rows: list[Row] = []
    with store.write() as db:
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], datetime.now(UTC))
        for number in range(150):
            seen = datetime(2026, 10, 20, tzinfo=UTC) + timedelta(minutes=rng.randrange(37 * 1440))
            outlet, language = rng.choice(OUTLETS), rng.choice(LANGUAGES)
            title = rng.choice(("missile", "drill", "talks"))
            text = model.Article(title=title, language=language)
            new = articles.NewArticle("wire", f"a:{number}", outlet, seen, True, "done", text)
            (id_,) = articles.add(db, [new])
            story = rng.choice([row[1] for row in rows]) if rows and rng.random() < 0.4 else id_
            if story == id_:
                stories.open_stories(db, [id_], seen)
            else:
                articles.set_story(db, id_, story, "copy")
            names = tuple(rng.sample(("china", "south-korea", "wang-yi"), rng.randint(0, 2)))
            flags = {}
            for rule in rng.sample(RULES, rng.randint(0, 2)):
                at = seen + timedelta(minutes=rng.randrange(300))
                level: model.Level = "log" if rng.random() < 0.2 else "digest"
                hits = tuple(model.Hit(n, n, "body", 0, 0, 1, entity=n) for n in names)
                reason = model.Reason("when 1", 1.0, "body", "said", (), (), hits)
                flag_store.add(db, [(id_, model.Flag(rule, level, 1.0, (reason,)))], at)
                if level != "log":
                    flags[rule] = at
            rows.append((id_, story, seen, outlet, language, title, flags, names))
    return rows


def scanned(happenings: list[tuple[str, int, datetime]]) -> dict[str, Counter[date]]:
    """Count each story of a series on the day it first happened, from the window before on."""
    earliest = datetime.combine(FIRST - (LAST - FIRST) - timedelta(days=1), time(), SEOUL)
    first: dict[tuple[str, int], datetime] = {}
    for name, story, at in happenings:
        if at >= earliest:
            first[name, story] = min(at, first.get((name, story), at))
    days: dict[str, Counter[date]] = {}
    for (name, _), at in first.items():
        days.setdefault(name, Counter())[at.astimezone(SEOUL).date()] += 1
    return days


def test_trends_are_those_of_a_scan(tmp_path: Path, database: str) -> None:
    """By rule, outlet, language, entity and search the numbers are what counting by hand gives."""
    store = open_store(tmp_path, database)
    rows = filled(store, random.Random(3))
    flagged = {story for _, story, *_, flags, _ in rows if flags}
    by_hand = {
        "rule": [(rule, row[1], at) for row in rows for rule, at in row[6].items()],
        "outlet": [(row[3], row[1], row[2]) for row in rows if row[1] in flagged],
        "language": [(row[4], row[1], row[2]) for row in rows if row[1] in flagged],
        "entity": [(n, row[1], at) for row in rows for at in row[6].values() for n in row[7]],
        "search": [("missile", row[1], row[2]) for row in rows if row[5] == "missile"],
    }
    start = datetime.combine(FIRST - (LAST - FIRST) - timedelta(days=1), time(), SEOUL)
    end = datetime.combine(LAST + timedelta(days=1), time(), SEOUL)
    node = parse("missile", lambda _: [], datetime.fromisoformat)
    for by, expected in by_hand.items():
        with store.read() as db:
            if by == "search":
                found = list(source.by_search(db, "missile", node, start, end))
            else:
                found = list(source.BY[by](db, start, end))
        days = [
            (datetime.combine(FIRST + timedelta(days=n), time(12), SEOUL), 1) for n in range(14)
        ]
        made = trends.arrange(found, days, by=by, since=FIRST, until=LAST, zone=SEOUL, period="day")
        hand = scanned(expected)
        assert {one.name for one in made.series} <= set(hand)
        for name, counts in hand.items():
            inside = {day: n for day, n in counts.items() if FIRST <= day <= LAST}
            before = sum(n for day, n in counts.items() if day < FIRST)
            series = next((one for one in made.series if one.name == name), None)
            assert (series.total if series else 0) == sum(inside.values()), (by, name)
            if series:
                told = dict(zip(made.starts, series.counts, strict=True))
                assert {day: n for day, n in told.items() if n} == inside, (by, name)
                assert (series.before or 0) == before, (by, name)
    store.close()
