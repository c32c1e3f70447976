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
from tests.benchmarks.life import COMMAND, installed
from tests.benchmarks.wire_server import Wire, free_port, running

FEEDS = 6
PATIENCE = 150.0  # seconds that recovery may take


class Desk:
    """A folder with a configuration, and the daemon on it.

    Args:
        wire: the server of its feeds.
        faketime: path of libfaketime, or "".
        named: its feeds' hosts have names, which `hosts` gives.
    """

    def __init__(self, wire: Wire, faketime: str, named: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fault-"))
        self.wire, self.log = wire, self.folder / "log.txt"
        self.shift = self.folder / "shift"
        self.shift.write_text("+0")
        self.smtp = free_port()
        self.hosts = self.folder / "hosts"
        self.command = [*COMMAND, "run"]
        self.environment = installed()
        if faketime:
            self.environment |= {
                "LD_PRELOAD": faketime,
                "FAKETIME_TIMESTAMP_FILE": str(self.shift),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        self.process: subprocess.Popen[bytes] | None = None
        self.codes: list[int] = []  # of daemons that ended on the way
        self.moved = timedelta(0)
        self.mailbox = Mailbox()
        if named:
            self.names(known=True)
            (self.folder / "resolv").write_text(
                "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"
            )
            own = "mount --bind hosts /etc/hosts && mount --bind resolv /etc/resolv.conf"
            self.command = ["unshare", "-m", "sh", "-c", f'{own} && exec "$@"', "-", *self.command]
        feeds = "\n".join(
            f'[[feed]]\nname = "f{number}"\nurl = "{self.address(number, named)}"\nprivate = true\n'
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

    def open_post(self) -> None:
        """Begin to take mail; a controller that was stopped cannot be started again."""
        self.post = Controller(self.mailbox, hostname="127.0.0.1", port=self.smtp)
        self.post.start()

    def address(self, number: int, named: bool) -> str:
        """The address of a feed."""
        url = self.wire.url(number)
        host = url.split("/")[2].partition(":")[0]
        return url.replace(host, f"feed{number}.test") if named else url

    def names(self, *, known: bool) -> None:
        """Let the hosts of the feeds have addresses, or none."""
        lines = "".join(
            f"{self.wire.url(number).split('/')[2].partition(':')[0]} feed{number}.test\n"
            for number in range(FEEDS)
        )
        self.hosts.write_text(lines if known else "\n")

    def start(self) -> None:
        """Start the daemon and wait until all that is served is stored."""
        self.begin()
        time.sleep(3)
        assert self.process is not None
        if self.process.poll() is not None or self.complete() < 0:
            sys.exit(f"the daemon does not work; see {self.log}")

    def begin(self) -> None:
        """Start the daemon."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

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

    def unread(self) -> int:
        """Return how many entries wait to be filed."""
        with contextlib.closing(
            sqlite3.connect(self.folder / "state/monitor.db", timeout=90)
        ) as db:
            query = "SELECT count(*) FROM entry WHERE work = 'todo'"
            return int(db.execute(query).fetchone()[0])

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

    def settle(self) -> None:
        """Wait until all is read, alerts had their turn, and no message waits to be sent."""
        end = time.monotonic() + 2 * PATIENCE
        while self.unread() and time.monotonic() < end:
            time.sleep(1)
        time.sleep(12)
        while time.monotonic() < end:
            with contextlib.suppress(ValueError, KeyError):
                outbox = json.loads(self.command_output("status", "--json"))["outbox"]
                if not outbox["queued"]:
                    return
            time.sleep(2)

    def command_output(self, *words: str) -> str:
        """Return what a command prints about this desk, as of the daemon's time of day."""
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    def said(self, since: int) -> str:
        """Return what the daemon said first about a fault."""
        lines = self.log.read_text().splitlines()[since:]
        lines = [line for line in lines if " INFO " not in line]
        # What a feed said tells more than that the clock was moved, which is known.
        lines.sort(key=lambda line: "the machine slept" in line or "clock was set" in line)
        first = lines[0] if lines else "nothing"
        return first.partition(": ")[2] if first[:2] == "20" else first

    def news(self, ticks: int = 3, pause: float = 1.5) -> None:
        """Let new entries come for some seconds."""
        for _ in range(ticks):
            self.wire.tick(1)
            time.sleep(pause)


Case = Callable[[Desk], Generator[None, None, None]]


@contextlib.contextmanager
def disk(state: Path, megabytes: int) -> Generator[None, None, None]:
    """Give the state folder a disk of its own."""
    state.mkdir()
    options = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(state)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(state)], check=False)


def disk_full(desk: Desk) -> Generator[None, None, None]:
    """The disk of the state folder fills up for 20 seconds."""
    state = desk.folder / "state"
    with disk(state, 24):
        yield
        with contextlib.suppress(OSError), (state / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"\0" * 4096):
                pass
        desk.news(6, 3)
        (state / "filler").unlink()
        yield


def read_only(desk: Desk) -> Generator[None, None, None]:
    """The disk fails (after a sync); ext4 turns read-only; 20 s later stop, fsck, mount, start."""
    state, image = desk.folder / "state", desk.folder / "image"
    state.mkdir()
    with image.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    mount = ["mount", "-o", "loop,errors=remount-ro", str(image), str(state)]
    subprocess.run(mount, check=True)
    try:
        yield
        listed = subprocess.run(["losetup", "-j", str(image)], capture_output=True, check=True)
        device = Path(listed.stdout.decode().partition(":")[0]).name
        os.sync()  # what was stored in the last half minute may lie in memory only
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1")
        desk.news(6, 3)
        desk.codes.append(desk.stop())
        subprocess.run(["umount", str(state)], check=True)
        subprocess.run(["e2fsck", "-fp", str(image)], check=False, capture_output=True)
        subprocess.run(mount, check=True)
        desk.begin()
        yield
    finally:
        subprocess.run(["umount", "-l", str(state)], check=False)


def read_only_at_start(desk: Desk) -> Generator[None, None, None]:
    """The state folder is read-only when it starts, ten times in ten seconds; then it is not."""
    state = desk.folder / "state"
    with disk(state, 64):
        yield
        desk.stop()
        subprocess.run(["mount", "-o", "remount,ro", str(state)], check=True)
        for _ in range(10):
            desk.begin()
            desk.wire.tick(1)
            assert desk.process is not None
            desk.codes.append(desk.process.wait(30))
        subprocess.run(["mount", "-o", "remount,rw", str(state)], check=True)
        desk.begin()
        yield


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
    """No server answers for an hour (it is stopped for 20 seconds, the clock jumps by an hour)."""
    yield
    desk.wire.pause()
    time.sleep(10)
    desk.move_clock(hours=1)
    time.sleep(10)
    desk.wire.resume()
    desk.news()
    yield


def names_gone(desk: Desk) -> Generator[None, None, None]:
    """No name can be resolved for an hour (six jumps of ten minutes, one every five seconds)."""
    yield
    desk.names(known=False)
    for _ in range(6):
        desk.wire.tick(1)
        time.sleep(5)
        desk.move_clock(minutes=10)
    desk.names(known=True)
    yield


def resets(desk: Desk) -> Generator[None, None, None]:
    """Nothing but the resets that all cases have, for a minute of new entries."""
    yield
    desk.news(30, 2)
    yield


def asleep(desk: Desk) -> Generator[None, None, None]:
    """The machine sleeps for 8 hours: the process stands, only the time of day goes on."""
    yield
    assert desk.process is not None
    desk.process.send_signal(signal.SIGSTOP)
    desk.move_clock(hours=8)
    desk.news(5, 1)
    desk.process.send_signal(signal.SIGCONT)
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
    """The mail server is away for two days (eight jumps of six hours, one every seven seconds)."""
    desk.post.stop()
    yield
    desk.news()
    for _ in range(8):
        time.sleep(7)
        desk.move_clock(hours=6)
    desk.news()
    time.sleep(7)
    desk.open_post()
    desk.move_clock(hours=6)
    time.sleep(15)
    yield


# Each with what it needs: "clock", "mount", "names".
CASES: dict[str, tuple[Case, str]] = {
    "1 % of requests reset": (resets, ""),
    "disk full": (disk_full, "mount"),
    "disk turns read-only": (read_only, "mount"),
    "read-only at the start": (read_only_at_start, "mount"),
    "database locked for a minute": (locked, ""),
    "process stopped": (stopped, ""),
    "no server for an hour": (server_gone, "clock"),
    "no DNS for an hour": (names_gone, "clock names mount"),
    "asleep for 8 hours": (asleep, "clock"),
    "clock + 1 h": (jump(hours=1), "clock"),
    "clock - 1 h": (jump(hours=-1), "clock"),
    "clock + 1 day": (jump(days=1), "clock"),
    "clock - 1 day": (jump(days=-1), "clock"),
    "mail server dead for 2 days": (smtp_dead, "clock"),
}


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
