#!/usr/bin/env python3
"""Measure the grouping of copies: precision, recall, articles a second, memory.

Two measures. `--bench FOLDER` takes a folder that holds `dedup_bench.py` and `textgen.py` and
streams its texts (30 % edited copies) through sign and file; a join counts as right when
article and partner come from one text. `--labelled FILE.jsonl` groups labelled articles
(`{id, title, text, date, language, source, group}`; entities from the built-in gazetteer) and
compares pairs; articles without `group` belong to no other. Labels that mark near-duplicates only
count every join across languages as wrong, so pairs within one language are given apart too.

CPU seconds of one core; memory is the growth of the process, signatures and index together.
"""

import argparse
import gc
import json
import resource
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from monitor.model import Article
from monitor.stories import Window, replay, sign

START = datetime(2026, 11, 1, tzinfo=UTC)


def resident_kilobytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1000


def measure_bench(folder: Path, size: int, pool_file: str | None) -> None:
    """Stream the texts of dedup_bench and print one line."""
    sys.path.insert(0, str(folder))
    import dedup_bench
    import textgen

    texts = dedup_bench.make(textgen.load_pool(pool_file), size, 0.3)
    articles = [
        (Article(title=title, body=tuple(text.split("\n")), language=language), origin)
        for language, title, text, origin in texts
    ]
    origins = [origin for _, origin in articles]
    gc.collect()
    window = Window()
    right = wrong = missed = 0
    spent = {"sign": 0.0, "file": 0.0}
    known: set[int] = set()
    before = resident_kilobytes()
    for number, (article, origin) in enumerate(articles):
        started = time.process_time()
        signature = sign(article, id=number, seen=START + timedelta(seconds=number))
        signed = time.process_time()
        placement = window.file(signature)
        filed = time.process_time()
        spent["sign"] += signed - started
        spent["file"] += filed - signed
        if placement.with_article is not None and origins[placement.with_article] == origin:
            right += 1
        else:
            wrong += placement.with_article is not None
            missed += origin in known
        known.add(origin)
    memory = (resident_kilobytes() - before) / size
    stages = ", ".join(f"{name} {seconds / size * 1e6:.0f}" for name, seconds in spent.items())
    print(
        f"N={size}: {size / sum(spent.values()):.0f} articles/s (µs: {stages}), "
        f"{memory:.1f} KB an article, precision {right / max(1, right + wrong):.4f}, "
        f"recall {right / max(1, right + missed):.4f}"
    )


def measure_labelled(file: Path, *, verbose: bool) -> None:
    """Group labelled articles and print pairwise precision and recall."""
    from monitor.watch import article_from_json, load

    rulebook = load()
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    signatures = []
    for number, row in enumerate(rows):
        article, feed = article_from_json(row)
        mentions = [m for m in rulebook.mentions(article, feed) if m.zone != "body"]
        seen = (article.published or START) + timedelta(seconds=number)
        signatures.append(
            sign(
                article,
                id=number,
                seen=seen if seen.tzinfo else seen.replace(tzinfo=UTC),
                entities=[mention.entity for mention in mentions],
                headline_entities=[m.entity for m in mentions if m.zone == "headline"],
                headline_names=[
                    (m.start, m.end, m.entity, m.sides) for m in mentions if m.zone == "headline"
                ],
                sides=sorted({side for mention in mentions for side in mention.sides}),
            )
        )
    stories = {article: placed.story for article, placed in replay(signatures).items()}
    found = _pairs(stories)
    wanted = _pairs({number: row["group"] for number, row in enumerate(rows) if row.get("group")})
    across = {pair for pair in found if len({signatures[n].language for n in pair}) == 2}
    for what, pairs in (("all pairs", found), ("pairs within one language", found - across)):
        right = pairs & wanted
        print(
            f"{file.name}, {what}: precision {len(right) / max(1, len(pairs)):.3f}, recall "
            f"{len(right) / len(wanted):.3f} ({len(wanted)} labelled, {len(pairs)} found)"
        )
    if verbose:
        for what, pairs in (("missed", wanted - found), ("wrong", found - wanted)):
            for first, second in sorted(pairs):
                print(f"{what}: {rows[first]['title']} | {rows[second]['title']}")


def _pairs(labels: Mapping[int, object]) -> set[tuple[int, int]]:
    members: dict[object, list[int]] = {}
    for number, label in labels.items():
        members.setdefault(label, []).append(number)
    return {pair for numbers in members.values() for pair in combinations(sorted(numbers), 2)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, help="folder of dedup_bench.py and textgen.py")
    parser.add_argument("--pool", help="JSON file of real sentences, as textgen.py takes it")
    parser.add_argument("--sizes", default="10000", help="comma-separated numbers of texts")
    parser.add_argument("--labelled", type=Path, help="JSON Lines of labelled articles")
    parser.add_argument("-v", "--verbose", action="store_true", help="list missed and wrong pairs")
    arguments = parser.parse_args()
    if not arguments.bench and not arguments.labelled:
        parser.error("nothing to measure: give --bench FOLDER, --labelled FILE or both")
    if arguments.bench:
        for size in map(int, arguments.sizes.split(",")):
            measure_bench(arguments.bench, size, arguments.pool)
    if arguments.labelled:
        measure_labelled(arguments.labelled, verbose=arguments.verbose)


if __name__ == "__main__":
    main()
