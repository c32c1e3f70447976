"""Kill a process that changes the archive at random moments, and hold index against texts.

    python -m tests.benchmarks.kill_indexing --kills 100
    python -m tests.benchmarks.kill_indexing --kills 100 --postgresql

A writer adds articles, changes texts, forgets old ones and now and then has the index made anew,
as a daemon and `monitor db reindex` do; it gets SIGKILL in the middle. After each kill the index
must hold exactly what the store holds: the same articles, every word in the same number of texts.
"""

import argparse
import contextlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from monitor import model
from monitor.store import Store, articles, desk_feeds, open_store, retention, search_index
from tests.postgres import Cluster

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WORDS = (
    "missile talks 미사일 회담 수출통제 韩国 出口管制 ミサイル 輸出管理 Seoul Beijing envoy summit",
    "drill 외교장관 朝鲜 北朝鮮 tariff 관세 反傾銷",
)


def text(rng: random.Random) -> model.Article:
    """Return an article of chance words in four languages."""
    words = " ".join(WORDS).split()
    lines = [" ".join(rng.choices(words, k=30)) for _ in range(rng.randint(1, 6))]
    return model.Article(title=" ".join(rng.choices(words, k=6)), body=tuple(lines))


def write(store: Store, seed: int) -> None:
    """Change the archive for ever, saying a word before each round."""
    rng = random.Random(seed)
    with store.write() as db:
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
    for number in count():
        print("round", flush=True)
        with store.write() as db:
            new = [
                articles.NewArticle(
                    "wire", f"{seed}:{number}:{n}", "Wire", NOW, True, "never", text(rng)
                )
                for n in range(10)
            ]
            ids = articles.add(db, new)
        with store.write() as db:
            for id_ in rng.sample(range(1, ids[-1] + 1), min(5, ids[-1])):
                if stored := articles.get(db, id_):
                    articles.revise(db, stored, text(rng), NOW)
        if rng.random() < 0.1:
            age(store, rng)
        if rng.random() < 0.1:
            with store.write() as db:
                search_index.reset(db)
        with store.write() as db:
            search_index.catch_up(db, most=rng.randint(1, 100))


def age(store: Store, rng: random.Random) -> None:
    """Let the articles of long ago go, as retention does."""
    later = NOW + timedelta(days=rng.choice((20, 40)))
    retention.forget(store, later, timedelta(days=30))


def killed(folder: Path, database: str, seed: int, rounds: int, after: float = 0.0) -> None:
    """Let a writer work for some rounds and some seconds more, and kill it."""
    command = [sys.executable, "-m", "tests.benchmarks.kill_indexing", "--write", str(folder)]
    command += ["--seed", str(seed), "--database", database]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(rounds):
            assert writer.stdout.readline()
        time.sleep(after)
        writer.kill()


def wrong(store: Store) -> Iterator[str]:
    """Yield in what the index and the texts differ; nothing when they say the same."""
    with store.read() as db:
        lacking, extra = search_index.differences(db)
        others = search_index.other_words(db, lambda *_: None)
    if lacking or extra or others:
        yield f"lacks {lacking[:5]}, holds {extra[:5]} too many, other words {others[:5]}"


def main() -> None:
    """Kill and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="In a cluster of its own.")
    parser.add_argument("--database", default="", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(open_store(options.write, options.database), options.seed)
    rng = random.Random(options.seed)
    faults: list[str] = []
    waited = 0
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory())
        database = ""
        if options.postgresql:
            database = stack.enter_context(Cluster()).database()
        for kill in range(options.kills):
            rounds, after = rng.randint(1, 12), rng.uniform(0, 0.1)
            killed(Path(name), database, options.seed + kill, rounds, after)
            store = open_store(Path(name), database)
            faults += wrong(store)
            with store.read() as db:
                waited += search_index.left(db) > 0
                held = len(list(articles.since(db, None)))
            store.close()
    print(f"{options.kills} kills, {waited} of them while articles waited for the index")
    print(f"{held} articles at the end; index and texts differ after {len(faults)} kills")
    for fault in faults:
        print(f"  {fault}")


if __name__ == "__main__":
    main()
