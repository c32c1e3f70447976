"""The same articles give the same stories, wherever in memory their groups lie."""

import random
import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.model import Article
from monitor.stories import Placement, Signature, replay
from tests.benchmarks.everyday_stream import Item, signed
from tests.rules import built_in

REPORTS = [
    (text["language"], text["title"])
    for number in range(1, 5)
    for text in tomllib.loads(Path(__file__).with_name(f"pairs_{number}.toml").read_text("utf-8"))[
        "text"
    ]
]


class Between:
    """As large as a group, so that it takes the place of one."""

    __slots__ = ("four", "one", "three", "two")


def dense(count: int, hours: int, seed: int) -> list[Signature]:
    """Make headlines in four languages that are like many others: new figures, halves of two."""
    chance = random.Random(seed)
    items = []
    for _ in range(count):
        language, title = chance.choice(REPORTS)
        if chance.random() < 0.5:
            title = re.sub(r"\d+", lambda _: str(chance.randrange(1, 40)), title)
        if chance.random() < 0.3:
            other = chance.choice([text for known, text in REPORTS if known == language])
            title = title[: len(title) // 2] + other[len(other) // 2 :]
        when = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=chance.randrange(hours * 60))
        article = Article(title=title, body=(), language=language, published=when)
        items.append((when, Item(article, f"{language} {chance.randrange(10)}", "")))
    items.sort(key=lambda one: one[0])
    return signed([item for _, item in items], built_in())


def test_stories_do_not_hang_on_where_their_groups_lie_in_memory() -> None:
    """A stream dense in look-alikes is grouped alike again and again, with other things between."""
    signatures = dense(700, 30, 8)[:650]
    found: list[dict[int, Placement]] = []
    between: list[Between] = []
    for _ in range(3):
        between += [Between() for _ in range(random.randrange(2000))]
        random.shuffle(between)
        del between[::3]
        found.append(replay(signatures))
    assert found[1] == found[0]
    assert found[2] == found[0]
