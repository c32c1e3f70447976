"""What each further desk of a database costs whoever reads and files for all of them.

    python -m tests.benchmarks.desk_costs --hosts 60 --items 10

One pipeline reads and files for 1, 2 and 5 desks on PostgreSQL, which want the same feeds and have
a rule each beside what is built in. After a first round, which compiles all rules, processor time
(ours and the server's) and the server's rows are counted over a round with new entries and over
rounds in which nothing is new. Grouping made-up texts that are much alike is most of an entry and
varies; so beside it stands what judging the same texts costs for all desks together, and by the
rules of one desk alone, in the same process.
"""

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from monitor.desk import Desk
from monitor.pipeline import open_pipeline, round_of
from monitor.pipeline.desks import Desks
from monitor.store import articles
from tests.benchmarks.database_share import Cost, now
from tests.machines.outlets import Outlets
from tests.postgres import Cluster
from tests.wire import desk_of

_RULE = """
[[rule]]
id = "own"
name = "Own"
[[rule.when]]
any = ["{word}", "{word}s"]
[[rule.test]]
should = ["All about {word}"]
should_not = ["Nothing"]
"""


@dataclass(frozen=True, slots=True)
class Costs:
    """With so many desks: all entries, all polls without news; seconds of judging a text."""

    entry: Cost
    entries: int
    poll: Cost
    polls: int
    judging: float  # for all desks
    alone: float  # by the rules of one


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=60)
    parser.add_argument("--items", type=int, default=10, help="of each feed")
    parser.add_argument("--polls", type=int, default=5, help="rounds in which nothing is new")
    parser.add_argument("--desks", type=int, nargs="+", default=[1, 2, 5])
    chosen = parser.parse_args()
    measured = {}
    with Cluster() as cluster:
        for number in chosen.desks:
            measured[number] = one = asyncio.run(measure(cluster, number, chosen))
            per, poll = 1000 / one.entries, 1000 / one.polls
            print(
                f"{number} desks: an entry {per * one.entry.ours:.2f} ms of ours, "
                f"{per * one.entry.server:.2f} of the server's, "
                f"{one.entry.written / one.entries:.1f} rows written, "
                f"{one.entry.read / one.entries:.1f} read; an unchanged feed "
                f"{poll * one.poll.ours:.2f} and {poll * one.poll.server:.2f} ms, "
                f"{one.poll.written / one.polls:.2f} written, "
                f"{one.poll.read / one.polls:.1f} read; "
                f"judging {1000 * one.judging:.2f} ms, by one desk's rules {1000 * one.alone:.2f}",
                flush=True,
            )
    few, many = measured[min(measured)], measured[max(measured)]
    if further := max(measured) - min(measured):
        each = (many.judging - few.judging) / further
        rows = (many.entry.written / many.entries - few.entry.written / few.entries) / further
        print(
            f"each further desk: {1000 * each:.2f} ms of judging an entry, "
            f"{each / many.alone:.2f} of what its rules take alone, and {rows:.1f} rows written"
        )


def opened(folder: Path, url: str, number: int, outlets: Outlets) -> Desk:
    """Return the desk of a number, with a rule of its own."""
    folder = folder / f"desk{number}"
    folder.mkdir()
    (folder / "own.toml").write_text(_RULE.format(word=f"quorum{number}"))
    feeds = "".join(
        f'[[feed]]\nname = "{name}"\nurl = "{address}"\nprivate = true\npages = "none"\n'
        for name, address in outlets.names()
    )
    name = f'desk = "d{number}"\n' if number else ""
    return desk_of(
        folder,
        f'[monitor]\n{name}database = "{url}"\nspacing = 0.0\nper_host = 8\nworkers = 0\n'
        f'rule_files = ["own.toml"]\n{feeds}',
    )


async def measure(cluster: Cluster, desks: int, chosen: argparse.Namespace) -> Costs:
    """Measure with so many desks."""
    url, folder = cluster.database(), Path(tempfile.mkdtemp())
    with Outlets(chosen.hosts, 1) as outlets:
        several = [opened(folder, url, number, outlets) for number in range(desks)]
        for other in several[1:]:
            async with open_pipeline(other):
                pass  # it has published itself
        async with open_pipeline(several[0]) as pipeline:

            async def poll() -> None:
                await round_of(pipeline, list(pipeline.desks.feeds.values()))

            outlets.publish(0, 0)
            await poll()
            for host in range(chosen.hosts):
                for _ in range(chosen.items):
                    outlets.publish(host, 0)
            begun = used(cluster, url, several)
            await poll()
            filed = used(cluster, url, several)
            for _ in range(chosen.polls):
                await poll()
            quiet = used(cluster, url, several)
            judging = judged(pipeline.desks)
        for desk in several:
            desk.close()
    entries, polls = chosen.hosts * chosen.items, chosen.hosts * chosen.polls
    return Costs(filed.since(begun), entries, quiet.since(filed), polls, *judging)


def used(cluster: Cluster, url: str, desks: list[Desk]) -> Cost:
    """Return what was used so far; ours is this process, with the servers of the outlets."""
    for desk in desks:
        desk.store.renew_connections()
    found = now(cluster, url)
    return Cost(found.server, time.process_time(), found.transactions, found.written, found.read)


def judged(desks: Desks) -> tuple[float, float]:
    """Return the seconds of judging a stored text for all desks, and by our own rules alone."""
    with desks.store.read() as db:
        stored = list(articles.since(db, None))
    begun = time.process_time()
    desks.rules.judge((one.text, one.feed, one.first_seen) for one in stored)
    for_all = time.process_time() - begun
    begun = time.process_time()
    desks.judge_own(stored)
    return for_all / len(stored), (time.process_time() - begun) / len(stored)


if __name__ == "__main__":
    main()
