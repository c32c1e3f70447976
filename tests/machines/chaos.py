"""What befalls machines: kills, stops longer than the lease, a database that is restarted, a cable.

The same run serves the suite, small, and `tests/benchmarks/several_machines.py`, as long as wanted.
"""

import random
import signal
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.machines import fleet
from tests.machines.fleet import Database, Machine, Plan
from tests.machines.outlets import Outlets
from tests.machines.proxy import Proxy
from tests.postgres import Cluster
from tests.waiting import until

_ALIVE = "SELECT count(*) FROM machine WHERE state = 'here' AND until > clock_timestamp()"
_AT_WORK = (
    "SELECT DISTINCT machine FROM claim JOIN machine ON machine.name = claim.machine"
    " WHERE key LIKE 'host %' AND until > clock_timestamp()"
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """How much befalls them, and how often (seconds between two events, at most)."""

    kills: int
    stops: int
    restarts: int
    cuts: int
    pause: float = 3.0
    seed: int = 1


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        hurried: hosts asked too soon as they saw it, which on a busy machine is not as it was.
        takeovers: seconds from a kill until others held all its hosts; another machine was at work.
        hindered: the same, where the database was restarted meanwhile.
    """

    faults: list[str] = field(default_factory=list)
    hurried: list[str] = field(default_factory=list)
    takeovers: list[float] = field(default_factory=list)
    hindered: list[float] = field(default_factory=list)
    paused: list[str] = field(default_factory=list)
    requests: int = 0
    entries: int = 0
    mails: int = 0
    seconds: float = 0.0


class Chaos:
    """One run.

    Args:
        machines: the last of them reaches the database through the proxy.
        tell: hears what is done.
    """

    def __init__(
        self,
        cluster: Cluster,
        outlets: Outlets,
        machines: list[Machine],
        proxy: Proxy,
        plan: Plan,
        database: Database,
    ) -> None:
        self._cluster, self._outlets, self._machines = cluster, outlets, machines
        self._proxy, self._plan, self._database = proxy, plan, database
        self._later: list[threading.Timer] = []
        self._busy: set[str] = set()  # machines that something has befallen
        self._restarts = 0  # of the database
        self.outcome = Outcome()

    def run(self, trouble: Trouble) -> Outcome:
        """Let all of it happen, wait until everything is quiet, and look what is wrong."""
        began, chance = time.monotonic(), random.Random(trouble.seed)
        events = ["kill"] * trouble.kills + ["stop"] * trouble.stops
        events += ["restart"] * trouble.restarts + ["cut"] * trouble.cuts
        chance.shuffle(events)
        for event in events:
            for _ in range(max(1, self._outlets.hosts // 20)):
                host = chance.randrange(self._outlets.hosts)
                self._outlets.publish(host, chance.randrange(self._outlets.feeds))
            getattr(self, f"_{event}")(chance)
            time.sleep(chance.uniform(0.3, 1) * trouble.pause)
        for timer in self._later:
            timer.join()
        self._proxy.mend()
        until(self._is_quiet, self._logs)
        self._wait_for_mail()
        for machine in self._machines:
            if machine.end() != 0:
                self.outcome.faults.append(f"{machine.name} ended badly: {machine.said[-500:]}")
        self._look(time.monotonic() - began)
        return self.outcome

    def _is_quiet(self) -> bool:
        """Tell whether all is filed; one that found no database is started again, as always."""
        for machine in self._machines:
            machine.start_again()
        # Of one that was killed the row may still say that it is there, before it is there again.
        return (
            all(machine.is_ready for machine in self._machines)
            and self._database.all_filed(self._outlets)
            and self._database.number(_ALIVE) == len(self._machines)
        )

    def _look(self, seconds: float) -> None:
        done, outlets = self.outcome, self._outlets
        done.seconds, done.requests = seconds, len(outlets.requests)
        done.entries, done.mails = len(outlets.published), len(outlets.mails)
        done.faults += fleet.faults_of_storing(outlets, self._database)
        done.faults += fleet.asked_at_once(outlets.requests)
        done.hurried = fleet.asked_too_soon(outlets.requests, self._plan.spacing)
        done.faults += fleet.faults_of_telling(outlets, self._database)
        for machine in self._machines:
            lines = machine.said.splitlines()
            done.paused += [f"{machine.name} {line}" for line in lines if ": paused, " in line]
            if "Traceback" in machine.said:
                done.faults.append(
                    f"{machine.name}: {machine.said.partition('Traceback')[2][:900]}"
                )

    def _wait_for_mail(self) -> None:
        """Wait until each digest was made and all is sent; what a killed one had comes late."""
        names = len(self._plan.digests)
        until(
            lambda: (
                self._database.number("SELECT count(*) FROM digest_run WHERE NOT met") >= names
                and self._database.number("SELECT count(*) FROM outbox WHERE state <> 'sent'") == 0
            ),
            self._logs,
            seconds=900,
        )

    def _logs(self) -> str:
        return fleet.logs(self._machines)

    def _at_work(self) -> list[Machine]:
        """Return the machines that nothing has befallen, and that hold hosts.

        Of one that was killed a moment ago the row still says so.
        """
        at_work = {row[0] for row in self._database.rows(_AT_WORK)}
        ready = [m for m in self._machines if m.name not in self._busy]
        for machine in ready:
            machine.start_again()  # one that began while the database was away has ended
        return [m for m in ready if m.is_ready and m.name in at_work]

    def _free(self, chance: random.Random) -> Machine | None:
        """Choose a machine that is at work; another one always goes on."""
        idle = self._at_work()
        return chance.choice(idle) if len(idle) > 1 else None

    def _when_free(self, chance: random.Random) -> Machine:
        found: list[Machine] = []

        def is_found() -> bool:
            found.extend(filter(None, [self._free(chance)]))
            return bool(found)

        until(is_found, self._logs)
        self._busy.add(found[0].name)
        return found[0]

    def _after(self, seconds: float, machine: Machine, *, start: bool) -> None:
        def mend() -> None:
            if start:
                machine.start()
            else:
                machine.signal(signal.SIGCONT)
            self._busy.discard(machine.name)

        timer = threading.Timer(seconds, mend)
        self._later.append(timer)
        timer.start()

    def _kill(self, chance: random.Random) -> None:
        machine = self._when_free(chance)
        machine.kill()
        if chance.random() < 0.4:  # a supervisor starts it again at once
            self._after(chance.uniform(0, 1), machine, start=True)
            return
        began, restarts = time.monotonic(), self._restarts

        def measure() -> None:
            held = "SELECT count(*) FROM claim WHERE machine = '{}' OR (machine IS NULL AND {})"
            feeds = "key LIKE 'host %'"
            while self._database.number(held.format(machine.name, feeds)) != 0:
                if time.monotonic() - began > 5 * self._plan.lease:
                    break
                time.sleep(0.1)
            done = self.outcome
            found = done.takeovers if self._restarts == restarts else done.hindered
            found.append(time.monotonic() - began)
            machine.start()
            self._busy.discard(machine.name)

        timer = threading.Timer(0, measure)
        self._later.append(timer)
        timer.start()

    def _stop(self, chance: random.Random) -> None:
        machine = self._when_free(chance)
        machine.signal(signal.SIGSTOP)
        self._after(self._plan.lease * chance.uniform(1.2, 2.5), machine, start=False)

    def _restart(self, _chance: random.Random) -> None:
        self._restarts += 1
        self._cluster.restart()

    def _cut(self, _chance: random.Random) -> None:
        far = self._machines[-1].name

        def can_be_spared() -> bool:
            return far not in self._busy and any(m.name != far for m in self._at_work())

        until(can_be_spared, self._logs)
        self._busy.add(far)
        self._proxy.cut()

        def mend() -> None:
            self._proxy.mend()
            self._busy.discard(far)

        timer = threading.Timer(self._plan.lease * 2, mend)
        self._later.append(timer)
        timer.start()


def run(cluster: Cluster, outlets: Outlets, folder: Path, plan: Plan, trouble: Trouble) -> Outcome:
    """Run three daemons through trouble on a database; the last one behind a proxy."""
    port = int(plan.database.rpartition(":")[2].partition("/")[0])
    with Proxy(outlets, port) as proxy:
        far = replace(plan, database=plan.database.replace(f":{port}/", f":{proxy.port}/"))
        machines = [
            Machine(folder, f"m{number}", outlets, plan if number < 3 else far)
            for number in (1, 2, 3)
        ]
        database = Database(f"{cluster.url}/{plan.database.rpartition('/')[2]}")
        with fleet.started(machines):
            until(lambda: len(database.holders()) == len(machines), lambda: fleet.logs(machines))
            chaos = Chaos(cluster, outlets, machines, proxy, plan, database)
            return chaos.run(trouble)
