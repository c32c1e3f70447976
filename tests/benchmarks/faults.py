"""Do to a running daemon what happens over the years, and see that it recovers without help.

    python -m tests.benchmarks.faults PATH/feed_server.py [--only NAME] [--faketime LIB]

Each case starts `monitor run` on six feeds polled every second, breaks something, lets new entries
come meanwhile, mends it, and waits until all that was served is stored. One row a case is printed:
what was done, what the daemon said, entries stored and served, entries twice, seconds from mending
to complete. Cases that move the clock need libfaketime; the one that fills a disk needs the right
to mount. A clock that jumps while the monotonic one does not is also what a sleeping laptop sees.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.benchmarks.kill_test import RULES, Mailbox
from tests.benchmarks.wire_server import Wire, free_port, running

FEEDS = 6
PATIENCE = 150.0  # seconds that recovery may take


class Desk:
    """A folder with a configuration, and the daemon on it."""

    def __init__(self, wire: Wire, faketime: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fault-"))
        self.wire, self.log = wire, self.folder / "log.txt"
        self.shift = self.folder / "shift"
        self.shift.write_text("+0")
        self.smtp = free_port()
        self.environment = {**os.environ}
        if faketime:
            self.environment |= {
                "LD_PRELOAD": faketime,
                "FAKETIME_TIMESTAMP_FILE": str(self.shift),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        self.process: subprocess.Popen[bytes] | None = None
        self.moved = timedelta(0)
        self.mailbox: Mailbox | None = None
        self.post: Controller | None = None
        feeds = "\n".join(
            f'[[feed]]\nname = "f{number}"\nurl = "{wire.url(number)}"\nprivate = true\n'
            f'every = "1s"\npages = "none"\n'
            for number in range(FEEDS)
        )
        (self.folder / "rules.toml").write_text(RULES.replace("now = 100", "now = 2"))
        (self.folder / "config.toml").write_text(
            f'[monitor]\nspacing = 0.0\nper_host = 8\nrule_files = ["rules.toml"]\n{feeds}\n'
            '[[digest]]\nname = "d"\nat = "00:00"\nrules = ["treaty"]\nto = ["file:digest.txt"]\n'
            '[[alert]]\nrules = ["treaty"]\nto = ["mailto:desk@example.org"]\n'
            f'[email]\nhost = "127.0.0.1"\nport = {self.smtp}\nsecurity = "none"\n'
            'from = "monitor@example.org"\n'
        )

    def start(self) -> None:
        """Start the daemon and wait until all that is served is stored."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "monitor", "run"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        time.sleep(3)
        if self.process.poll() is not None or self.complete() < 0:
            sys.exit(f"the daemon does not work; see {self.log}")

    def stop(self) -> int:
        """End the daemon."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def move_clock(self, **span: float) -> None:
        """Let the wall clock of the daemon jump."""
        self.moved += timedelta(**span)
        self.shift.write_text(f"{self.moved.total_seconds():+.0f}s")

    def stored(self) -> list[tuple[str, str]]:
        """Return (feed, guid) of every stored entry."""
        with contextlib.closing(
            sqlite3.connect(self.folder / "state/monitor.db", timeout=90)
        ) as db:
            query = "SELECT feed.name, guid FROM entry JOIN feed ON feed.id = feed_id"
            return list(db.execute(query))

    @property
    def served(self) -> int:
        """How many entries the feeds have shown since the start."""
        return FEEDS * (50 + self.wire.ticks)

    def complete(self) -> float:
        """Wait until nothing is missing; return the seconds that took, -1 when it never came."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            with contextlib.suppress(sqlite3.Error):
                if len(self.stored()) >= self.served:
                    return time.monotonic() - begun
            time.sleep(0.5)
        return -1.0

    def said(self, since: int) -> str:
        """Return what the daemon said first about a fault."""
        lines = self.log.read_text().splitlines()[since:]
        first = next((line for line in lines if "WARNING" in line or "ERROR" in line), "nothing")
        return first.partition(": ")[2] or first

    def news(self, ticks: int = 3, pause: float = 1.5) -> None:
        """Let new entries come for some seconds."""
        for _ in range(ticks):
            self.wire.tick(1)
            time.sleep(pause)


Case = Callable[[Desk], Generator[None, None, None]]


def disk_full(desk: Desk) -> Generator[None, None, None]:
    """The disk of the state folder fills up for 20 seconds."""
    state = desk.folder / "state"
    state.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(state)], check=True)
    try:
        yield
        with contextlib.suppress(OSError), (state / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"\0" * 4096):
                pass
        desk.news(6, 3)
        (state / "filler").unlink()
        yield
    finally:
        subprocess.run(["umount", "-l", str(state)], check=False)


def locked(desk: Desk) -> Generator[None, None, None]:
    """Another process holds the database for a minute."""
    yield
    with contextlib.closing(
        sqlite3.connect(desk.folder / "state/monitor.db", isolation_level=None, timeout=30)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.news(20, 3)
        other.execute("ROLLBACK")
    yield


def server_gone(desk: Desk) -> Generator[None, None, None]:
    """No feed answers for 20 seconds (the server is stopped), and an hour passes."""
    yield
    desk.wire.pause()
    time.sleep(10)
    desk.move_clock(hours=1)
    time.sleep(10)
    desk.wire.resume()
    desk.news()
    desk.move_clock(hours=2)
    yield


def stopped(desk: Desk) -> Generator[None, None, None]:
    """The process is stopped for 20 seconds (SIGSTOP) and goes on."""
    yield
    assert desk.process is not None
    desk.process.send_signal(signal.SIGSTOP)
    desk.news(10, 2)
    desk.process.send_signal(signal.SIGCONT)
    yield


def jump(**span: float) -> Case:
    """The wall clock jumps while the monotonic one does not."""

    def case(desk: Desk) -> Generator[None, None, None]:
        yield
        desk.move_clock(**span)
        desk.news()
        yield

    hours = timedelta(**span).total_seconds() / 3600
    case.__doc__ = f"The wall clock jumps by {hours:+.0f} hours."
    return case


def smtp_dead(desk: Desk) -> Generator[None, None, None]:
    """The mail server is away for two days (in jumps of six hours)."""
    yield
    desk.news()
    for _ in range(8):
        time.sleep(7)
        desk.move_clock(hours=6)
    desk.news()
    time.sleep(7)
    desk.mailbox = Mailbox()
    desk.post = Controller(desk.mailbox, hostname="127.0.0.1", port=desk.smtp)
    desk.post.start()
    desk.move_clock(hours=6)
    time.sleep(15)
    yield


CASES: dict[str, tuple[Case, bool]] = {  # case, whether it moves the clock
    "disk full": (disk_full, False),
    "database locked for a minute": (locked, False),
    "process stopped": (stopped, False),
    "no server for an hour": (server_gone, True),
    "asleep for 8 hours": (jump(hours=8), True),
    "clock + 1 h": (jump(hours=1), True),
    "clock - 1 h": (jump(hours=-1), True),
    "clock + 1 day": (jump(days=1), True),
    "clock - 1 day": (jump(days=-1), True),
    "mail server dead for 2 days": (smtp_dead, True),
}


def run(name: str, server: Path, faketime: str) -> bool:
    """Run one case and print its row; True when nothing was lost or doubled."""
    case, moves = CASES[name]
    with running(server, FEEDS, resets=0.01) as wire:
        desk = Desk(wire, faketime if moves else "")
        steps = case(desk)
        next(steps)  # up to where it breaks something
        desk.start()
        since = len(desk.log.read_text().splitlines())
        next(steps)
        took = desk.complete()
        keys = Counter(desk.stored())
        twice = sum(number > 1 for number in keys.values())
        seen = desk.said(since)
        code = desk.stop()
        checked = subprocess.run(
            [sys.executable, "-m", "monitor", "db", "check"],
            cwd=desk.folder,
            capture_output=True,
            check=False,
        )
        print(f"{name:30} stored {len(keys)}/{desk.served} twice {twice} after {took:.0f} s")
        print(f"    did:  {case.__doc__}\n    said: {seen[:150]}")
        if desk.mailbox is not None and desk.post is not None:
            mails = Counter(message for message, _ in desk.mailbox.taken)
            left = json.loads(
                subprocess.run(
                    [sys.executable, "-m", "monitor", "status", "--json"],
                    cwd=desk.folder,
                    capture_output=True,
                    check=False,
                ).stdout
            )["outbox"]
            print(f"    mail: {len(mails)} taken, {sum(mails.values())} times, left {left}")
            desk.post.stop()
        steps.close()
        good = len(keys) == desk.served and not twice and not checked.returncode and not code
        if not good:
            print(f"    BAD: exit {code}, check {checked.returncode}; see {desk.folder}")
        else:
            shutil.rmtree(desk.folder, ignore_errors=True)
        sys.stdout.flush()
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
        name for name, (_, moves) in CASES.items() if given.faketime or not moves
    ]
    results = [run(name, given.server, given.faketime) for name in chosen]
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
