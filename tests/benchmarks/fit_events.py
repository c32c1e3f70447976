#!/usr/bin/env python3
"""Fit the weights of `stories.same_event` and `stories.across`, and say how they do elsewhere.

`fit_events.py LABELLED.jsonl [--pairs pairs_1.toml …] [--judged pairs_3.toml …]` takes feed items
labelled by event (`id`, `title`, `text`, `published`, `language`, `feed`, `event`, `unsure`; an
event's id starts with the window of days it is of, as in "d2-07"), reports that are fitted on too,
and reports that are only judged, by their languages. It prints the weights fitted on all windows,
and the pairwise precision and recall of the whole grouping (`replay`): with the weights in the
source, and leaving one window out, each window grouped with weights fitted on the others.

The regression is logistic with a small ridge (C = 1), solved by Newton's method; pairs that the
labels leave open (`unsure`) are left out. Groups of two languages are pooled from random parts of
labelled events, so that small and large groups are both learned from.
"""

import argparse
import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from math import exp
from pathlib import Path
from typing import Any

from monitor.model import Article
from monitor.stories import Signature, across, replay, same_event, sign
from monitor.stories.index import Index
from monitor.watch import Rulebook, article_from_json, load

NEAR = timedelta(hours=40)


@dataclass(frozen=True)
class Item:
    """A labelled item."""

    signature: Signature
    event: str
    unsure: frozenset[str]
    window: str


Rows = list[tuple[tuple[float, ...], int, float, str]]  # measures, label, weight, window


def read_items(rulebook: Rulebook, file: Path) -> list[Item]:
    """Sign the items of a JSON Lines file."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    items = []
    for number, row in enumerate(rows, start=1):
        article, feed = article_from_json(row)
        name = article.source or (feed.name if feed else "")
        items.append(_item(rulebook, number, article, name, row["event"], row.get("unsure", ())))
    return items


def read_pairs(rulebook: Rulebook, files: Sequence[Path]) -> list[Item]:
    """Sign the reports of `tests/stories/pairs_*.toml`."""
    rows: list[dict[str, Any]] = []
    for file in files:
        rows += tomllib.loads(file.read_text("utf-8"))["text"]
    items = []
    for number, row in enumerate(rows, start=100_001):
        article = Article(
            title=row["title"],
            body=tuple(row["body"].strip().split("\n")) if row["body"] else (),
            language=row["language"],
            published=row["published"],
        )
        items.append(_item(rulebook, number, article, row["outlet"], f"own-{row['event']}", ()))
    return items


def _item(
    rulebook: Rulebook,
    number: int,
    article: Article,
    outlet: str,
    event: str,
    unsure: Sequence[str],
) -> Item:
    early = [mention for mention in rulebook.mentions(article) if mention.zone != "body"]
    assert article.published is not None
    signature = sign(
        article,
        id=number,
        seen=article.published,
        outlet=outlet,
        entities=[mention.entity for mention in early],
        headline_entities=[m.entity for m in early if m.zone == "headline"],
        headline_names=[(m.start, m.end, m.entity, m.sides) for m in early if m.zone == "headline"],
        sides=sorted({side for mention in early for side in mention.sides}),
    )
    return Item(signature, event, frozenset(unsure), event.split("-")[0])


def label(one: Item, other: Item) -> int | None:
    """1 for one event, 0 for two, None where the reader could not say."""
    if one.event == other.event:
        return 1
    return None if other.event in one.unsure or one.event in other.unsure else 0


def windows_of(items: Sequence[Item]) -> dict[str, list[Item]]:
    """The items by window of days."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.window].append(item)
    return found


def pairs_in_one_language(items: Sequence[Item]) -> Rows:
    """The measures of all pairs of one language and window, near in time."""
    rows: Rows = []
    for window, some in windows_of(items).items():
        index = Index(NEAR)
        slots = {item.signature.id: index.add(item.signature) for item in some}
        for one, other in combinations(some, 2):
            first, second = one.signature, other.signature
            known = label(one, other)
            if known is None or first.language != second.language:
                continue
            if abs(first.when - second.when) <= NEAR:
                weighed = index.weighed(slots[first.id]), index.weighed(slots[second.id])
                rows.append((same_event.measure(*weighed), known, 1.0, window))
    return rows


def groups_across(items: Sequence[Item]) -> Rows:
    """The measures of groups pooled from parts of labelled events, in two languages."""
    rng, rows = random.Random(1), []
    for window, some in windows_of(items).items():
        index = Index(NEAR)
        groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in some:
            index.add(item.signature)
            groups[item.event, item.signature.language].append(item)
        for one, other in combinations(sorted(groups), 2):
            first, second = groups[one], groups[other]
            known = {label(a, b) for a in first for b in second}
            gap = min(abs(a.signature.when - b.signature.when) for a in first for b in second)
            if one[1] == other[1] or None in known or gap > NEAR:
                continue
            same = one[0] == other[0]
            tried = {(_part(first, rng), _part(second, rng)) for _ in range(8 if same else 2)}
            for a, b in sorted(tried):
                pools = [
                    across.pool([members[n].signature for n in numbers])
                    for members, numbers in ((first, a), (second, b))
                ]
                measures = across.measure(pools[0], pools[1], index.rarity)
                rows.append((measures, int(same), (2.0 if same else 1.0) / len(tried), window))
    return rows


def _part(items: Sequence[Item], rng: random.Random) -> tuple[int, ...]:
    return tuple(sorted(rng.sample(range(len(items)), rng.randint(1, len(items)))))


def fit(rows: Rows) -> list[float]:
    """Weights by logistic regression with a ridge of one, the intercept last and free."""
    size = len(rows[0][0]) + 1
    weights = [0.0] * size
    points = [((*measures, 1.0), known, heft) for measures, known, heft, _ in rows]
    for _ in range(30):
        gradient = [-w for w in weights[:-1]] + [0.0]
        curve = [[float(i == j and i < size - 1) for j in range(size)] for i in range(size)]
        for x, known, heft in points:
            odds = sum(w * v for w, v in zip(weights, x, strict=True))
            chance = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
            pull, spread = heft * (known - chance), heft * chance * (1 - chance)
            for i, value in enumerate(x):
                if value:
                    gradient[i] += pull * value
                    row = curve[i]
                    for j in range(size):
                        row[j] += spread * value * x[j]
        step = _solve(curve, gradient)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda r: abs(rows[r][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for below in range(column + 1, size):
            factor = rows[below][column] / rows[column][column]
            for k in range(column, size + 1):
                rows[below][k] -= factor * rows[column][k]
    found = [0.0] * size
    for row in range(size - 1, -1, -1):
        rest = sum(rows[row][k] * found[k] for k in range(row + 1, size))
        found[row] = (rows[row][size] - rest) / rows[row][row]
    return found


def use(one_language: Sequence[float] | None, two: Sequence[float] | None) -> None:
    """Have the grouping weigh by these (intercept last)."""
    if one_language is not None:
        same_event.WEIGHTS, same_event.START = tuple(one_language[:-1]), one_language[-1]  # type: ignore[assignment]
    if two is not None:
        across.WEIGHTS, across.START = tuple(two[:-1]), two[-1]  # type: ignore[assignment]


def stories_of(items: Sequence[Item]) -> dict[int, object]:
    """The story of each item, grouped as the program groups them."""
    placed = replay([item.signature for item in items])
    return {id_: (items[0].window, placement.story) for id_, placement in placed.items()}


def judge(name: str, items: Sequence[Item], stories: dict[int, object]) -> None:
    """Print the precision and recall of pairs within one language and across."""
    counts = {True: [0, 0, 0], False: [0, 0, 0]}
    for one, other in combinations(items, 2):
        known = label(one, other)
        joined = stories[one.signature.id] == stories[other.signature.id]
        if known is None or not (known or joined):
            continue
        cell = counts[one.signature.language == other.signature.language]
        cell[0 if known and joined else 1 if joined else 2] += 1
    parts = []
    for same, what in ((True, "one language"), (False, "across")):
        right, wrong, missed = counts[same]
        parts.append(
            f"{what} P {right / max(1, right + wrong):.3f} R {right / max(1, right + missed):.3f}"
            f" ({right}/{wrong}/{missed})"
        )
    print(f"{name:28}", "; ".join(parts), flush=True)


def judge_languages(name: str, items: Sequence[Item], stories: dict[int, object]) -> None:
    """Print the precision and recall of pairs by their two languages, none left open."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one, other in combinations(items, 2):
        known = one.event == other.event
        joined = stories[one.signature.id] == stories[other.signature.id]
        if known or joined:
            languages = sorted((one.signature.language, other.signature.language))
            for cell in (counts["-".join(languages)], counts["all"]):
                cell[0 if known and joined else 1 if joined else 2] += 1
    print(name)
    for pair, (right, wrong, missed) in sorted(counts.items()):
        print(
            f"  {pair:6} P {right / max(1, right + wrong):.3f}"
            f" R {right / max(1, right + missed):.3f} ({right}/{wrong}/{missed})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="tests/stories/pairs_*")
    parser.add_argument("--judged", type=Path, nargs="*", default=[], help="never fitted on")
    parser.add_argument("--keep", action="store_true", help="only judge the weights in the source")
    arguments = parser.parse_args()
    rulebook = load()
    items = read_items(rulebook, arguments.labelled)
    judge("weights in the source", items, stories_of(items))
    own = read_pairs(rulebook, arguments.pairs)
    if own:
        judge("own pairs, source weights", own, stories_of(own))
    for file in arguments.judged:
        short = read_pairs(rulebook, [file])
        judge_languages(file.name, short, stories_of(short))
    if arguments.keep:
        return
    one_language, two = pairs_in_one_language(items), groups_across(items) + groups_across(own)
    all_one, all_two = fit(one_language), fit(two)
    print("same_event", dict(zip((*same_event.NAMES, "start"), _round(all_one), strict=True)))
    print("across", dict(zip((*across.NAMES, "start"), _round(all_two), strict=True)))
    left_out: dict[int, object] = {}
    for window, some in windows_of(items).items():
        use(
            fit([row for row in one_language if row[3] != window]),
            fit([row for row in two if row[3] != window]),
        )
        left_out |= stories_of(some)
    judge("leave one window out", items, left_out)
    use(all_one, all_two)
    judge("weights fitted now", items, stories_of(items))
    if own:
        judge("own pairs, fitted now", own, stories_of(own))


def _round(weights: Sequence[float]) -> list[float]:
    return [round(weight, 2) for weight in weights]


if __name__ == "__main__":
    main()
