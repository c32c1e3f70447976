"""Start, run and stop.

Signals count from the first moment: one that comes while the store is being migrated ends the
migration, which leaves everything as it was; a SIGHUP that comes before we are ready is a reload
right after. After a signal to stop, what is in hand may end for some seconds; what then still
waits (for a lock, for a disk) is left where it stands, which is safe because every step can be
repeated.
"""

import asyncio
import contextlib
import ctypes
import gc
import logging
import math
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import monitor
from monitor import lock
from monitor.daemon import heartbeat, listener, sd_notify
from monitor.daemon.heartbeat import Bulletin
from monitor.daemon.service import Service
from monitor.desk import Desk
from monitor.errors import (
    MonitorError,
    StoreAway,
    StoreBusy,
    StoreError,
    StoreUnavailable,
    Superseded,
)
from monitor.pipeline import Joining, open_pipeline
from monitor.settings import Config
from monitor.store import machines, open_store, outbox, recovery

log = logging.getLogger(__name__)

Reload = Callable[[], Config]

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3  # mallopt(3)
_PATIENCE = 8.0  # seconds from the signal to the end, whatever hangs
_STORE_CACHE = 512  # KiB; every thread has a connection, and the system caches the file anyway
_STORE_PATIENCE = 3.0  # seconds; a daemon that cannot write pauses, and tries again by itself
_YOUNG = 50_000  # new objects between two looks for garbage
_LOOK = 1.0  # seconds between two looks at the clock, the lock and the work
_AGAIN = 3.0  # seconds until a daemon looks again whether the database is there
_LONGEST_PAUSE = 60.0  # seconds between two such looks at a start


class Signals:
    """What the operator asked for; made inside the running loop."""

    def __init__(self) -> None:
        self.stop, self.reload = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end, number)
        loop.add_signal_handler(signal.SIGHUP, self.reload.set)

    def _end(self, number: signal.Signals) -> None:
        if self.stop.is_set() and number == signal.SIGINT:
            _leave("stopped a second time")
        if not self.stop.is_set():
            said = f"not everything ended within {_PATIENCE:.0f} seconds"
            last = threading.Timer(_PATIENCE, _leave, args=[said])
            last.daemon = True
            last.start()
        self.stop.set()


def _leave(why: str) -> None:
    log.warning("%s; leaving at once, nothing stored is lost", why)
    logging.shutdown()
    os._exit(0)


async def run(desk: Desk, reload: Reload, config_file: Path, joining: Joining) -> None:
    """Run until SIGTERM or SIGINT.

    A daemon that let its lease run out, and whose work others do by now, begins anew by itself.

    Args:
        desk: the desk; its rules and references are checked before anything starts.
        reload: reads the config file again, for SIGHUP.
        config_file: that file, to be named to those who ask.
        joining: its name and vantage point among the machines of this store.

    Raises:
        AlreadyRunning: another daemon runs on this state folder, or under this name elsewhere.
        ConfigError: rules, entities or references are wrong.
        StoreError: the store cannot be opened, was taken away while we ran, or a newer version has
            migrated it.
    """
    signals = Signals()
    _keep_heaps_small()
    started = datetime.now(UTC)
    with lock.hold(desk.state, started) as held:
        if not await _open(desk, signals):
            log.info("stopped before the start was over")
            return
        about = Bulletin(
            os.getpid(),
            monitor.__version__,
            started.isoformat(timespec="seconds"),
            config=str(config_file),
            loaded=started.isoformat(timespec="seconds"),
        )
        async with contextlib.AsyncExitStack() as ending:
            serving = _Serving()
            if address := desk.config.monitor.metrics:
                await ending.enter_async_context(listener.serve(address, serving.metrics))
            following: Desk | None = desk
            while following is not None:
                following = await _serve(following, joining, about, serving, signals, held, reload)


class _Serving:
    """The service that answers for this process, whichever incarnation it is in."""

    def __init__(self) -> None:
        self.service: Service | None = None

    async def metrics(self) -> str:
        """Return what is known; raises StoreError."""
        if self.service is None:
            raise StoreError("not ready yet")
        return await self.service.metrics()


async def _serve(
    desk: Desk,
    joining: Joining,
    about: Bulletin,
    serving: _Serving,
    signals: Signals,
    held: lock.Lock,
    reload: Reload,
) -> Desk | None:
    """Run until the end, or until others have taken over; return what to begin anew with then."""
    plain = desk.store
    try:
        async with open_pipeline(desk, joining) as pipeline:
            about.machine, about.vantage = pipeline.member.name, pipeline.member.vantage
            about.desk = desk.store.desk
            service = serving.service = Service(pipeline, about)
            service.start()
            sd_notify.ready(service.in_one_line())
            log.info("ready: %s, state in %s", service.in_one_line(), desk.state)
            await _attend(service, signals, held, reload)
            ends = signals.stop.is_set() or service.failure
            again = None if ends else service.superseded
            if again is None:
                sd_notify.stopping()
                log.info("stopping")
            else:
                log.warning("%s; beginning anew", again)
            await service.finish()
            desk = pipeline.desk
    except Superseded as error:  # while it began: reading and filing see to it by themselves
        log.warning("%s; beginning anew", error)
        return None if signals.stop.is_set() else desk.on(plain)
    except StoreUnavailable as error:
        passes = serving.service is not None or isinstance(error, (StoreAway, StoreBusy))
        if signals.stop.is_set() or not passes:
            raise
        log.warning("%s; trying again", error)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(signals.stop.wait(), _AGAIN)
        return None if signals.stop.is_set() else desk.on(plain)
    if service.failure is not None:
        raise service.failure
    return desk.on(plain) if again else None


def _keep_heaps_small() -> None:
    """Give memory back as it is freed, where glibc allocates; elsewhere nothing happens.

    All threads share two heaps, since one for each never shrinks to what is used. Answers and pages
    get blocks of their own: glibc would learn from the first large one that is freed to put them
    into the heap, which they then leave full of holes. With 175 feeds each is a fifteenth of the
    memory (`tests/benchmarks/soak.py --idle`).
    """
    with contextlib.suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, 2)
        libc.mallopt(_M_MMAP_THRESHOLD, 32 * 1024)


async def _open(desk: Desk, signals: Signals) -> bool:
    """Open the store, whose server is waited for; False when a signal ended it."""
    pause = _AGAIN
    while True:
        try:
            return await _open_now(desk, signals)
        except (StoreAway, StoreBusy) as error:
            log.warning("%s; waiting for it", error)
            sd_notify.status(f"waiting for the database: {error}")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(signals.stop.wait(), pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
        if signals.stop.is_set():
            return False


async def _open_now(desk: Desk, signals: Signals) -> bool:
    """Open the store and check the rules, off the loop; False when a signal ended it."""
    cancelled = threading.Event()
    opening = asyncio.create_task(asyncio.to_thread(_prepare, desk, cancelled))
    stopping = asyncio.create_task(signals.stop.wait())
    await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    cancelled.set()  # means nothing to an opening that is over
    if signals.stop.is_set():
        with contextlib.suppress(MonitorError):
            await opening
        return False
    await opening
    return True


def _prepare(desk: Desk, cancelled: threading.Event) -> None:
    database = desk.config.monitor.database
    store = open_store(
        desk.state,
        database,
        patience=_STORE_PATIENCE,
        cache=_STORE_CACHE,
        stop=cancelled,
        password=desk.database_password,
        takes_over=True,
    ).for_desk(desk.name)
    desk.work_on(store)
    with store.write() as db:
        now = machines.now(db)
        if not database:  # elsewhere other machines may be sending
            outbox.release(db, now)
        if mended := recovery.mend_times(db, now):
            log.warning("%d waits were written down by a clock set ahead; they are over", mended)
    desk.warn_of_empty_globs()
    desk.check_references()
    desk.rulebook.compile()  # not while the first news waits for it
    if desk.config.monitor.profile_files:  # faults in them are told now, not at the first page
        _ = desk.profiles
    gc.freeze()  # rules and gazetteer stay: the collector need not walk them on every turn
    gc.set_threshold(_YOUNG)
    gc.enable()


async def _attend(service: Service, signals: Signals, held: lock.Lock, reload: Reload) -> None:
    """Look after the running service until it is to stop."""
    limit = sd_notify.watchdog_interval()
    beat, reload_from = time.monotonic(), -math.inf
    while not (signals.stop.is_set() or service.failure or service.superseded):
        service.look(held)
        if limit is not None and time.monotonic() - beat >= limit.total_seconds() / 2:
            beat = time.monotonic()
            if service.is_working(2 * limit.total_seconds()):
                sd_notify.watchdog()
        if signals.reload.is_set() and time.monotonic() >= reload_from:
            signals.reload.clear()  # signals that come from here on ask for one more
            if not await service.reload(reload):
                signals.reload.set()
                reload_from = time.monotonic() + _AGAIN
            heartbeat.write(service.state, service.about)
        heard = [signals.stop] if signals.reload.is_set() else [signals.stop, signals.reload]
        waiting = [asyncio.create_task(event.wait()) for event in heard]
        await asyncio.wait(waiting, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
