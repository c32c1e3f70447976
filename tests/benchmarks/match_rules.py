#!/usr/bin/env python3
"""Speed of the compiled matcher with rules in the real format, beside the bare automaton.

Rules as real ones are: about 19 terms each in four scripts, entities shared among rules, word
boundaries, zones, and Boolean blocks (all, any, none, within). Texts come from the generator given
with --textgen (functions `load_pool`, `articles`, `rules`), which see for its word pool.

For each number of rules it prints the seconds to load and stories a second of five things, in CPU
seconds of one process: ahocorasick_rs's bare pass over the same terms and texts, lower-cased
beforehand; `Rulebook.verdicts` (fold, zones and rules: which rule fires at which level); and
`Rulebook.flags` (verdicts, and the reasons of every rule that fires with their sentences), both
for one article after the other; and the same two for all articles through `Rulebook.evaluate_all`.
Each has its ratio to the bare pass. With --equal-hits only the first rules may hit: the others are
made of words that no text holds.
"""

import argparse
import gc
import importlib.util
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import ahocorasick_rs

from monitor.model import Article
from monitor.watch import load

_TERMS = ("any", "also", "none")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--textgen", type=Path, required=True, help="path of the text generator")
    parser.add_argument("--pool", help="JSON file of real sentences for the generator")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rules", default="10,100,1000,10000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--equal-hits", type=int, default=0, metavar="N")
    options = parser.parse_args()
    textgen = _module(options.textgen)
    pool = textgen.load_pool(options.pool)
    texts = textgen.articles(pool, options.articles)
    articles = [_article(language, text) for language, text in texts]
    items = [(article, None, NOW) for article in articles]
    lowered = [text.lower() for _, text in texts]
    print(
        f"{'rules':>6}{'terms':>8}{'load s':>8}{'bare/s':>8}{'verdicts/s':>12}{'ratio':>7}"
        f"{'flags/s':>9}{'ratio':>7}{'all verdicts/s':>16}{'ratio':>7}"
        f"{'all flags/s':>13}{'ratio':>7}{'hits':>7}"
    )
    for count in map(int, options.rules.split(",")):
        raw = textgen.rules(pool, options.equal_hits or count)
        if options.equal_hits:
            raw = raw[: options.equal_hits]
            raw += list(_strangers(count - len(raw)))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rules.toml"
            path.write_text("\n".join(_toml(raw)), encoding="utf-8")
            begin = time.process_time()
            rulebook = load([path], builtin=False)
            loading = time.process_time() - begin
        keys = list({term.lower() for rule in raw for k in _TERMS for term in rule[k]})
        gc.collect()
        gc.freeze()  # as a long-running process does once its rules are loaded
        bare = ahocorasick_rs.AhoCorasick(keys, store_patterns=False)
        rounds, hits = [], 0
        for _ in range(options.rounds):
            begin = time.process_time()
            for text in lowered:
                bare.find_matches_as_indexes(text, overlapping=True)
            passed = time.process_time()
            hits = sum(len(rulebook.verdicts(article, now=NOW)) for article in articles)
            judged = time.process_time()
            for article in articles:
                rulebook.flags(article, now=NOW)
            flagged = time.process_time()
            for evaluation in rulebook.evaluate_all(items):
                evaluation.verdicts()
            all_judged = time.process_time()
            for evaluation in rulebook.evaluate_all(items):
                evaluation.flags()
            moments = (begin, passed, judged, flagged, all_judged, time.process_time())
            rounds.append([b - a for a, b in pairwise(moments)])
        speeds = [len(articles) / statistics.median(column) for column in zip(*rounds, strict=True)]
        ratios = [
            statistics.median(took[0] / took[which] for took in rounds) for which in range(1, 5)
        ]
        print(
            f"{count:>6}{len(keys):>8}{loading:>8.2f}{speeds[0]:>8.0f}"
            f"{speeds[1]:>12.0f}{ratios[0]:>7.2f}{speeds[2]:>9.0f}{ratios[1]:>7.2f}"
            f"{speeds[3]:>16.0f}{ratios[2]:>7.2f}{speeds[4]:>13.0f}{ratios[3]:>7.2f}"
            f"{hits / len(articles):>7.2f}",
            flush=True,
        )


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("textgen", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _article(language: str, text: str) -> Article:
    title, *body = text.split("\n")
    return Article(title=title, body=tuple(body), language=language, published=NOW)


def _strangers(count: int) -> Iterator[dict[str, Any]]:
    """Rules of the usual size whose words are in no text."""
    draw = random.Random(5)

    def word() -> str:
        return "".join(draw.choices("qxzvjkw", k=8))

    for _ in range(count):
        yield {
            "any": [word() for _ in range(8)], "also": [word() for _ in range(10)],
            "none": [word()], "near": 200 if draw.random() < 0.3 else 0,
        }  # fmt: skip


def _toml(raw: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Write rules in the real format: the names of a rule become shared entities."""
    entities: dict[tuple[str, ...], str] = {}
    rules = []
    for number, rule in enumerate(raw):
        ids = []
        for start in range(0, len(rule["any"]), 5):
            names = tuple(rule["any"][start : start + 5])
            ids.append(entities.setdefault(names, f"e{len(entities)}"))
        groups = [[f"@{entity}" for entity in ids]]
        if rule["also"]:
            groups.append(rule["also"])
        reach = 'within = "paragraph"' if rule["near"] else ""
        rules += [
            "[[rule]]", f'id = "r{number}"', "alert = { now = 4, digest = 1 }",
            "[[rule.when]]", f"all = {groups!r}", f"none = {rule['none']!r}", reach,
            "score = { headline = 4, lede = 2, body = 1 }",
            "[[rule.test]]", 'should = ["a"]', 'should_not = ["b"]',
        ]  # fmt: skip
    for names, entity in entities.items():
        yield f'[[entity]]\nid = "{entity}"\ntype = "org"\nsides = ["CN"]'
        yield f"names.en = {list(names)!r}"
    yield from rules


if __name__ == "__main__":
    main()
