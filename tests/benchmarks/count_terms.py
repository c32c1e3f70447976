#!/usr/bin/env python3
"""Count how often terms stand in headlines, in the form of `monitor/stories/common.toml`.

`count_terms.py FILE.jsonl … [--least 8] > common.toml` takes articles as `monitor scrape --json`
or a feed gives them (`title`, `text`, `language`, `published`). For each language printed are the
terms of headlines, as `stories.headline_terms` cuts them, that stand in so many of 1,000 or more;
then the names and kinds of event of the articles that a rule flags, over all languages. Count on
headlines of many outlets and days, or what is common on a few days will be told as common for ever.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from monitor.stories import sign
from monitor.stories.headline_terms import headline_terms
from monitor.stories.takes import take_of
from monitor.stories.term_keys import term_key
from monitor.text import clean, fold_width
from monitor.watch import Rulebook, article_from_json, load

_HEAD = """\
# How often common terms stand in headlines (of 1,000), by language, and names and kinds of event in
# articles of the desk: where counting begins (see `rarity`). Made by `count_terms.py` of the
# benchmarks.
"""


def written_terms(headline: str, language: str) -> Iterator[str]:
    """The terms of a headline as they are written: its pieces whose numbers the cutting gives."""
    keys = set(headline_terms(headline, language))
    folded = fold_width(headline)
    ends = range(1, len(folded) + 1)
    pieces = (folded[start:end] for end in ends for start in range(max(0, end - 7), end))
    # The same word may be a shorter one's beginning: the number tells which piece is the term.
    yield from (piece for piece in dict.fromkeys(pieces) if term_key(piece, language) in keys)


def count(
    rulebook: Rulebook, files: list[Path]
) -> tuple[dict[str, Counter[str]], Counter[str], Counter[str]]:
    """Terms by language, names and kinds of flagged articles, and headlines read by language."""
    terms: dict[str, Counter[str]] = defaultdict(Counter)
    facts, read = Counter[str](), Counter[str]()
    lines = chain.from_iterable(file.read_text("utf-8").splitlines() for file in files)
    for row in (json.loads(line) for line in lines if line.strip()):
        article, feed = article_from_json(row)
        language = article.language[:2]
        read[language] += 1
        terms[language].update(written_terms(take_of(clean(article.title)).headline, language))
        if not rulebook.evaluate(article, feed).flags():
            continue
        seen = article.published or datetime.now(UTC)
        signature = sign(article, id=read.total(), seen=seen.astimezone(UTC))
        early = {one.entity for one in rulebook.mentions(article, feed) if one.zone != "body"}
        read["flagged"] += 1
        facts.update(f"name {name}" for name in early)
        facts.update(f"kind {kind}" for kind in signature.events)
    return terms, facts, read


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--least", type=int, default=8, help="of 1,000 headlines")
    arguments = parser.parse_args()
    terms, facts, read = count(load(), arguments.files)
    print(_HEAD, end="")
    tables = [(la, terms[la], read[la]) for la in ("en", "ko", "zh", "ja")]
    for name, found, size in (*tables, ("fact", facts, read["flagged"])):
        print(f"\n[{name}]")
        for term, times in sorted(found.items(), key=lambda one: (-one[1], one[0])):
            share = round(1000 * times / max(1, size))
            if share >= arguments.least:
                print(f"{json.dumps(term, ensure_ascii=False)} = {share}")
    print(f"read {dict(read)}", file=sys.stderr)


if __name__ == "__main__":
    main()
