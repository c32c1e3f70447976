"""A desk to which faults are done: its folder, its daemon, its mail server (`faults`)."""

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.benchmarks.kill_test import RULES, Mailbox
from tests.benchmarks.life import COMMAND, installed
from tests.benchmarks.wire_server import Wire, free_port

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
