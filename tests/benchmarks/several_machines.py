"""Three daemons on one PostgreSQL through a long run of troubles, and what came of it.

    python -m tests.benchmarks.several_machines           # the whole: 300 hosts, 86 troubles
    python -m tests.benchmarks.several_machines --pooler --hosts 60 --kills 12 --stops 4

Daemons are killed and started again, stopped for longer than their lease, and one of them is cut
off from the database, which is restarted meanwhile. Then everything that was published has to be
stored once, flagged and in each digest, no message may have two ids, and no host may have been
asked twice at once or too soon. Exit 1 when anything of that is not so.
"""

import argparse
import contextlib
import statistics
import sys
import tempfile
from pathlib import Path

from tests.machines import chaos, fleet
from tests.machines.chaos import Outcome, Trouble
from tests.machines.outlets import Outlets
from tests.postgres import Cluster, Pooler


def main() -> int:
    """Run it and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for name, value in (
        ("hosts", 300), ("feeds", 2), ("every", 30), ("kills", 60), ("stops", 20), ("restarts", 5),
        ("cuts", 1), ("seed", 1), ("digests", 2),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--lease", type=float, default=5.0, help="seconds")
    parser.add_argument("--spacing", type=float, default=0.5, help="seconds")
    parser.add_argument("--pause", type=float, default=3.0, help="between two troubles")
    parser.add_argument("--pooler", action="store_true", help="behind PgBouncer")
    parser.add_argument("--folder", type=Path, help="where the logs go")
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="machines-"))
    print(f"logs in {folder}", flush=True)
    with contextlib.ExitStack() as ending:
        cluster = ending.enter_context(Cluster())
        outlets = ending.enter_context(Outlets(chosen.hosts, chosen.feeds))
        database = cluster.database()
        if chosen.pooler:
            database = ending.enter_context(Pooler(cluster)).through(database)
        plan = fleet.Plan(
            database,
            lease=chosen.lease,
            spacing=chosen.spacing,
            every=chosen.every,
            digests={
                f"d{number}": fleet.soon(100 + 90 * number) for number in range(chosen.digests)
            },
        )
        trouble = Trouble(
            chosen.kills, chosen.stops, chosen.restarts, chosen.cuts, chosen.pause, chosen.seed
        )
        outcome = chaos.run(cluster, outlets, folder, plan, trouble)
    show(outcome, chosen.lease)
    return 1 if outcome.faults or outcome.hurried else 0


def show(outcome: Outcome, lease: float) -> None:
    """Print what came of a run."""
    print(
        f"{outcome.seconds:.0f} s: {outcome.requests} requests, {outcome.entries} entries, "
        f"{outcome.mails} mails; {len(outcome.paused)} pauses, {len(outcome.faults)} faults, "
        f"{len(outcome.hurried)} requests too soon"
    )
    for what, taken in (
        ("takeover", outcome.takeovers),
        ("while the database was restarted", outcome.hindered),
    ):
        if taken:
            late = sum(one > 2 * lease for one in taken)
            print(
                f"{what}: {len(taken)} measured, median {statistics.median(taken):.1f} s, most "
                f"{max(taken):.1f} s; {late} over two leases ({2 * lease:g} s)"
            )
    for line in (*outcome.paused[:40], *outcome.faults[:40], *outcome.hurried[:40]):
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
