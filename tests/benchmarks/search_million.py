"""How long searches take in a large archive of four languages, and what its index costs.

    python -m tests.benchmarks.search_million --articles 1000000
    python -m tests.benchmarks.search_million --articles 200000 --postgresql

Fills a store with made-up articles (words drawn by Zipf's law from a vocabulary of each language,
among them the names a desk looks for, their characters drawn likewise), one in twenty of them
flagged, then runs searches of every kind and the commands that read. Prints CPU and wall
milliseconds (median and 95 of 100), the size of the index beside that of the texts, and what
indexing adds to storing an article.
"""

import argparse
import contextlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import text

from monitor import model
from monitor.search import Named, index_words, parse
from monitor.store import (
    Store,
    articles,
    codec,
    desk_feeds,
    open_store,
    search,
    search_index,
)
from tests.postgres import Cluster

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
    letters = rng.sample(LETTERS[language], len(LETTERS[language]))
    usual = [1 / (rank + 10) for rank in range(len(letters))]
    words = ["".join(rng.choices(letters, usual, k=rng.randint(*long))) for _ in range(20_000)]
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
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
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


class _Undone(Exception):
    """Nothing of a transaction is to stay."""


def index_alone(store: Store, count: int) -> float:
    """Return the seconds of CPU for the tokens and the index of all articles, by a sample."""
    with store.read() as db:
        some = articles.some(db, range(1, 3001))
    texts = [(10**9 + item.id, item.text) for item in some]
    begun = time.process_time()
    with contextlib.suppress(_Undone), store.write() as db:
        for start in range(0, len(texts), 200):
            some = texts[start : start + 200]
            search_index.add(db, [(id_, index_words(text)) for id_, text in some])
        raise _Undone
    spent = time.process_time() - begun
    return spent * count / len(texts)


def complete(store: Store) -> None:
    """Put what else a store holds around the articles: entries, stories, flags."""
    reason = model.Reason("when 1", 8.0, "headline", "Korea, China", ((0, 5),), ("Korea",))
    with store.write() as db:
        for statement in (
            "INSERT INTO entry (feed_id, guid, url, title, data, first_seen, fresh, work, "
            "article_id) SELECT feed_id, address, url, title, '{}', first_seen, fresh, 'done', id "
            "FROM article",
            "INSERT INTO story (id, first_seen, last_seen) "
            "SELECT id, first_seen, first_seen FROM article",
            "UPDATE article SET story_id = id",
            "INSERT INTO flag (article_id, rule, level, score, reasons, at) SELECT id, "
            "'china-south-korea', CASE WHEN id % 100 = 0 THEN 'now' ELSE 'digest' END, 8.0, "
            ":reasons, first_seen FROM article WHERE id % 20 = 0",
        ):
            values = {"reasons": codec.dump_all((reason,))} if ":reasons" in statement else {}
            db.execute(text(statement), values)
        db.execute(text("ANALYZE"))


def commands(folder: Path, database: str, article: int) -> None:
    """Run the commands that read, as a user does, and print how long each took."""
    config = folder / "config.toml"
    lines = ["[monitor]", f'database = "{database}"' if database else "", "", "[[feed]]"]
    lines += ['name = "wire"', 'url = "https://example.org/feed"']
    config.write_text("\n".join(lines), encoding="utf-8")
    for words in (
        ("--version",), ("list", "--since", "2026-11-22"), ("list",), ("show", str(article)),
        ("status",), ("search", "missile"), ("trends",),
    ):  # fmt: skip
        wall = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(
            [sys.executable, "-m", "monitor", "--config", config, "--state", folder, *words],
            capture_output=True,
            text=True,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        wall = time.perf_counter() - wall
        told = f"{len(run.stdout.splitlines())} lines, exit {run.returncode}"
        print(f"monitor {' '.join(words):37} {wall:8.2f} s   {cpu:8.2f} s CPU   {told}", flush=True)


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
    parser.add_argument("--postgresql", action="store_true", help="In a cluster of its own.")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = stack.enter_context(Cluster()).database() if options.postgresql else ""
        store = open_store(Path(folder), database)
        spent, size = fill(store, options.articles)
        print(
            f"{options.articles} articles, {size / 1e6:.0f} MB of text, stored in {spent:.0f} CPU s"
        )
        with store.read() as db:
            if db.dialect.name == "sqlite":
                pages = db.execute(
                    text("SELECT sum(length(block)) FROM search_index_data")
                ).scalar_one()
            else:
                pages = db.execute(
                    text("SELECT pg_total_relation_size('search_index')")
                ).scalar_one()
            print(f"index {pages / 1e6:.0f} MB = {pages / size:.2f} x the text", flush=True)
        indexing = index_alone(store, options.articles)
        ratio = spent / (spent - indexing)
        print(f"indexing {indexing:.0f} CPU s of that: storing costs {ratio:.2f} x without it")
        complete(store)
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
        commands(Path(folder), database, options.articles // 2)


if __name__ == "__main__":
    main()
