"""Several daemons on one database, as an operator has them, and what must hold whatever befalls."""

import signal
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import psycopg

from tests.commands import COMMAND, environment
from tests.machines.outlets import Outlets, Request
from tests.waiting import PATIENCE


@dataclass(frozen=True, slots=True)
class Plan:
    """What the daemons are told.

    Attributes:
        lease, spacing: seconds.
        every: seconds between two readings of a feed.
        digests: name → time of day in UTC, "07:30".
        extra: more TOML.
    """

    database: str  # SQLAlchemy URL, as the machine of a name is to reach it
    lease: float = 4.0
    spacing: float = 0.5
    every: int = 5
    digests: dict[str, str] = field(default_factory=dict)
    extra: str = ""


class Machine:
    """One `monitor run`, with a folder, a log and a name of its own.

    Args:
        variables: more of its environment.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        outlets: Outlets,
        plan: Plan,
        *options: str,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.name, self.folder, self.options = name, folder / name, options
        self.environment = environment({"PYTHONUNBUFFERED": "1", **(variables or {})})
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config.toml").write_text(_config(name, outlets, plan), "utf-8")
        self.log = self.folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self._before = 0  # characters that earlier processes logged

    def start(self) -> None:
        """Begin it; its log goes on."""
        self._before = len(self.said)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "run", "--name", self.name, *self.options], cwd=self.folder,
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def start_again(self) -> None:
        """Begin it if it has ended."""
        if self.process is not None and self.process.poll() is not None:
            self.start()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait(PATIENCE)

    def end(self) -> int:
        """End it in order; return its exit code."""
        assert self.process is not None
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    @property
    def is_ready(self) -> bool:
        """Whether this process of it has said that it is ready."""
        return ": ready: " in self.said[self._before :]

    @property
    def said(self) -> str:
        """All that it logged."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def close(self) -> None:
        """Let nothing of it be left."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)


def _config(name: str, outlets: Outlets, plan: Plan) -> str:
    feeds = "".join(
        f'[[feed]]\nname = "{feed}"\nurl = "{url}"\nevery = "{plan.every}s"\nprivate = true\n'
        for feed, url in outlets.names()
    )
    digests = "".join(
        f'[[digest]]\nname = "{digest}"\nat = "{at}"\ntimezone = "UTC"\n'
        f'to = ["mailto:{digest}@example.org"]\n'
        for digest, at in plan.digests.items()
    )
    return (
        f'[monitor]\ndatabase = "{plan.database}"\nlease = "{plan.lease:g}s"\n'
        f'contact = "{name}@example.org"\nspacing = {plan.spacing}\nper_host = 1\nworkers = 0\n'
        f"{feeds}{digests}"
        f'[email]\nhost = "127.0.0.1"\nport = {outlets.mail_port}\nsecurity = "none"\n'
        f'from = "desk@example.org"\n{plan.extra}'
    )


@contextmanager
def started(machines: list[Machine]) -> Iterator[None]:
    """Have these machines run, and let nothing of them be left."""
    try:
        for machine in machines:
            machine.start()
        yield
    finally:
        for machine in machines:
            machine.close()


def logs(machines: Iterable[Machine]) -> str:
    """Return how each machine stands and the end of what it said."""
    return "\n".join(
        f"--- {one.name}, {one.process.poll() if one.process else 'not begun'}:\n{one.said[-2000:]}"
        for one in machines
    )


class Database:
    """What the store holds, seen past the program."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg", "postgresql")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a query; none while the server is away, or not set up."""
        patience = int(PATIENCE)  # a server that is away refuses at once
        try:
            with psycopg.connect(self._url, autocommit=True, connect_timeout=patience) as db:
                return db.execute(query).fetchall()  # type: ignore[arg-type]
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
            return []

    def number(self, query: str) -> int:
        """Return a number; -1 while the server is away."""
        rows = self.rows(query)
        return int(str(rows[0][0])) if rows else -1

    def let_lapse(self, machine: str) -> None:
        """Have the lease of a machine that was killed run out now."""
        over = "UPDATE machine SET until = clock_timestamp() WHERE name = '{}' RETURNING 1"
        assert self.rows(over.format(machine)) == [(1,)]

    def all_filed(self, outlets: Outlets) -> bool:
        """Tell whether everything that was published has been read and filed."""
        return self.number(
            "SELECT count(*) FROM article WHERE page = 'done' AND story_id IS NOT NULL"
        ) >= len(outlets.published)

    def holders(self) -> Counter[str]:
        """Return how many hosts each machine holds."""
        query = "SELECT machine FROM claim WHERE key LIKE 'host %' AND machine IS NOT NULL"
        return Counter(str(row[0]) for row in self.rows(query))


def faults_of_storing(outlets: Outlets, database: Database) -> list[str]:
    """Return what is lacking or there twice of what was published."""
    found = Counter(
        database.rows("SELECT feed.name, guid FROM entry JOIN feed ON feed.id = feed_id")
    )
    lacking = [item for item in outlets.published if item not in found]
    twice = [item for item, number in found.items() if number > 1]
    faults = [f"{len(lacking)} entries are lacking, such as {lacking[:3]}"] if lacking else []
    faults += [f"entries twice: {twice[:3]}"] if twice else []
    pages = database.number("SELECT count(*) FROM article WHERE page <> 'done'")
    faults += [f"{pages} pages were not read"] if pages else []
    flagged = database.number("SELECT count(DISTINCT article_id) FROM flag")
    if flagged < len(outlets.published):
        faults.append(f"{flagged} of {len(outlets.published)} articles are flagged")
    return faults


def asked_at_once(requests: list[Request]) -> list[str]:
    """Return where a host was asked again before it had answered."""
    return [
        f"two at once at {_who(first, second)}"
        for first, second in _neighbours(requests)
        if second.began < first.ended
    ]


def asked_too_soon(requests: list[Request], spacing: float) -> list[str]:
    """Return where a host was asked again within a spacing, as it saw it."""
    return [
        f"{second.began - first.began:.3f} s apart at {_who(first, second)}"
        for first, second in _neighbours(requests)
        if first.ended <= second.began < first.began + 0.95 * spacing
    ]


def _neighbours(requests: list[Request]) -> Iterator[tuple[Request, Request]]:
    by_host: dict[str, list[Request]] = defaultdict(list)
    for request in sorted(requests, key=lambda one: one.began):
        by_host[request.host].append(request)
    for asked in by_host.values():
        yield from pairwise(asked)


def _who(first: Request, second: Request) -> str:
    return f"{first.host}: {first.machine} {first.path}, {second.machine} {second.path}"


def faults_of_telling(outlets: Outlets, database: Database) -> list[str]:
    """Return digests that are there twice, told by two messages, or that lack a flag."""
    faults = []
    subjects: dict[str, set[str]] = defaultdict(set)
    for message_id, subject in outlets.mails:
        subjects[subject].add(message_id)
    faults += [f"two ids of one message: {name}" for name, ids in subjects.items() if len(ids) > 1]
    for name, runs in database.rows(
        "SELECT name, count(*) FROM digest_run WHERE NOT met GROUP BY name"
    ):
        if runs != 1:
            faults.append(f"{runs} digests called {name}")
        lacking = database.number(
            "SELECT count(*) FROM flag, digest_run AS run WHERE NOT run.met"
            f" AND run.name = '{name}' AND flag.at <= run.until AND NOT EXISTS"
            " (SELECT 1 FROM digested WHERE digested.flag_id = flag.id"
            " AND digested.run_id = run.id)"
        )
        if lacking:
            faults.append(f"{lacking} flags lack in {name}")
    unsent = database.number("SELECT count(*) FROM outbox WHERE state <> 'sent'")
    return faults + ([f"{unsent} messages were not sent"] if unsent else [])


def soon(seconds: float) -> str:
    """Return the time of day in UTC that is this far ahead, to the minute."""
    return datetime.fromtimestamp(time.time() + seconds, UTC).strftime("%H:%M")
