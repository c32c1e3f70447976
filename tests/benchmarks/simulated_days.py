#!/usr/bin/env python3
"""Let days of three digests for the same readers go by; count what was told twice or not at all.

    python tests/benchmarks/simulated_days.py --days 400

Prints a line a zone; leaves with 1 when anything was.
"""

import argparse
import logging
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.pipeline.days import faults, live

ZONES = ("Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")


def main() -> None:
    """Simulate each zone."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    found = 0
    for zone in ZONES:
        with tempfile.TemporaryDirectory() as folder:
            events, readers = live(Path(folder), zone, asked.days, asked.seed)
        wrong = faults(events, readers)
        found += len(wrong)
        told = f"{len(readers.whole)} stories, {readers.changes.total()} changes told"
        print(f"{zone}: {asked.days} days, {told}, {len(wrong)} faults", *wrong[:5], sep="\n  ")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
