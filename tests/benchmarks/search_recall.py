"""What searches find beside a scan of all texts: recall and precision, by kind of word.

    python -m tests.benchmarks.search_recall FILE.jsonl… --queries 2000

The files hold {title, text} a line. Words and stretches of Han, kana and Hangul are drawn from the
texts at random and asked for; the scan knows nothing of tokens: it folds a text and looks for the
letters, at the borders of words where a script has such.
"""

import argparse
import json
import random
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor import model
from monitor.search import Named, parse
from monitor.store import Store, articles, desk_feeds, open_store, search
from monitor.text import fold_key

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SPACELESS = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_RUN = re.compile(f"[{SPACELESS}]{{2,}}")
_LATIN = re.compile(r"(?<![\w'’.-])[A-Za-z]{4,}(?![\w'’.-])")
_WORD = re.compile(f"[^\\W_{SPACELESS}]+")  # APEC峰會 says APEC
_ENDINGS = ("", "s", "es")


def fill(store: Store, texts: Sequence[tuple[str, str]]) -> list[int]:
    """Store texts as articles; return their ids."""
    with store.write() as db:
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
        new = [
            articles.NewArticle(
                "wire", f"a:{n}", "Wire", NOW, True, "never",
                model.Article(title=title, body=tuple(filter(None, text.split("\n")))),
            )
            for n, (title, text) in enumerate(texts)
        ]  # fmt: skip
        return articles.add(db, new)


def drawn(texts: Sequence[tuple[str, str]], rng: random.Random, count: int) -> Iterator[str]:
    """Yield queries: words, and stretches of two to six characters, drawn from the texts."""
    for _ in range(count):
        line = "\n".join(rng.choice(texts))
        runs, words = _RUN.findall(line), _LATIN.findall(line)
        if runs and (not words or rng.random() < 0.5):
            run = rng.choice(runs)
            length = min(len(run), rng.randint(2, 6))
            at = rng.randint(0, len(run) - length)
            yield run[at : at + length]
        elif words:
            yield rng.choice(words)


def scan(texts: Sequence[tuple[str, str]], ids: Sequence[int], query: str) -> tuple[set[int], ...]:
    """Return the texts that hold just this, and those that hold it in singular or plural."""
    if _RUN.fullmatch(query):
        key = fold_key(query)
        held = {
            id_
            for id_, text in zip(ids, texts, strict=True)
            if any(key in fold_key(line) for line in "\n".join(text).split("\n"))
        }
        return held, held
    word = query.casefold()
    exact, near = set(), set()
    for id_, text in zip(ids, texts, strict=True):
        line = unicodedata.normalize("NFKC", "\n".join(text)).casefold()
        words = set(_WORD.findall(line))
        if word in words:
            exact.add(id_)
        if words & _forms(word):
            near.add(id_)
    return exact, near


def _forms(word: str) -> set[str]:
    """Return what differs from a word by singular and plural alone."""
    stems = {word, word.removesuffix("s"), word.removesuffix("es")}
    stems |= {word[:-1] + "ies"} if word.endswith("y") else set()
    stems |= {word[:-3] + "y"} if word.endswith("ies") else set()
    return {stem + ending for stem in stems for ending in _ENDINGS}


def found(store: Store, query: str) -> set[int]:
    """Return what a search finds."""
    names: list[Named] = []
    node = parse(query, lambda _: names, datetime.fromisoformat)
    with store.read() as db:
        return set(db.scalars(search.matching(db, node)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--queries", type=int, default=2000)
    options = parser.parse_args()
    rows = [json.loads(line) for file in options.files for line in file.open(encoding="utf-8")]
    texts = [(str(row.get("title", "")), str(row.get("text", ""))) for row in rows]
    rng = random.Random(5)
    sums: dict[str, list[int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        ids = fill(store, texts)
        for query in dict.fromkeys(drawn(texts, rng, options.queries)):
            kind = "Han, kana, Hangul" if _RUN.fullmatch(query) else "Latin letters"
            exact, near = scan(texts, ids, query)
            hits = found(store, query)
            row = sums.setdefault(kind, [0, 0, 0, 0, 0])
            for place, more in enumerate(
                (1, len(exact), len(exact & hits), len(hits), len(hits & near))
            ):
                row[place] += more
        store.close()
    for kind, (queries, wanted, right, hits, sound) in sums.items():
        print(
            f"{kind}: {queries} queries, recall {right / wanted:.4f} of {wanted}, "
            f"precision {sound / hits:.4f} of {hits}"
        )


if __name__ == "__main__":
    main()
