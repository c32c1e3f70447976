#!/usr/bin/env python3
"""Group labelled feed items in random orders of arrival: how many end in the same groups.

`group_orders.py LABELLED.jsonl [--orders 20]`. The items arrive one by one a second apart, all
inside one window, first in the order of their times, then shuffled; printed is, for each order, the
share of items whose group holds the same items as in the first.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from msgspec import structs

from monitor.stories import Signature, Window
from monitor.watch import load
from tests.benchmarks.fit_events import read_items, windows_of


def groups_of(signatures: Sequence[Signature]) -> dict[int, frozenset[int]]:
    """File articles in this order; every article's group in the end."""
    window = Window()
    for number, signature in enumerate(signatures):
        seen = signatures[0].seen + timedelta(seconds=number)
        window.file(structs.replace(signature, seen=seen))
    members: dict[int, set[int]] = defaultdict(set)
    for signature in signatures:
        members[window.story_of(signature.id) or 0].add(signature.id)
    return {article: frozenset(some) for some in members.values() for article in some}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--orders", type=int, default=20)
    arguments = parser.parse_args()
    windows = windows_of(read_items(load(), arguments.labelled))
    first: dict[int, frozenset[int]] = {}
    for items in windows.values():
        first |= groups_of(sorted((i.signature for i in items), key=lambda one: (one.when, one.id)))
    shares = []
    for seed in range(arguments.orders):
        same = 0
        for items in windows.values():
            shuffled = [item.signature for item in items]
            random.Random(seed).shuffle(shuffled)
            same += sum(group == first[a] for a, group in groups_of(shuffled).items())
        shares.append(same / len(first))
    print(f"{len(first)} items, {arguments.orders} orders: same group for", end=" ")
    print(f"{sum(shares) / len(shares):.1%} of the items (worst order {min(shares):.1%})")


if __name__ == "__main__":
    main()
