"""Machines that share a store: leases, incarnations, claims."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text, update

from monitor.errors import StoreAway, StoreBusy, StoreError, Superseded
from monitor.store import Connection, Store, claims, fencing, machines, open_store, outbox, recovery
from monitor.store.claims import HostMemory
from monitor.store.fencing import Incarnation
from monitor.store.machines import Machine
from monitor.store.schema import machine
from tests.postgres import Cluster
from tests.waiting import until

LEASE = timedelta(minutes=5)
HOSTS = [claims.host(name) for name in ("a.example", "b.example", "c.example")]


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Store]:
    opened = open_store(tmp_path, database)
    yield opened
    opened.close()


def join(store: Store, name: str, token: str = "", *, alone: bool = False) -> int | Machine:
    with store.write() as db:
        return machines.join(
            db, name, token=token or name, kind="daemon", version="1", vantage="", lease=LEASE,
            alone=alone,
        )  # fmt: skip


def take(store: Store, name: str, keys: list[str]) -> list[str]:
    with store.write() as db:
        found = claims.take(db, name, keys, machines.now(db), wish=LEASE)
        return [claim.key for claim in found]


def held(db: Connection, name: str) -> list[str]:
    """Which of HOSTS a machine has."""
    return sorted(key for key, one in claims.some(db, HOSTS).items() if one.machine == name)


def let_lapse(store: Store, name: str) -> None:
    """Have the lease of a machine run out now."""
    with store.write() as db:
        over = machines.now(db)
        db.execute(update(machine).where(machine.c.name == name).values(until=over))


def reap(store: Store, name: str) -> list[str]:
    with store.write() as db:
        return machines.reap(db, name)


def test_a_host_is_held_by_one(store: Store) -> None:
    """What one machine has taken another does not get until it is given back; it has it again."""
    join(store, "seoul")
    join(store, "berlin")
    assert take(store, "seoul", HOSTS[:2]) == HOSTS[:2]
    assert take(store, "berlin", HOSTS) == HOSTS[2:]
    with store.write() as db:
        claims.give(db, "seoul", {HOSTS[0]: HostMemory()}, machines.now(db))
    assert take(store, "berlin", HOSTS) == [HOSTS[0], HOSTS[2]]


def test_what_is_known_of_a_host_goes_with_it(store: Store) -> None:
    """Whoever takes a host learns when it was asked, how slowly, and until when it is paused."""
    join(store, "seoul")
    join(store, "berlin")
    take(store, "seoul", HOSTS[:1])
    with store.write() as db:
        now = machines.now(db)
        memory = HostMemory(now, 7.5, now + timedelta(hours=1))
        claims.give(db, "seoul", {HOSTS[0]: memory}, now)
    with store.write() as db:
        (claim,) = claims.take(db, "berlin", HOSTS[:1], machines.now(db), wish=LEASE)
    assert claim.memory == memory


def test_one_that_lets_its_lease_run_out_is_reaped_once(store: Store) -> None:
    """Its hosts are free, as if asked just then, and it can store nothing any more."""
    number = join(store, "seoul")
    join(store, "berlin")
    assert isinstance(number, int)
    take(store, "seoul", HOSTS[:1])
    fenced = store.fenced(lambda db: fencing.check(db, Incarnation("seoul", number)))
    with fenced.write():
        pass
    let_lapse(store, "seoul")
    assert reap(store, "berlin") == ["seoul"]
    assert reap(store, "berlin") == []
    with pytest.raises(Superseded), fenced.write():
        pytest.fail("was let in")
    with pytest.raises(Superseded), store.write() as db:
        machines.renew(db, Incarnation("seoul", number), LEASE)
    with store.write() as db:
        (claim,) = claims.take(db, "berlin", HOSTS[:1], machines.now(db), wish=LEASE)
    assert claim.memory.asked is not None


def test_one_that_was_stopped_while_it_sent_is_reaped(cluster: Cluster, tmp_path: Path) -> None:
    """A server takes a client that is silent amid many statements for busy; its lease tells."""
    url = cluster.database()
    store = open_store(tmp_path, url)
    for name in ("seoul", "berlin"):
        join(store, name)
    with contextlib.closing(psycopg.connect(url.replace("+psycopg", ""))) as stopped:
        server = stopped.pgconn
        server.enter_pipeline_mode()
        server.send_query_params(b"BEGIN", None)
        server.send_query_params(b"SELECT FROM machine WHERE name = 'seoul' FOR KEY SHARE", None)
        server.send_flush_request()
        server.flush()
        until(lambda: is_waited_for(url, stopped.info.backend_pid))
        let_lapse(store, "seoul")
        assert reap(store, "berlin") == []
        until(lambda: reap(store, "berlin") == ["seoul"])
    store.close()


def test_a_transaction_in_which_it_was_stopped_is_done_again(
    cluster: Cluster, tmp_path: Path
) -> None:
    """That the server ended it for its silence is no fault of the store, and passes."""
    url = cluster.database()
    store = open_store(tmp_path, url)

    def stand_still() -> None:
        with store.write() as db:
            db.execute(text("SET LOCAL idle_in_transaction_session_timeout = 1"))
            until(lambda: not is_there(url))
            machines.now(db)

    with pytest.raises((StoreAway, StoreBusy)):  # as far as the server's last words were heard
        stand_still()
    recovery.probe(store)
    store.close()


def is_there(url: str) -> bool:
    """Whether another session uses the database."""
    query = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
        return db.execute(query).fetchone() is not None


def is_waited_for(url: str, pid: int) -> bool:
    """Whether the server waits in the middle of a transaction for what this client sends next."""
    query = "SELECT state, wait_event FROM pg_stat_activity WHERE pid = %s"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
        return db.execute(query, [pid]).fetchone() == ("active", "ClientRead")


def test_one_that_nobody_reaped_goes_on(store: Store) -> None:
    """A lease that ran out unnoticed is renewed, and all claims are as they were."""
    number = join(store, "seoul")
    assert isinstance(number, int)
    take(store, "seoul", HOSTS)
    let_lapse(store, "seoul")
    with store.write() as db:
        machines.renew(db, Incarnation("seoul", number), LEASE)
        assert held(db, "seoul") == HOSTS


def test_one_under_which_a_backup_was_restored_is_told(store: Store) -> None:
    """Its row is as it was left before; what it knows is not what the store holds."""
    number = join(store, "seoul")
    assert isinstance(number, int)
    with store.write() as db:
        first = machines.renew(db, Incarnation("seoul", number), LEASE)
    with store.write() as db:
        last = machines.renew(db, Incarnation("seoul", number, renewed=first), LEASE)
    mine = Incarnation("seoul", number, renewed=last)
    with store.write() as db:
        older = {"seen": last - timedelta(hours=8)}
        db.execute(machine.update().where(machine.c.name == "seoul").values(older))
    fenced = store.fenced(lambda db: fencing.check(db, mine))
    with pytest.raises(Superseded, match="an older state of itself"), fenced.write():
        pytest.fail("was let in")
    with pytest.raises(Superseded, match="an older state of itself"), store.write() as db:
        machines.renew(db, mine, LEASE)


def test_a_name_is_refused_to_a_second(store: Store) -> None:
    """A machine of a name that is alive elsewhere is returned; one's own successor comes in."""
    assert join(store, "seoul", "one folder") == 1
    take(store, "seoul", HOSTS)
    assert isinstance(join(store, "seoul", "another folder"), Machine)
    assert join(store, "seoul", "one folder") == 2
    with store.read() as db:
        assert held(db, "seoul") == []


def test_who_is_alone_waits_for_nobody(store: Store) -> None:
    """Who holds the lock of the state folder takes over from whatever died there."""
    join(store, "old")
    take(store, "old", HOSTS)
    assert join(store, "new", alone=True) == 1
    assert take(store, "new", HOSTS) == HOSTS


def test_a_wish_is_kept_for_who_had_it(store: Store) -> None:
    """What another machine asked for goes to nobody else, until the wish is old."""
    for name in ("seoul", "berlin", "tokyo"):
        join(store, name)
    take(store, "seoul", HOSTS[:1])
    with store.write() as db:
        assert claims.want(db, "berlin", HOSTS[0], machines.now(db)) == "seoul"
        claims.give(db, "seoul", {HOSTS[0]: HostMemory()}, machines.now(db))
    assert take(store, "tokyo", HOSTS[:1]) == []
    assert take(store, "berlin", HOSTS[:1]) == HOSTS[:1]


def test_going_in_order_frees_everything(store: Store) -> None:
    """One that leaves is known to have left, and can then be forgotten; one alive cannot."""
    number = join(store, "seoul")
    assert isinstance(number, int)
    take(store, "seoul", HOSTS)
    with pytest.raises(StoreError, match="alive"), store.write() as db:
        machines.forget(db, "seoul")
    with store.write() as db:
        machines.leave(db, Incarnation("seoul", number))
        (seoul,) = machines.everyone(db)
        assert seoul.state == "left"
        assert machines.forget(db, "seoul")
        assert machines.everyone(db) == []


def test_a_message_of_a_dead_machine_is_free_with_its_lease(store: Store) -> None:
    """What a machine was sending when it died others may send as soon as it is found dead."""
    join(store, "seoul")
    join(store, "berlin")
    with store.write() as db:
        now = machines.now(db)
        words = {"target": "mailto:a@example.org", "subject": "s", "data": "{}", "now": now}
        for number in range(2):
            outbox.enqueue(db, message_id=f"<{number}@x>", **words)
        first, second = outbox.to_send(db, now)
        until = now + timedelta(minutes=10)
        assert outbox.claim(db, first.id, now, until=until, by=outbox.Claimant("daemon", "seoul"))
        assert outbox.claim(db, second.id, now, until=until, by=outbox.Claimant("daemon", "berlin"))
        assert outbox.to_send(db, now) == []
    let_lapse(store, "seoul")
    assert reap(store, "berlin") == ["seoul"]
    with store.read() as db:
        (free,) = outbox.to_send(db, machines.now(db))
    assert (free.message_id, free.claimed_by) == ("<0@x>", "")


def test_who_comes_late_itself_spares_the_others(store: Store) -> None:
    """Where the database was away, nobody is buried before the time that it was is over."""
    join(store, "seoul")
    join(store, "berlin")
    let_lapse(store, "seoul")
    with store.write() as db:
        assert machines.reap(db, "berlin", spared=timedelta(minutes=1)) == []
        assert machines.reap(db, "berlin") == ["seoul"]


def test_the_wish_of_a_dead_machine_keeps_nothing_from_others(store: Store) -> None:
    """A host that one wished for which died is taken by others as soon as it is found dead."""
    for name in ("seoul", "berlin", "tokyo"):
        join(store, name)
    take(store, "berlin", HOSTS[:1])
    with store.write() as db:
        claims.want(db, "seoul", HOSTS[0], machines.now(db))
        claims.give(db, "berlin", {HOSTS[0]: HostMemory()}, machines.now(db))
    assert take(store, "tokyo", HOSTS[:1]) == []
    let_lapse(store, "seoul")
    assert reap(store, "tokyo") == ["seoul"]
    assert take(store, "tokyo", HOSTS[:1]) == HOSTS[:1]
