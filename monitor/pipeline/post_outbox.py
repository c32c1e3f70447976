"""Post what lies in the outbox: try each message whose time has come, and mark what became of it.

Messages are a desk's: its machines alone know its mail server and what its targets need.

A message is claimed before it is sent: in one statement its next attempt is set to a time by which
this one is over, if its time has come and nobody was quicker. So two processes never send one
message at once, a store that cannot be written sends nothing, and a crash between sending and
marking repeats the message, under the same Message-ID, which mail programs and our own files show
once: after that time, or as soon as the machine that sent it is found dead.

Targets do not wait for one another: a mail server that stalls delays its own mails only. Mails go
one at a time while all is well; where one takes long the next does not wait for it, so that a round
through a server that stalls ends within minutes however many readers there are. A server that lets
nobody in is asked once a round: the others wait as the one did that found out.

The mail server's password is looked up when the first mail is to be sent, and only then: a password
that is not there holds up mail and nothing else. It is looked up once a round, also where that
takes so long that other mails no longer wait for the first.
"""

import asyncio
import contextlib
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from monitor import deliver
from monitor.desk import Desk
from monitor.errors import ConfigError, StoreError
from monitor.store import outbox
from monitor.store.outbox import Claimant

log = logging.getLogger(__name__)

# Longer than any one attempt takes: a mail may need five minutes, its password 20 seconds.
LEASE = timedelta(minutes=10)
_MAIL = "mailto:"
_DAEMON = Claimant()
_LONG = 10.0  # seconds for a mail, after which the next one does not wait for it
_AT_ONCE = 8  # mails to one server: most take ten connections and more from one sender


async def post(
    desk: Desk,
    now: datetime,
    *,
    by: Claimant = _DAEMON,
    in_hand: set[str] | None = None,
    long: float = _LONG,
) -> None:
    """Try every queued message that is due at `now`, all targets side by side, one at a time each.

    Args:
        by: who claims them.
        in_hand: lanes that calls before this one are still busy with; they are left alone, and
            what this call is busy with stands in it meanwhile.
        long: seconds after which a mail that was not taken yet holds up no mail to others.

    Raises:
        StoreError: once all that could be sent was.
    """
    busy = set[str]() if in_hand is None else in_hand
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    def due() -> list[outbox.Parcel]:
        with desk.store.read() as db:
            return outbox.to_send(db, now, besides=frozenset(busy))

    lanes: dict[str, list[outbox.Parcel]] = {}
    for parcel in await asyncio.to_thread(due):
        lanes.setdefault(_lane(parcel.target), []).append(parcel)
    waiting = [lane for lane in lanes if lane not in busy]
    busy.update(waiting)

    async def work_off(lane: str) -> None:
        try:
            await _post_lane(desk, lanes[lane], clock, by, long)
        finally:
            busy.discard(lane)

    ended = await asyncio.gather(*map(work_off, waiting), return_exceptions=True)
    if errors := [error for error in ended if error is not None]:
        raise errors[0]


def _lane(target: str) -> str:
    """What is sent to one at a time: a target, or all mail, which goes through one server."""
    return _MAIL if target.startswith(_MAIL) else target


async def _post_lane(
    desk: Desk,
    parcels: Sequence[outbox.Parcel],
    clock: Callable[[], datetime],
    by: Claimant,
    long: float,
) -> None:
    asked: asyncio.Task[deliver.MailSettings | None] | None = None
    shut: deliver.Outcome | None = None  # what the server told the one that it did not let in
    of_target: dict[str, list[outbox.Parcel]] = {}
    for parcel in parcels:
        of_target.setdefault(parcel.target, []).append(parcel)

    async def mail() -> deliver.MailSettings | None:
        nonlocal asked
        asked = asked or asyncio.create_task(asyncio.to_thread(lambda: desk.mail))
        return await asked

    async def work_off(target: str) -> None:
        nonlocal shut
        for parcel in of_target[target]:
            if not await asyncio.to_thread(_claim, desk, parcel, clock(), by):
                continue  # another process has it in hand
            try:
                outcome = shut or await _attempt(desk, parcel, mail)
            except asyncio.CancelledError:  # Ctrl-C: nobody has it in hand any more
                _give_back(desk, parcel, clock())
                raise
            shut = outcome if outcome.of_server else shut
            await asyncio.to_thread(_mark, desk, parcel, outcome, clock())

    await _in_turn((partial(work_off, target) for target in of_target), long)


async def _in_turn(works: Iterable[Callable[[], Coroutine[None, None, None]]], long: float) -> None:
    """Do one after another, but begin the next beside one that takes longer than `long` seconds."""
    begun: list[asyncio.Task[None]] = []
    try:
        for work in works:
            begun.append(asyncio.create_task(work()))
            await asyncio.wait(begun[-1:], timeout=long)
            while len(under_way := [one for one in begun if not one.done()]) >= _AT_ONCE:
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        ended = await asyncio.gather(*begun, return_exceptions=True)
    except asyncio.CancelledError:
        for one in begun:
            one.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        raise
    if errors := [error for error in ended if error is not None]:
        raise errors[0]


async def _attempt(
    desk: Desk,
    parcel: outbox.Parcel,
    mail: Callable[[], Awaitable[deliver.MailSettings | None]],
) -> deliver.Outcome:
    try:
        message = deliver.Outgoing.from_dict(json.loads(parcel.data))
    except ConfigError as error:
        return deliver.Outcome("parked", str(error))
    except (ValueError, TypeError, KeyError):
        why = f"what was to be sent of message {parcel.id} cannot be read; the store is damaged"
        return deliver.Outcome("parked", why)
    if message.target.kind == "site":
        return await asyncio.to_thread(_write_site, desk, message)
    if message.target.kind != "mail":
        return await deliver.send(message, desk.sender, folder=desk.config.folder)
    try:
        settings = await mail()
    except ConfigError as error:
        return deliver.Outcome("retry", str(error), of_server=True)
    return await deliver.send(message, settings)


def _write_site(desk: Desk, message: deliver.Outgoing) -> deliver.Outcome:
    """Bring the site of a digest up to date, with the rules of that digest."""
    from monitor.pipeline.build_site import build_site

    folder = message.target.path(desk.config.folder)
    rules = next((one.rules for one in desk.config.digest if one.name == message.name), ())
    try:
        build_site(desk, folder, rules)
    except ConfigError as error:
        return deliver.Outcome("parked", str(error))
    except OSError as error:
        return deliver.unwritten(folder, error)
    return deliver.Outcome("sent")


def _claim(desk: Desk, parcel: outbox.Parcel, now: datetime, by: Claimant) -> bool:
    with desk.store.write() as db:
        return outbox.claim(db, parcel.id, now, until=now + LEASE, by=by)


def _give_back(desk: Desk, parcel: outbox.Parcel, now: datetime) -> None:
    why = "stopped before it was taken"
    with contextlib.suppress(StoreError), desk.store.write() as db:
        outbox.mark_failed(db, parcel.id, why, attempts=parcel.attempts, next_attempt=now)


def _mark(desk: Desk, parcel: outbox.Parcel, outcome: deliver.Outcome, now: datetime) -> None:
    # That it was sent is true even where others have taken over meanwhile.
    with desk.store.write(fenced=outcome.state != "sent") as db:
        if outcome.state == "sent":
            outbox.mark_sent(db, parcel.id, now)
            return
        attempts = parcel.attempts + 1
        parked = outcome.state == "parked" or deliver.worn_out(
            parcel.created, now, outcome.patience
        )
        again = deliver.next_attempt(attempts, now, random.random(), outcome.retry_after)
        outbox.mark_failed(
            db, parcel.id, outcome.why, attempts=attempts, next_attempt=None if parked else again
        )
    label = deliver.label_of(parcel.target)
    what = "parked; see `monitor outbox list`" if parked else f"again at {again:%H:%M} UTC"
    log.warning("message to %s not sent: %s (%s)", label, outcome.why, what)
