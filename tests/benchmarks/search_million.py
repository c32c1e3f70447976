"""How long searches take in a large archive of four languages, and what its index costs.

    python tests/benchmarks/search_million.py --articles 1000000
    python tests/benchmarks/search_million.py --articles 200000 --database postgresql+psycopg://…

Fills a store with made-up articles (words drawn by Zipf's law from a vocabulary of each language,
among them the names a desk looks for), then runs searches of every kind. Prints CPU and wall
milliseconds (median and 95 of 100), the size of the index beside that of the texts, and what
indexing adds to storing an article.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import text

from monitor import model
from monitor.search import Named, parse
from monitor.store import Store, articles, feeds, open_store, search, search_index

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ko": "".join(map(chr, range(0xAC00, 0xD7A4, 7))),
    "zh": "".join(map(chr, range(0x4E00, 0x9FA5, 5))),
    "ja": "".join(
        map(chr, (*range(0x3042, 0x3094), *range(0x30A2, 0x30F4), *range(0x4E00, 0x9FA5, 9)))
    ),
}
NAMES = {
    "en": ["Korea", "China", "Seoul", "Beijing", "missile", "export controls", "Lee Jae-myung"],
    "ko": ["한국", "중국", "미사일", "수출 통제", "외교장관", "이재명"],
    "zh": ["韩国", "韓國", "朝鲜", "导弹", "出口管制", "李在明"],
    "ja": ["韓国", "中国", "北朝鮮", "ミサイル", "輸出管理", "李在明"],
}
QUERIES = (
    "missile", "미사일", "导弹", "ミサイル", "韓国", "수출통제", '"export controls"',
    "Lee Jae Myung",
    "korea china", "korea -beijing", "missile OR rocket*", "seoul near/5 missile",
    "title:korea", "李在明 lang:ja", "@lee since:2026-11-01T00:00:00+00:00", "外交장관", "조선",
    "zyxwvq", "朝鮮", "北", "level:now missile", "china outlet:wire",
)  # fmt: skip


def vocabulary(rng: random.Random, language: str) -> list[str]:
    """Return words, the commonest first; names stand among the first few hundred."""
    long = (3, 10) if language == "en" else (1, 4)
    words = ["".join(rng.choices(LETTERS[language], k=rng.randint(*long))) for _ in range(20_000)]
    for name in NAMES[language]:
        words.insert(rng.randint(20, 400), name)
    return words


def texts(count: int) -> Iterator[model.Article]:
    """Yield articles of some 250 words, in four languages by turns."""
    rng = random.Random(7)
    words = {language: vocabulary(rng, language) for language in LETTERS}
    weights = [1 / (rank + 10) for rank in range(20_000)]
    pools = {lang: rng.choices(found[:20_000], weights, k=200_000) for lang, found in words.items()}
    for number in range(count):
        language = ("en", "ko", "zh", "ja")[number % 4]
        space = " " if language in ("en", "ko") else ""
        drawn = pools[language]

        def line(length: int, drawn: list[str] = drawn, space: str = space) -> str:
            at = rng.randrange(len(drawn) - length)
            return space.join(drawn[at : at + length])

        yield model.Article(
            url=f"https://example.org/{number}",
            title=line(9),
            body=tuple(line(50) + "." for _ in range(5)),
            language=language,
        )


def fill(store: Store, count: int) -> tuple[float, int]:
    """Store articles; return seconds of CPU and bytes of text."""
    with store.write() as db:
        feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
    spent, size, batch = 0.0, 0, []
    for number, article in enumerate(texts(count), 1):
        size += sum(len(part.encode()) for part in (article.title, *article.body))
        seen = NOW - timedelta(days=365 * (1 - number / count))
        batch.append(
            articles.NewArticle("wire", f"a:{number}", "Wire", seen, True, "never", article)
        )
        if len(batch) == 200 or number == count:
            begun = time.process_time()
            with store.write() as db:
                articles.add(db, batch)
            spent += time.process_time() - begun
            batch = []
    return spent, size


def ask(store: Store, query: str, rounds: int) -> list[tuple[float, float, int]]:
    """Return (wall, CPU) milliseconds of each round and the number shown."""
    names = [Named(("Lee Jae-myung", "이재명", "李在明"))]
    node = parse(query, lambda _: names, datetime.fromisoformat)
    found = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        with store.read() as db:
            hits = search.find(db, node, limit=20)
        found.append(
            (
                (time.perf_counter() - wall) * 1000,
                (time.process_time() - cpu) * 1000,
                len(hits.articles),
            )
        )
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), options.database)
        spent, size = fill(store, options.articles)
        print(
            f"{options.articles} articles, {size / 1e6:.0f} MB of text, stored in {spent:.0f} CPU s"
        )
        with store.read() as db:
            if db.dialect.name == "sqlite":
                pages = db.execute(
                    text("SELECT sum(length(block)) FROM search_index_data")
                ).scalar_one()
                print(f"index {pages / 1e6:.0f} MB = {pages / size:.2f} x the text")
        begun = time.process_time()
        with store.write() as db:
            search_index.reset(db)
        for _ in range(20):
            with store.write() as db:
                search_index.catch_up(db)
        share = 20 * search_index.BATCH / options.articles
        print(f"indexing alone: {(time.process_time() - begun) / share:.0f} CPU s for all")
        left = 1
        while left:
            with store.write() as db:
                left = search_index.catch_up(db)
        walls = []
        for query in QUERIES:
            rounds = ask(store, query, options.rounds)
            walls += [wall for wall, _, _ in rounds]
            wall, cpu = median(r[0] for r in rounds), median(r[1] for r in rounds)
            print(f"{query:45} {wall:8.1f} ms  {cpu:8.1f} ms CPU  {rounds[0][2]:3} shown")
        print(
            f"median {median(walls):.1f} ms, 95 of 100 within {quantiles(walls, n=20)[-1]:.1f} ms"
        )
        store.close()


if __name__ == "__main__":
    main()
