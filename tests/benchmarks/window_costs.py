#!/usr/bin/env python3
"""What an article held costs the window of stories, in CPU to file and in memory.

    python -m tests.benchmarks.window_costs [--sizes 4000,12000,40000] [--language en]
        [--profile] [--lines]

Files made-up articles, as feeds give them (a headline and some sentences, words as frequent as in a
language), from an empty window on, a round of `--feeds` after another, ten minutes apart; nothing
expires. Printed at each size: milliseconds of CPU an article filed since the size before, and the
growth of the process in KB an article held, signatures included. As many are filed at once as a
round brings. `--profile` prints where the time went since the size before, `--lines` which lines
hold the memory (slower).
"""

import argparse
import cProfile
import gc
import os
import pstats
import random
import resource
import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.model import Article
from monitor.stories import Signature, Window, sign
from tests.benchmarks.wire_server import varied_sentence, varied_words

_START = datetime(2026, 11, 1, tzinfo=UTC)
_ROUND = timedelta(minutes=10)
_LANGUAGES = ("en", "zh", "ko", "ja")


def resident() -> float:
    """Return the KB that the process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024


def stream(feeds: int, languages: tuple[str, ...], seed: int) -> Iterator[Signature]:
    """Yield signatures for ever."""
    words, chance, number = varied_words(), random.Random(seed), 0
    seen = _START
    while True:
        for feed in range(feeds):
            number += 1
            language = languages[feed % len(languages)]
            spaced = language in ("en", "ko")
            some = [
                varied_sentence(words[language], spaced, language == "en", chance)
                for _ in range(3 + chance.randrange(3))
            ]
            article = Article(
                title=some[0].strip(" .。"), body=("".join(some[1:]),), language=language
            )
            yield sign(article, id=number, seen=seen, outlet=f"Wire {feed}")
        seen += _ROUND


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="4000,12000,40000", help="articles held, by commas")
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--language", default="", help="of all articles; else four in turn")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    parser.add_argument("--lines", action="store_true", help="show which lines hold the memory")
    given = parser.parse_args()
    languages = (given.language,) if given.language else _LANGUAGES
    made = stream(given.feeds, languages, given.seed)
    window = Window()
    window.file(next(made))  # loads the tables
    gc.collect()
    before = resident()
    if given.lines:
        tracemalloc.start()
    held, moved = 1, 0
    for size in map(int, given.sizes.split(",")):
        spent = 0.0
        profile = cProfile.Profile() if given.profile else None
        begun = held
        for number in range(held + 1, size + 1):
            signature = next(made)
            started = time.process_time()
            if profile is not None:
                profile.enable()
            placement = window.file(signature, more=number % given.feeds > 0)
            if profile is not None:
                profile.disable()
            spent += time.process_time() - started
            moved += placement.story != signature.id or bool(placement.moved)
        held = size
        gc.collect()
        kilobytes = (resident() - before) / held
        print(
            f"{held} held: {spent / (held - begun) * 1000:.3f} ms to file one, "
            f"{kilobytes:.1f} KB an article, {moved} joined",
            flush=True,
        )
        if profile is not None:
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        if given.lines:
            for line in tracemalloc.take_snapshot().statistics("lineno")[:25]:
                print(f"  {line.size / held:7.0f} bytes an article  {line.traceback}")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
