#!/usr/bin/env python3
"""Measure what a newcomer to a large story costs.

`group_wordings.py [--background 12000] [--sizes 50 500 2000 5000]`. A window of unlike items takes
in one event in thousands of wordings; printed are, at each size, CPU milliseconds for one more
wording and in how many stories the wordings are. A story of 5,000 is to cost no more than one of
50.
"""

import argparse
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from monitor.model import Article
from monitor.stories import Signature, Window, sign

_START = datetime(2026, 11, 17, 12, tzinfo=UTC)
_EVENT = "Ferry Saebyeok sinks off Mokpo after collision"
_WORDS = [
    one + other
    for one in ("ka", "re", "mo", "ti", "sul", "pan", "gro", "hin", "lek", "dar")
    for other in ("ven", "tor", "mil", "sha", "bek", "rud")
]
_TRIED = 40


def _item(number: int, title: Sequence[str], body: Sequence[str], minutes: float) -> Signature:
    article = Article(title=" ".join(title), body=(" ".join(body) + ".",), language="en")
    seen = _START + timedelta(minutes=minutes)
    return sign(article, id=number, seen=seen, outlet=f"outlet {number % 50}")


def _wording(number: int, rng: random.Random, minutes: float) -> Signature:
    title = _EVENT.split()
    rng.shuffle(title)
    body = [_EVENT, *rng.sample(_WORDS, 14)]
    return _item(number, [*title, *rng.sample(_WORDS, 3)], body, minutes)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--background", type=int, default=12_000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[50, 500, 2000, 5000])
    arguments = parser.parse_args()
    rng, window = random.Random(1), Window()
    for number in range(arguments.background):
        words = [rng.choice(_WORDS) + rng.choice(_WORDS) for _ in range(27)]
        window.file(_item(number, words[:7], words[7:], 0))
    first = number = arguments.background
    for size in arguments.sizes:
        while number - first < size:
            window.file(_wording(number, rng, (number - first) / 20))
            number += 1
        started = time.process_time()
        for _ in range(_TRIED):
            window.file(_wording(number, rng, (number - first) / 20))
            number += 1
        cost = 1000 * (time.process_time() - started) / _TRIED
        stories = len({window.story_of(article) for article in range(first, number)})
        print(f"{size} wordings: {cost:.1f} ms a newcomer, {stories} stories", flush=True)


if __name__ == "__main__":
    main()
