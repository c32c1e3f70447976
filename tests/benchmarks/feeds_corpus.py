"""Scores the feed parser on a folder of feed documents with their expected entries.

The expected file is JSON Lines: `file`, `entries_count`, `is_feed` and `entries`, each with
`title`, `link` and `published` (UTC) where known, and `title_repaired` where the document's own
title is garbled. Titles are compared with tags and entities removed and white space folded;
relative links as the last part of ours; dates to the second.
"""

import argparse
import html
import json
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import MonitorError
from monitor.feeds import parse
from monitor.model import Feed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fold(words: str) -> str:
    """A title without tags, entities, and differences of white space."""
    for _ in range(3):
        words = html.unescape(words)
    words = re.sub(r"</?[a-zA-Z][^<>]*>", "", words)
    return "".join(re.sub(r"[\u200b-\u200f\u202a-\u202e\ufeff]", "", words).split())


def same_link(ours: str, expected: str) -> bool:
    """Whether our absolute link is the expected one, which may be relative."""
    plain = "".join(html.unescape(expected).split())
    ours = ours.replace("%20", "")
    return ours == plain or ours.endswith("/" + plain.lstrip("./"))


def main() -> int:
    """Print one line a fault and the shares that agree."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, help="the documents")
    arguments.add_argument("expected", type=Path, help="expected.jsonl")
    arguments.add_argument("-v", "--verbose", action="store_true", help="show every difference")
    options = arguments.parse_args()
    right = dict.fromkeys(("count", "title", "link", "date"), 0)
    asked = dict.fromkeys(right, 0)
    escaped = parsed = 0
    started = time.process_time()
    for line in options.expected.read_text("utf-8").splitlines():
        wanted = json.loads(line)
        body = (options.folder / wanted["file"]).read_bytes()
        try:
            document = parse(body, Feed(name="x", url="http://feed.example/"), now=NOW)
            entries = document.entries
            parsed += 1
        except MonitorError as error:
            entries = ()
            if wanted["is_feed"] and options.verbose:
                print(f"{wanted['file']}: {error}")
        except Exception as error:
            escaped += 1
            entries = ()
            print(f"{wanted['file']}: ESCAPED {type(error).__name__}: {error}")
        count = wanted["entries_count"]
        if count is not None:
            asked["count"] += 1
            right["count"] += len(entries) == count
            if len(entries) != count:
                print(f"{wanted['file']}: {len(entries)} entries, expected {count}")
                continue
        for ours, theirs in zip(entries, wanted["entries"], strict=False):
            checks = {
                "title": (ours.title, theirs.get("title")),
                "link": (ours.url, theirs.get("link")),
                "date": (
                    f"{ours.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
                    if ours.published
                    else "",
                    theirs.get("published"),
                ),
            }
            for name, (got, want) in checks.items():
                if not want:
                    continue
                asked[name] += 1
                good = (
                    fold(got) in {fold(want), fold(theirs.get("title_repaired") or want)}
                    if name == "title"
                    else same_link(got, want)
                    if name == "link"
                    else got == want
                )
                right[name] += good
                if not good and options.verbose:
                    print(f"{wanted['file']}: {name}: {got!r}, expected {want!r}")
    seconds = time.process_time() - started
    print(f"{parsed} documents parsed, {escaped} exceptions escaped, {seconds:.2f} s of CPU")
    for name, total in asked.items():
        print(f"{name:6} {right[name]:5} of {total:5} = {right[name] / max(total, 1):.2%}")
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
