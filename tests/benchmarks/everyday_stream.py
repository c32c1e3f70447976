#!/usr/bin/env python3
"""Group a made-up stream of everyday feed items: how many are put with what they have no part in.

`everyday_stream.py [--items 8000] [--days 60] [--seed 1] [--stock NAME]`. The items are built from
`everyday.toml`; with `--stock held_out` from `everyday_held_out.toml`, kinds of news, names and
forms whose single faults were looked at once, for their sorts; with `--stock unseen` from
`everyday_unseen.toml`, of whose faults those of its series and forms were looked at; with `--stock
fourth` from `everyday_fourth.toml`, whose faults were read once, for their sorts; with `--stock
fifth` from `everyday_fifth.toml`, so too. Forty outlets write in four languages: half is news that
only one outlet has; the rest are the kinds of news that come again every day or week in nearly the
same words (quakes, markets, matches, launches, fires, rulings …), each told by one to five outlets
within some hours, in one language or more; outlets print series under one headline, and one in ten
prints one text under most of its items. Every event differs from the next of its kind in its place,
name, number or day: what is told within half a day with the same of all these is no second event.

How dense the stream is in look-alikes is told by the share of items that have one: an item of
another event in the same language within 36 hours, with a headline whose weighted terms have a
cosine of .25 or more. Measured the same way, collections of real feeds had .10 to .31, and 516
items chosen for being alike .29. With the usual 60 days the stream has .71; `--days 240` is as
dense as the densest real one.

A group is wrong by the items that are not of the event that most of its items are of. Printed are
these, the wrong groups, each in 1,000 items, and the share of pairs of one event in one language
that were found.
"""

import argparse
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from string import Formatter
from typing import Any

from monitor.model import Article
from monitor.stories import KEEP, Signature, replay, sign
from monitor.stories.index import Index
from monitor.stories.same_event import headlines_alike
from monitor.watch import Rulebook, load

_NAMES = ("", "held_out", "unseen", "fourth", "fifth")
STOCKS = {name: f"everyday{'_' * bool(name)}{name}.toml" for name in _NAMES}
_FIRST_DAY = datetime(2026, 3, 2, tzinfo=UTC)
_OUTLETS = 10  # of a language
_STANDING = 0.06  # of items whose text is what the outlet always prints
_NEAR, _ALIKE = timedelta(hours=36), 0.25
_APART = timedelta(hours=12)  # events of one kind that are told with the same names and numbers
_TOLD_BY = (1, 1, 1, 2, 2, 3, 4, 5)


@dataclass(frozen=True)
class Item:
    """A feed item and the event that it tells of."""

    article: Article
    outlet: str
    event: str


def make(count: int, days: int, seed: int, stock_name: str = "") -> list[Item]:
    """Make a stream, in the order of its times."""
    stock = tomllib.loads(Path(__file__).with_name(STOCKS[stock_name]).read_text("utf-8"))
    rng = random.Random(seed)
    items: list[Item] = []
    events = _Events(set(), defaultdict(list))
    said: list[tuple[datetime, set[str]]] = []
    number = 0
    while len(items) < count:
        number += 1
        when = _FIRST_DAY + timedelta(minutes=rng.randrange(days * 24 * 60))
        draw = rng.random()
        if draw < 0.45:
            items += _other(stock, rng, number, when, said)
        elif draw < 0.52:
            items += _series(stock, rng, days)
        else:
            items += _event(stock, rng, number, when, events)
    return sorted(items[:count], key=lambda item: (item.article.published, item.outlet))


@dataclass(frozen=True)
class _Events:
    """What was made so far: turns of kinds, and each event's time, slots and what fills them."""

    turns: set[tuple[str, int]]
    told: dict[str, list[tuple[datetime, set[str], Mapping[str, list[str]], set[str]]]]

    def tell_again(
        self,
        kind: str,
        when: datetime,
        slots: set[str],
        values: Mapping[str, list[str]],
        titles: set[str],
    ) -> bool:
        """Whether another event near in time is told with the same in every slot that both tell.

        So is one that has a headline of this.
        """
        return any(
            abs(when - then) < _APART
            and (all(values[s] == others[s] for s in slots & theirs) or titles & known)
            for then, theirs, others, known in self.told[kind]
        )


def _event(
    stock: Any, rng: random.Random, number: int, when: datetime, events: _Events
) -> Iterator[Item]:
    """One happening in the words of some outlets; nothing, where its kind had its turn that day."""
    kind = rng.choice(sorted(stock["kind"]))
    turn = int(when.timestamp() // (3600 * stock["hours"].get(kind, 8)))
    if (kind, turn) in events.turns:
        return
    values = _values(stock, rng, when)
    told = []
    for language in rng.sample(stock["languages"], rng.choice((1, 1, 1, 2, 3))):
        for outlet in rng.sample(range(_OUTLETS), rng.choice(_TOLD_BY)):
            form = rng.choice(stock["kind"][kind][language])
            told.append((language, outlet, form, when + timedelta(minutes=rng.randrange(240))))
    slots = {slot for _, _, form, _ in told for _, slot, _, _ in Formatter().parse(form) if slot}
    titles = []
    for language, _, form, _ in told:
        place = stock["languages"].index(language)
        titles.append(form.format(**{name: value[place] for name, value in values.items()}))
    if events.tell_again(kind, when, slots, values, set(titles)):
        return
    events.turns.add((kind, turn))
    events.told[kind].append((when, slots, values, set(titles)))
    for (language, outlet, _, time), title in zip(told, titles, strict=True):
        yield _item(stock, rng, title, language, outlet, time, f"{kind}-{number}")


def _values(stock: Any, rng: random.Random, when: datetime) -> dict[str, list[str]]:
    values = {name: rng.choice(rows) for name, rows in stock["things"].items()}
    values["other"] = rng.choice([row for row in stock["things"]["team"] if row != values["team"]])
    values["other_person"] = rng.choice(
        [row for row in stock["things"]["person"] if row != values["person"]]
    )
    up = rng.randrange(2)
    values["up"] = [stock["up"][language][up] for language in stock["languages"]]
    numbers = {
        "m": f"{rng.uniform(3, 6.5):.1f}",
        "x": f"{rng.uniform(1300, 2800):.2f}",
        "n": str(rng.randrange(2, 60)),
        "a": str(rng.randrange(2, 8)),
        "b": str(rng.randrange(0, 2)),
        "q": str(rng.randrange(1, 5)),
        "km": str(rng.randrange(20, 90) * 10),
        "days": rng.choice(("10", "20")),
        "p": str(rng.randrange(20, 60)),
        "age": str(rng.randrange(61, 99)),
    }
    values |= {name: [number] * 4 for name, number in numbers.items()}
    values["month"] = [f"{when:%B}", f"{when.month}월", f"{when.month}月", f"{when.month}月"]
    return values


def _series(stock: Any, rng: random.Random, days: int) -> Iterator[Item]:
    """One outlet's headline on some days running, each issue for itself."""
    language = rng.choice(stock["languages"])
    title, outlet = rng.choice(stock["series"][language]), rng.randrange(_OUTLETS)
    first = rng.randrange(days)
    for day in range(first, min(days, first + rng.randrange(2, 5))):
        when = _FIRST_DAY + timedelta(days=day, hours=6, minutes=rng.randrange(30))
        event = f"series-{title}-{day}"
        yield _item(stock, rng, title, language, outlet, when, event)


def _other(
    stock: Any,
    rng: random.Random,
    number: int,
    when: datetime,
    said: list[tuple[datetime, set[str]]],
) -> Iterator[Item]:
    """News of one outlet; nothing, where other news of those days shares two things with it."""
    language = rng.choice(stock["languages"])
    words = stock["other"][language]
    place = rng.choice(stock["things"]["place"])[stock["languages"].index(language)]
    who, did, of, what = (rng.choice(words[part]) for part in ("who", "did", "of", "what"))
    things = {place, who, of, what}
    if any(abs(when - then) < timedelta(days=2) and len(things & them) > 1 for then, them in said):
        return
    said.append((when, things))
    form = rng.choice(stock["forms"][language])
    title = form.format(place=place, who=who, did=did, of=of, what=what)
    event = f"other-{language}-{title}-{number}"
    yield _item(stock, rng, title, language, rng.randrange(_OUTLETS), when, event)


def _item(
    stock: Any,
    rng: random.Random,
    title: str,
    language: str,
    outlet: int,
    when: datetime,
    event: str,
) -> Item:
    body = ""
    if outlet == 0 and rng.random() < _STANDING * _OUTLETS:
        body = stock["standing"][language]
    elif rng.random() < 0.4:
        body = _sentence(stock, rng, title, language)
    article = Article(title=title, body=(body,) if body else (), language=language, published=when)
    return Item(article, f"{language} outlet {outlet}", event)


def _sentence(stock: Any, rng: random.Random, title: str, language: str) -> str:
    """The headline told once more, with words of its own."""
    words = stock["other"][language]
    extra = [rng.choice(words[part]) for part in ("who", "of", "what")]
    gap, stop = (" ", ". ") if language in {"en", "ko"} else ("", "。")
    return f"{title}{stop}{gap.join(extra)}{stop}"


def signed(items: list[Item], rulebook: Rulebook) -> list[Signature]:
    """The items as the grouping sees them, their number as id."""
    signatures = []
    for number, item in enumerate(items):
        early = [one for one in rulebook.mentions(item.article) if one.zone != "body"]
        assert item.article.published is not None
        signatures.append(
            sign(
                item.article,
                id=number,
                seen=item.article.published + timedelta(minutes=number % 7),
                outlet=item.outlet,
                entities=[mention.entity for mention in early],
                headline_entities=[m.entity for m in early if m.zone == "headline"],
                headline_names=[
                    (m.start, m.end, m.entity, m.sides) for m in early if m.zone == "headline"
                ],
                sides=sorted({side for mention in early for side in mention.sides}),
            )
        )
    return signatures


def look_alikes(signatures: Sequence[Signature], events: Mapping[int, str]) -> float:
    """The share of items with a like headline of another event near in time."""
    index, alike = Index(_NEAR), set[int]()
    recent = defaultdict[str, list[tuple[int, Signature]]](list)  # with their slots
    for signature in sorted(signatures, key=lambda one: one.when):
        for _ in index.expire(signature.when - KEEP):
            pass
        slot = index.add(signature)
        near = [one for one in recent[signature.language] if signature.when - one[1].when <= _NEAR]
        for other, old in near:
            if events[old.id] != events[signature.id]:
                cosine = headlines_alike(index.weighed(slot), index.weighed(other))
                if cosine >= _ALIKE:
                    alike |= {signature.id, old.id}
        recent[signature.language] = [*near, (slot, signature)]
    return len(alike) / len(signatures)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=8000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stock", choices=sorted(STOCKS), default="", help="of what it is made")
    parser.add_argument("-v", "--verbose", type=int, default=0, help="wrong groups to print")
    arguments = parser.parse_args()
    items = make(arguments.items, arguments.days, arguments.seed, arguments.stock)
    signatures = signed(items, load())
    stories = {number: placement.story for number, placement in replay(signatures).items()}
    members: dict[int, list[int]] = defaultdict(list)
    for number, story in stories.items():
        members[story].append(number)
    astray, wrong, by_kind = 0, 0, Counter[str]()
    for some in members.values():
        events = Counter(items[number].event for number in some)
        (main_event, most) = events.most_common(1)[0]
        astray += len(some) - most
        wrong += len(events) > 1
        for number in some:
            if items[number].event != main_event:
                by_kind[items[number].event.split("-")[0]] += 1
        if len(events) > 1 and wrong <= arguments.verbose:
            print(*(_line(items[number]) for number in some), "", sep="\n")
    found = {True: [0, 0], False: [0, 0]}
    told: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        told[item.event].append(number)
    for some in told.values():
        for one, other in combinations(some, 2):
            same = items[one].article.language == items[other].article.language
            found[same][0] += stories[one] == stories[other]
            found[same][1] += 1
    size = len(items) / 1000
    dense = look_alikes(signatures, {n: item.event for n, item in enumerate(items)})
    print(f"{len(items)} items, {len(told)} events, {arguments.days} days, {dense:.2f} look-alike")
    print(f"in 1,000 items: {astray / size:.2f} in a group of another event, ", end="")
    print(f"{wrong / size:.2f} groups of two events; {dict(by_kind.most_common(6))}")
    for same, (right, all_) in found.items():
        print(f"pairs {'in one language' if same else 'across'} found: {right / max(1, all_):.2f}")


def _line(item: Item) -> str:
    told = item.article
    return f"  {told.published:%d %H:%M} {item.outlet} [{item.event[:24]}] {told.title}"


if __name__ == "__main__":
    main()
