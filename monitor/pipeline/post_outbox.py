"""Post what lies in the outbox: try each message whose time has come, and mark what became of it.

Messages are a desk's: its machines alone know its mail server and what its targets need.

A message is claimed before it is sent: in one statement its next attempt is set to a time by which
this one is over, if its time has come and nobody was quicker. So two processes never send one
message at once, a store that cannot be written sends nothing, and a crash between sending and
marking repeats the message, under the same Message-ID, which mail programs and our own files show
once: after that time, or as soon as the machine that sent it is found dead.

Targets do not wait for one another: a mail server that stalls delays its own mails only.

The mail server's password is looked up when the first mail is to be sent, and only then: a password
that is not there holds up mail and nothing else.
"""

import asyncio
import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from monitor import deliver
from monitor.errors import ConfigError
from monitor.store import outbox
from monitor.workspace import Desk

log = logging.getLogger(__name__)

# Longer than any one attempt takes: a mail may need five minutes, its password 20 seconds.
LEASE = timedelta(minutes=10)
_MAIL = "mailto:"


async def post(
    desk: Desk,
    now: datetime,
    *,
    sender: outbox.Sender = "daemon",
    machine: str = "",
    in_hand: set[str] | None = None,
) -> None:
    """Try every queued message that is due at `now`, all targets side by side, one at a time each.

    Args:
        sender: who claims them: what a daemon of this store left claimed, its next start releases.
        machine: on which: what it claimed is free when it is found dead.
        in_hand: lanes that calls before this one are still busy with; they are left alone, and
            what this call is busy with stands in it meanwhile.

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
            await _post_lane(desk, lanes[lane], clock, sender, machine)
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
    sender: outbox.Sender,
    machine: str,
) -> None:
    no_mail: ConfigError | None = None  # a command for the password may be slow: ask it once
    for parcel in parcels:
        if not await asyncio.to_thread(_claim, desk, parcel, clock(), sender, machine):
            continue  # another process has it in hand
        outcome, no_mail = await _attempt(desk, parcel, no_mail)
        await asyncio.to_thread(_mark, desk, parcel, outcome, clock())


async def _attempt(
    desk: Desk, parcel: outbox.Parcel, no_mail: ConfigError | None
) -> tuple[deliver.Outcome, ConfigError | None]:
    """Try to send a message; `no_mail` is why no mail can be sent, before and after."""
    try:
        message = deliver.Outgoing.from_dict(json.loads(parcel.data))
    except ConfigError as error:
        return deliver.Outcome("parked", str(error)), no_mail
    except (ValueError, TypeError, KeyError):
        why = f"what was to be sent of message {parcel.id} cannot be read; the store is damaged"
        return deliver.Outcome("parked", why), no_mail
    if message.target.kind == "site":
        return await asyncio.to_thread(_write_site, desk, message), no_mail
    folder = desk.config.folder
    if message.target.kind != "mail":
        return await deliver.send(message, desk.sender, folder=folder), no_mail
    if no_mail is None:
        try:
            return await deliver.send(message, await asyncio.to_thread(lambda: desk.mail)), None
        except ConfigError as error:
            no_mail = error
    return deliver.Outcome("retry", str(no_mail)), no_mail


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


def _claim(
    desk: Desk, parcel: outbox.Parcel, now: datetime, sender: outbox.Sender, machine: str
) -> bool:
    with desk.store.write() as db:
        return outbox.claim(db, parcel.id, now, until=now + LEASE, sender=sender, machine=machine)


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
