"""Do to a running daemon what happens over the years, and see that it recovers without help.

    python -m tests.benchmarks.faults PATH/feed_server.py [--only NAME] [--faketime LIB]

Each case starts `monitor run` on six feeds polled every second, of whose requests one in a hundred
is reset, breaks something, lets new entries come meanwhile, mends it, and waits until all that was
served is stored. A mail server takes the alerts. One row a case is printed as a line of a Markdown
table: what was done, what the daemon said first, entries stored and served, entries twice, mails
(each with a Message-ID of its own, and those that came again under one), seconds from mending to
complete. Cases that move the clock need libfaketime; those that fill a disk, make it read-only or
take the names away need the right to mount.
"""

import argparse
import json
import shutil
import sys
from collections import Counter
from pathlib import Path

from tests.benchmarks.fault_cases import CASES
from tests.benchmarks.fault_desk import FEEDS, Desk
from tests.benchmarks.wire_server import running


def run(name: str, server: Path, faketime: str) -> bool:
    """Run one case and print its row; True when nothing was lost or doubled."""
    case, needs = CASES[name]
    with running(server, FEEDS, resets=0.01, newest=3600.0) as wire:
        desk = Desk(wire, faketime if "clock" in needs else "", "names" in needs)
        desk.open_post()
        steps = case(desk)
        next(steps)  # up to where it breaks something
        desk.start()
        since = len(desk.log.read_text().splitlines())
        next(steps)
        took = desk.complete()
        desk.settle()
        keys = Counter(desk.stored())
        twice = sum(number > 1 for number in keys.values())
        seen = desk.said(since)
        left = json.loads(desk.command_output("status", "--json"))["outbox"]
        code = desk.stop()
        faults = desk.command_output("db", "check")
        mails = Counter(message for message, _ in desk.mailbox.taken)
        again = sum(mails.values()) - len(mails)
        if desk.post.server is not None:
            desk.post.stop()
        steps.close()
    waiting = left["queued"] + left["parked"]
    good = len(keys) == desk.served and not (twice or faults or code or waiting)
    print(
        f"| {name} | {case.__doc__} | {seen[:110]} | {len(keys)} / {desk.served} | {twice} | "
        f"{len(mails)}, {again} again, {waiting} left | {took:.0f} s |"
        + (f" ended with {sorted(set(desk.codes))}" if desk.codes else ""),
        flush=True,
    )
    if good:
        shutil.rmtree(desk.folder, ignore_errors=True)
    else:
        print(f"    BAD: exit {code}, {faults or 'check fine'}; see {desk.folder}", flush=True)
    return good


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("--only", choices=CASES, action="append")
    parser.add_argument("--faketime", default="", help="path of libfaketime.so.1")
    given = parser.parse_args()
    chosen = given.only or [
        name for name, (_, needs) in CASES.items() if given.faketime or "clock" not in needs
    ]
    print("| case | done | said first | stored / served | twice | mails | complete after |")
    print("|---|---|---|---|---|---|---|")
    results = [run(name, given.server, given.faketime) for name in chosen]
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
