"""Kill a live daemon at random moments, hundreds of times, and count what is left.

    python -m tests.benchmarks.kill_test PATH/feed_server.py --kills 300

A feed server serves `--feeds` feeds (some of which always fail, while one request in a hundred is
reset), and has new entries all the time; a real SMTP server takes the mail. `monitor run` polls
every second, reads pages, flags, and sends a digest every minute or so (its time of day is moved
on); it gets SIGKILL at a random moment: two times in three after it was ready, else during its
start. With `--workers` the moment is one when a worker process is reading a page, and two kills of
three hit a worker before the daemon has its turn. After the last kill it may come to rest. Then:

* stored entries = served entries (of the feeds that can be read), none twice;
* every flag is in exactly one digest, every digest's mail arrived (a mail that was sent twice has
  one Message-ID);
* `monitor db check` finds no fault (integrity_check and the store's own rules);
* no process of a killed daemon is left;
* the time from the start of the process to "ready", for each start that came so far.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NoReturn

from aiosmtpd.controller import Controller

from tests.benchmarks.life import COMMAND, Run
from tests.benchmarks.processes import working_in
from tests.benchmarks.wire_server import Wire, free_port, running

RULES = """
[[rule]]
id = "treaty"
name = "Treaty"
alert = { now = 100, digest = 1 }

[[rule.when]]
any = ["treaty", "envoy", "harbour"]
score = { headline = 4, lede = 3, body = 2 }

[[rule.test]]
should = ["The treaty was signed"]
should_not = ["Nothing was signed"]
"""


_STOPS = 60.0  # seconds that a daemon may take to stop, on the busiest machine
_CATCHES_UP = 300.0  # seconds that it may take to read what was published while it was dead


class Mailbox:
    """Takes every mail and keeps its Message-ID and subject."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail; aiosmtpd's interface."""
        from email.parser import BytesParser
        from email.policy import default

        message = BytesParser(policy=default).parsebytes(envelope.original_content)
        self.taken.append((str(message["Message-ID"]), str(message["Subject"])))
        return "250 taken"


def write_config(folder: Path, wire: Wire, smtp_port: int, now: datetime) -> None:
    """Write the configuration; the digest comes with the minute that is next after `now`."""
    at = (now + timedelta(seconds=60)).strftime("%H:%M")
    feeds = "\n".join(
        f'[[feed]]\nname = "f{number}"\nurl = "{wire.url(number)}"\nprivate = true\n'
        f'every = "1s"\npages = "{"all" if number % 2 else "none"}"\n'
        for number in range(wire.feeds)
    )
    (folder / "config.toml").write_text(
        f'[monitor]\nspacing = 0.0\nper_host = 8\nrule_files = ["rules.toml"]\n{feeds}\n'
        f'[[digest]]\nname = "d"\nat = "{at}"\nrules = ["treaty"]\n'
        'to = ["mailto:desk@example.org"]\n'
        f'[email]\nhost = "127.0.0.1"\nport = {smtp_port}\nsecurity = "none"\n'
        'from = "monitor@example.org"\n',
        "utf-8",
    )
    (folder / "rules.toml").write_text(RULES, "utf-8")


def count(folder: Path, query: str) -> int:
    """Return one number from the database."""
    with sqlite3.connect(folder / "state" / "monitor.db", timeout=60) as db:
        found = int(db.execute(query).fetchone()[0])
    db.close()
    return found


def served(wire: Wire) -> int:
    """How many entries the feeds that can be read have shown since the start."""
    healthy = sum(not wire.fails(feed) for feed in range(wire.feeds))
    return healthy * (50 + 2 * wire.ticks)


def nearly_all_read(folder: Path, wire: Wire) -> bool:
    """Whether nothing of what feeds still list would scroll out before it is read.

    A daemon that is killed before it has begun, on a busy machine each time, can read nothing.
    """
    with contextlib.suppress(sqlite3.Error):
        return count(folder, "SELECT count(*) FROM entry") >= served(wire) - 20 * wire.feeds
    return False


def begun(folder: Path, log: Path) -> Run:
    """Return a daemon that is ready; one that does not get so ends the test."""
    run = Run(folder, log)
    if not run.wait_ready():
        give_up(run, log, "the daemon does not start")
    return run


def give_up(run: Run, log: Path, why: str) -> NoReturn:
    """End the test, and leave no daemon behind."""
    run.kill()
    sys.exit(f"{why}; see {log}")


def stop(run: Run, log: Path) -> None:
    """Let a daemon end in order."""
    run.process.send_signal(signal.SIGTERM)
    try:
        run.process.wait(_STOPS)
    except subprocess.TimeoutExpired:
        give_up(run, log, f"the daemon has not stopped in {_STOPS:.0f} s")


def caught_up(run: Run, folder: Path, wire: Wire, log: Path) -> None:
    """Wait until a daemon has read all that feeds show.

    A feed shows its last fifty, read or not; those of a daemon that was killed are caught up.
    """
    end = time.monotonic() + _CATCHES_UP
    while count(folder, "SELECT count(*) FROM entry") < served(wire):
        if run.process.poll() is not None:
            give_up(run, log, "the daemon has ended by itself")
        if time.monotonic() > end:
            give_up(run, log, f"the daemon has not caught up in {_CATCHES_UP:.0f} s")
        time.sleep(0.1)


def come_to_rest(folder: Path, wire: Wire, mail_port: int, log: Path) -> float:
    """Let it work until nothing waits, and a digest carried what was left."""
    wanted = served(wire)
    write_config(folder, wire, mail_port, datetime.now(UTC))
    run = begun(folder, log)
    end = time.monotonic() + 900
    left = "SELECT count(*) FROM flag WHERE id NOT IN (SELECT flag_id FROM digested)"
    rests = (
        ("SELECT count(*) FROM entry WHERE work = 'todo'", 0),
        ("SELECT count(*) FROM article WHERE page = 'todo' AND page_tries = 0", 0),
    )
    while time.monotonic() < end:
        time.sleep(1)
        if count(folder, "SELECT count(*) FROM entry") >= wanted and all(
            count(folder, query) == value for query, value in rests
        ):
            break
    stop(run, log)
    while count(folder, left) and time.monotonic() < end + 300:
        write_config(folder, wire, mail_port, datetime.now(UTC) + timedelta(seconds=5))
        run = Run(folder, log)
        until = time.monotonic() + 100
        while count(folder, left) and time.monotonic() < until:
            time.sleep(1)
        time.sleep(8)  # for the mail of the last digest
        stop(run, log)
    since = time.monotonic()
    run = Run(folder, log)
    while count(folder, "SELECT count(*) FROM outbox WHERE state = 'queued'"):
        time.sleep(1)
        if time.monotonic() - since > 300:
            break
    stop(run, log)
    return run.ready_after or 0.0


def report(folder: Path, wire: Wire, mailbox: Mailbox, starts: list[float], kills: int) -> bool:
    """Print what was found; True when all is as it should be."""
    good = True

    def say(what: str, found: object, fine: bool) -> None:
        nonlocal good
        good = good and fine
        print(f"{'ok ' if fine else 'BAD'} {what}: {found}")

    shown = served(wire)
    listed = subprocess.run(
        [*COMMAND, "list", "--all"], cwd=folder, capture_output=True, text=True, check=True
    )
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    keys = Counter((row["feed"], row["guid"]) for row in rows)
    say("entries stored / served", f"{len(rows)} / {shown}", len(rows) == shown)
    say("entries twice", sum(n > 1 for n in keys.values()), max(keys.values()) == 1)
    flags = count(folder, "SELECT count(*) FROM flag")
    once = count(
        folder,
        "SELECT count(*) FROM (SELECT flag_id FROM digested GROUP BY flag_id HAVING count(*) = 1)",
    )
    say("flags / in exactly one digest", f"{flags} / {once}", flags == once and flags > 0)
    digests = count(folder, "SELECT count(*) FROM digest_run WHERE NOT met")
    mails = Counter(message for message, _ in mailbox.taken)
    say(
        "digests made / mails with a Message-ID of their own",
        f"{digests} / {len(mails)}",
        digests == len(mails),
    )
    print(f"    mails sent again under the same Message-ID: {len(mailbox.taken) - len(mails)}")
    checked = subprocess.run(
        [*COMMAND, "db", "check"], cwd=folder, capture_output=True, text=True, check=False
    )
    end = time.monotonic() + 10  # they see that nobody is there any more
    while (left := working_in(folder)) and time.monotonic() < end:
        time.sleep(0.1)
    say("processes of killed daemons left", left or 0, not left)
    say("monitor db check", checked.stderr.strip() + checked.stdout, checked.returncode == 0)
    slow = sum(start > 3 for start in starts)
    say(
        f"seconds from process start to ready ({len(starts)} starts)",
        f"median {median(starts):.2f}, max {max(starts):.2f}, over 3 s: {slow}",
        slow == 0,
    )
    pages = count(folder, "SELECT count(*) FROM article WHERE page = 'done'")
    print(f"    {kills} kills, {wire.ticks} ticks, {pages} pages read")
    return good


def wait_somewhere(run: Run, wire: Wire, chance: random.Random, live: float, *, news: bool) -> None:
    """Let a daemon live for a while, mostly until after it was ready."""
    if chance.random() < 2 / 3:
        run.wait_ready()
        time.sleep(chance.uniform(0, live))
        if news:
            wire.tick()
    else:
        time.sleep(chance.uniform(0, 2.5))


def kill_busy(run: Run, wire: Wire, chance: random.Random) -> int:
    """Kill two of the processes that read for a daemon while they do; return how many were hit."""
    hit = 0
    for _ in range(2):
        wire.tick()
        if busy := run.wait_busy():
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(busy), signal.SIGKILL)
                hit += 1
    return hit


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--feeds", type=int, default=12)
    parser.add_argument(
        "--live", type=float, default=3.0, help="seconds at most from ready to kill"
    )
    parser.add_argument("--minutes", type=float, default=60, help="stop killing after so long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--workers", action="store_true", help="kill while workers read, and them too"
    )
    parser.add_argument("--keep", action="store_true", help="keep the state folder")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    folder = Path(tempfile.mkdtemp(prefix="kill-test-"))
    log, mailbox = folder / "log.txt", Mailbox()
    port = free_port()
    post = Controller(mailbox, hostname="127.0.0.1", port=port)
    post.start()
    fail = "500:.08,404:.04,reset:.04,html:.04"
    with running(given.server, given.feeds, fail=fail, resets=0.01) as wire:
        starts: list[float] = []
        kills, others, busy_then = 0, 0, 0
        end = time.monotonic() + 60 * given.minutes
        written = datetime.min.replace(tzinfo=UTC)
        while kills < given.kills and time.monotonic() < end:
            if datetime.now(UTC) - written > timedelta(seconds=75):  # its digest had a chance
                written = datetime.now(UTC)
                write_config(folder, wire, port, written)
            if given.workers:
                run = begun(folder, log)
                caught_up(run, folder, wire, log)
                others += kill_busy(run, wire, chance)
                wire.tick()
                busy_then += bool(run.wait_busy())
            else:
                run = Run(folder, log)
                news = bool(kills % 2) and nearly_all_read(folder, wire)
                wait_somewhere(run, wire, chance, given.live, news=news)
            run.kill()
            kills += 1
            if run.ready_after is not None:
                starts.append(run.ready_after)
            if kills % 20 == 0:
                print(f"    {kills} kills", file=sys.stderr, flush=True)
        starts.append(come_to_rest(folder, wire, port, log))
        good = report(folder, wire, mailbox, [start for start in starts if start], kills)
        if given.workers:
            print(f"    {others} of their processes hit before; {busy_then} daemons hit at work")
    post.stop()
    if given.keep or not good:
        print(f"    state and log in {folder}")
    else:
        shutil.rmtree(folder)
    sys.exit(not good)


if __name__ == "__main__":
    main()
